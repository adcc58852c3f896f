"""A row in every table of this room, a marker in every personal text."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from alongside.foundation.accounts.models import User
from alongside.involvement.agreements.models import (
    Agreement,
    AgreementReview,
    Answer,
    BoundaryIncident,
    BoundaryPlan,
    ContactDraw,
    ContactEnd,
    OutOfRemit,
    PromptWishes,
    Tick,
    Version,
    Visit,
)
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

DAY = date(2026, 3, 2)


def agreements_of(person: Person, member: FamilyMember, by: User, marker: str, code: Callable[[str], str]) -> None:
    pair = {"person": person, "family_member": member}
    ids = {"case": person.pk, "family_member": member.pk, "number": 1}
    agreement = Agreement.objects.create(**pair, draft={"own_boundary": marker}, begun_on=DAY)
    Version.objects.create(agreement=agreement.pk, **ids, terms={"own_boundary": marker}, what_changed=marker)
    Answer.objects.create(
        agreement=agreement.pk, **ids, party="person", agrees=True, how="in_person", on=DAY, words=marker
    )
    Tick.objects.create(agreement=agreement, key="one", on=DAY)
    AgreementReview.objects.create(agreement=agreement, on=DAY, holds="well", words=marker, next_on=date(2026, 5, 1))
    Visit.objects.create(agreement=agreement, on=DAY, until=DAY, kind="first")
    ContactDraw.objects.create(**pair, channel="phone", on=DAY, source=uuid4())
    PromptWishes.objects.create(person=person, words=marker)
    BoundaryIncident.objects.create(**pair, on=DAY, tags=[code("boundary_tag")], what=marker, answered=marker)
    BoundaryPlan.objects.create(**pair, from_date=DAY, we_say=marker, we_do=marker, review_on=DAY)
    OutOfRemit.objects.create(**pair, on=DAY, topic_id=code("out_of_remit"), note=marker)
    ContactEnd.objects.create(
        **pair, on=DAY, reason_id=code("contact_end_reason"), why=marker, message=marker, alternative_route=marker
    )
