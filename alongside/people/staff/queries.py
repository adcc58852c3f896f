"""Who works where, and what their posts let them do."""

from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from alongside.foundation.access.holding import Holding
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.calendar.rules import today
from alongside.people.staff.models import Member, Post, Team


def live_posts(on: date) -> Q:
    """Posts that are held on a day."""
    return Q(from_date__lte=on) & (Q(until_date__isnull=True) | Q(until_date__gte=on))


def holding_for(user_id: UUID) -> Holding:
    """What the posts of today give the user, and the teams that each role reaches: those of a team, or below it."""
    below = Team.objects.filter(
        Q(pk=OuterRef("team"))
        | Q(delivery_unit=OuterRef("delivery_unit"))
        | Q(delivery_unit__region=OuterRef("region"))
        | Q(delivery_unit__region__service=OuterRef("service"))
    )
    posts = Post.objects.filter(live_posts(today()), member__user=user_id).annotate(
        team_ids=ArraySubquery(below.values("pk"))
    )
    member_id, teams_by_role = None, dict[RoleCode, frozenset[UUID]]()
    for held, code, team_ids in posts.values_list("member", "role", "team_ids"):
        role = RoleCode(code)
        member_id, teams_by_role[role] = held, teams_by_role.get(role, frozenset()).union(team_ids)
    return Holding(user_id=user_id, member_id=member_id, teams_by_role=teams_by_role)


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
