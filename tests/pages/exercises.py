"""Who sees the exercises."""

from typing import Any

from alongside.people.maps.actions import ElementChange, change_map
from alongside.people.maps.changes import new_key
from alongside.people.maps.elements import to_data
from alongside.people.maps.exercises.parts import HelpArea, Support
from alongside.people.maps.lifemap import Lane, LifeEvent
from alongside.people.maps.network import LifeSystem, Tie
from alongside.people.maps.queries import latest_version
from alongside.people.maps.vocabulary import PartialDate, SystemKind
from tests.pages import FAMILY, TEAM, Page, World

EDITS = TEAM | {"family_worker"}


def furnish(world: World) -> None:
    """A part of life, an event and a supporter."""
    chapel = LifeSystem(new_key(), "Chapel", SystemKind.FAITH)
    tie = Tie(id=new_key(), system=chapel.id)
    born = LifeEvent(id=new_key(), lane=Lane.FAMILY, label="Nia is born", begin=PartialDate(2019, 3))
    help_ = Support(id=new_key(), who=new_key(), label="Nan", area=HelpArea.TRAVEL)
    parts = {"system": chapel, "tie": tie, "event": born, "support": help_}
    change_map(
        by=None,
        person=world.person,
        seen_version=latest_version(world.person.pk),
        changes=[ElementChange(part.id, kind, to_data(part)) for kind, part in parts.items()],
        summary="Begun",
    )
    world.more |= {kind: part.id for kind, part in parts.items()}


def case(world: World) -> list[Any]:
    return [world.person.pk]


def part(kind: str) -> Any:
    return lambda world: [world.person.pk, world.more[kind]]


SEEN = ("overview", "community", "life", "supporters", "closeness", "value", "worksheets")
EDITED = ("new_system", "new_event", "new_support", "place_buttons", "ask_value")

PAGES = [
    *(Page(f"exercises:{name}", FAMILY, args=case) for name in SEEN),
    *(Page(f"exercises:{name}", EDITS, args=case) for name in EDITED),
    *(Page(f"exercises:{kind}", EDITS, args=part(kind)) for kind in ("system", "event", "support")),
    *(
        Page(f"exercises:take_{kind}", EDITS, answer=302, args=part(kind), method="post", browse=False)
        for kind in ("system", "event", "support")
    ),
]
