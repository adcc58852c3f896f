"""What is true of every genogram, whatever the family."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.people.maps.genogram import Options, Scene, layout
from alongside.people.maps.genogram.families import sibling_key
from alongside.people.maps.network import FamilyNetwork, Household, Parentage, Partnership, Person, Siblings, Stretch
from alongside.people.maps.sample import sample_descendants, sample_family
from alongside.people.maps.vocabulary import Gender, ParentKind, PartialDate, PartnershipKind
from tests.people.maps.cases import CASES, TODAY

IDS = [f"p{i}" for i in range(9)]


@st.composite
def plausible(draw: st.DrawFn) -> FamilyNetwork:
    """Families as they are: grown from a seed."""
    make = draw(st.sampled_from([sample_family, sample_descendants]))
    return make(draw(st.integers(2, 60)), draw(st.integers(0, 10_000)))


@st.composite
def impossible(draw: st.DrawFn) -> FamilyNetwork:
    """Anything at all: ties between anybody, loops and contradictions included."""
    some = st.sampled_from(IDS)
    people = tuple(
        Person(
            i,
            i.upper(),
            draw(st.sampled_from(list(Gender))),
            born=draw(st.one_of(st.none(), st.builds(PartialDate, st.integers(1900, 2020)))),
        )
        for i in IDS
    )
    pairs = draw(st.lists(st.tuples(some, some), max_size=8))
    couples = tuple(Partnership(f"{a}-{b}", a, b, (Stretch(PartnershipKind.MARRIAGE),)) for a, b in pairs)
    births = draw(st.lists(st.tuples(some, some, st.sampled_from(list(ParentKind))), max_size=14))
    groups = draw(st.lists(st.lists(some, min_size=2, max_size=3), max_size=2))
    return FamilyNetwork(
        people,
        couples,
        tuple(Parentage(child, parent, kind) for parent, child, kind in births),
        siblings=tuple(Siblings(f"s{n}", tuple(group)) for n, group in enumerate(groups)),
    )


FAMILIES = st.one_of(plausible(), impossible())
CALM = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def check_no_overlap(scene: Scene) -> None:
    """No card lies over another, and no person stands outside the frame."""
    for line in _rows(scene).values():
        for a, b in pairwise(line):
            assert a.box[2] <= b.box[0] + 0.05, (a.id, b.id)
    foot = None
    for y in sorted({n.y for n in scene.nodes}):
        row = [n for n in scene.nodes if n.y == y]
        if foot is not None:
            assert min(n.box[1] for n in row) >= foot - 0.05
        foot = max(n.bottom for n in row)
    for n in scene.nodes:
        assert n.box[0] >= 0
        assert n.box[2] <= scene.width
        assert n.bottom <= scene.height


def _rows(scene: Scene) -> dict[float, list]:
    rows: dict[float, list] = {}
    for node in scene.nodes:
        rows.setdefault(node.y, []).append(node)
    return {y: sorted(row, key=lambda n: n.x) for y, row in rows.items()}


def check_everybody_once(network: FamilyNetwork, scene: Scene) -> None:
    """Everybody is drawn; whoever is drawn again carries a number each time."""
    drawn: dict[str, list] = {}
    for node in scene.nodes:
        drawn.setdefault(node.person, []).append(node)
    assert set(drawn) == set(network.by_id)
    for nodes in drawn.values():
        assert sum(not n.is_copy for n in nodes) == 1
        numbers = {n.number for n in nodes}
        assert len(numbers) == 1
        assert (numbers == {None}) == (len(nodes) == 1)


def check_every_tie_is_drawn(network: FamilyNetwork, scene: Scene) -> None:
    """Each partnership and each parent's line is in the picture, or is said to be implied by another."""
    partnerships = {i for line in scene.partnerships for i in line.partnerships}
    assert partnerships == {p.id for p in network.partnerships if p.first != p.second}
    rows = {i for family in scene.families for drop in family.drops for i in drop.parentage}
    rows |= {line.id for line in scene.led} | set(scene.implied)
    assert rows == {p.id for p in network.parentage if p.child != p.parent}


def check_generations_level(scene: Scene) -> None:
    """Partners stand level, and children directly below their parents' row."""
    at = {n.id: n for n in scene.nodes}
    for couple in scene.partnerships:
        assert at[couple.first].y == at[couple.second].y
    for family in scene.families:
        rows = {at[drop.child].row for drop in family.drops}
        assert len(rows) == 1
        if family.parents:
            assert rows == {at[family.parents[0]].row + 1}
    heights: dict[int, set[float]] = {}
    for node in scene.nodes:
        if node.row < 100_000:
            heights.setdefault(node.row, set()).add(node.y)
    assert all(len(ys) == 1 for ys in heights.values())


def check_children_in_order(network: FamilyNetwork, scene: Scene) -> None:
    """Children of one birth family stand oldest to youngest from left to right."""
    at = {n.id: n for n in scene.nodes}
    kinds = {"birth"}
    for family in scene.families:
        own = [at[d.child] for d in family.drops if d.kind in kinds and not d.twins]
        keys = [sibling_key(network.by_id[n.person], TODAY) for n in sorted(own, key=lambda n: n.x)]
        assert keys == sorted(keys), family.id


