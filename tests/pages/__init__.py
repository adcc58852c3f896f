"""Who sees which page: one file a room, gathered here by its name.

Each file has `PAGES`: for each address, what everyone in the cast gets. An address without an entry fails
tests/test_every_page.py, which asks for every page as everyone.

    PAGES = [Page("notes:note", seen_by=CASE, args=lambda world: [world.person.pk, world.note.pk])]

Rows that only one room's pages need are made by that file's `furnish(world)`, if it has one, and kept in `world.more`.
"""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from alongside.people.persons.models import Person
from tests.cast import EVERYONE, STAFF, Cast, assemble

OPEN = frozenset(STAFF) - {"closed"}
"""Everyone with an open account."""

TEAM = frozenset({"owner", "colleague", "cover", "senior", "safeguarding"})
"""Those who practise on the case."""

CASE = TEAM | {"inspector"}
"""Those who may read the case."""

FAMILY = CASE | {"family_worker"}
"""Those who may read of its family."""

IDENTITY = FAMILY | {"engagement_worker"}
"""Those who may know who the person is."""

PUBLIC = frozenset(EVERYONE)

SIGN_IN, FORBIDDEN, HIDDEN = 302, 403, 404


@dataclass
class World:
    """One case with the cast round it, and what rooms put beside it."""

    cast: Cast
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        return self.cast.person


@dataclass(frozen=True)
class Page:
    """One address. `seen_by` get `answer`; anyone else with an open account gets `refusal`; the rest go to sign in.

    `exceptions` name what single members of the cast get instead. `browse` is False for what no browser opens alone:
    things that are posted, and answers that are no page.
    """

    name: str
    seen_by: frozenset[str]
    refusal: int = HIDDEN
    answer: int = 200
    args: Callable[[World], Sequence[Any]] = lambda world: []
    query: str = ""
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    exceptions: dict[str, int] = field(default_factory=dict)
    browse: bool = True

    def expected(self, name: str) -> int:
        """What a member of the cast gets."""
        if name in self.exceptions:
            return self.exceptions[name]
        if name in self.seen_by:
            return self.answer
        return self.refusal if name in OPEN else SIGN_IN


def _rooms() -> list[Any]:
    return [import_module(f"{__name__}.{room}") for room in rooms()]


def rooms() -> list[str]:
    """The names of the files, one a room."""
    return [found.name for found in pkgutil.iter_modules(__path__)]


def pages_of(room: str) -> list[Page]:
    """Every page of one room."""
    return list(import_module(f"{__name__}.{room}").PAGES)


def all_pages() -> list[Page]:
    """Every page of every room."""
    return [page for room in rooms() for page in pages_of(room)]


def assemble_world() -> World:
    """The cast round one case, and what each room needs for its pages."""
    world = World(assemble())
    for room in _rooms():
        if hasattr(room, "furnish"):
            room.furnish(world)
    return world
