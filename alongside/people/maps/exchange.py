"""A family-tree file beside a map: what would come, and what it would add. Never overwrites. Pure."""

from __future__ import annotations

from dataclasses import replace

from alongside.people.maps.changes import Changes, Set, new_key
from alongside.people.maps.edits import renamed
from alongside.people.maps.gedcom import Reading
from alongside.people.maps.network import FamilyNetwork, Person
from alongside.people.maps.vocabulary import PersonKind

ADULT = 18


def as_changes(reading: Reading, *, has_index: bool, index: str = "", this_year: int) -> Changes:
    """Everything in a file as additions. `index` is the person in the file who is the one the map is about.

    A child's date of birth is left behind: the map keeps ages of children as bands, and a file gives none.
    """
    people = tuple(_without_a_childs_birthday(p, this_year) for p in reading.network.people)
    network = replace(reading.network, people=people)
    keys = {person.id: new_key() for person in network.people}
    added = renamed(network, keys)
    if not has_index and index in keys:
        added = added.with_index(keys[index])
    count = len(added.people)
    return Changes(
        sets=_sets(added),
        summary=f"Brought in {count} {'person' if count == 1 else 'people'} from a family-tree file",
        new_person=keys.get(index, next(iter(keys.values()), "")),
    )


def children_in(network: FamilyNetwork, this_year: int) -> int:
    """How many people in a file are children, whose dates of birth will not be taken."""
    return sum(1 for person in network.people if _is_child(person, this_year))


def _is_child(person: Person, this_year: int) -> bool:
    return bool(
        person.born
        and person.kind is PersonKind.PERSON
        and not person.is_dead
        and this_year - person.born.year <= ADULT
    )


def _without_a_childs_birthday(person: Person, this_year: int) -> Person:
    return replace(person, born=None) if _is_child(person, this_year) else person


def _sets(network: FamilyNetwork) -> tuple[Set, ...]:
    return (
        *(Set(p.id, "person", p) for p in network.people),
        *(Set(p.id, "partnership", p) for p in network.partnerships),
        *(Set(new_key(), "parentage", p) for p in network.parentage),
        *(Set(g.id, "siblings", g) for g in network.siblings),
        *(Set(g.id, "twins", g) for g in network.twins),
        *(Set(h.id, "household", h) for h in network.households),
    )