def check_lines_miss_people(scene: Scene) -> None:
    """No bar, stem or couple line runs through somebody's symbol."""
    rows = _rows(scene)
    for couple in scene.partnerships:
        for (ax, ay), (bx, by) in pairwise(couple.points):
            if ay == by and ay in rows:
                for node in rows[ay]:
                    assert node.id in (couple.first, couple.second) or not min(ax, bx) < node.x < max(ax, bx)
    for family in scene.families:
        y = family.bar[2]
        assert not any(n.box[1] < y < n.box[3] and family.bar[0] < n.x < family.bar[1] for n in scene.nodes)


def check_bars_apart(scene: Scene) -> None:
    """Bars of different families never lie on each other."""
    rows: dict[float, list[tuple[float, float]]] = {}
    for family in scene.families:
        if family.bar[1] - family.bar[0] > 1:
            rows.setdefault(round(family.bar[2], 1), []).append((family.bar[0], family.bar[1]))
    for bars in rows.values():
        for (_, end), (start, _) in pairwise(sorted(bars)):
            assert end <= start + 0.1


def check(network: FamilyNetwork) -> Scene:
    """Everything that holds for every family."""
    scene = layout(network, Options(as_of=TODAY))
    check_no_overlap(scene)
    check_everybody_once(network, scene)
    check_every_tie_is_drawn(network, scene)
    check_generations_level(scene)
    check_lines_miss_people(scene)
    check_bars_apart(scene)
    return scene


@CALM
@given(FAMILIES)
def test_every_family_can_be_drawn_well(network: FamilyNetwork) -> None:
    check(network)


@CALM
@given(plausible())
def test_children_stand_oldest_to_youngest(network: FamilyNetwork) -> None:
    check_children_in_order(network, layout(network, Options(as_of=TODAY)))


@CALM
@given(FAMILIES, st.integers(0, 1000))
def test_the_order_of_the_input_does_not_matter(network: FamilyNetwork, seed: int) -> None:
    random = Random(seed)

    def mixed(rows: tuple) -> tuple:
        return tuple(random.sample(rows, len(rows)))

    shuffled = replace(
        network,
        people=mixed(network.people),
        partnerships=mixed(network.partnerships),
        parentage=mixed(network.parentage),
        siblings=mixed(network.siblings),
        twins=mixed(network.twins),
    )
    assert layout(shuffled).as_json() == layout(network).as_json()


@pytest.mark.parametrize("name", CASES)
def test_named_hard_cases_hold_too(name: str) -> None:
    network = CASES[name]()
    scene = check(network)
    check_children_in_order(network, scene)


@pytest.mark.parametrize("size", [200, 600])
def test_large_families_hold_too(size: int) -> None:
    network = sample_family(size, 7)
    check_children_in_order(network, check(network))


def test_two_hundred_partners_are_drawn() -> None:
    people = [Person("me", "Me", Gender.MAN, is_index=True)] + [
        Person(f"w{i}", f"W{i}", Gender.WOMAN) for i in range(200)
    ]
    couples = tuple(Partnership(f"c{i}", "me", f"w{i}") for i in range(200))
    check(FamilyNetwork(tuple(people), couples))


def test_a_chain_of_four_hundred_partners_does_not_exhaust_the_stack() -> None:
    people = tuple(Person(f"p{i:04}") for i in range(400))
    couples = tuple(Partnership(f"c{i}", f"p{i:04}", f"p{i + 1:04}") for i in range(399))
    check(FamilyNetwork(people, couples))


def test_four_hundred_generations_do_not_exhaust_the_stack() -> None:
    people = tuple(Person(f"p{i:04}") for i in range(400))
    births = tuple(Parentage(f"p{i + 1:04}", f"p{i:04}") for i in range(399))
    check(FamilyNetwork(people, parentage=births))


def inside(point: tuple[float, float], polygon: tuple[tuple[float, float], ...]) -> bool:
    x, y = point
    hits = 0
    for (ax, ay), (bx, by) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            hits += 1
    return hits % 2 == 1


@CALM
@given(plausible(), st.integers(0, 1000))
def test_a_household_outline_holds_its_members_and_nobody_else(network: FamilyNetwork, seed: int) -> None:
    random = Random(seed)
    ids = [p.id for p in network.people]
    homes = tuple(Household(f"h{i}", f"Home {i}", tuple(random.sample(ids, min(len(ids), 4)))) for i in range(3))
    scene = layout(replace(network, households=homes))
    for home in homes:
        shapes = [o for o in scene.households if o.id.startswith(f"{home.id}:")]
        assert {m for o in shapes for m in o.members} == set(home.members)
        for node in scene.nodes:
            within = any(inside((node.x, node.y), o.points) for o in shapes)
            assert within == (node.person in home.members and not node.is_copy)
