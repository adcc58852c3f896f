"""Who sees the pages of the family map."""

from typing import Any

from alongside.people.maps.changes import Relation, add_relative, connect_partners
from alongside.people.maps.edits import applied, joined, set_household, set_twins
from alongside.people.maps.elements import as_network
from alongside.people.maps.members import draw
from alongside.people.maps.network import Stretch
from alongside.people.maps.placing import start_with
from alongside.people.maps.queries import map_at
from alongside.people.maps.vocabulary import Gender, TwinKind
from tests.pages import FAMILY, OPEN, TEAM, Page, World

DRAWS = TEAM | {"family_worker"}
SEES_OPINIONS = TEAM


def furnish(world: World) -> None:
    """A map of Daniel with a partner, twins and a home."""
    person = world.person
    changes = start_with(label="Daniel", gender=Gender.MAN, born=None)
    me = changes.new_person
    for relation, key in (
        (Relation.PARTNER, "00000000-0000-4000-8000-000000000001"),
        (Relation.CHILD, "00000000-0000-4000-8000-000000000002"),
        (Relation.CHILD, "00000000-0000-4000-8000-000000000003"),
    ):
        net = as_network(applied((), changes))
        changes = joined(changes, add_relative(net, of=me, relation=relation, key=key))
    net = as_network(applied((), changes))
    kids = [p.id for p in net.people][2:]
    changes = joined(changes, set_twins(net, "", members=kids, kind=TwinKind.IDENTICAL))
    changes = joined(changes, set_household(net, "", label="Home", members=[me]))
    changes = joined(
        changes,
        connect_partners(net, first=me, second="00000000-0000-4000-8000-000000000001", stretches=(Stretch(),)),
    )
    draw(by=world.cast.owner, person=person, view=map_at(person.pk), seen_version=0, changes=changes)
    world.more |= {f"map_{part.kind}": part.key for part in changes.sets} | {"map_person": me}


def case(world: World) -> list[Any]:
    return [world.person.pk]


def of(kind: str) -> Any:
    return lambda world: [world.person.pk, world.more[f"map_{kind}"]]


def posted(page: str, args: Any = case, /, **data: Any) -> list[Page]:
    """What is posted, and what a link to it gets."""
    return [
        Page(page, DRAWS, args=args, method="post", data=data, answer=302, browse=False),
        Page(page, frozenset(), args=args, refusal=405, browse=False),
    ]


PAGES = [
    Page("maps:genogram", FAMILY, args=case),
    Page("maps:history", FAMILY, args=case),
    Page("maps:review", DRAWS, args=case),
    Page("maps:paper", FAMILY, args=case),
    Page("maps:pdf", FAMILY, args=lambda world: [world.person.pk, "A4"], browse=False),
    Page("maps:export", FAMILY, args=lambda world: [world.person.pk, "7.0"], browse=False),
    Page("maps:bring_in", DRAWS, args=case),
    Page("maps:together", FAMILY, args=case),
    Page("maps:person", DRAWS, args=of("person")),
    Page("maps:connect", DRAWS, args=of("person")),
    Page("maps:quality", SEES_OPINIONS, args=of("person")),
    Page("maps:partnership", DRAWS, args=of("partnership")),
    Page("maps:parentage", DRAWS, args=of("parentage")),
    Page("maps:add_household", DRAWS, args=case),
    Page("maps:household", DRAWS, args=of("household")),
    Page("maps:twins", DRAWS, args=of("twins")),
    *posted("maps:start", who="named"),
    *posted("maps:still_right"),
    *posted("maps:undo"),
    *posted("maps:take", of("twins")),
    *posted("maps:name", of("person"), name="Dan"),
    Page(
        "maps:add",
        DRAWS,
        args=case,
        method="post",
        data={"of": "nobody", "relation": "mother"},
        answer=409,
        browse=False,
    ),
    Page("maps:turn", DRAWS, args=case, method="post", answer=302, browse=False),
    Page("maps:leaving", OPEN, args=case, browse=False),
]
