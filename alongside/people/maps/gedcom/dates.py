"""Dates of GEDCOM files to and from dates known in part."""

from __future__ import annotations

from dataclasses import replace

from ged4py import calendar as ged4py_calendar
from ged4py import date as ged4py_date
from gedcom7 import types as gedcom7_types

from alongside.people.maps.vocabulary import PartialDate

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WESTERN = (ged4py_calendar.GregorianDate, ged4py_calendar.JulianDate)


def from_5(text: str) -> PartialDate | None:
    """A date of GEDCOM 5.5.1; None where it holds no date of a western calendar."""
    value = ged4py_date.DateValue.parse(text)
    for name in ("date", "date1", "date2"):
        found = getattr(value, name, None)
        if isinstance(found, _WESTERN) and found.year:
            exact = isinstance(value, ged4py_date.DateValueSimple) and isinstance(found, ged4py_calendar.GregorianDate)
            return _partial(found.year, found.month, found.day, about=not exact)
    return None


def from_7(structure: gedcom7_types.GedcomStructure) -> PartialDate | None:
    """A date of GEDCOM 7; None where it holds no date of a western calendar."""
    try:
        value = structure.value
    except ValueError:
        return None
    about = not isinstance(value, gedcom7_types.Date | gedcom7_types.DateExact)
    for name in ("date", "start", "from_", "to", "end"):
        value = getattr(value, name, None) or value
        if isinstance(value, gedcom7_types.Date):
            break
    if not isinstance(value, gedcom7_types.Date) or not value.year or value.epoch:
        return None
    if value.calendar not in (None, "GREGORIAN", "JULIAN"):
        return None
    return _partial(value.year, value.month, value.day, about=about or value.calendar == "JULIAN")


def _partial(year: int, month: str | None, day: int | None, *, about: bool) -> PartialDate | None:
    if not 1 <= year <= 9999:
        return None
    number = MONTHS.index(month) + 1 if month in MONTHS else None
    date = PartialDate(year, number, day if number and day and 1 <= day <= 31 else None, about=about)
    return date if date.is_real else replace(date, day=None, about=True)


def written(date: PartialDate) -> str:
    """A date as both versions write it."""
    parts = [str(date.year)]
    if date.month:
        parts.insert(0, MONTHS[date.month - 1])
        if date.day:
            parts.insert(0, str(date.day))
    return ("ABT " if date.about else "") + " ".join(parts)
