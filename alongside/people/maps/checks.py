"""What looks wrong in a network, in plain English. Nothing is refused: whatever can be drawn is drawn.

A finding names the people it is about and says what to check; it never judges anybody. "impossible" cannot be so,
"unlikely" may well be so, "note" explains how the drawing deals with something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from alongside.people.maps.drawing.words import listed
from alongside.people.maps.network import FamilyNetwork, Partnership, Person
from alongside.people.maps.vocabulary import Gender, ParentKind, PersonKind

YOUNGEST_PARENT = 12
OLDEST_MOTHER = 60
OLDEST_FATHER = 90
OLDEST_PERSON = 120
MANY_PARTNERS = 20
_CARED_ABOUT = 400


class Weight(StrEnum):
    """How sure it is that something is wrong."""

    IMPOSSIBLE = "impossible"
    UNLIKELY = "unlikely"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing to check. `code` is for programs, `words` for people."""

    code: str
    weight: Weight
    words: str
    people: tuple[str, ...] = ()


def check_network(network: FamilyNetwork) -> tuple[Finding, ...]:
    """Everything that looks wrong, worst first, in a fixed order."""
    checker = _Checker(network)
    found = [
        *checker.references(),
        *checker.own_ancestors(),
        *checker.people(),
        *checker.births(),
        *checker.parents(),
        *checker.partnerships(),
        *checker.groups(),
    ]
    order = list(Weight)
    return tuple(sorted(set(found), key=lambda f: (order.index(f.weight), f.code, f.people, f.words)))


