"""A row in every table of this room, a marker in every personal text."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from alongside.contact.concerns.models import AbsenceNotice, Concern, Decided, Step, Taken
from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from tests.factories import AllocationFactory

DAY = date(2026, 3, 2)


def concerns_of(person: Person, member: FamilyMember, by: User, marker: str, code: Callable[[str], str]) -> None:
    """Something told, the steps for someone missing, what was decided, and an absence."""
    now, team = timezone.now(), AllocationFactory().team
    concern = Concern.objects.create(
        person=person,
        team=team,
        kind_id=code("concern_kind"),
        channel_id=code("told_channel"),
        taken_at=now,
        taken_by=by.pk,
        taken_by_name=by.name,
    )
    of = {"concern": concern.pk, "case": person.pk, "family_member": member.pk, "team": team.pk}
    words = ("told_by_name", "reach", "about", "seen", "reported", "opinion", "wishes", "expects")
    Taken.objects.create(
        **of,
        taken_by=by.pk,
        told_by_id=code("told_by"),
        identity="known",
        limits_said=True,
        **dict.fromkeys(words, marker),
    )
    who = {"by": by.pk, "by_name": by.name}
    Step.objects.create(**of, **who, step_id=code("missing_step"), note=marker)
    Decided.objects.create(**of, **who, outcome_id=code("concern_outcome"), why=marker, receipt=marker)
    AbsenceNotice.objects.create(
        person=person,
        family_member=member,
        from_date=DAY,
        said=marker,
        person_knows=True,
        limits_said=True,
        taken_by_name=by.name,
        evidence_note=marker,
    )
