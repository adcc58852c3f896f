"""What reception does when someone comes, and never why (A19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.foundation.access.holding import Holding
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach
from alongside.foundation.reference.queries import label_of
from alongside.people.allocations.queries import (
    current_allocations,
    open_to,
    team_cases,
)
from alongside.people.persons.models import Person
from alongside.people.persons.rules import searchable
from alongside.safety.flags.models import (
    ReceptionMarker,
)


@dataclass(frozen=True)
class MarkerFacts:
    """What reception does when someone comes: who, what, whom to ring. Nothing else, and never why (A19)."""

    name: str
    beside: str
    action: str
    ring: str


def live_reception_markers(on: date) -> QuerySet[ReceptionMarker]:
    """Markers that hold on a day."""
    return ReceptionMarker.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), from_date__lte=on, until_date__gte=on
    )


def reception_markers(person_ids: Iterable[UUID], *, on: date) -> dict[UUID, list[MarkerFacts]]:
    """What reception does for each of these people and for whoever comes with them, in one query."""
    wanted = set(person_ids)
    found: dict[UUID, list[MarkerFacts]] = {person_id: [] for person_id in wanted}
    for row in _with_officer(live_reception_markers(on).filter(person__in=wanted), on=on):
        found[row.person_id].append(as_marker_facts(row))
    return found


def markers_for_desk(holding: Holding, *, on: date, name: str = "") -> QuerySet[ReceptionMarker]:
    """Markers of those whose cases are held at the user's office, by name. Limited access wins over it."""
    teams = {
        team
        for role, reached in holding.teams_by_role.items()
        if ROLES[role].reach is Reach.OFFICE and Right.SEE_IDENTITY in ROLES[role].rights
        for team in reached
    }
    cases = open_to(Person.objects.filter(pk__in=team_cases(teams, on)), holding, on)
    rows = live_reception_markers(on).filter(person__in=cases.values("pk"))
    for word in searchable(name).split():
        rows = rows.filter(
            Q(person__search_name__contains=word)
            | Q(family_member__given_name__icontains=word)
            | Q(family_member__family_name__icontains=word)
        )
    return _with_officer(rows, on=on)


def as_marker_facts(row: ReceptionMarker) -> MarkerFacts:
    """One marker read with its officer, in words."""
    beside = ""
    if row.family_member is not None:
        beside = f"{label_of(str(row.family_member.relationship_id))} of {row.person.name}"
    telephone = getattr(row, "own_telephone", None) or getattr(row, "team_telephone", None)
    ring = ", ".join(filter(None, [getattr(row, "officer", None), telephone]))
    return MarkerFacts(
        name=row.family_member.name if row.family_member else row.person.name,
        beside=beside,
        action=label_of(str(row.action_id)),
        ring=ring,
    )


def _with_officer(rows: QuerySet[ReceptionMarker], *, on: date) -> QuerySet[ReceptionMarker]:
    held = current_allocations(on).filter(person=OuterRef("person"))
    return (
        rows.select_related("person", "family_member")
        .annotate(
            officer=Subquery(held.values("member__user__name")[:1]),
            own_telephone=Subquery(held.values("member__telephone")[:1]),
            team_telephone=Subquery(held.values("team__telephone")[:1]),
        )
        .order_by("person__family_name", "person__given_names", "family_member__given_name", "id")
    )


def markers_of_case(person_id: UUID, *, on: date, member_id: UUID | None = None) -> list[tuple[ReceptionMarker, str]]:
    """What reception is told now about a case, each with its words; of one family member where named."""
    rows = live_reception_markers(on).filter(person=person_id).select_related("family_member")
    if member_id is not None:
        rows = rows.filter(family_member=member_id)
    return [(row, label_of(str(row.action_id))) for row in rows.order_by("from_date", "id")]
