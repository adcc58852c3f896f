"""Invented families, plausible and the same for the same seed: for tests, benchmarks and pictures. Nobody is real."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from random import Random

from alongside.people.maps.network import FamilyNetwork, Parentage, Partnership, Person, Stretch, Twins
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    TwinKind,
)

_WOMEN = [
    "Amelia",
    "Ana",
    "Asha",
    "Bethan",
    "Carys",
    "Chloe",
    "Donna",
    "Efa",
    "Ellie",
    "Farah",
    "Gemma",
    "Grace",
    "Hannah",
    "Imani",
    "Jade",
    "Joy",
    "Karen",
    "Leanne",
    "Lily",
    "Megan",
    "Nadia",
    "Nia",
    "Olwen",
    "Priya",
    "Rhian",
    "Ruby",
    "Sadia",
    "Shanice",
    "Sian",
    "Tanya",
    "Tegan",
    "Uma",
    "Yasmin",
    "Zara",
]
_MEN = [
    "Aaron",
    "Adeel",
    "Alun",
    "Ben",
    "Callum",
    "Carl",
    "Danny",
    "Dev",
    "Dylan",
    "Emyr",
    "Femi",
    "Gareth",
    "Hassan",
    "Ivor",
    "Jayden",
    "Joel",
    "Kai",
    "Kofi",
    "Lee",
    "Liam",
    "Marcus",
    "Mo",
    "Nathan",
    "Owen",
    "Patrick",
    "Rhys",
    "Ryan",
    "Sam",
    "Tariq",
    "Tom",
    "Usman",
    "Wayne",
    "Will",
    "Yusuf",
]
_SURNAMES = [
    "Adeyemi",
    "Ahmed",
    "Bell",
    "Bowen",
    "Clarke",
    "Davies",
    "Evans",
    "Fernandes",
    "Green",
    "Griffiths",
    "Hussain",
    "Jenkins",
    "Khan",
    "Kowalski",
    "Lewis",
    "Mensah",
    "Morgan",
    "Murphy",
    "Okafor",
    "Patel",
    "Price",
    "Rees",
    "Shah",
    "Smith",
    "Taylor",
    "Thomas",
    "Walker",
    "Williams",
]
_OLDEST, _YOUNGEST = -3, 3


@dataclass
class _Growing:
    random: Random
    size: int
    people: list[Person] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)
    parentage: list[Parentage] = field(default_factory=list)
    twins: list[Twins] = field(default_factory=list)
    generation: dict[str, int] = field(default_factory=dict)
    surname: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, Person] = field(default_factory=dict)
    has_parents: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    single: list[str] = field(default_factory=list)
    parents: dict[str, set[str]] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        return len(self.people) >= self.size

    def add(self, *, generation: int, year: int, gender: Gender | None = None, surname: str = "") -> Person:
        gender = (
            gender
            or self.random.choices((Gender.WOMAN, Gender.MAN, Gender.NON_BINARY, Gender.UNKNOWN), (48, 48, 2, 2))[0]
        )
        names = _WOMEN if gender is Gender.WOMAN else _MEN
        surname = surname or self.random.choice(_SURNAMES)
        label = f"{self.random.choice(names)} {surname}"
        person_id = f"P{len(self.people) + 1:05d}"
        lived = self.random.choices((0, self.random.randint(30, 95)), (1, 1))[0]
        dies = year + lived if lived and year + lived < 2026 else year + 97 if year + 97 < 2026 else None
        person = Person(person_id, label, gender, born=PartialDate(year), died=PartialDate(dies) if dies else None)
        self.people.append(person)
        self.by_id[person_id] = person
        self.generation[person_id] = generation
        self.surname[person_id] = surname
        self.waiting.append(person_id)
        return person

    def couple(self, a: Person, b: Person, year: int) -> None:
        random = self.random
        kind = random.choices(
            (PartnershipKind.MARRIAGE, PartnershipKind.LIVING_TOGETHER, PartnershipKind.RELATIONSHIP), (6, 3, 1)
        )[0]
        parted = random.random() < 0.35
        status = PartnershipStatus.CURRENT
        if parted:
            married = kind is PartnershipKind.MARRIAGE
            status = PartnershipStatus.DIVORCED if married else PartnershipStatus.SEPARATED
        end = PartialDate(year + random.randint(2, 15)) if parted else None
        stretch = Stretch(kind, status, PartialDate(year), end)
        self.partnerships.append(Partnership(f"{a.id}&{b.id}", a.id, b.id, (stretch,)))

    def children(self, parents: list[Person], year: int, number: int) -> None:
        generation = self.generation[parents[0].id] + 1
        if generation > _YOUNGEST:
            return
        last = None
        for _ in range(number):
            if self.full:
                return
            twin = last is not None and self.random.random() < 0.03
            year += 0 if twin else self.random.randint(1, 4)
            child = self.add(generation=generation, year=year, surname=self.surname[parents[-1].id])
            kind = self.random.choices((ParentKind.BIRTH, ParentKind.ADOPTIVE, ParentKind.FOSTER), (94, 4, 2))[0]
            self.parentage += [Parentage(child.id, parent.id, kind) for parent in parents]
            self.has_parents.add(child.id)
            self.parents[child.id] = {parent.id for parent in parents}
            if twin and last is not None:
                twin_kind = self.random.choice((TwinKind.IDENTICAL, TwinKind.FRATERNAL))
                self.twins.append(Twins(f"T{child.id}", (last.id, child.id), twin_kind))
            last = None if twin else child

    def parents_of(self, person: Person) -> None:
        if person.born is None or self.full:
            return
        year = person.born.year - self.random.randint(20, 36)
        generation = self.generation[person.id] - 1
        mother = self.add(generation=generation, year=year, gender=Gender.WOMAN)
        parents = [mother]
        if not self.full and self.random.random() < 0.9:
            surname = self.surname[person.id]
            father = self.add(
                generation=generation, year=year - self.random.randint(-3, 6), gender=Gender.MAN, surname=surname
            )
            self.couple(mother, father, year + self.random.randint(18, 20))
            parents.append(father)
        self.parentage += [Parentage(person.id, parent.id) for parent in parents]
        self.has_parents.add(person.id)
        self.parents[person.id] = {parent.id for parent in parents}
        older = self.random.choices((0, 1, 2), (5, 3, 2))[0]
        self.children(parents, person.born.year - 3 * older - 2, older)
        self.children(parents, person.born.year, self.random.choices((0, 1, 2, 3), (3, 4, 2, 1))[0])

    def partners_of(self, person: Person) -> None:
        if person.born is None or person.born.year > 2004:
            return
        number = self.random.choices((0, 1, 2, 3), (18, 62, 16, 4))[0]
        year = person.born.year + self.random.randint(19, 27)
        for _ in range(number):
            if self.full or year > 2024:
                return
            partner = self.partner_for(person)
            self.couple(person, partner, year)
            pair = [person, partner]
            self.children(pair, year, self.random.choices((0, 1, 2, 3, 4), (14, 26, 34, 18, 8))[0])
            year += self.random.randint(5, 12)

    def partner_for(self, person: Person) -> Person:
        generation, year = self.generation[person.id], person.born.year if person.born else 1980
        mine = self.parents.get(person.id, set())
        kin = [
            other
            for other in self.single[-60:]
            if self.generation[other] == generation and other != person.id and not mine & self.parents.get(other, set())
        ]
        if kin and self.random.random() < 0.02:
            return self.by_id[self.random.choice(kin)]
        usual = Gender.MAN if person.gender is Gender.WOMAN else Gender.WOMAN
        gender = usual if self.random.random() < 0.94 else person.gender
        return self.add(generation=generation, year=year + self.random.randint(-5, 5), gender=gender)


def _stem(growing: _Growing) -> str:
    """Where a family that has come to its end goes on: a partner with parents for somebody without either."""
    for person in growing.people:
        if person.id not in growing.has_parents and growing.generation[person.id] > _OLDEST:
            growing.parents_of(person)
            return growing.people[-1].id
    person = growing.random.choice([p for p in growing.people if growing.generation[p.id] < _YOUNGEST])
    partner = growing.add(generation=growing.generation[person.id], year=person.born.year if person.born else 1960)
    growing.couple(person, partner, 2000)
    return partner.id


def sample_family(size: int, seed: int = 1) -> FamilyNetwork:
    """An invented family of so many people, grown outward from one index person over at most seven generations."""
    growing = _Growing(Random(f"{seed}/{size}"), size)  # noqa: S311 - a picture, not a secret
    growing.add(generation=0, year=1988)
    partnered: set[str] = set()
    while not growing.full:
        if not growing.waiting:
            growing.waiting.append(_stem(growing))
        person = growing.by_id[growing.waiting.popleft()]
        generation = growing.generation[person.id]
        has_parents = person.id in growing.has_parents
        chance = 0.95 if generation >= 0 else 0.6
        if not has_parents and generation > _OLDEST and (growing.random.random() < chance or len(growing.people) < 3):
            growing.parents_of(person)
        if person.id not in {p for row in growing.partnerships[-400:] for p in row.pair}:
            partnered.add(person.id)
            growing.partners_of(person)
            growing.single.append(person.id)
    people = tuple(replace(p, is_index=p.id == "P00001") for p in growing.people)
    return FamilyNetwork(people, tuple(growing.partnerships), tuple(growing.parentage), twins=tuple(growing.twins))


def sample_descendants(size: int, seed: int = 1) -> FamilyNetwork:
    """An invented family of one old couple and their descendants, with second partners and a few cousins who marry."""
    growing = _Growing(Random(f"descendants/{seed}/{size}"), size)  # noqa: S311 - a picture, not a secret
    growing.add(generation=_OLDEST, year=1880, gender=Gender.WOMAN)
    while not growing.full:
        if not growing.waiting:
            growing.waiting.append(growing.random.choice([i for i in growing.single if growing.generation[i] < 2]))
        person = growing.by_id[growing.waiting.popleft()]
        born_in = person.id in growing.has_parents or person.id == "P00001"
        if born_in:
            growing.partners_of(person)
            growing.single.append(person.id)
    people = tuple(replace(p, is_index=p.id == "P00001") for p in growing.people)
    return FamilyNetwork(people, tuple(growing.partnerships), tuple(growing.parentage), twins=tuple(growing.twins))
