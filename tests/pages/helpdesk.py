"""Who sees the help desk. No page of it has a case."""

from typing import Any
from uuid import uuid4

from alongside.contact.helpdesk.actions import Asked, Told, ToRing, flag_conflict, hand_on
from tests.pages import FORBIDDEN, OPEN, TEAM, Page, World

KEY = "helpdesk.answer.talking.why_not"
ANSWERERS = TEAM | {"outsider", "excluded", "reception", "family_worker"}
COUNTERS = frozenset({"senior", "head", "commissioner", "data_protection", "policy"})
RINGERS = TEAM | {"outsider", "excluded"}


def furnish(world: World) -> None:
    """A question that reception handed on, and advice that reception flagged."""
    cast = world.cast
    asked = Asked("help_topic.release", "help_asker.relative", "contact_channel.phone", 4, uuid4())
    handed_on = hand_on(
        by=cast.reception,
        team=cast.team,
        to=cast.team,
        asked=asked,
        question="Wants to know when someone comes home",
        ring=ToRing(reach="01632 960888", name="Gran", about="A grandson"),
    )
    told = Told(
        "help_topic.missed",
        "That a sick note is enough",
        "help_place.desk",
        "That only a hospital letter counts",
        "help_place.programme",
        uuid4(),
    )
    conflict = flag_conflict(by=cast.reception, team=cast.team, told=told)
    world.more |= {"helpdesk_handed_on": handed_on, "helpdesk_conflict": conflict}


def key(world: World) -> list[Any]:
    return [KEY]


def handed_on(world: World) -> list[Any]:
    return [world.more["helpdesk_handed_on"].pk]


def conflict(world: World) -> list[Any]:
    return [world.more["helpdesk_conflict"].pk]


PAGES = [
    Page("helpdesk:desk", ANSWERERS, refusal=FORBIDDEN),
    Page("helpdesk:desk", ANSWERERS, refusal=FORBIDDEN, query="?q=missed+appointment"),
    Page("helpdesk:answer", ANSWERERS, refusal=FORBIDDEN, args=key),
    Page("helpdesk:leaflet", ANSWERERS, refusal=FORBIDDEN, args=lambda world: [KEY, "en"], browse=False),
    Page("helpdesk:directory", ANSWERERS, refusal=FORBIDDEN),
    Page("helpdesk:send_on", ANSWERERS, refusal=FORBIDDEN, args=lambda world: ["MONEY"]),
    Page("helpdesk:hand_on", ANSWERERS, refusal=FORBIDDEN),
    Page("helpdesk:handed_on", RINGERS, refusal=FORBIDDEN),
    Page(
        "helpdesk:one_handed_on",
        frozenset({"owner", "colleague", "senior", "safeguarding", "excluded"}),
        args=handed_on,
        exceptions=dict.fromkeys(set(OPEN) - RINGERS, FORBIDDEN),
    ),
    Page("helpdesk:conflicts", OPEN),
    Page("helpdesk:flag", OPEN),
    Page("helpdesk:conflict", frozenset({"reception", "senior", "safeguarding"}), args=conflict),
    Page("helpdesk:counts", COUNTERS, refusal=FORBIDDEN),
]