class _Checker:
    def __init__(self, network: FamilyNetwork) -> None:
        self.network = network
        self.known = network.by_id
        self.birth: dict[str, list[str]] = {}
        for row in network.parentage:
            if row.kind is ParentKind.BIRTH and row.child != row.parent:
                self.birth.setdefault(row.child, []).append(row.parent)

    def name(self, person_id: str) -> str:
        return self.network.label(person_id)

    def references(self) -> Iterator[Finding]:
        """People listed twice, and ties to nobody."""
        twice = [key for key, count in Counter(p.id for p in self.network.people).items() if count > 1]
        for key in sorted(twice):
            words = f"{self.name(key)} is listed twice under one id. One of the two is drawn."
            yield Finding("listed_twice", Weight.IMPOSSIBLE, words, (key,))
        ties = [(p.first, p.second) for p in self.network.partnerships]
        ties += [(p.child, p.parent) for p in self.network.parentage]
        missing = {i for pair in ties for i in pair if i not in self.known}
        missing |= {i for group in self.groups_of_people() for i in group if i not in self.known}
        if missing:
            words = f"{len(missing)} ties lead to somebody who is not on the map. They are left out."
            yield Finding("tie_to_nobody", Weight.IMPOSSIBLE, words)

    def groups_of_people(self) -> list[tuple[str, ...]]:
        return [members for _, members in self.network.births] + [home.members for home in self.network.households]

    def own_ancestors(self) -> Iterator[Finding]:
        """Circles of parents: found by taking away whoever has no parents left, again and again."""
        waiting = {child: {p for p in parents if p in self.known} for child, parents in self.birth.items()}
        children: dict[str, set[str]] = {}
        for child, parents in waiting.items():
            for parent in parents:
                children.setdefault(parent, set()).add(child)
        free = [p for p in self.known if not waiting.get(p)]
        while free:
            parent = free.pop()
            for child in children.get(parent, ()):
                waiting[child].discard(parent)
                if not waiting[child]:
                    free.append(child)
        for ring in _rings({child: parents for child, parents in waiting.items() if parents}):
            names = listed([self.name(p) for p in ring])
            words = f"{names} come out as their own ancestors. Check who is whose parent."
            yield Finding("own_ancestor", Weight.IMPOSSIBLE, words, ring)
        for row in self.network.parentage:
            if row.child == row.parent:
                words = f"{self.name(row.child)} is recorded as their own parent. That line is left out."
                yield Finding("own_parent", Weight.IMPOSSIBLE, words, (row.child,))

    def people(self) -> Iterator[Finding]:
        """One person's own dates, and who the map is about."""
        for person in self.network.people:
            yield from self._dates(person)
        index = sorted(p.id for p in self.network.people if p.is_index)
        if len(index) > 1:
            words = f"{len(index)} people are marked as the one the map is about. Choose one."
            yield Finding("several_index_people", Weight.UNLIKELY, words, tuple(index))

    def _dates(self, person: Person) -> Iterator[Finding]:
        name = self.name(person.id)
        if person.born and person.died:
            lived = person.died.year - person.born.year
            if (
                person.died.sort_key[: 1 + bool(person.died.month)]
                < person.born.sort_key[: 1 + bool(person.died.month)]
            ):
                words = f"{name} died ({person.died.words}) before being born ({person.born.words})."
                yield Finding("died_before_birth", Weight.IMPOSSIBLE, words, (person.id,))
            elif lived > OLDEST_PERSON:
                yield Finding("very_old", Weight.UNLIKELY, f"{name} would have lived to {lived}.", (person.id,))
        if person.age is not None and not 0 <= person.age <= OLDEST_PERSON:
            yield Finding(
                "age_out_of_range", Weight.IMPOSSIBLE, f"{name} is recorded as aged {person.age}.", (person.id,)
            )

    def births(self) -> Iterator[Finding]:
        """Parents' ages when their children were born."""
        for row in self.network.parentage:
            child, parent = self.known.get(row.child), self.known.get(row.parent)
            if child and parent and child is not parent and row.kind is ParentKind.BIRTH:
                yield from self._birth(child, parent)

    def _birth(self, child: Person, parent: Person) -> Iterator[Finding]:
        if child.born is None or child.kind is not PersonKind.PERSON:
            return
        both = (child.id, parent.id)
        if parent.died and parent.died.year + (0 if parent.gender is Gender.WOMAN else 1) < child.born.year:
            words = f"{self.name(child.id)} was born after {self.name(parent.id)} had died. Check the dates."
            yield Finding("born_after_parents_death", Weight.IMPOSSIBLE, words, both)
        if parent.born is None:
            return
        age = child.born.year - parent.born.year
        if age <= 0:
            words = f"{self.name(child.id)} is not younger than their parent {self.name(parent.id)}. Check their dates."
            yield Finding("child_older_than_parent", Weight.IMPOSSIBLE, words, both)
        elif age < YOUNGEST_PARENT:
            words = f"{self.name(parent.id)} would have been {age} when {self.name(child.id)} was born."
            yield Finding("very_young_parent", Weight.UNLIKELY, words, both)
        elif age > (OLDEST_MOTHER if parent.gender is Gender.WOMAN else OLDEST_FATHER):
            words = f"{self.name(parent.id)} would have been {age} when {self.name(child.id)} was born."
            yield Finding("very_old_parent", Weight.UNLIKELY, words, both)

    def parents(self) -> Iterator[Finding]:
        """Too many parents by birth."""
        for child, parents in sorted(self.birth.items()):
            if len(set(parents)) > 2:
                names = listed([self.name(p) for p in sorted(set(parents))])
                words = (
                    f"{self.name(child)} has {len(set(parents))} parents by birth: {names}. "
                    "Choose another kind of parent for those who are not."
                )
                yield Finding("many_birth_parents", Weight.UNLIKELY, words, (child,))

    def partnerships(self) -> Iterator[Finding]:
        """Partnerships with oneself or close kin, out of order in time, or very many."""
        count = Counter(i for p in self.network.partnerships for i in set(p.pair))
        for person, number in sorted(count.items()):
            if number > MANY_PARTNERS and person in self.known:
                words = f"{self.name(person)} has {number} partners on this map. Check that they are all meant."
                yield Finding("many_partners", Weight.UNLIKELY, words, (person,))
        for partnership in self.network.partnerships:
            yield from self._partnership(partnership)

    def _partnership(self, partnership: Partnership) -> Iterator[Finding]:
        first, second = partnership.pair
        if first == second:
            words = f"{self.name(first)} is recorded as their own partner. That line is left out."
            yield Finding("own_partner", Weight.IMPOSSIBLE, words, (first,))
            return
        names = f"{self.name(first)} and {self.name(second)}"
        if self._close_kin(first, second):
            words = f"{names} are recorded both as partners and as close blood relatives. Check that this is meant."
            yield Finding("partner_is_close_kin", Weight.UNLIKELY, words, partnership.pair)
        for stretch in partnership.stretches:
            if stretch.begin and stretch.end and stretch.end.year < stretch.begin.year:
                words = f"The partnership of {names} ends before it begins."
                yield Finding("ends_before_it_begins", Weight.IMPOSSIBLE, words, partnership.pair)
            for person in (self.known.get(first), self.known.get(second)):
                if person and person.born and stretch.begin and stretch.begin.year < person.born.year:
                    words = f"The partnership of {names} begins before {self.name(person.id)} was born."
                    yield Finding("partner_before_birth", Weight.IMPOSSIBLE, words, partnership.pair)

    def _close_kin(self, a: str, b: str) -> bool:
        mine, theirs = set(self.birth.get(a, ())), set(self.birth.get(b, ()))
        return bool(a in theirs or b in mine or mine & theirs)

    def groups(self) -> Iterator[Finding]:
        """Twins born years apart."""
        for twins in self.network.twins:
            years = {p.born.year for m in twins.members if (p := self.known.get(m)) and p.born}
            if years and max(years) - min(years) > 1:
                names = listed([self.name(m) for m in twins.members])
                words = f"{names} are recorded as twins but were born in different years."
                yield Finding("twins_years_apart", Weight.IMPOSSIBLE, words, tuple(sorted(twins.members)))


def _rings(parents: dict[str, set[str]]) -> list[tuple[str, ...]]:
    """The circles left over, each once: follow parents from anybody until somebody comes round again."""
    out: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in sorted(parents)[:_CARED_ABOUT]:
        path: list[str] = []
        person = start
        while person in parents and person not in done and person not in path:
            path.append(person)
            person = min((p for p in parents[person] if p in parents), default="")
        if person in path:
            out.append(tuple(sorted(path[path.index(person) :])))
        done |= set(path)
    return out
