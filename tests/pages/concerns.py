"""Who takes a call, who reads what was told, and who keeps the times at which it is read."""

from dataclasses import replace
from typing import Any

from alongside.contact.concerns.actions import AbsenceFacts, TakenFacts, record_absence, take_down
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.identity import identity
from tests.factories import FamilyMemberFactory
from tests.pages import FORBIDDEN, TEAM, Page, World

NEAR = TEAM - {"colleague"}
"""Whoever stands beside the case."""

LEADERS = frozenset({"senior", "safeguarding"})
PRACTISE = TEAM | {"outsider", "excluded"}
PLACES = LEADERS | {"owner"}
"""Whoever leads; and the owner, who is on duty."""

RECEIVES = PRACTISE | {"family_worker", "reception"}

FACTS = TakenFacts(
    kind_id="concern_kind.CONCERN",
    channel_id="told_channel.PHONE",
    told_by_id="told_by.FAMILY",
    limits_said=True,
    seen="She saw him on the bridge again",
    wishes="Nobody is to know that she rang",
)


def furnish(world: World) -> None:
    """Something told on the case, someone missing, something that reception took down, and an absence."""
    cast, person = world.cast, world.person
    aunt = FamilyMemberFactory(person=person, given_name="Efua", family_name="Achebe")
    with identity(cast.owner.pk):
        told = take_down(by=cast.owner, person=person, member=aunt, place=True, facts=FACTS)
        missing = replace(FACTS, kind_id="concern_kind.MISSING")
        gone = take_down(by=cast.owner, person=person, member=aunt, place=True, facts=missing)
        knows = AbsenceFacts(from_date=today(), until_date=None, said="He is ill", person_knows=True, limits_said=True)
        absence = record_absence(by=cast.owner, person=person, member=aunt, facts=knows)
    with identity(cast.reception.pk):
        desk = take_down(
            by=cast.reception, facts=replace(FACTS, about="A man called Dan", told_by_id="told_by.UNKNOWN")
        )
    world.more |= {
        "concerns_aunt": aunt,
        "concerns_told": told,
        "concerns_gone": gone,
        "concerns_desk": desk,
        "concerns_absence": absence,
    }


def case(world: World) -> list[Any]:
    return [world.person.pk]


def aunt(world: World) -> list[Any]:
    return [world.person.pk, world.more["concerns_aunt"].pk]


def row(key: str) -> Any:
    return lambda world: [world.more[key].pk]


def way(world: World) -> list[Any]:
    return [world.cast.team.pk, "PHONE"]


def placing(world: World) -> list[Any]:
    return [world.more["concerns_desk"].pk, world.person.pk]


def absence(world: World) -> list[Any]:
    return [world.person.pk, world.more["concerns_absence"].pk]


def apart(seen_by: frozenset[str]) -> dict[str, int]:
    """Those who practise and stand elsewhere are told that there is no such page; anyone else that they may not."""
    return dict.fromkeys(PRACTISE - seen_by, 404)


PAGES = [
    Page("concerns:call", RECEIVES, refusal=FORBIDDEN),
    Page("concerns:tell", RECEIVES, refusal=FORBIDDEN, query="?kind=CONCERN"),
    Page("concerns:tell", RECEIVES, refusal=FORBIDDEN, query="?kind=MISSING"),
    Page("concerns:received", frozenset({"reception"}), args=row("concerns_desk")),
    Page("concerns:member_call", TEAM | {"family_worker"}, args=aunt, query="?identity=called_back"),
    Page("concerns:tell_on_case", TEAM | {"family_worker"}, args=case, query="?kind=CONCERN"),
    Page("concerns:of_case", TEAM, args=case),
    Page("concerns:queue", PRACTISE, refusal=FORBIDDEN),
    Page("concerns:ways", RECEIVES, refusal=FORBIDDEN),
    Page("concerns:way", LEADERS, refusal=FORBIDDEN, args=way),
    Page("concerns:concern", NEAR, refusal=FORBIDDEN, args=row("concerns_gone"), exceptions=apart(NEAR)),
    Page(
        "concerns:read",
        NEAR,
        refusal=FORBIDDEN,
        args=row("concerns_gone"),
        method="post",
        answer=302,
        exceptions=apart(NEAR),
        browse=False,
    ),
    Page(
        "concerns:decide",
        NEAR,
        refusal=FORBIDDEN,
        args=row("concerns_told"),
        query="?outcome=concern_outcome.CHILDREN",
        exceptions=apart(NEAR),
    ),
    Page(
        "concerns:step",
        NEAR,
        refusal=FORBIDDEN,
        args=row("concerns_gone"),
        method="post",
        data={"step": "missing_step.RING", "note": "No answer"},
        answer=302,
        exceptions=apart(NEAR),
        browse=False,
    ),
    Page("concerns:place", PLACES, refusal=FORBIDDEN, args=row("concerns_desk"), exceptions=apart(PLACES)),
    Page("concerns:place_with", PLACES, refusal=FORBIDDEN, args=placing, exceptions=apart(PLACES)),
    Page("concerns:add_absence", TEAM, args=aunt),
    Page("concerns:absence", TEAM, args=absence),
]
