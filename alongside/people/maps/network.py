"""The family network: people and how they belong together, as frozen facts.

Every map is a view of one `FamilyNetwork`. Nothing here draws, stores or judges; `checks` says what looks wrong.
Ids are the caller's own strings and never shown. Requirements R017-R024, R036; notation facts B1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from alongside.people.maps.vocabulary import (
    Flow,
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
    QualityKind,
    SexAssigned,
    Standing,
    SystemKind,
    TieStrength,
    TwinKind,
)


@dataclass(frozen=True)
class Person:
    """Somebody on the map. `label` is what the map calls them, in the words of whoever it is drawn with ("Nan").

    A child has an `age_band` in words ("7 to 11") and no date of birth.
    """

    id: str
    label: str = ""
    gender: Gender = Gender.UNKNOWN
    gender_words: str = ""
    sex_assigned: SexAssigned | None = None
    born: PartialDate | None = None
    died: PartialDate | None = None
    deceased: bool = False
    age: int | None = None
    birth_order: int | None = None
    is_index: bool = False
    kind: PersonKind = PersonKind.PERSON
    standing: Standing = Standing.FAMILY
    role: str = ""
    age_band: str = ""

    @property
    def is_dead(self) -> bool:
        """True when a death is recorded, with or without its date."""
        return self.deceased or self.died is not None

    def age_on(self, day: PartialDate | None) -> int | None:
        """Age at death, or on `day`, or as it was given; None where it cannot be known."""
        if self.died and self.born:
            return max(0, self.born.years_until(self.died))
        if self.age is not None or self.is_dead:
            return self.age
        if self.born and day:
            years = self.born.years_until(day)
            return years if 0 <= years <= 125 else None
        return None


@dataclass(frozen=True)
class Stretch:
    """One stretch of a partnership: people separate, and come back, and marry again."""

    kind: PartnershipKind = PartnershipKind.UNKNOWN
    status: PartnershipStatus = PartnershipStatus.UNKNOWN
    begin: PartialDate | None = None
    end: PartialDate | None = None


@dataclass(frozen=True)
class Partnership:
    """Two people who are or were partners, with its stretches in order of time."""

    id: str
    first: str
    second: str
    stretches: tuple[Stretch, ...] = (Stretch(),)

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids, in a fixed order."""
        return (min(self.first, self.second), max(self.first, self.second))

    @property
    def begin_key(self) -> tuple[int, int, int]:
        """When it began, for sorting; the unknown come last."""
        known = [s.begin.sort_key for s in self.stretches if s.begin]
        return min(known) if known else (9999, 0, 0)


@dataclass(frozen=True)
class Parentage:
    """One parent of one child, in one way, for one time."""

    child: str
    parent: str
    kind: ParentKind = ParentKind.BIRTH
    begin: PartialDate | None = None
    end: PartialDate | None = None

    @property
    def id(self) -> str:
        """A name for this row that does not depend on its place in a list."""
        begin = self.begin.iso if self.begin else ""
        return f"{self.parent}>{self.child}:{self.kind}:{begin}"


@dataclass(frozen=True)
class Siblings:
    """Brothers and sisters; needed only where their parents are not recorded."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Twins:
    """Children of one birth."""

    id: str
    members: tuple[str, ...]
    kind: TwinKind = TwinKind.UNKNOWN


@dataclass(frozen=True)
class Household:
    """People who live under one roof."""

    id: str
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Quality:
    """How two people get on: an opinion, so with author, date and source. Never shown on a shared copy unasked."""

    id: str
    first: str
    second: str
    kind: QualityKind
    author: str = ""
    date: PartialDate | None = None
    source: str = ""


@dataclass(frozen=True)
class LifeSystem:
    """A circle of the ecomap: a service, a workplace, a club, a faith, a friend."""

    id: str
    label: str
    kind: SystemKind = SystemKind.OTHER


@dataclass(frozen=True)
class Tie:
    """The tie between the centre (or one person in it) and a system, or between two systems."""

    id: str
    system: str
    other: str = ""
    strength: TieStrength = TieStrength.ORDINARY
    stressful: bool = False
    flow: Flow = Flow.NONE
    note: str = ""


@dataclass(frozen=True)
class FamilyNetwork:
    """A whole network. Order of the tuples carries no meaning: any order gives the same map."""

    people: tuple[Person, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    parentage: tuple[Parentage, ...] = ()
    siblings: tuple[Siblings, ...] = ()
    twins: tuple[Twins, ...] = ()
    households: tuple[Household, ...] = ()
    qualities: tuple[Quality, ...] = ()
    systems: tuple[LifeSystem, ...] = ()
    ties: tuple[Tie, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @property
    def index(self) -> Person | None:
        """The person the map is drawn for."""
        return min((p for p in self.people if p.is_index), key=lambda p: p.id, default=None)

    @property
    def births(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Groups of people known to be each other's brothers and sisters, twins among them, by the id of the group."""
        return (*((g.id, g.members) for g in self.siblings), *((g.id, g.members) for g in self.twins))

    def label(self, person_id: str) -> str:
        """What the map calls somebody."""
        person = self.by_id.get(person_id)
        return (person.label.strip() if person else "") or "Name not known"

    def with_index(self, person_id: str) -> FamilyNetwork:
        """The same network drawn for somebody else; KeyError where there is no such person."""
        if person_id not in self.by_id:
            raise KeyError(person_id)
        return replace(self, people=tuple(replace(p, is_index=p.id == person_id) for p in self.people))

    def without_qualities(self) -> FamilyNetwork:
        """The structure alone, as shared and printed copies show it."""
        return replace(self, qualities=())


