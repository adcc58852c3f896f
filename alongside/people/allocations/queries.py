"""Who may see a case. Every list of cases begins here, and nothing about cases is answered anywhere else."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation.access.holding import Holding, holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import Reach
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.models import (
    Allocation,
    CaseGrant,
    Cover,
    Exclusion,
    Restriction,
    RestrictionReader,
    UnconfirmedAccess,
)
from alongside.people.persons.models import Person


def current_allocations(on: date) -> QuerySet[Allocation]:
    """Allocations that hold on a day."""
    return Allocation.objects.filter(Q(until_date__isnull=True) | Q(until_date__gt=on), from_date__lte=on)


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


def open_to(cases: QuerySet[Person], holding: Holding, on: date) -> QuerySet[Person]:
    """`cases` without those that limited access closes to the user."""
    this_case = OuterRef("pk")
    excluded = live_exclusions(on).filter(person=this_case, user=holding.user_id)
    restricted = live_restrictions(on).filter(person=this_case)
    readable = RestrictionReader.objects.filter(restriction=OuterRef("pk"), user=holding.user_id)
    unconfirmed = UnconfirmedAccess.objects.filter(person=this_case, confirmed_at__isnull=True)
    own = current_allocations(on).filter(person=this_case, member=holding.member_id, member__isnull=False)
    return cases.filter(
        ~Exists(excluded),
        ~Exists(restricted.filter(~Exists(readable))),
        ~Exists(unconfirmed) | Exists(own),
    )


def live_exclusions(on: date) -> QuerySet[Exclusion]:
    """Exclusions in force on a day."""
    return Exclusion.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=on), from_date__lte=on)


def live_restrictions(on: date) -> QuerySet[Restriction]:
    """Restrictions in force on a day."""
    return Restriction.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=on), from_date__lte=on)


def _in_remit(
    holding: Holding, right: Right, on: date
) -> QuerySet[Allocation, UUID] | QuerySet[CaseGrant, UUID] | None:
    """Ids of the cases that the user's roles reach with `right`; None where they reach none."""
    by_team = right in holding.rights_reaching(Reach.TEAM)
    given_roles = holding.roles_with(right, Reach.GIVEN)
    allocated = _allocated(holding, on) if by_team else None
    given = (
        CaseGrant.objects.filter(
            user=holding.user_id, role__in=given_roles, from_date__lte=on, until_date__gte=on
        ).values_list("person", flat=True)
        if given_roles
        else None
    )
    if allocated is not None and given is not None:
        return allocated.union(given)
    return allocated if allocated is not None else given


def _allocated(holding: Holding, on: date) -> QuerySet[Allocation, UUID]:
    mine = Q(team__in=list(holding.team_ids))
    if holding.member_id:
        mine |= Q(member=holding.member_id)
        mine |= Q(member__in=covered_members(holding.member_id, on).values("absent"))
    return current_allocations(on).filter(mine).values_list("person", flat=True)
