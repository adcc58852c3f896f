"""What the tests of agreements begin from: a family member at a level, and terms that bring them into sessions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.involvement.agreements.actions.making import (
    begin_agreement,
    put_to_everyone,
    record_answer,
    write_terms,
)
from alongside.involvement.agreements.models import Agreement
from alongside.involvement.agreements.rules import Participation, Party, Rhythm
from alongside.involvement.suitability.models import Judgement, Verdict
from alongside.people.families.models import FamilyMember


def at_level(member: FamilyMember, level: int, *, by: User) -> None:
    """A full judgement for one level, approved by someone else. The row stands as that room's actions leave it."""
    latest = Judgement.objects.filter(family_member=member.pk).count()
    whose = {"case": member.person_id, "family_member": member.pk}
    now = timezone.now()
    judged = Judgement.objects.create(
        **whose,
        number=latest + 1,
        kind="full",
        at=now,
        by=by.pk,
        by_name=by.name,
        contributors=[str(by.pk)],
        bank="2026-1",
        variant="community",
        level=level,
        level_cap=level,
        approval_needed=True,
        confidence="high",
        review_on=today() + timedelta(days=60),
        summary="asset",
        purpose_id="involvement_purpose.HOME",
        conditions=[],
        grounds=[],
        safety_then={"matters": {}, "gate_closed": False},
        **dict.fromkeys(("why_person", "why_now", "will_do", "reasons", "goes_wrong", "learned"), "Words"),
    )
    Verdict.objects.create(
        **whose, judgement=judged, state="approved", at=now, by=uuid4(), by_name="Sunita Senior", reason="Fine"
    )


def joins_sessions() -> dict[str, Any]:
    """Joins part of sessions: the first, every fourth or fifth, and the last, for a year of fortnights."""
    return {
        "participation": Participation.PART,
        "person_wishes": Participation.PART,
        "member_wishes": Participation.WHOLE,
        "rhythm": Rhythm(
            first=True,
            from_every=4,
            to_every=5,
            last=True,
            weeks_between=2,
            begins_on=today() + timedelta(days=7),
            ends_on=today() + timedelta(days=300),
        ),
    }


def begun(member: FamilyMember, by: User, **changes: Any) -> Agreement:
    """An agreement that is being written."""
    agreement = begin_agreement(by=by, member=member, on=today())
    if changes:
        write_terms(by=by, agreement=agreement, seen_version=agreement.version, **changes)
    return agreement


def offered(member: FamilyMember, by: User, **changes: Any) -> Agreement:
    """An agreement that waits for everyone."""
    agreement = begun(member, by, **changes)
    put_to_everyone(by=by, agreement=agreement, seen_version=agreement.version, what_changed="First", on=today())
    return agreement


def everyone_says_yes(agreement: Agreement, by: User) -> Agreement:
    """The same, once all three agree."""
    for party in Party:
        record_answer(
            by=by,
            agreement=agreement,
            number=agreement.offered or 0,
            party=party,
            agrees=True,
            how="in_person",
            on=today(),
        )
    return Agreement.objects.select_related("family_member__person").get(pk=agreement.pk)


def in_force(member: FamilyMember, by: User, **changes: Any) -> Agreement:
    """An agreement that everyone agreed to."""
    return everyone_says_yes(offered(member, by, **changes), by)
