"""Dates as people say them: "about 1970", "May 1970", "3/5/1970". Pure."""

from __future__ import annotations

import re

from alongside.people.maps.vocabulary import MONTHS, PartialDate

_ABOUT = re.compile(r"^(?:about|around|circa|c\.?|ca\.?|~|tua|oddeutu)\s*", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:(?:(\d{1,2})[\s./-]+)?(\d{1,2})[\s./-]+)?(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
HELP = "Write a year, a month and year, or a day: 1970, May 1970, or 3 May 1970. Put “about” in front of a guess."


def read_said_date(text: str) -> PartialDate | None:
    """The date that somebody means; None for nothing. Raises ValueError with a sentence that says how to write one."""
    said = " ".join(text.split())
    if not said:
        return None
    bare = _ABOUT.sub("", said)
    about = bare != said
    try:
        found = PartialDate.parse(bare) if re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", bare) else _read(bare)
    except ValueError:
        raise ValueError(HELP) from None
    if not found.is_real:
        raise ValueError(f"There is no {found.words}. Check the day, or leave it out.")
    return PartialDate(found.year, found.month, found.day, about=about)


def _read(bare: str) -> PartialDate:
    if match := _NUMBERS.fullmatch(bare):
        day, month, year = match.groups()
        return _checked(int(year), int(month) if month else None, int(day) if day else None)
    if match := _NAMED.fullmatch(bare):
        day, name, year = match.groups()
        months = [n for n, month in enumerate(MONTHS, start=1) if month.lower().startswith(name.lower())]
        if len(months) == 1:
            return _checked(int(year), months[0], int(day) if day else None)
    raise ValueError


def _checked(year: int, month: int | None, day: int | None) -> PartialDate:
    iso = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
    return PartialDate.parse(iso)
