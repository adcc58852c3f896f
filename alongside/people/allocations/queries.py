"""Who may see a case. Every list of cases begins here, and nothing about cases is answered anywhere else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import Reach, RoleCode
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.rows import read_rows, rows_of
from alongside.people.allocations.models import (
    Allocation,
    CaseGrant,
    Cover,
    Exclusion,
    Restriction,
    RestrictionReader,
    UnconfirmedAccess,
)
from alongside.people.allocations.wall import is_near
from alongside.people.persons.models import Person
from alongside.people.staff.queries import days_closed


def current_allocations(on: date) -> QuerySet[Allocation]:
    """Allocations that hold on a day."""
    return Allocation.objects.filter(Q(until_date__isnull=True) | Q(until_date__gt=on), from_date__lte=on)


def days_closed_for(person_id: UUID) -> frozenset[date]:
    """The days on which the unit that holds a case today is closed. Two queries."""
    return days_closed_by_case([person_id])[person_id]


def days_closed_by_case(person_ids: Collection[UUID]) -> dict[UUID, frozenset[date]]:
    """The same for many cases, of which some may be held by nobody; two queries, however many there are."""
    closed = days_closed()
    held = current_allocations(today()).filter(person__in=list(person_ids))
    units = dict(held.values_list("person", "team__delivery_unit"))
    return {person_id: closed.of(units.get(person_id)) for person_id in person_ids}


def covered_members(member_id: UUID, on: date) -> QuerySet[Cover]:
    """Cover that a member gives on a day."""
    return Cover.objects.filter(covering=member_id, from_date__lte=on, until_date__gte=on)


def visible_to(user: object, right: Right = Right.SEE_CASE) -> QuerySet[Person]:
    """The cases on which `user` may use `right` today: in remit, and not closed to them by limited access.

    Remit is what roles reach: own and covered cases, the teams of a post, or cases given for a purpose. Limited access
    then wins over all of it (B4.8): an exclusion hides a case, a restriction shows it to listed readers alone, and a
    case whose limited access nobody has confirmed shows to its officer alone.
    """
    holding = holding_of(user)
    on = today()
    remit = _in_remit(holding, right, on)
    if remit is None:
        return Person.objects.none()
    return open_to(Person.objects.filter(pk__in=remit), holding, on)


def visible_among(cases: QuerySet[Person], user: object, right: Right) -> QuerySet[Person]:
    """Those of a few `cases` on which `user` may use `right` today: as `visible_to` answers, tried case by case.

    For use inside EXISTS, where each row names one case: there `visible_to` would lay out the whole remit each time.
    """
    holding, on, this_case = holding_of(user), today(), OuterRef("pk")
    remit = _remit_parts(holding, right, on)
    if not remit:
        return Person.objects.none()
    reached = Q()
    for part in remit:
        reached |= Q(Exists(part.filter(person=this_case)))
    return open_to(cases.filter(reached), holding, on)


def asker_is_near(person_id: UUID, right: Right) -> bool:
    """Whether the database counts whoever is asking among those who must act on a case today (`wall.near_the_case`)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {is_near('%s::uuid', right)}", [person_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def open_to(cases: QuerySet[Person], holding: Holding, on: date) -> QuerySet[Person]:
    """`cases` without those that limited access closes to the user."""
    this_case = OuterRef("pk")
    unconfirmed = UnconfirmedAccess.objects.filter(person=this_case, confirmed_at__isnull=True)
    own = current_allocations(on).filter(person=this_case, member=holding.member_id, member__isnull=False)
    return open_or_unconfirmed(cases, holding, on).filter(~Exists(unconfirmed) | Exists(own))


def not_kept_out_of(person_id: UUID, on: date) -> Q:
    """Users whom no exclusion and no restriction keeps out of a case."""
    excluded = live_exclusions(on).filter(person=person_id, user=OuterRef("pk"))
    readable = RestrictionReader.objects.filter(restriction=OuterRef("pk"), user=OuterRef(OuterRef("pk")))
    unread = live_restrictions(on).filter(~Exists(readable), person=person_id)
    return ~Exists(excluded) & ~Exists(unread)


def open_or_unconfirmed(cases: QuerySet[Person], holding: Holding, on: date) -> QuerySet[Person]:
    """`cases` without those that an exclusion or a restriction closes to the user: those whom they may confirm."""
    this_case = OuterRef("pk")
    excluded = live_exclusions(on).filter(person=this_case, user=holding.user_id)
    restricted = live_restrictions(on).filter(person=this_case)
    readable = RestrictionReader.objects.filter(restriction=OuterRef("pk"), user=holding.user_id)
    return cases.filter(~Exists(excluded), ~Exists(restricted.filter(~Exists(readable))))


