"""Who works where, and what their posts let them do."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from alongside.foundation.access.holding import Holding
from alongside.foundation.access.roles import ROLES, Reach, RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.prepared import PreparedQuery
from alongside.people.staff.models import DeliveryUnit, DutyTurn, Member, OfficeClosure, Patch, Post, Region, Team
from alongside.people.staff.rules import Closed, ClosedDays, closed_days


def live_posts(on: date) -> Q:
    """Posts that are held on a day."""
    return Q(from_date__lte=on) & (Q(until_date__isnull=True) | Q(until_date__gte=on))


def turns_on(on: date) -> QuerySet[DutyTurn]:
    """Turns of duty that hold on a day."""
    return DutyTurn.objects.filter(from_date__lte=on, until_date__gte=on)


def holding_for(user_id: UUID) -> Holding:
    """What the posts of today give the user, and the teams that each role reaches.

    Those of a team, or below it; and for someone on duty those of the unit, through roles that practise on cases.
    """
    member_id, teams_by_role = None, dict[RoleCode, frozenset[UUID]]()
    for held, code, team_ids, duty_team_ids in _prepared_posts(today()).rows({USER: user_id}):
        role = RoleCode(code)
        reached = [*team_ids, *duty_team_ids] if ROLES[role].reach is Reach.TEAM else team_ids
        member_id, teams_by_role[role] = held, teams_by_role.get(role, frozenset()).union(reached)
    return Holding(user_id=user_id, member_id=member_id, teams_by_role=teams_by_role)


USER = uuid5(NAMESPACE_OID, "alongside.staff.user")


@lru_cache(maxsize=4)
def _prepared_posts(on: date) -> PreparedQuery[Any]:
    below = Team.objects.filter(
        Q(pk=OuterRef("team"))
        | Q(delivery_unit=OuterRef("delivery_unit"))
        | Q(delivery_unit__region=OuterRef("region"))
        | Q(delivery_unit__region__service=OuterRef("service"))
    )
    units = turns_on(on).filter(member=OuterRef(OuterRef("member"))).values("delivery_unit")
    on_duty_for = Team.objects.filter(delivery_unit__in=units)
    posts = Post.objects.filter(live_posts(on), member__user=USER).annotate(
        team_ids=ArraySubquery(below.values("pk")), duty_team_ids=ArraySubquery(on_duty_for.values("pk"))
    )
    rows = posts.values_list("member", "role", "team_ids", "duty_team_ids")
    return PreparedQuery(rows, stand_ins=frozenset({USER}))


def holders_of(role: RoleCode, team_id: UUID) -> list[Member]:
    """Members who hold `role` today for a team: in it, or in a unit, region or service above it."""
    team = Team.objects.select_related("delivery_unit__region").get(pk=team_id)
    posts = Post.objects.filter(
        live_posts(today()),
        Q(team=team)
        | Q(delivery_unit=team.delivery_unit)
        | Q(region=team.delivery_unit.region)
        | Q(service=team.delivery_unit.region.service_id),
        role=role,
    )
    return list(Member.objects.filter(pk__in=posts.values("member")).select_related("user").order_by("user__name"))


def members_found(text: str) -> QuerySet[Member]:
    """Members whose name, address or officer code holds `text`, by name; all of them where it is empty."""
    members = Member.objects.select_related("user").order_by("user__name", "pk")
    words = text.split()
    for word in words:
        members = members.filter(
            Q(user__name__icontains=word) | Q(user__email__icontains=word) | Q(staff_code__iexact=word)
        )
    return members


def posts_of(member_ids: Collection[UUID]) -> QuerySet[Post]:
    """Every post of some members, newest first, with the places."""
    return (
        Post.objects.filter(member__in=member_ids)
        .select_related("team", "delivery_unit", "region", "service")
        .order_by("-from_date", "pk")
    )


def accounts_without_member() -> QuerySet[User]:
    """Accounts of people who are not yet members of staff."""
    return User.objects.filter(is_active=True).exclude(pk__in=Member.objects.values("user")).order_by("name", "pk")


def teams_in_order() -> QuerySet[Team]:
    """Every team with its unit and region, as a tree reads."""
    return Team.objects.select_related("delivery_unit__region").order_by(
        "delivery_unit__region__name", "delivery_unit__name", "name", "pk"
    )


def places_in_order() -> list[tuple[Region, list[tuple[DeliveryUnit, list[Team]]]]]:
    """Every region with its delivery units and their teams, those without any among them, by name."""
    units = list(DeliveryUnit.objects.order_by("name", "pk"))
    teams = list(teams_in_order())
    return [
        (
            region,
            [
                (unit, [team for team in teams if team.delivery_unit_id == unit.pk])
                for unit in units
                if unit.region_id == region.pk
            ],
        )
        for region in Region.objects.order_by("name", "pk")
    ]


def patches_of(team_id: UUID) -> QuerySet[Patch]:
    """The places that a team looks after, by name."""
    return (
        Patch.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=today()), team=team_id)
        .select_related("member__user")
        .order_by("place", "pk")
    )


def looks_after(postcode_district: str) -> QuerySet[Patch]:
    """Who looks after a postcode district today."""
    return Patch.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gte=today()),
        postcode_district=postcode_district,
        from_date__lte=today(),
    ).select_related("team", "member__user")


CLOSURES_BACK = timedelta(days=60)
"""How far back closed days are read: what has waited for longer is late whatever was closed."""


def closures_ahead(on: date, *, units: Collection[DeliveryUnit] | None = None) -> QuerySet[OfficeClosure]:
    """Closures that are not over on a day, soonest first: of every unit, or of some with those of the whole service."""
    concerned = Q() if units is None else Q(delivery_unit=None) | Q(delivery_unit__in=units)
    return (
        OfficeClosure.objects.filter(concerned, until_date__gte=on)
        .select_related("delivery_unit")
        .order_by("from_date", "delivery_unit__name", "pk")
    )


def days_closed(*, since: date | None = None) -> ClosedDays:
    """The closed days of every unit, from a day on or from two months back. One query: ask once for a whole job."""
    return _days_closed(OfficeClosure.objects.all(), since)


def days_closed_in(unit_id: UUID | None) -> frozenset[date]:
    """The days on which one unit is closed, with those of the whole service. One query."""
    concerned = OfficeClosure.objects.filter(Q(delivery_unit=unit_id) | Q(delivery_unit=None))
    return _days_closed(concerned, None).of(unit_id)


def _days_closed(closures: QuerySet[OfficeClosure], since: date | None) -> ClosedDays:
    rows = closures.filter(until_date__gte=since or today() - CLOSURES_BACK)
    return closed_days(Closed(*row) for row in rows.values_list("delivery_unit", "from_date", "until_date"))
