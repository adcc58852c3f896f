"""A row in every table of this room, a marker in every personal text."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.protected.models import (
    DisclosureDecision,
    DisclosureEnd,
    DisclosureMade,
    DisclosureReview,
    Handling,
    HandlingInstruction,
    Referral,
    RefusedRequest,
    Told,
)

DAY = date(2026, 3, 2)


def protected_of(person: Person, member: FamilyMember, by: User, marker: str, code: Callable[[str], str]) -> None:
    """What was told in confidence, disclosed and refused, and how to act."""
    case, kin = {"case": person.pk}, {"family_member": member.pk}
    told = Told.objects.create(
        **case,
        **kin,
        at=timezone.now(),
        told_by_id=code("told_by"),
        channel_id=code("told_channel"),
        limits_said=True,
        recorded_by=by.pk,
        **dict.fromkeys(("told_by_name", "seen", "reported", "opinion", "wishes", "expects"), marker),
    )
    Handling.objects.create(
        **case,
        **kin,
        told=told,
        may_know_id=code("source_handling"),
        status_id=code("held_status"),
        reason=marker,
        discussed_with=marker,
        decided_by=by.pk,
    )
    Referral.objects.create(
        person=person,
        family_member=member,
        protects="child",
        agency_id=code("safeguarding_agency"),
        consent_id=code("safeguarding_consent"),
        made_on=DAY,
        made_by=by.pk,
        feedback_due_on=DAY,
        **dict.fromkeys(("who", "agency_name", "concern", "consent_reason", "outcome_note"), marker),
    )
    decision = DisclosureDecision.objects.create(
        **case,
        **kin,
        to_member=member.pk,
        topics=["whereabouts"],
        until=DAY,
        recipient_id=code("disclosure_recipient"),
        regime_id=code("processing_regime"),
        ground_id=code("disclosure_ground"),
        informed_id=code("person_informed"),
        decided_by=by.pk,
        **dict.fromkeys(
            ("what", "recipient_name", "purpose", "necessity", "proportionality", "informed_reason", "about"), marker
        ),
    )
    DisclosureReview.objects.create(
        **case, **kin, decision=decision, asked_by=uuid4(), reviewed_by=by.pk, approved=True, reason=marker
    )
    DisclosureEnd.objects.create(**case, **kin, decision=decision, ended_by=by.pk, reason=marker)
    channel = {"channel_id": code("told_channel"), "at": timezone.now()}
    DisclosureMade.objects.create(**case, **kin, **channel, decision=decision, said=marker, to=marker, made_by=by.pk)
    RefusedRequest.objects.create(
        **case,
        **kin,
        **channel,
        answer_id=code("refusal_answer"),
        answered_by=by.pk,
        **dict.fromkeys(("asked_by", "asked_for", "happened"), marker),
    )
    for whom in (member, None):
        HandlingInstruction.objects.create(
            person=person,
            family_member=whom,
            instruction_id=code("handling_instruction"),
            from_date=DAY,
            review_on=DAY,
            set_by=by.pk,
        )
