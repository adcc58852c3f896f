"""A row of everything that this room keeps of one family member."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.involvement.suitability.models import (
    Account,
    Assessment,
    Conversation,
    Enquiry,
    Finding,
    JoinedSession,
    Judgement,
    Marker,
    SecondLook,
    SecondLookAnswer,
    Step,
    Verdict,
)
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

DAY = date(2026, 3, 2)


def involvement_of(person: Person, member: FamilyMember, by: User, words: str) -> None:
    """One row in each table, `words` in every text."""
    prepared = Assessment.objects.create(
        family_member=member,
        bank="2026-1",
        variant="community",
        purpose_id="involvement_purpose.HOME",
        started_by=by.pk,
        **dict.fromkeys(
            ("why_person", "why_now", "will_do", "hypothesis", "narrative", "agenda_stated", "agenda_inferred"), words
        ),
    )
    talk = Conversation.objects.create(
        assessment=prepared,
        party="other",
        who=words,
        held_on=DAY,
        how="phone",
        alone=False,
        present=words,
        narrative=words,
        by=by.pk,
    )
    Account.objects.create(
        assessment=prepared,
        item="steady",
        source="other",
        rating="present",
        evidence=words,
        conversation=talk,
        by=by.pk,
    )
    Finding.objects.create(
        assessment=prepared,
        item="steady",
        rating="partly",
        critical=True,
        critical_reason=words,
        differs=words,
        by=by.pk,
    )
    Enquiry.objects.create(
        family_member=member, item="steady", question="Who would know?", opened_by=by.pk, due_on=DAY, finding=words
    )
    whose = {"case": person.pk, "family_member": member.pk}
    judged = judgement_of(person, member, by, words)
    now = timezone.now()
    Verdict.objects.create(
        **whose, judgement=judged, state="approved", at=now, by=uuid4(), by_name="Sunita Senior", reason=words
    )
    Step.objects.create(**whose, kind="paused", at=now, by=by.pk, by_name=by.name, told="not_yet", reason=words)
    look = SecondLook.objects.create(
        **whose,
        judgement=judged,
        kind="second_look",
        asked_by="member",
        asked_on=DAY,
        how="letter",
        due_on=DAY,
        recorded_by=by.pk,
        at=now,
        words=words,
    )
    SecondLookAnswer.objects.create(
        **whose, second_look=look, outcome="stands", answered_on=DAY, by=uuid4(), by_name="Sunita Senior", answer=words
    )
    Marker.objects.create(**whose, on=DAY, pattern="boundary", said_by="person", at=now, by=by.pk, note=words)
    JoinedSession.objects.create(
        **whose, on=DAY, minutes=45, minutes_alone=10, changed="unsure", at=now, by=by.pk, note=words
    )


def judgement_of(person: Person, member: FamilyMember, by: User, words: str = "Words", *, level: int = 4) -> Judgement:
    """A full judgement that needs an approval."""
    return Judgement.objects.create(
        case=person.pk,
        family_member=member.pk,
        number=1,
        kind="full",
        at=timezone.now(),
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
        hypothesis_end="held",
        summary="asset",
        purpose_id="involvement_purpose.HOME",
        conditions=[words],
        grounds=[{"evidence": words}],
        safety_then={"matters": {}, "gate_closed": False},
        **dict.fromkeys(("why_person", "why_now", "will_do", "reasons", "goes_wrong", "learned"), words),
    )


def approved(judgement: Judgement, *, by: User) -> Verdict:
    """Someone else's yes to a judgement."""
    return Verdict.objects.create(
        case=judgement.case,
        family_member=judgement.family_member,
        judgement=judgement,
        state="approved",
        at=timezone.now(),
        by=by.pk,
        by_name=by.name,
        reason="",
    )
