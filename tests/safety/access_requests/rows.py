"""A row in every table of this room, a marker in every personal text."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.access_requests.models import AccessRequest, Clarification, GateOpening, Item

DAY = date(2026, 3, 2)


def access_request_of(person: Person, member: FamilyMember, by: User, marker: str) -> AccessRequest:
    """A request of a family member, with its clock, its items and the gate opened."""
    request = AccessRequest.objects.create(
        person=person,
        family_member=member.pk,
        asker=marker,
        through=marker,
        asks_for=marker,
        regime_id="processing_regime.PART3",
        received_on=DAY,
        identity_proved_on=DAY,
        identity_how=marker,
        extended_on=DAY,
        extended_reason=marker,
        taken_out=marker,
        state_reason=marker,
        released_to=marker,
        noted_by=by.pk,
    )
    Clarification.objects.create(request=request, asked_on=DAY, question=marker, answered_on=DAY, answer=marker)
    Item.objects.create(
        request=request,
        number=1,
        model="people_families.FamilyMember",
        source=uuid4(),
        kind="Family member",
        parts=[["about", "About", marker]],
        verdict="withhold",
        ground_id="withholding_ground.OTHERS",
        reason=marker,
        taken_out=marker,
    )
    GateOpening.objects.create(
        request=request.pk,
        case=person.pk,
        opened_by=by.pk,
        opened_by_name=by.name,
        opened_at=timezone.now(),
        reason=marker,
    )
    return request
