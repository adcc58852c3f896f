"""What the safety pages of one case show. Who may read is decided by `people.allocations`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet

from alongside.foundation.records.rows import day, read_rows, rows_of
from alongside.foundation.reference.queries import label_of
from alongside.people.persons.models import Person
from alongside.safety.flags.models import (
    Flag,
    FlagEntry,
    Incident,
    IncidentVersion,
    JointException,
    PlanState,
    StandDownPlan,
)

THIS_PERSON = OuterRef("pk")


def flags_of_case(person_id: UUID) -> QuerySet[Flag]:
    """Every flag of a case, newest first, those taken away too."""
    return Flag.objects.filter(person=person_id).select_related("family_member").order_by("-recorded_on", "id")


def entries_of_flag(flag_id: UUID) -> QuerySet[FlagEntry]:
    """Everything that was done to a flag, newest first."""
    return FlagEntry.objects.filter(flag=flag_id).order_by("-at", "id")


def plans_of_case(person_id: UUID) -> QuerySet[StandDownPlan]:
    """Stand-down plans of a case, newest first."""
    return StandDownPlan.objects.filter(person=person_id).select_related("family_member").order_by("-tell_on", "id")


@dataclass(frozen=True)
class IncidentFacts:
    """What happened once, as a page shows it; `corrected` where it was once written otherwise."""

    id: UUID
    corrected: bool
    member_id: UUID | None
    name: str
    kind: str
    happened_on: date | None
    words: str
    police_called: bool


def with_incidents(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with what `incidents_of` reads: the last fifty."""
    incidents = Incident.objects.filter(person=THIS_PERSON).order_by("-happened_on", "id")
    return cases.annotate(
        incident_rows=rows_of(
            incidents,
            id=F("pk"),
            version=F("version"),
            member=F("family_member_id"),
            given_name=F("family_member__given_name"),
            family_name=F("family_member__family_name"),
            kind_id=F("kind_id"),
            happened_on=F("happened_on"),
            words=F("words"),
            police_called=F("police_called"),
        )
    )


def incidents_of(person: Person, *, member_id: UUID | None = None) -> list[IncidentFacts]:
    """The incidents of a case read by `with_incidents`, newest first; of one family member where named."""
    found = [
        IncidentFacts(
            id=UUID(row["id"]),
            corrected=row["version"] > 1,
            member_id=UUID(row["member"]) if row["member"] else None,
            name=f"{row['given_name']} {row['family_name']}".strip() if row["member"] else person.name,
            kind=label_of(row["kind_id"]),
            happened_on=day(row["happened_on"]),
            words=row["words"],
            police_called=row["police_called"],
        )
        for row in read_rows(person, "incident_rows")
    ]
    return [one for one in found if member_id is None or one.member_id == member_id][:50]


def versions_of_incident(incident_id: UUID) -> QuerySet[IncidentVersion]:
    """How an incident stood before each correction, newest first; without what was erased."""
    return IncidentVersion.objects.filter(incident=incident_id, stood__isnull=False).order_by("-number")


def exceptions_of_member(member_id: UUID) -> QuerySet[JointException]:
    """Joint exceptions about a family member, newest first, those that ended or were not agreed too."""
    return JointException.objects.filter(family_member=member_id).order_by("-asked_at", "id")


def stand_downs(member_ids: Iterable[UUID], *, on: date) -> dict[UUID, StandDownPlan | None]:
    """The plan under which each family member is stood down and was told so by a day; None where there is none.

    This alone may change what a person or a relative sees, and only by its `words_key`.
    """
    wanted = set(member_ids)
    told = StandDownPlan.objects.filter(family_member__in=wanted, state=PlanState.TOLD, told_on__lte=on)
    return dict.fromkeys(wanted, None) | {plan.family_member_id: plan for plan in told}
