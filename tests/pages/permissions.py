"""Who sees what the person permits."""

from typing import Any

from alongside.safety.permissions.actions import keep_private, pause, refuse
from tests.factories import FamilyMemberFactory
from tests.pages import FAMILY, TEAM, Page, World
from tests.safety.permissions.histories import permissions_of, take


def furnish(world: World) -> None:
    """A sister about whom everything was said, an aunt who is paused, and a father who is refused."""
    sister = FamilyMemberFactory(person=world.person, given_name="Ifeoma", family_name="Achebe")
    permissions_of(sister, world.cast.owner, "of words")
    take(sister, "appointments", "attendance")
    to_confirm = take(sister, "progress", alone=False, company="Her husband")
    keep_private(by=None, member=sister, topics=["offence"], words="Nor my debts")
    aunt = FamilyMemberFactory(person=world.person, given_name="Ngozi")
    take(aunt)
    pause(by=None, member=aunt)
    father = FamilyMemberFactory(person=world.person, given_name="Chidi")
    refuse(by=None, member=father)
    mine = {"sister": sister, "aunt": aunt, "father": father, "to_confirm": to_confirm}
    world.more |= {f"permissions_{key}": row for key, row in mine.items()}


def case(world: World) -> list[Any]:
    return [world.person.pk]


def of(key: str) -> Any:
    return lambda world: [world.person.pk, world.more[f"permissions_{key}"].pk]


def to_confirm(world: World) -> list[Any]:
    return [*of("sister")(world), world.more["permissions_to_confirm"].pk]


ASKED = ("give", "today", "private", "answer", "safe_contact")
PRESSED = ("withdraw", "pause", "never")

PAGES = [
    Page("permissions:grid", FAMILY, args=case),
    Page("permissions:card", TEAM, args=case),
    Page("permissions:missed", TEAM, args=case),
    Page("permissions:back", TEAM, args=case, method="post", answer=302, browse=False),
    Page("permissions:member", FAMILY, args=of("sister")),
    *(Page(f"permissions:{name}", TEAM, args=of("sister")) for name in ASKED),
    Page("permissions:confirm", TEAM, args=to_confirm),
    Page("permissions:lift", TEAM, args=of("father")),
    Page("permissions:go_on", TEAM, args=of("aunt")),
    *(
        Page(f"permissions:{name}", TEAM, args=of("sister"), method="post", answer=302, browse=False)
        for name in PRESSED
    ),
]
