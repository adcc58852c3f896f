"""Who manages regions, teams, members, posts and patches."""

from datetime import timedelta
from typing import Any

from alongside.foundation.calendar.rules import today
from alongside.people.staff.actions import close_office
from alongside.people.staff.models import Post
from tests.factories import PatchFactory
from tests.pages import FORBIDDEN, Page, World

ADMINISTRATOR = frozenset({"administrator"})

CLOSES = ADMINISTRATOR | {"senior", "safeguarding"}


def furnish(world: World) -> None:
    """A patch of the team's, and days on which its unit is closed."""
    world.more["patch"] = PatchFactory(team=world.cast.team)
    on, unit = today() + timedelta(days=30), world.cast.team.delivery_unit
    world.more["staff_closure"] = close_office(
        by=world.cast.administrator, unit=unit, from_date=on, until_date=on, reason="Staff training"
    )


def region(world: World) -> list[Any]:
    return [world.cast.team.delivery_unit.region_id]


def unit(world: World) -> list[Any]:
    return [world.cast.team.delivery_unit_id]


def team(world: World) -> list[Any]:
    return [world.cast.team.pk]


def member(world: World) -> list[Any]:
    return [world.cast.owner_member.pk]


def post(world: World) -> list[Any]:
    return [Post.objects.get(member=world.cast.owner_member).pk]


PAGES = [
    Page(f"staff:{name}", ADMINISTRATOR, refusal=FORBIDDEN, args=args)
    for name, args in (
        ("members", lambda world: []),
        ("new_member", lambda world: []),
        ("places", lambda world: []),
        ("new_region", lambda world: []),
        ("new_unit", region),
        ("new_team", unit),
        ("team", team),
        ("new_patch", team),
        ("end_patch", lambda world: [world.more["patch"].pk]),
        ("end_post", post),
        ("member", member),
        ("change_member", member),
        ("give_post", member),
    )
] + [
    Page("staff:closures", CLOSES, refusal=FORBIDDEN),
    Page(
        "staff:open_again",
        CLOSES,
        refusal=FORBIDDEN,
        answer=302,
        args=lambda world: [world.more["staff_closure"].pk],
        method="post",
        browse=False,
    ),
]
