"""The text twin of a genogram: the same people, ties, households and opinions, generation by generation, in words."""

from __future__ import annotations

from alongside.people.maps.drawing.words import Line, Section, Telling, listed
from alongside.people.maps.genogram.families import ORDER_OF_PARENTS, sibling_key
from alongside.people.maps.genogram.legend import KIND_WORDS, QUALITY_WORDS
from alongside.people.maps.genogram.scene import Node, Scene
from alongside.people.maps.network import FamilyNetwork, Parentage, Partnership, Person, Quality, Stretch, canonical
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
    Standing,
)

_GENDER = {
    Gender.WOMAN: "woman",
    Gender.MAN: "man",
    Gender.NON_BINARY: "non-binary",
    Gender.OTHER: "another gender",
    Gender.UNKNOWN: "gender not known",
}
_TOGETHER = {
    PartnershipKind.MARRIAGE: "married to",
    PartnershipKind.CIVIL_PARTNERSHIP: "in a civil partnership with",
    PartnershipKind.LIVING_TOGETHER: "living together with",
    PartnershipKind.RELATIONSHIP: "in a relationship with",
    PartnershipKind.ENGAGED: "engaged to",
    PartnershipKind.BRIEF: "a brief relationship with",
    PartnershipKind.UNKNOWN: "partner of",
}
_ENDED = {
    PartnershipStatus.SEPARATED: "separated",
    PartnershipStatus.DIVORCED: "divorced",
    PartnershipStatus.ANNULLED: "annulled",
    PartnershipStatus.WIDOWED: "ended by death",
    PartnershipStatus.ENDED: "ended",
}
_PARENT = {
    ParentKind.BIRTH: "child",
    ParentKind.SECOND: "child (second parent)",
    ParentKind.ADOPTIVE: "adopted child",
    ParentKind.FOSTER: "foster child",
    ParentKind.KINSHIP: "child in kinship care",
    ParentKind.STEP: "stepchild",
    ParentKind.GUARDIAN: "child under guardianship",
    ParentKind.DONOR: "child by donation",
    ParentKind.SURROGATE: "child by surrogacy",
    ParentKind.UNKNOWN: "child (kind not recorded)",
}


def describe(network: FamilyNetwork, scene: Scene, as_of: PartialDate | None = None) -> Telling:
    """The picture in words. `scene` must have been laid out from `network`: what it leaves out is left out here too."""
    return _Teller(canonical(network), scene, as_of).tell()


def partnership_words(couple: Partnership, other: str) -> str:
    """A partnership as one of the two would say it, stretch by stretch; `other` is the other's name."""
    stretches = sorted(couple.stretches, key=lambda s: (s.begin.sort_key if s.begin else (0, 0, 0), repr(s)))
    words = "; later ".join(_stretch(stretch, other) for stretch in stretches)
    return words[0].upper() + words[1:]


def _stretch(stretch: Stretch, other: str) -> str:
    words = f"{_TOGETHER[stretch.kind]} {other}"
    if stretch.begin:
        words += f" from {stretch.begin.words}"
    ended = _ENDED.get(stretch.status)
    if ended:
        words += f", {ended}{f' {stretch.end.words}' if stretch.end else ''}"
    elif stretch.end:
        words += f" to {stretch.end.words}"
    return words


def parentage_words(network: FamilyNetwork, row: Parentage, *, seen_from: str) -> str:
    """The line between a parent and a child as either of them would say it."""
    if seen_from == row.parent:
        words = _PARENT[row.kind]
        return f"{words[0].upper()}{words[1:]}: {network.label(row.child)}"
    kind = "" if row.kind is ParentKind.BIRTH else f" ({str(row.kind).replace('_', ' ')})"
    return f"Parent: {network.label(row.parent)}{kind}"


