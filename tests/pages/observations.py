"""Who sees what staff saw: those who practise on the case, and nobody else."""

from typing import Any
from uuid import UUID

from alongside.foundation.calendar.rules import today
from alongside.people.maps.observations.actions import VisitFacts, expect, say_seen
from tests.pages import TEAM, Page, World


def furnish(world: World) -> None:
    """An expectation, and something that was seen and corrected."""
    visit = VisitFacts("observation_setting.HOME", today(), "Her kitchen", (world.person.pk,))
    facts: dict[str, Any] = {"by": world.cast.owner, "person": world.person, "visit": visit}
    waits = expect(**facts, expected="She answers for him")
    seen = say_seen(**facts, seen="He answered for himself", outcome="")
    say_seen(**facts, seen="He spoke first", outcome="", reason="Too short", key=seen.key, seen_number=1)
    world.more |= {"observation_waits": waits.key, "observation_seen": seen.key}


def case(world: World) -> list[UUID]:
    return [world.person.pk]


def of(which: str) -> Any:
    return lambda world: [world.person.pk, world.more[f"observation_{which}"]]


PAGES = [
    Page("observations:overview", TEAM, args=case),
    Page("observations:expect", TEAM, args=case),
    Page("observations:change_expectation", TEAM, args=of("waits")),
    Page("observations:say_new", TEAM, args=case),
    Page("observations:say", TEAM, args=of("seen")),
]
