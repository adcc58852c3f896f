"""Writing a network as a family-tree file. Structure only: opinions, households and ties to services never leave."""

from __future__ import annotations

from dataclasses import dataclass, field

import gedcom7
from gedcom7.types import GedcomStructure

from alongside.people.maps.gedcom.dates import written
from alongside.people.maps.gedcom.reading import ENDS, STARTS
from alongside.people.maps.gedcom.result import Writing
from alongside.people.maps.network import FamilyNetwork, Parentage, Partnership, Person, Stretch, canonical
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
)

_SEX = {Gender.WOMAN: "F", Gender.MAN: "M", Gender.NON_BINARY: "X", Gender.OTHER: "X", Gender.UNKNOWN: "U"}
_PEDIGREE = {ParentKind.BIRTH: "BIRTH", ParentKind.ADOPTIVE: "ADOPTED", ParentKind.FOSTER: "FOSTER"}
_TYPES = {kind: words.capitalize() for words, kind in STARTS.items()}
_END_TYPES = {status: words.capitalize() for words, status in ENDS.items()}
_END_TAGS = {PartnershipStatus.DIVORCED: "DIV", PartnershipStatus.ANNULLED: "ANUL"}


@dataclass
class _Family:
    key: str
    parents: tuple[str, ...]
    partnerships: list[Partnership] = field(default_factory=list)
    children: dict[str, ParentKind] = field(default_factory=dict)


def write_gedcom(network: FamilyNetwork, version: str = "7.0") -> Writing:
    """The network as GEDCOM `7.0` or `5.5.1`, in UTF-8, and the list of what the format cannot hold."""
    if version not in ("7.0", "5.5.1"):
        raise ValueError("Choose version 7.0 or 5.5.1.")
    network = canonical(network)
    records = _Writer(network, modern=version == "7.0").records()
    text = gedcom7.dumps(records) if version == "7.0" else "".join(_lines(records))
    data = text.encode("utf-8")
    return Writing(data, tuple(_not_carried(network, version)))


class _Writer:
    def __init__(self, network: FamilyNetwork, *, modern: bool) -> None:
        self.network, self.modern = network, modern
        self.xref = {p.id: f"@I{n}@" for n, p in enumerate(network.people, start=1)}
        self.families = self._families()
        self.family_xref = {key: f"@F{n}@" for n, key in enumerate(sorted(self.families), start=1)}

        self.belongs: dict[str, list[str]] = {}
        for key in sorted(self.families):
            for member in dict.fromkeys((*self.families[key].children, *self.families[key].parents)):
                self.belongs.setdefault(member, []).append(key)

    def _families(self) -> dict[str, _Family]:
        families: dict[str, _Family] = {}

        def family(parents: tuple[str, ...], name: str = "") -> _Family:
            key = name or "+".join(sorted(parents))
            return families.setdefault(key, _Family(key, tuple(sorted(parents))))

        for partnership in self.network.partnerships:
            family(partnership.pair).partnerships.append(partnership)
        rows: dict[tuple[str, ParentKind], list[Parentage]] = {}
        for row in self.network.parentage:
            kind: ParentKind = ParentKind.BIRTH if row.kind is ParentKind.SECOND else row.kind
            rows.setdefault((row.child, kind), []).append(row)
        for (child, birth_or_other), group in sorted(rows.items()):
            parents = sorted({row.parent for row in group})
            for pair in [tuple(parents)] if len(parents) <= 2 else [(p,) for p in parents]:
                family(pair).children.setdefault(child, birth_or_other)
        for siblings in self.network.siblings:
            family((), f"~{siblings.id}").children.update(dict.fromkeys(siblings.members, ParentKind.BIRTH))
        return families

    def records(self) -> list[GedcomStructure]:
        version = _node("GEDC", "", _node("VERS", "7.0" if self.modern else "5.5.1"))
        head = _node("HEAD", "", version)
        if not self.modern:
            version.append_child(_node("FORM", "LINEAGE-LINKED"))
            head.append_child(_node("CHAR", "UTF-8"))
        head.append_child(_node("SOUR", "ALONGSIDE"))
        people = [self.person(person) for person in self.network.people]
        families = [self.family(self.families[key]) for key in sorted(self.families)]
        return [head, *people, *families, _node("TRLR")]

    def person(self, person: Person) -> GedcomStructure:
        record = GedcomStructure("INDI", xref=self.xref[person.id])
        if person.label.strip():
            record.append_child(_node("NAME", _one_line(person.label).replace("/", " ")))
        sex = _SEX[person.gender]
        record.append_child(_node("SEX", sex if self.modern or sex != "X" else "U"))
        if person.born:
            record.append_child(_event("BIRT", person.born))
        if person.is_dead:
            record.append_child(_event("DEAT", person.died))
        for key in self.belongs.get(person.id, ()):
            family = self.families[key]
            if person.id in family.children:
                link = _pointer("FAMC", self.family_xref[key])
                if pedigree := self.pedigree(family.children[person.id]):
                    link.append_child(pedigree)
                record.append_child(link)
            if person.id in family.parents:
                record.append_child(_pointer("FAMS", self.family_xref[key]))
        return record

    def pedigree(self, kind: ParentKind) -> GedcomStructure | None:
        word = _PEDIGREE.get(kind)
        if word:
            return _node("PEDI", word if self.modern else word.lower())
        if self.modern:
            return _node("PEDI", "OTHER", _node("PHRASE", str(kind).replace("_", " ")))
        return _node("PEDI", "foster") if kind in (ParentKind.KINSHIP, ParentKind.GUARDIAN) else None

    def family(self, family: _Family) -> GedcomStructure:
        record = GedcomStructure("FAM", xref=self.family_xref[family.key])
        ordered = sorted(family.parents, key=lambda p: (self.network.by_id[p].gender is not Gender.MAN, p))
        for tag, parent in zip(
            ("HUSB", "WIFE") if len(ordered) == 2 else (self._role(ordered),), ordered, strict=False
        ):
            record.append_child(_pointer(tag, self.xref[parent]))
        for child in family.children:
            record.append_child(_pointer("CHIL", self.xref[child]))
        for partnership in family.partnerships:
            for stretch in partnership.stretches:
                for event in _events(stretch):
                    record.append_child(event)
        return record

    def _role(self, parents: list[str]) -> str:
        return "HUSB" if parents and self.network.by_id[parents[0]].gender is Gender.MAN else "WIFE"


