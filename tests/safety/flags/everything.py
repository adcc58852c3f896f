"""A row in every table of this room, for the tests of erasure."""

from datetime import date

from django.utils import timezone

from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.flags.models import (
    Flag,
    FlagEntry,
    Incident,
    IncidentVersion,
    JointException,
    ReceptionMarker,
    SafetyCheck,
    StandDownPlan,
)


def flags_of(person: Person, member: FamilyMember, *, marker: str, day: date) -> None:
    """Flags with their history, checks, a plan, a marker and an incident, as they would stand."""
    of_both = {"person": person, "family_member": member}
    flag = Flag.objects.create(
        **of_both,
        kind_id="safety_flag.RVAD",
        scope="member",
        certainty="known",
        basis="fact",
        source_id="safety_source.SEEN",
        words=marker,
        recorded_on=day,
        review_on=day,
    )
    of_case = {"case": person.pk, "family_member": member.pk, "at": timezone.now()}
    FlagEntry.objects.create(**of_case, flag=flag.pk, what="recorded", stood={"words": marker}, note=marker)
    SafetyCheck.objects.create(**of_case, matter_id="safety_matter.CHILDREN", checked_on=day, note=marker)
    StandDownPlan.objects.create(
        **of_both,
        occasion="leave",
        words_key="stand_down.pause",
        tell_on=day,
        told_how="call",
        cover=marker,
        private_contact=marker,
        review_on=day,
    )
    ReceptionMarker.objects.create(**of_both, action_id="reception_action.CALLFIRST", from_date=day, until_date=day)
    incident = Incident.objects.create(**of_both, kind_id="incident_kind.THREAT", happened_on=day, words=marker)
    IncidentVersion.objects.create(**of_case, incident=incident.pk, number=1, stood={"words": marker}, why=marker)
    JointException.objects.create(
        **of_both,
        what=marker,
        reason=marker,
        review_on=day,
        asked_as="senior",
        asked_by=incident.pk,
        asked_by_name="A senior",
    )
