"""Impossible families get a clear answer and are drawn all the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.people.maps.checks import Weight, check_network
from alongside.people.maps.genogram import layout
from alongside.people.maps.network import FamilyNetwork, Household, Parentage, Partnership, Person, Stretch, Twins
from alongside.people.maps.sample import sample_family
from alongside.people.maps.vocabulary import Gender, PartialDate
from tests.people.maps.cases import CASES, children, couple, family, person


def codes(network: FamilyNetwork) -> set[str]:
    layout(network)
    return {finding.code for finding in check_network(network)}


def test_own_ancestor_names_the_circle() -> None:
    found = check_network(CASES["own_ancestor"]())
    ring = next(f for f in found if f.code == "own_ancestor")
    assert ring.people == ("a", "b", "c")
    assert ring.weight is Weight.IMPOSSIBLE
    assert "Check who is whose parent" in ring.words


def test_descendants_of_a_circle_are_not_accused() -> None:
    base = CASES["own_ancestor"]()
    more = FamilyNetwork((*base.people, Person("d", "D")), (), (*base.parentage, Parentage("d", "c")))
    ring = [f for f in check_network(more) if f.code == "own_ancestor"]
    assert [f.people for f in ring] == [("a", "b", "c")]


@pytest.mark.parametrize(
    ("network", "code"),
    [
        (family([person("m w 2000"), person("k m 1990")], [], children("m > k")), "child_older_than_parent"),
        (family([person("m w 1990"), person("k m 1999")], [], children("m > k")), "very_young_parent"),
        (family([person("m w 1900"), person("k m 1970")], [], children("m > k")), "very_old_parent"),
        (family([person("m w 1950-1980"), person("k m 1985")], [], children("m > k")), "born_after_parents_death"),
        (family([person("m w 1950-1940")], []), "died_before_birth"),
        (family([person("m w 1750-1940")], []), "very_old"),
        (FamilyNetwork((Person("a", age=200),)), "age_out_of_range"),
        (FamilyNetwork((Person("a", is_index=True), Person("b", is_index=True))), "several_index_people"),
        (FamilyNetwork((Person("a", "A"), Person("a", "B"))), "listed_twice"),
        (FamilyNetwork((Person("a"),), (Partnership("p", "a", "ghost"),)), "tie_to_nobody"),
        (FamilyNetwork((Person("a"),), households=(Household("h", "", ("a", "ghost")),)), "tie_to_nobody"),
        (FamilyNetwork((Person("a"),), (Partnership("p", "a", "a"),)), "own_partner"),
        (FamilyNetwork((Person("a"),), parentage=(Parentage("a", "a"),)), "own_parent"),
        (CASES["father_and_daughter"](), ""),
        (family([person(f"{i} u ?") for i in "abcd"], [], children("a b c > d")), "many_birth_parents"),
        (family([person("a m 1990"), person("b w 1991")], ["a b m 1980"]), "partner_before_birth"),
        (family([person("a m 1950"), person("b w 1951")], ["a b d 1990 1980"]), "ends_before_it_begins"),
        (FamilyNetwork((person("a m 1950"), person("b w 1961")), twins=(Twins("t", ("a", "b")),)), "twins_years_apart"),
    ],
)
def test_what_cannot_be_is_named(network: FamilyNetwork, code: str) -> None:
    found = codes(network)
    assert code in found or (not code and "own_ancestor" not in found)


def test_partners_who_are_close_kin_are_asked_about_not_judged() -> None:
    people = [person("f m 1950"), person("a m 1975"), person("b w 1977")]
    network = FamilyNetwork(tuple(people), (couple("a b m 2000"),), children("f > a b"))
    finding = next(f for f in check_network(network) if f.code == "partner_is_close_kin")
    assert finding.weight is Weight.UNLIKELY


def test_two_hundred_partners_are_questioned() -> None:
    people = (Person("me", "Me", Gender.MAN), *(Person(f"w{i}") for i in range(200)))
    couples = tuple(Partnership(f"c{i}", "me", f"w{i}", (Stretch(begin=PartialDate(2000)),)) for i in range(200))
    assert "many_partners" in codes(FamilyNetwork(people, couples))


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 60), st.integers(0, 1000))
def test_plausible_families_hold_nothing_impossible_in_structure(size: int, seed: int) -> None:
    structure = {"own_ancestor", "listed_twice", "tie_to_nobody", "own_partner", "own_parent", "many_birth_parents"}
    assert not structure & {f.code for f in check_network(sample_family(size, seed))}