def _events(stretch: Stretch) -> list[GedcomStructure]:
    out = []
    if stretch.kind is PartnershipKind.ENGAGED:
        out.append(_event("ENGA", stretch.begin))
    elif stretch.kind in (PartnershipKind.MARRIAGE, PartnershipKind.CIVIL_PARTNERSHIP):
        out.append(_event("MARR", stretch.begin, _TYPES.get(stretch.kind, "")))
    elif stretch.kind in _TYPES:
        out.append(_event("EVEN", stretch.begin, _TYPES[stretch.kind]))
    if stretch.status in _END_TAGS:
        out.append(_event(_END_TAGS[stretch.status], stretch.end))
    elif stretch.status in _END_TYPES:
        out.append(_event("EVEN", stretch.end, _END_TYPES[stretch.status]))
    return out


def _node(tag: str, text: str = "", *under: GedcomStructure) -> GedcomStructure:
    return GedcomStructure(tag, text=text, children=list(under))


def _pointer(tag: str, xref: str) -> GedcomStructure:
    return GedcomStructure(tag, pointer=xref)


def _event(tag: str, date: PartialDate | None, kind: str = "") -> GedcomStructure:
    event = _node(tag, "" if date or tag == "EVEN" else "Y")
    if kind:
        event.append_child(_node("TYPE", kind))
    if date:
        event.append_child(_node("DATE", written(date)))
    return event


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _lines(records: list[GedcomStructure]) -> list[str]:
    """The lines of GEDCOM 5.5.1; the deepest record has four levels."""
    out: list[str] = []

    def write(structure: GedcomStructure, level: int) -> None:
        name = f"{structure.xref} " if structure.xref else ""
        value = structure.pointer or structure.text.replace("@", "@@")
        out.append(f"{level} {name}{structure.tag} {value}".rstrip() + "\r\n")
        for child in structure.children:
            write(child, level + 1)

    for record in records:
        write(record, 0)
    return out


def _not_carried(network: FamilyNetwork, version: str) -> list[str]:
    old = version == "5.5.1"
    kinds = {row.kind for row in network.parentage} - set(_PEDIGREE)
    out = [
        ("how people get on", bool(network.qualities)),
        ("households", bool(network.households)),
        ("the ecomap", bool(network.systems or network.ties)),
        ("which children are twins", bool(network.twins)),
        ("pregnancies and losses are written as people", any(p.kind is not PersonKind.PERSON for p in network.people)),
        ("ages without a date of birth", any(p.age is not None and not p.born for p in network.people)),
        ("people's own words for their gender", any(p.gender_words or p.sex_assigned for p in network.people)),
        (
            "non-binary and other genders are written as not known",
            old and any(_SEX[p.gender] == "X" for p in network.people),
        ),
        ("from when to when somebody was a parent", any(r.begin or r.end for r in network.parentage)),
        ("kinds of parent other than birth, adoptive and foster", old and bool(kinds)),
    ]
    return [words for words, applies in out if applies]
