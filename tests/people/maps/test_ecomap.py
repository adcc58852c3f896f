"""Ecomaps: systems apart, ties in the clear, said in words, safe."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.people.maps.ecomap import describe_ecomap, layout_ecomap, render_ecomap, support_gaps
from alongside.people.maps.network import FamilyNetwork, LifeSystem, Person, Tie
from alongside.people.maps.vocabulary import Flow, SystemKind, TieStrength


def network(count: int) -> FamilyNetwork:
    kinds, strengths, flows = list(SystemKind), list(TieStrength), list(Flow)
    systems = tuple(LifeSystem(f"s{i}", f"System number {i}", kinds[i % len(kinds)]) for i in range(count))
    ties = tuple(
        Tie(f"t{i}", f"s{i}", strength=strengths[i % 4], stressful=i % 3 == 0, flow=flows[i % 4]) for i in range(count)
    )
    return FamilyNetwork((Person("me", "Me", is_index=True),), systems=systems, ties=ties)


@pytest.mark.parametrize("count", [0, 1, 2, 6, 7, 12, 13, 24, 60])
def test_nothing_lies_over_anything(count: int) -> None:
    scene = layout_ecomap(network(count))
    assert len(scene.circles) == count + 1
    for a, b in combinations(scene.circles, 2):
        assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (a.radius + b.radius) ** 2
    for tie, system in ((t, f"s{t.id[1:]}") for t in scene.ties):
        for circle in scene.circles:
            if circle.id not in ("", system):
                assert all((x - circle.x) ** 2 + (y - circle.y) ** 2 > circle.radius**2 for x, y in tie.points)


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(9)))
def test_order_of_input_does_not_matter(order: list[int]) -> None:
    base = network(9)
    mixed = FamilyNetwork(
        base.people,
        systems=tuple(base.systems[i] for i in order),
        ties=tuple(base.ties[i] for i in reversed(order)),
    )
    assert layout_ecomap(mixed).as_json() == layout_ecomap(base).as_json()


def test_words_say_what_the_picture_shows() -> None:
    base = network(11)
    text = describe_ecomap(base, layout_ecomap(base)).as_text()
    for system in base.systems:
        assert system.label in text
    assert text.count("tie") >= len(base.ties)


def test_gaps_in_support_are_said() -> None:
    systems = (LifeSystem("a", "Mates", SystemKind.FRIENDS), LifeSystem("b", "Mum", SystemKind.KIN))
    ties = (Tie("1", "a", strength=TieStrength.BROKEN), Tie("2", "b", strength=TieStrength.STRONG))
    missing, strained = support_gaps(FamilyNetwork(systems=systems, ties=ties))
    assert "work" in missing
    assert "family" not in missing
    assert strained == "Only weak, broken or stressful ties: friends"


def test_markup_stays_text_and_ties_to_nothing_are_left_out() -> None:
    systems = (LifeSystem("<a>", "<script>x</script>"),)
    ties = (Tie("1", "<a>", "<b>"), Tie("2", "nothing"), Tie("3", "<a>", "<a>"))
    scene = layout_ecomap(FamilyNetwork(systems=systems, ties=ties), title="<b>")
    svg = render_ecomap(scene, id_prefix="<x>")
    assert "<script" not in svg
    ElementTree.fromstring(svg)
    assert {t.id for t in scene.ties} == {"1"}
