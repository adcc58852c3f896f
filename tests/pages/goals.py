"""Who sees goals, and who writes them down with the person."""

from datetime import date
from typing import Any

from alongside.involvement.goals.actions import add_step, end_goal, name_helper, set_goal
from alongside.involvement.goals.models import GoalState
from tests.factories import FamilyMemberFactory
from tests.pages import FAMILY, TEAM, Page, World

DAY = date(2026, 3, 2)


def furnish(world: World) -> None:
    """A goal with a step and a helper, and one that was left."""
    owner, person = world.cast.owner, world.person
    member = FamilyMemberFactory(person=person, given_name="Grace", family_name="Achebe")
    facts = {"why": "They are growing up", "area_id": "goal_area.CHILDREN", "set_on": DAY}
    goal = set_goal(by=owner, person=person, words="See my kids at weekends", **facts)
    step = add_step(by=owner, goal=goal, words="Ring the centre", by_whom="person", helper=None, by_when=DAY)
    helper = name_helper(by=owner, goal=goal, member=member, what="Give me a lift", says="yes", since=DAY)
    left = set_goal(by=owner, person=person, words="Learn to drive", **facts)
    end_goal(by=owner, goal=left, seen_version=1, state=GoalState.LEFT, reason="Not now", on=DAY)
    world.more |= {"goal": goal.pk, "goal_step": step.pk, "goal_help": helper.pk}


def case(world: World) -> list[Any]:
    return [world.person.pk]


def goal(world: World) -> list[Any]:
    return [world.person.pk, world.more["goal"]]


def of(kind: str) -> Any:
    return lambda world: [world.person.pk, world.more["goal"], world.more[f"goal_{kind}"]]


def pressed(page: str, args: Any) -> list[Page]:
    """A button, and what a link to it gets."""
    return [
        Page(page, TEAM, args=args, method="post", data={"version": "1"}, answer=302, browse=False),
        Page(page, frozenset(), args=args, refusal=405, browse=False),
    ]


PAGES = [
    Page("goals:goals", FAMILY, args=case),
    Page("goals:add", TEAM, args=case),
    Page("goals:review", TEAM, args=case),
    Page("goals:sheet", TEAM, args=case),
    Page("goals:change", TEAM, args=goal),
    Page("goals:instead", TEAM, args=goal),
    Page("goals:end", TEAM, args=goal),
    Page("goals:add_step", TEAM, args=goal),
    Page("goals:step", TEAM, args=of("step")),
    Page("goals:add_help", TEAM, args=goal),
    Page("goals:help", TEAM, args=of("help")),
    *pressed("goals:tick", of("step")),
    *pressed("goals:drop_step", of("step")),
    *pressed("goals:end_help", of("help")),
]
