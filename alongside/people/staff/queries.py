"""Who works where, and what their posts let them do."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from alongside.foundation.access.holding import Holding
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.calendar.rules import today
from alongside.people.staff.models import Member, Post, Team


def live_posts(on: date) -> Q:
    """Posts that are held on a day."""
    return Q(from_date__lte=on) & (Q(until_date__isnull=True) | Q(until_date__gte=on))


def teams_within(posts: list[Post]) -> frozenset[UUID]:
    """The teams that posts reach: their own, and every team below a unit, region or service."""
    teams = {post.team_id for post in posts if post.team_id}
    above = Q()
    for post in posts:
        if post.delivery_unit_id:
            above |= Q(delivery_unit=post.delivery_unit_id)
        elif post.region_id:
            above |= Q(delivery_unit__region=post.region_id)
        elif post.service_id:
            above |= Q(delivery_unit__region__service=post.service_id)
    if above:
        teams.update(Team.objects.filter(above).values_list("pk", flat=True))
    return frozenset(teams)


def holding_for(user_id: UUID) -> Holding:
    """What the posts of today give the user."""
    posts = list(Post.objects.filter(live_posts(today()), member__user=user_id))
    return Holding(
        user_id=user_id,
        member_id=posts[0].member_id if posts else None,
        roles=frozenset(RoleCode(post.role) for post in posts),
        team_ids=teams_within(posts),
    )


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
