"""Working days of England and Wales: pure, offline, and right about Easter, substitute days and one-off holidays.

The library `holidays` knows what has been proclaimed up to its release; `proclaimed.yaml` adds what came later, or
takes a day back, until the next release. Deadlines that law counts in working days are counted here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
"""When offices open and close on a working day."""

FIRST_YEAR = 1978
LAST_YEAR = 2199

_PROCLAIMED = Path(__file__).resolve().parent / "proclaimed.yaml"
_SATURDAY = 5
_NO_CLOSURES: frozenset[date] = frozenset()


class CalendarRangeError(ValueError):
    """A day lies outside the years for which bank holidays can be told."""


def today() -> date:
    """The day it is in London, whatever the machine's clock is set to."""
    return datetime.now(LONDON).date()


def start_of(day: date) -> datetime:
    """The first moment of `day` in London."""
    return datetime.combine(day, time(), tzinfo=LONDON)


def end_of(day: date) -> datetime:
    """The first moment after `day` in London: whatever is due on a day is late from then on."""
    return start_of(day + timedelta(days=1))


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """Bank and public holidays of England and Wales in `year`, in order, with their names.

    A holiday that falls on a weekend is there on its own day and on its substitute day. Raises CalendarRangeError
    outside FIRST_YEAR to LAST_YEAR.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarRangeError(f"Bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}.")
    days = dict(country_holidays("GB", subdiv="ENG", years=year))
    proclaimed = _proclaimed()
    days.update({day: name for day, name in proclaimed["added"].items() if day.year == year})
    for day in proclaimed["taken_back"]:
        days.pop(day, None)
    return MappingProxyType(dict(sorted(days.items())))


def is_bank_holiday(day: date) -> bool:
    """Whether `day` is a bank or public holiday in England and Wales."""
    return day in bank_holidays(day.year)


def is_working_day(day: date, *, closures: Iterable[date] = _NO_CLOSURES) -> bool:
    """Whether `day` is neither Saturday, Sunday nor bank holiday, nor one of an office's own `closures`."""
    return day.weekday() < _SATURDAY and not is_bank_holiday(day) and day not in closures


def next_working_day(day: date, *, closures: Iterable[date] = _NO_CLOSURES) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1, closures=closures)


def working_day_on_or_after(day: date, *, closures: Iterable[date] = _NO_CLOSURES) -> date:
    """`day` itself where it is a working day, otherwise the next one."""
    closed = frozenset(closures)
    return day if is_working_day(day, closures=closed) else add_working_days(day, 1, closures=closed)


def add_working_days(day: date, count: int, *, closures: Iterable[date] = _NO_CLOSURES) -> date:
    """The working day that is `count` working days after `day`; before it where `count` is negative.

    `day` itself is never counted, working day or not, so an act on a Saturday and one on the Friday before it have the
    same deadline. Zero gives `day` back. Raises CalendarRangeError.
    """
    closed = frozenset(closures)
    step = timedelta(days=1 if count > 0 else -1)
    remaining = abs(count)
    while remaining:
        day += step
        remaining -= is_working_day(day, closures=closed)
    return day


def working_days_between(start: date, end: date, *, closures: Iterable[date] = _NO_CLOSURES) -> int:
    """How many working days lie after `start`, up to and including `end`; negative where `end` is before `start`."""
    if end < start:
        return -_working_days(end - timedelta(days=1), start - timedelta(days=1), frozenset(closures))
    return _working_days(start, end, frozenset(closures))


def working_minutes(start: datetime, end: datetime, *, closures: Iterable[date] = _NO_CLOSURES) -> int:
    """Minutes between two moments in which an office is open: nine to five on working days, save its own `closures`.

    None backwards.
    """
    begin, finish = start.astimezone(LONDON), end.astimezone(LONDON)
    total, day, closed_days = timedelta(), begin.date(), frozenset(closures)
    while day <= finish.date():
        if is_working_day(day, closures=closed_days):
            opened = max(begin, datetime.combine(day, OPENS, LONDON))
            closed = min(finish, datetime.combine(day, CLOSES, LONDON))
            total += max(timedelta(), closed - opened)
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def _working_days(start: date, end: date, closed: frozenset[date]) -> int:
    """Working days after `start` up to and including `end`: whole weeks at once, so that decades are cheap."""
    weeks, rest = divmod((end - start).days, 7)
    count = weeks * 5 + sum((end - timedelta(days=back)).weekday() < _SATURDAY for back in range(rest))
    years = range((start + timedelta(days=1)).year, end.year + 1) if end > start else ()
    off = {day for year in years for day in bank_holidays(year)} | closed
    return count - sum(start < day <= end and day.weekday() < _SATURDAY for day in off)


@cache
def _proclaimed() -> Mapping[str, Any]:
    raw = yaml.safe_load(_PROCLAIMED.read_text(encoding="utf-8"))
    return {"added": raw["added"] or {}, "taken_back": raw["taken_back"] or []}
