"""Reading a family-tree file: through the sieve, through a library, into a network."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import gedcom7
from ged4py.detail.name import split_name
from gedcom7.types import GedcomStructure

from alongside.people.maps.gedcom import dates
from alongside.people.maps.gedcom.result import LeftOut, Limits, Notes, Reading, RefusedFileError
from alongside.people.maps.gedcom.sieve import WORDS, Sifted, sift
from alongside.people.maps.network import FamilyNetwork, Parentage, Partnership, Person, Siblings, Stretch
from alongside.people.maps.vocabulary import Gender, ParentKind, PartialDate, PartnershipKind, PartnershipStatus

_GENDER = {"M": Gender.MAN, "F": Gender.WOMAN, "X": Gender.OTHER, "N": Gender.OTHER}
_PEDIGREE = {
    "BIRTH": ParentKind.BIRTH,
    "": ParentKind.BIRTH,
    "ADOPTED": ParentKind.ADOPTIVE,
    "FOSTER": ParentKind.FOSTER,
    "OTHER": ParentKind.UNKNOWN,
}
PHRASES = {str(kind).replace("_", " "): kind for kind in ParentKind}
STARTS = {
    "civil partnership": PartnershipKind.CIVIL_PARTNERSHIP,
    "living together": PartnershipKind.LIVING_TOGETHER,
    "relationship": PartnershipKind.RELATIONSHIP,
    "brief relationship": PartnershipKind.BRIEF,
}
ENDS = {"separated": PartnershipStatus.SEPARATED, "ended": PartnershipStatus.ENDED}
_ENDING_TAGS = {"DIV": PartnershipStatus.DIVORCED, "ANUL": PartnershipStatus.ANNULLED}


@dataclass
class Item:
    """A line of the file with what belongs under it, whichever library read it."""

    tag: str
    value: str = ""
    xref: str = ""
    date: PartialDate | None = None
    under: list[Item] = field(default_factory=list)

    def first(self, tag: str) -> Item | None:
        """The first line under this one with a tag."""
        return next((item for item in self.under if item.tag == tag), None)

    def all(self, tag: str) -> list[Item]:
        """All lines under this one with a tag."""
        return [item for item in self.under if item.tag == tag]


def read_gedcom(data: bytes, limits: Limits | None = None) -> Reading:
    """Read a file of either version. Whatever can be read is kept; the rest is named with its line.

    Raises RefusedFileError where the file is too large, holds no people, or is not a family-tree file at all.
    """
    limits = limits or Limits()
    notes = Notes(limits)
    sifted = sift(data, notes)
    modern = sifted.version.startswith("7")
    records = _items_7(sifted) if modern else _items_5(sifted)
    network = _Reader(records, sifted, notes).network()
    left = [
        LeftOut(tag, count, line, WORDS.get(tag, "content that a family map does not hold"))
        for tag, (count, line) in sorted(notes.tags.items(), key=lambda item: item[1][1])
    ]
    problems = tuple(sorted(notes.problems, key=lambda p: (p.line, p.words)))
    return Reading(network, sifted.version, sifted.encoding, problems, tuple(left), sifted.total, notes.more)


def _items_5(sifted: Sifted) -> list[Item]:
    """Lines of GEDCOM 5.5.1 as items. The sieve has split them already; the library reads encodings, names, dates."""
    records: list[Item] = []
    path: list[Item] = []
    for line in sifted.lines:
        item = _item_5(line)
        level = int(line.split(" ", 1)[0])
        del path[level:]
        if level:
            path[-1].under.append(item)
        else:
            records.append(item)
        path.append(item)
    return [record for record in records if record.tag in ("INDI", "FAM")]


def _item_5(line: str) -> Item:
    _, _, rest = line.partition(" ")
    first, _, value = rest.partition(" ")
    if first.startswith("@"):
        tag, _, value = value.partition(" ")
        return Item(tag, value, first.strip("@"))
    item = Item(first, value if value.startswith("@") and value.endswith("@") else value.replace("@@", "@"))
    if first == "DATE":
        item.date = dates.from_5(value)
    elif first == "NAME":
        item.value = " ".join(part.strip() for part in split_name(item.value) if part.strip())
    return item


def _items_7(sifted: Sifted) -> list[Item]:
    lines = [line for line in sifted.lines if not line.startswith("0 TRLR")]
    if not lines or not lines[0].startswith("0 HEAD"):
        lines.insert(0, "0 HEAD")
    try:
        records = gedcom7.loads("\n".join([*lines, "0 TRLR"]) + "\n")
    except gedcom7.GedcomError as error:
        raise RefusedFileError("The file says it is GEDCOM 7 but is not in its form. Export it again.") from error
    return [_item_7(record) for record in records if record.tag in ("INDI", "FAM")]


def _item_7(structure: GedcomStructure) -> Item:
    item = Item(structure.tag, structure.pointer or structure.text or "", (structure.xref or "").strip("@"))
    if structure.tag == "DATE":
        item.date = dates.from_7(structure)
    if structure.tag == "NAME":
        item.value = " ".join(structure.text.replace("/", " ").split())
    item.under = [_item_7(child) for child in structure.children]
    return item


class _Reader:
    def __init__(self, records: list[Item], sifted: Sifted, notes: Notes) -> None:
        self.people = {r.xref: r for r in records if r.tag == "INDI"}
        self.families = {r.xref: r for r in records if r.tag == "FAM"}
        self.sifted, self.notes = sifted, notes
        self.parentage: dict[tuple[str, str, ParentKind], Parentage] = {}
        self.partnerships: list[Partnership] = []
        self.siblings: list[Siblings] = []

    def problem(self, item: Item, words: str) -> None:
        self.notes.problem(self.sifted.record_line.get(item.xref, 0), words)

    def network(self) -> FamilyNetwork:
        people = tuple(self.person(item) for item in self.people.values())
        dead = {person.id for person in people if person.is_dead}
        for key, item in self.families.items():
            self.family(key, item, dead)
        return FamilyNetwork(
            people,
            tuple(self.partnerships),
            tuple(self.parentage.values()),
            siblings=tuple(self.siblings),
        )

    def person(self, item: Item) -> Person:
        name, sex = item.first("NAME"), item.first("SEX")
        label = " ".join((name.value if name else "").split())[:200]
        code = sex.value.strip().upper()[:1] if sex else ""
        if code and code not in "MFXNU":
            self.problem(item, f"the gender {code!r} is not one that GEDCOM knows; taken as not known")
        death = item.first("DEAT")
        return Person(
            item.xref,
            label,
            _GENDER.get(code, Gender.UNKNOWN),
            born=self.date(item, item.first("BIRT")),
            died=self.date(item, death),
            deceased=death is not None and death.value.strip().upper() != "N",
        )

    def date(self, record: Item, event: Item | None) -> PartialDate | None:
        date = event.first("DATE") if event else None
        if date is None:
            return None
        if date.date is None and date.value.strip():
            shown = date.value.strip()[:40]
            self.problem(record, f"the date {shown!r} under this record could not be read; left empty")
        return date.date

    def family(self, key: str, item: Item, dead: set[str]) -> None:
        parents = self.parents(item)
        if len(parents) == 2:
            stretches = self.stretches(item, set(parents) & dead)
            self.partnerships.append(Partnership(key, parents[0], parents[1], stretches))
        listed = [self.pointer(child, item) for child in item.all("CHIL")]
        also = self.claimed.get(key, [])
        children = list(dict.fromkeys([c for c in [*listed, *also] if c]))
        for child in children:
            kind = self.kind(child, key)
            for parent in parents:
                if parent == child:
                    self.problem(item, f"{child} is named as their own parent; left out")
                    continue
                self.parentage[child, parent, kind] = Parentage(child, parent, kind)
        if not parents and len(children) > 1:
            self.siblings.append(Siblings(key, tuple(children)))

    def parents(self, item: Item) -> list[str]:
        found = [self.pointer(p, item) for p in item.under if p.tag in ("HUSB", "WIFE")]
        parents = list(dict.fromkeys(p for p in found if p))
        if len(parents) > 2:
            self.problem(item, "this family names more than two parents or partners; the first two were taken")
        return parents[:2]

    def pointer(self, line: Item, family: Item) -> str | None:
        key = line.value.strip().strip("@")
        if key in self.people:
            return key
        if key and key != "VOID":
            self.problem(family, f"this family names {key[:60]}, who is not in the file; left out")
        return None

    @property
    def claimed(self) -> dict[str, list[str]]:
        """Children of each family by what the children's own records say."""
        if not hasattr(self, "_claimed"):
            self._claimed: dict[str, list[str]] = {}
            for key, item in self.people.items():
                for link in item.all("FAMC"):
                    family = link.value.strip().strip("@")
                    if family in self.families:
                        self._claimed.setdefault(family, []).append(key)
                    elif family and family != "VOID":
                        self.problem(
                            item, f"this person's parents are said to be {family[:60]}, which is not in the file"
                        )
        return self._claimed

    def kind(self, child: str, family: str) -> ParentKind:
        for link in self.people[child].all("FAMC"):
            if link.value.strip().strip("@") == family and (pedigree := link.first("PEDI")):
                phrase = pedigree.first("PHRASE")
                if phrase and phrase.value.strip().lower() in PHRASES:
                    return PHRASES[phrase.value.strip().lower()]
                word = pedigree.value.strip().upper()
                if word not in _PEDIGREE:
                    self.problem(self.people[child], f"the kind of parent {word[:30]!r} is not known here")
                return _PEDIGREE.get(word, ParentKind.UNKNOWN)
        return ParentKind.BIRTH

    def stretches(self, item: Item, dead: set[str]) -> tuple[Stretch, ...]:
        out: list[Stretch] = []
        for event in item.under:
            kind_word = event.first("TYPE")
            word = kind_word.value.strip().lower() if kind_word else ""
            if event.tag in ("MARR", "ENGA") or (event.tag == "EVEN" and word in STARTS):
                usual = PartnershipKind.ENGAGED if event.tag == "ENGA" else PartnershipKind.MARRIAGE
                kind = STARTS.get(word, usual)
                begin = self.date(item, event)
                if out and out[-1].kind is PartnershipKind.ENGAGED and out[-1].end is None:
                    out.pop()
                out.append(Stretch(kind, PartnershipStatus.CURRENT, begin))
            elif event.tag in _ENDING_TAGS or (event.tag == "EVEN" and word in ENDS):
                status = _ENDING_TAGS.get(event.tag) or ENDS[word]
                last = out.pop() if out else Stretch()
                out.append(replace(last, status=status, end=self.date(item, event)))
            elif event.tag == "EVEN":
                self.notes.skipped("EVEN", self.sifted.record_line.get(item.xref, 0))
        if out and dead and out[-1].status is PartnershipStatus.CURRENT:
            out[-1] = replace(out[-1], status=PartnershipStatus.WIDOWED)
        return tuple(out) or (Stretch(),)
