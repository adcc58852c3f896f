"""What is written at a symbol and on a partnership line, and how much room it takes."""

from __future__ import annotations

from alongside.people.maps.drawing.measure import text_width, wrap
from alongside.people.maps.genogram.plan import Spot, Union
from alongside.people.maps.network import Person, Stretch
from alongside.people.maps.vocabulary import (
    Gender,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
    Standing,
)

NAME_SIZE = 13.0
DETAIL_SIZE = 11.5
LINE_TEXT_SIZE = 11.0
LABEL_WIDTH = 118.0
SYMBOL_HALF = 22.0

_HALVES = {
    PersonKind.PREGNANCY: 18.0,
    PersonKind.MISCARRIAGE: 11.0,
    PersonKind.TERMINATION: 11.0,
    PersonKind.STILLBIRTH: 20.0,
}
_BEGAN = {
    PartnershipKind.MARRIAGE: "m",
    PartnershipKind.CIVIL_PARTNERSHIP: "cp",
    PartnershipKind.LIVING_TOGETHER: "lt",
    PartnershipKind.RELATIONSHIP: "rel",
    PartnershipKind.ENGAGED: "e",
    PartnershipKind.BRIEF: "",
    PartnershipKind.UNKNOWN: "",
}
_ENDED = {
    PartnershipStatus.SEPARATED: "s",
    PartnershipStatus.DIVORCED: "d",
    PartnershipStatus.ANNULLED: "ann",
    PartnershipStatus.ENDED: "to",
}


def years(person: Person) -> str:
    """Birth and death years as they stand under a name: years of both, or "born 1990", "died 2002"."""
    born = f"{'c. ' if person.born.about else ''}{person.born.year}" if person.born else ""
    died = f"{'c. ' if person.died.about else ''}{person.died.year}" if person.died else ""
    if person.kind in (PersonKind.MISCARRIAGE, PersonKind.TERMINATION, PersonKind.STILLBIRTH):
        return died or born
    if born and died:
        return f"{born}\u2013{died}"
    if person.kind is PersonKind.PREGNANCY and born:
        return f"due {born}"
    return f"born {born}" if born else f"died {died}" if died else ""


def dress(spot: Spot, as_of: PartialDate | None) -> None:
    """Write a spot's lines and measure its card."""
    person = spot.person
    spot.half = _HALVES.get(person.kind, SYMBOL_HALF)
    name = person.label.strip()
    if name:
        spot.name_lines = wrap(name, NAME_SIZE, width=LABEL_WIDTH, lines=2, bold=person.is_index)
    elif person.kind is PersonKind.PERSON:
        spot.name_lines = ("Name not known",)
    aged = f"aged {person.age_band}" if person.age_band else ""
    details = [years(person), aged, person.gender_words if person.gender_words else ""]
    details.append(str(person.sex_assigned) if person.sex_assigned else "")
    details.append(person.role if person.standing is not Standing.FAMILY or person.role else "")
    lines: list[str] = []
    for detail in details:
        if detail:
            lines += wrap(detail, DETAIL_SIZE, width=LABEL_WIDTH, lines=2)
    spot.detail_lines = tuple(lines[:4])
    spot.inner = _inner(person, as_of)
    widest = max((text_width(t, NAME_SIZE, bold=person.is_index) for t in spot.name_lines), default=0)
    widest = max([widest, *(text_width(t, DETAIL_SIZE) for t in spot.detail_lines)])
    spot.half_card = max(spot.half + 6, widest / 2 + 5)


def _inner(person: Person, as_of: PartialDate | None) -> str:
    if person.kind is not PersonKind.PERSON:
        return ""
    if person.gender is Gender.UNKNOWN:
        return "?"
    age = person.age_on(as_of)
    return "" if age is None else str(age)


def label_height(spot: Spot) -> float:
    """Height of the lines under a symbol."""
    return 16.0 * len(spot.name_lines) + 14.0 * len(spot.detail_lines) + (4 if spot.name_lines else 0)


def stretch_words(stretch: Stretch) -> list[str]:
    """ "m 1998" and "d 2004", each only where it is known."""
    words = []
    began = _BEGAN[stretch.kind]
    if stretch.begin:
        words.append(f"{began} {stretch.begin.year}".strip())
    ended = _ENDED.get(stretch.status, "")
    if stretch.end and ended:
        words.append(f"{ended} {stretch.end.year}")
    elif stretch.end and stretch.status is not PartnershipStatus.WIDOWED:
        words.append(f"to {stretch.end.year}")
    return words


def union_lines(union: Union) -> tuple[str, ...]:
    """The lines written over a partnership, earliest first, at most three."""
    stretches = [s for p in union.partnerships for s in p.stretches]
    stretches.sort(key=lambda s: (s.begin.sort_key if s.begin else (0, 0, 0), repr(s)))
    if len(stretches) == 1:
        return tuple(stretch_words(stretches[0]))
    return tuple(", ".join(words) for s in stretches[-3:] if (words := stretch_words(s)))


def union_text_width(union: Union) -> float:
    """Width of the widest of those lines."""
    return max((text_width(line, LINE_TEXT_SIZE) for line in union_lines(union)), default=0)


def status_of(union: Union) -> tuple[PartnershipKind, PartnershipStatus, int]:
    """What the line says: kind and status of the latest stretch, and how many stretches ended before it."""
    stretches = [s for p in union.partnerships for s in p.stretches]
    if not stretches:
        return PartnershipKind.UNKNOWN, PartnershipStatus.UNKNOWN, 0
    stretches.sort(key=lambda s: (s.begin.sort_key if s.begin else (0, 0, 0), repr(s)))
    return stretches[-1].kind, stretches[-1].status, len(stretches) - 1
