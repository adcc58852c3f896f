"""Who brings in a caseload."""

from typing import Any

from tests.pages import FORBIDDEN, Page, World
from tests.people.arrivals.files import as_csv, bring, row_of

ADMINISTRATOR = frozenset({"administrator"})


def furnish(world: World) -> None:
    """A file of two rows, one of them faulty, checked and not yet taken."""
    rows = [row_of(world.cast.team, world.cast.owner_member, 900001), row_of(world.cast.team, number=900002)]
    rows[1]["date_of_birth"] = "yesterday"
    world.more["arrival"] = bring(as_csv(rows), by=world.cast.administrator)


def arrival(world: World) -> list[Any]:
    return [world.more["arrival"].pk]


PAGES = [
    Page("arrivals:arrivals", ADMINISTRATOR, refusal=FORBIDDEN),
    Page("arrivals:new", ADMINISTRATOR, refusal=FORBIDDEN),
    Page("arrivals:example", ADMINISTRATOR, refusal=FORBIDDEN, browse=False),
    Page("arrivals:arrival", ADMINISTRATOR, refusal=FORBIDDEN, args=arrival),
    Page("arrivals:faults", ADMINISTRATOR, refusal=FORBIDDEN, args=arrival),
    Page("arrivals:to_fix", ADMINISTRATOR, refusal=FORBIDDEN, args=arrival, browse=False),
    Page("arrivals:changes", ADMINISTRATOR, refusal=FORBIDDEN, args=arrival),
    Page("arrivals:take", ADMINISTRATOR, refusal=FORBIDDEN, args=arrival, method="post", answer=302, browse=False),
    Page("arrivals:finish", ADMINISTRATOR, refusal=FORBIDDEN, args=arrival, method="post", answer=302, browse=False),
]
