"""A shorthand in which families are written down."""

from __future__ import annotations

from alongside.people.maps.network import (
    FamilyNetwork,
    Parentage,
    Partnership,
    Person,
    Stretch,
)
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
)

TODAY = PartialDate(2026, 6, 1)
_GENDERS = {"w": Gender.WOMAN, "m": Gender.MAN, "n": Gender.NON_BINARY, "u": Gender.UNKNOWN}
_COUPLES = {
    "m": (PartnershipKind.MARRIAGE, PartnershipStatus.CURRENT),
    "d": (PartnershipKind.MARRIAGE, PartnershipStatus.DIVORCED),
    "w": (PartnershipKind.MARRIAGE, PartnershipStatus.WIDOWED),
    "lt": (PartnershipKind.LIVING_TOGETHER, PartnershipStatus.CURRENT),
    "s": (PartnershipKind.LIVING_TOGETHER, PartnershipStatus.SEPARATED),
    "r": (PartnershipKind.RELATIONSHIP, PartnershipStatus.CURRENT),
    "e": (PartnershipKind.ENGAGED, PartnershipStatus.CURRENT),
    "b": (PartnershipKind.BRIEF, PartnershipStatus.ENDED),
}


def person(words: str, **more: object) -> Person:
    """ "danny m 1992-2020 Danny Bell": id, gender, years, label; a star before the id marks the index person."""
    parts = words.split(" ", 3)
    key, gender, years = parts[:3]
    born, _, died = years.partition("-")
    return Person(
        key.lstrip("*"),
        parts[3] if len(parts) > 3 else key.lstrip("*").title(),
        _GENDERS[gender],
        born=PartialDate.parse(born) if born != "?" else None,
        died=PartialDate.parse(died) if died else None,
        is_index=key.startswith("*"),
        **more,  # type: ignore[arg-type]
    )


def couple(words: str) -> Partnership:
    """ "a b m 1990 2001": ids, code, from, to."""
    a, b, code, *years = words.split()
    kind, status = _COUPLES[code]
    begin = PartialDate.parse(years[0]) if years and years[0] != "?" else None
    end = PartialDate.parse(years[1]) if len(years) > 1 else None
    return Partnership(f"{a}-{b}", a, b, (Stretch(kind, status, begin, end),))


def children(words: str, kind: ParentKind = ParentKind.BIRTH, begin: str = "") -> tuple[Parentage, ...]:
    """ "a b > c d": parents, children."""
    parents, _, kids = words.partition(" > ")
    since = PartialDate.parse(begin) if begin else None
    return tuple(Parentage(c, p, kind, since) for c in kids.split() for p in parents.split())


def family(people: list[Person], couples: list[str], *births: tuple[Parentage, ...], **more: object) -> FamilyNetwork:
    """A network from the shorthand above."""
    rows = tuple(row for group in births for row in group)
    return FamilyNetwork(tuple(people), tuple(couple(c) for c in couples), rows, **more)  # type: ignore[arg-type]