def near(network: FamilyNetwork, person_id: str, steps: int) -> FamilyNetwork:
    """The part of a large network within so many steps (parent, child, partner, sibling) of one person."""
    neighbours: dict[str, set[str]] = {}
    pairs = [(p.first, p.second) for p in network.partnerships]
    pairs += [(p.child, p.parent) for p in network.parentage]
    pairs += [(a, b) for _, group in network.births for a in group for b in group]
    for a, b in pairs:
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    kept, edge = {person_id}, {person_id}
    for _ in range(steps):
        edge = {n for person in edge for n in neighbours.get(person, ())} - kept
        kept |= edge
    return only(network, kept)


def only(network: FamilyNetwork, kept: set[str]) -> FamilyNetwork:
    """The network cut down to these people and what holds between them."""

    def cut(members: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(m for m in members if m in kept)

    return replace(
        network,
        people=tuple(p for p in network.people if p.id in kept),
        partnerships=tuple(p for p in network.partnerships if p.first in kept and p.second in kept),
        parentage=tuple(p for p in network.parentage if p.child in kept and p.parent in kept),
        siblings=tuple(replace(g, members=cut(g.members)) for g in network.siblings if len(cut(g.members)) > 1),
        twins=tuple(replace(g, members=cut(g.members)) for g in network.twins if len(cut(g.members)) > 1),
        households=tuple(replace(h, members=cut(h.members)) for h in network.households if cut(h.members)),
        qualities=tuple(q for q in network.qualities if q.first in kept and q.second in kept),
    )


def canonical(network: FamilyNetwork) -> FamilyNetwork:
    """The same network in one fixed order, without doubles and without references to people who are not there.

    The drawing engines start here, so that any order of input gives the same picture.
    """
    people = _once_each(network.people)
    known = set(people)
    partnerships = _once_each(tuple(p for p in network.partnerships if p.first != p.second))
    parentage = _once_each(tuple(p for p in network.parentage if p.child != p.parent))
    tidy = only(
        replace(
            network,
            people=tuple(people[key] for key in sorted(people)),
            partnerships=tuple(partnerships[key] for key in sorted(partnerships)),
            parentage=tuple(parentage[key] for key in sorted(parentage)),
        ),
        known,
    )
    return replace(
        tidy,
        siblings=tuple(sorted((replace(g, members=_once(g.members)) for g in tidy.siblings), key=repr)),
        twins=tuple(sorted((replace(g, members=_once(g.members)) for g in tidy.twins), key=repr)),
        households=tuple(sorted((replace(h, members=_once(h.members)) for h in tidy.households), key=repr)),
        qualities=tuple(sorted((q for q in tidy.qualities if q.first != q.second), key=repr)),
        systems=tuple(sorted(set(tidy.systems), key=repr)),
        ties=tuple(sorted(set(tidy.ties), key=repr)),
    )


_Row = TypeVar("_Row", Person, Partnership, Parentage)


def _once_each(rows: tuple[_Row, ...]) -> dict[str, _Row]:
    """Rows by id. Of two with one id, the choice depends on what they say, never on where they stand."""
    by_id = {row.id: row for row in rows}
    if len(by_id) == len(rows):
        return by_id
    return {row.id: row for row in sorted(rows, key=repr, reverse=True)}


def _once(members: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(members)))
