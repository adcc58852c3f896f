"""What reception does when someone comes, and never why (A19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

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
from alongside.people.staff.queries import turns_on
from alongside.safety.flags.models import PlanState, ReceptionMarker, StandDownPlan

DeskRow = dict[str, Any]
NOTHING_ARRANGED = "reception_action.NOTHINGSET"
NOT_ADMITTED = "reception_action.NOTADMITTED"
AT_THE_DOOR = (NOT_ADMITTED, "reception_action.TWOSTAFF")
"""What has to be read before anything else about the same person."""


@dataclass(frozen=True)
class MarkerFacts:
    """What reception does when someone comes: who, what, whom to ring. Nothing else, and never why (A19).

    Where the duty senior is to be rung, `ring` is whoever that is today, if anyone is entered.
    """

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
    for row in desk_rows(Person.objects.filter(pk__in=wanted), on=on):
        found[row["case"]].append(as_marker_facts(row))
    return found


def markers_for_desk(holding: Holding, *, on: date, name: str = "") -> QuerySet[Any, DeskRow]:
    """What reception does for those whose cases are held at the user's office, by name. Limited access wins over it."""
    teams = {
        team
        for role, reached in holding.teams_by_role.items()
        if ROLES[role].reach is Reach.OFFICE and Right.SEE_IDENTITY in ROLES[role].rights
        for team in reached
    }
    return desk_rows(open_to(Person.objects.filter(pk__in=team_cases(teams, on)), holding, on), on=on, name=name)


def desk_rows(cases: QuerySet[Person], *, on: date, name: str = "") -> QuerySet[Any, DeskRow]:
    """What is done at the desk for some cases, in the order of names: markers, and whoever was told of a stand-down.

    A stand-down reads like a marker that an officer may put there for any reason, whatever its occasion (invariant 5);
    where the same marker stands already, it adds nothing.
    """
    told = StandDownPlan.objects.filter(state=PlanState.TOLD, told_on__lte=on)
    sources: list[QuerySet[Any]] = [
        live_reception_markers(on).annotate(what=F("action_id")),
        told.annotate(what=Value(NOTHING_ARRANGED)),
    ]
    found = [_rows(rows.filter(person__in=cases.values("pk")), on=on, name=name) for rows in sources]
    return found[0].union(found[1]).order_by("person_family", "person_given", "member_given", "member", "later", "what")


def as_marker_facts(row: DeskRow) -> MarkerFacts:
    """One row of the desk in words."""
    person = f"{row['person_given']} {row['person_family']}".strip()
    member = f"{row['member_given'] or ''} {row['member_family'] or ''}".strip()
    officer = ", ".join(filter(None, [row["officer"], row["own_telephone"] or row["team_telephone"]]))
    senior = ", ".join(filter(None, [row["senior"], row["senior_telephone"] or row["team_telephone"]]))
    return MarkerFacts(
        name=member or person,
        beside=f"{label_of(row['relation'])} of {person}" if member else "",
        action=label_of(row["what"]),
        ring=f"Duty senior: {senior}" if row["what"] == NOT_ADMITTED and row["senior"] else officer,
    )


def _rows(rows: QuerySet[Any], *, on: date, name: str) -> QuerySet[Any, DeskRow]:
    held = current_allocations(on).filter(person=OuterRef("person"))
    unit = current_allocations(on).filter(person=OuterRef(OuterRef("person"))).values("team__delivery_unit")[:1]
    on_duty = turns_on(on).filter(kind="senior", delivery_unit=Subquery(unit)).order_by("from_date", "pk")
    for word in searchable(name).split():
        rows = rows.filter(
            Q(person__search_name__contains=word)
            | Q(family_member__given_name__icontains=word)
            | Q(family_member__family_name__icontains=word)
        )
    found: QuerySet[Any, DeskRow] = rows.annotate(later=Case(When(what__in=AT_THE_DOOR, then=0), default=1)).values(
        "what",
        "later",
        case=F("person_id"),
        member=F("family_member_id"),
        person_given=F("person__given_names"),
        person_family=F("person__family_name"),
        member_given=F("family_member__given_name"),
        member_family=F("family_member__family_name"),
        relation=F("family_member__relationship_id"),
        officer=Subquery(held.values("member__user__name")[:1]),
        own_telephone=Subquery(held.values("member__telephone")[:1]),
        team_telephone=Subquery(held.values("team__telephone")[:1]),
        senior=Subquery(on_duty.values("member__user__name")[:1]),
        senior_telephone=Subquery(on_duty.values("member__telephone")[:1]),
    )
    return found


def markers_of_case(person_id: UUID, *, on: date, member_id: UUID | None = None) -> list[tuple[ReceptionMarker, str]]:
    """What reception is told now about a case, each with its words; of one family member where named."""
    rows = live_reception_markers(on).filter(person=person_id).select_related("family_member")
    if member_id is not None:
        rows = rows.filter(family_member=member_id)
    return [(row, label_of(str(row.action_id))) for row in rows.order_by("from_date", "id")]