def closed_cases(user: object, team_ids: Collection[UUID]) -> list[UUID]:
    """Ids of the cases of teams that limited access closes to the user: few, and never to be shown to them."""
    holding, on = holding_of(user), today()
    held = Person.objects.filter(pk__in=team_cases(team_ids, on))
    limited = held.filter(
        Exists(live_exclusions(on).filter(person=OuterRef("pk"), user=holding.user_id))
        | Exists(live_restrictions(on).filter(person=OuterRef("pk")))
        | Exists(UnconfirmedAccess.objects.filter(person=OuterRef("pk"), confirmed_at__isnull=True))
    )
    still_open = open_to(Person.objects.filter(pk=OuterRef("pk")), holding, on)
    return list(limited.filter(~Exists(still_open)).values_list("pk", flat=True))


def live_exclusions(on: date) -> QuerySet[Exclusion]:
    """Exclusions in force on a day."""
    return Exclusion.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=on), from_date__lte=on)


def live_restrictions(on: date) -> QuerySet[Restriction]:
    """Restrictions in force on a day."""
    return Restriction.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=on), from_date__lte=on)


def with_limited(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with `limited`: whether an exclusion or a restriction is in force, so that those who may see it know."""
    this_case, on = OuterRef("pk"), today()
    return cases.annotate(
        limited=Exists(live_exclusions(on).filter(person=this_case))
        | Exists(live_restrictions(on).filter(person=this_case))
    )


def own_cases(holding: Holding, on: date) -> QuerySet[Allocation, UUID]:
    """Ids of the cases that the user holds on a day."""
    return (
        current_allocations(on).filter(member=holding.member_id, member__isnull=False).values_list("person", flat=True)
    )


def covered_cases(holding: Holding, on: date) -> QuerySet[Allocation, UUID]:
    """Ids of the cases that the user looks after for someone who is away on a day."""
    if holding.member_id is None:
        return Allocation.objects.none().values_list("person", flat=True)
    absent = covered_members(holding.member_id, on).values("absent")
    return current_allocations(on).filter(member__in=absent).values_list("person", flat=True)


def team_cases(team_ids: Collection[UUID], on: date) -> QuerySet[Allocation, UUID]:
    """Ids of the cases of teams on a day."""
    return current_allocations(on).filter(team__in=list(team_ids)).values_list("person", flat=True)


def given_cases(holding: Holding, roles: Collection[RoleCode], on: date) -> QuerySet[CaseGrant, UUID]:
    """Ids of the cases that the user has been given in one of `roles`, for a purpose and a time, on a day."""
    return live_grants(on).filter(user=holding.user_id, role__in=list(roles)).values_list("person", flat=True)


def live_grants(on: date) -> QuerySet[CaseGrant]:
    """Cases given to someone, on a day."""
    return CaseGrant.objects.filter(from_date__lte=on, until_date__gte=on)


def _in_remit(holding: Holding, right: Right, on: date) -> QuerySet[Any, UUID] | None:
    """Ids of the cases that the user's roles reach with `right`; None where they reach none.

    A union, since each part has an index of its own, which an OR would not use.
    """
    parts = _remit_parts(holding, right, on)
    if not parts:
        return None
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _remit_parts(holding: Holding, right: Right, on: date) -> list[QuerySet[Any, UUID]]:
    parts: list[QuerySet[Any, UUID]] = []
    if right in holding.rights_reaching(Reach.TEAM):
        parts += [
            team_cases(holding.teams_reached_with(right), on),
            own_cases(holding, on),
            covered_cases(holding, on),
        ]
    given_roles = holding.roles_with(right, Reach.GIVEN)
    if given_roles:
        parts.append(given_cases(holding, given_roles, on))
    return parts


@dataclass(frozen=True)
class Holder:
    """Who holds a case, and who looks after it while they are away."""

    officer: str
    team: str
    telephone: str
    covered_by: str


def with_holder(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with what `holder_of` reads."""
    on = today()
    cover = Cover.objects.filter(absent=OuterRef("member"), from_date__lte=on, until_date__gte=on).order_by(
        "until_date"
    )
    held = current_allocations(on).filter(person=OuterRef("pk"))
    return cases.annotate(
        holder_rows=rows_of(
            held,
            officer=F("member__user__name"),
            own_telephone=F("member__telephone"),
            team=F("team__name"),
            telephone=F("team__telephone"),
            covered_by=Subquery(cover.values("covering__user__name")[:1]),
        )
    )


def holder_of(person: Person) -> Holder | None:
    """Who holds a case read by `with_holder`; None where nobody does."""
    for row in read_rows(person, "holder_rows"):
        return Holder(
            officer=row["officer"] or "",
            team=row["team"],
            telephone=row["own_telephone"] or row["telephone"],
            covered_by=row["covered_by"] or "",
        )
    return None