class _Teller:
    def __init__(self, network: FamilyNetwork, scene: Scene, as_of: PartialDate | None) -> None:
        self.network, self.scene, self.as_of = network, scene, as_of
        self.couples: dict[str, list[Partnership]] = {}
        for couple in network.partnerships:
            self.couples.setdefault(couple.first, []).append(couple)
            self.couples.setdefault(couple.second, []).append(couple)
        self.parents: dict[str, list[Parentage]] = {}
        self.children: dict[str, list[Parentage]] = {}
        for row in sorted(network.parentage, key=self.age_order):
            self.parents.setdefault(row.child, []).append(row)
            self.children.setdefault(row.parent, []).append(row)
        self.groups: dict[str, list[str]] = {}
        for group in network.twins:
            words = f"{group.kind} twins" if len(group.members) == 2 else f"born together ({group.kind})"
            words = words.replace("unknown twins", "twins").replace(" (unknown)", "")
            self.note(group.members, words)
        for siblings in network.siblings:
            self.note(siblings.members, "brothers and sisters")
        self.related = {i for line in scene.partnerships if line.related for i in line.partnerships}

    def age_order(self, row: Parentage) -> tuple[object, ...]:
        """Children oldest first; a child's parents by birth first, then as time went on."""
        child, begin = self.network.by_id[row.child], row.begin.sort_key if row.begin else (0, 0, 0)
        return (sibling_key(child, self.as_of), ORDER_OF_PARENTS.index(row.kind), begin, row.id)

    def note(self, members: tuple[str, ...], words: str) -> None:
        for member in members:
            others = [self.name(m) for m in members if m != member]
            self.groups.setdefault(member, []).append(f"With {listed(others)}: {words}")

    def name(self, person_id: str) -> str:
        person = self.network.by_id[person_id]
        if person.label.strip() or person.kind is PersonKind.PERSON:
            return self.network.label(person_id)
        return KIND_WORDS[person.kind].lower()

    def tell(self) -> Telling:
        sections = [*self.generations(), *self.outside(), *self.households(), *self.opinions()]
        return Telling(self.scene.title, self.scene.description.split(" The same is said")[0], tuple(sections))

    def generations(self) -> list[Section]:
        rows: dict[int, list[Node]] = {}
        for node in self.scene.nodes:
            if node.row < 100_000 and not node.is_copy:
                rows.setdefault(node.row, []).append(node)
        out = []
        for number, row in enumerate(sorted(rows), start=1):
            where = " (oldest)" if number == 1 and len(rows) > 1 else " (youngest)" if number == len(rows) > 1 else ""
            lines = tuple(self.person(node) for node in sorted(rows[row], key=lambda n: n.x))
            out.append(Section(f"Generation {number}{where}", lines))
        return out

    def outside(self) -> list[Section]:
        out = []
        titles = {
            Standing.FAMILY: "Family, not yet placed",
            Standing.FRIEND: "Friends",
            Standing.PROFESSIONAL: "Professionals",
        }
        apart = [n for n in self.scene.nodes if n.row >= 100_000]
        for standing, title in titles.items():
            nodes = [n for n in apart if self.network.by_id[n.person].standing is standing]
            if nodes:
                out.append(Section(title, tuple(self.person(node) for node in nodes)))
        return out

    def person(self, node: Node) -> Line:
        person = self.network.by_id[node.person]
        under = [self.couple(c, person.id) for c in self.in_time(person.id)]
        alone = [row for row in self.children.get(person.id, ()) if not self.shared(row)]
        under += [Line(self.child(row)) for row in alone]
        under += [Line(words) for words in self.groups.get(person.id, ())]
        if parents := self.parents.get(person.id):
            under.insert(0, Line("Parents: " + listed([self.parent(row) for row in parents])))
        if node.number is not None:
            under.append(Line(f"Drawn more than once, with the number {node.number}"))
        return Line(self.facts(person), tuple(under), key=person.id)

    def facts(self, person: Person) -> str:
        words = [self.name(person.id).capitalize() if not person.label.strip() else self.name(person.id)]
        if person.is_index:
            words[0] += " (the person this map is about)"
        if person.kind is not PersonKind.PERSON:
            words.append(KIND_WORDS[person.kind].lower())
        if person.kind in (PersonKind.PERSON, PersonKind.STILLBIRTH):
            words.append(person.gender_words or _GENDER[person.gender])
        if person.sex_assigned:
            words.append(f"{person.sex_assigned} at birth")
        if person.standing is not Standing.FAMILY:
            words.append(str(person.standing))
        if person.role:
            words.append(person.role)
        words += self.dates(person)
        return ", ".join(words)

    def dates(self, person: Person) -> list[str]:
        words = []
        if person.born:
            words.append(f"{'due' if person.kind is PersonKind.PREGNANCY else 'born'} {person.born.words}")
        if person.died:
            words.append(f"died {person.died.words}")
        elif person.is_dead:
            words.append("has died")
        age = person.age_on(self.as_of) if person.kind is PersonKind.PERSON else None
        if age is not None:
            words.append(f"aged {age}")
        elif person.age_band:
            words.append(f"aged {person.age_band}")
        return words

    def in_time(self, person_id: str) -> list[Partnership]:
        return sorted(self.couples.get(person_id, ()), key=lambda c: (c.begin_key, c.id))

    def couple(self, couple: Partnership, person_id: str) -> Line:
        other = couple.second if couple.first == person_id else couple.first
        words = partnership_words(couple, self.name(other))
        if couple.id in self.related:
            words += " (related by blood)"
        shared = [row for row in self.children.get(person_id, ()) if self.with_partner(row, other)]
        return Line(words, tuple(Line(self.child(row)) for row in shared))

    def with_partner(self, row: Parentage, partner: str) -> bool:
        return any(r.parent == partner and self.alike(row, r) for r in self.parents.get(row.child, ()))

    @staticmethod
    def alike(row: Parentage, other: Parentage) -> bool:
        """A parent by birth has the child with another parent by birth; a step-parent has it with either."""
        birth = (ParentKind.BIRTH, ParentKind.SECOND)
        return row.kind not in birth or other.kind in birth

    def shared(self, row: Parentage) -> bool:
        partners = {c.second if c.first == row.parent else c.first for c in self.couples.get(row.parent, ())}
        return any(r.parent in partners and self.alike(row, r) for r in self.parents.get(row.child, ()))

    def child(self, row: Parentage) -> str:
        words = _PARENT[row.kind]
        return f"{words[0].upper()}{words[1:]}: {self.name(row.child)}{self.span(row)}"

    def parent(self, row: Parentage) -> str:
        kind = "" if row.kind is ParentKind.BIRTH else f" ({str(row.kind).replace('_', ' ')}{self.span(row)})"
        return f"{self.name(row.parent)}{kind}"

    @staticmethod
    def span(row: Parentage) -> str:
        words = f" from {row.begin.words}" if row.begin else ""
        return words + (f" to {row.end.words}" if row.end else "")

    def households(self) -> list[Section]:
        shown = {outline.id.rpartition(":")[0] for outline in self.scene.households}
        lines = [
            Line(f"{home.label or 'A household'}: {listed([self.name(m) for m in home.members])}")
            for home in self.network.households
            if home.id in shown
        ]
        return [Section("Who lives together", tuple(lines))] if lines else []

    def opinions(self) -> list[Section]:
        shown = {line.id for line in self.scene.qualities}
        lines = [Line(self.opinion(quality)) for quality in self.network.qualities if quality.id in shown]
        return [Section("How people get on, in somebody's opinion", tuple(lines))] if lines else []

    def opinion(self, quality: Quality) -> str:
        kind = QUALITY_WORDS[quality.kind].split(" (")[0]
        directed = "(" in QUALITY_WORDS[quality.kind]
        words = f"{self.name(quality.first)} {'to' if directed else 'and'} {self.name(quality.second)}: {kind.lower()}"
        said = [quality.author, quality.date.words if quality.date else "", quality.source]
        source = ", ".join(part for part in said if part)
        return f"{words} ({source})" if source else words
