"""A row in every table of this room, a marker in every personal text."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.involvement.decisions.models import Basis, Decision, HomeCheck, HomeCheckStep, PurposeSaid
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

DAY = date(2026, 3, 2)


def decisions_of(person: Person, member: FamilyMember, by: User, marker: str, code: Callable[[str], str]) -> None:
    """A purpose, an answer that was kept with its facts, and a check of a home."""
    of = {"case": person.pk, "family_member": member.pk}
    purpose = PurposeSaid.objects.create(
        **of, at=timezone.now(), why_them=marker, why_now=marker, will_do=marker, until=DAY
    )
    basis = Basis.objects.create(**of, digest="0" * 32, content=marker)
    Decision.objects.create(
        **of,
        basis=basis,
        at=timezone.now(),
        by=by.pk,
        by_name="Somebody",
        act="share",
        topic="progress",
        outcome=3,
        policy=1,
        rules=["refusal.named"],
        use="held",
        purpose=purpose,
        note=marker,
    )
    check = HomeCheck.objects.create(
        person=person,
        family_member=member,
        kind_id="home_check_kind.HDC",
        address=marker,
        opened_at=timezone.now(),
        checked_with=marker,
        told_what=marker,
        end_note=marker,
    )
    HomeCheckStep.objects.create(**of, check_id=check.pk, at=timezone.now(), words=marker)
