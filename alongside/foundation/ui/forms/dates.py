"""A date in three boxes, read as people write it: months by name, years of two digits, a whole date in one box."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms.look import Drawn

EARLIEST_YEAR, LATEST_YEAR = 1890, 2199
MONTHS = [
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
]
DAY = re.compile(r"^0*(\d{1,2})(?:st|nd|rd|th)?\.?$", re.IGNORECASE)
SPLIT = re.compile(r"[\s/.,-]+")


class When(StrEnum):
    """Where a date may lie, seen from today."""

    ANY = "any"
    PAST = "past"
    PAST_OR_TODAY = "past or today"
    FUTURE = "future"
    FUTURE_OR_TODAY = "future or today"


class DateParts(NamedTuple):
    """A date as it was typed."""

    day: str = ""
    month: str = ""
    year: str = ""


@dataclass(frozen=True)
class DateFault:
    """What is wrong with a typed date: `missing` parts, `unreal`, and the parts that are at fault."""

    kind: str
    parts: tuple[str, ...]


def month_number(text: str) -> int | None:
    """The month that was typed as a number or by name, in English or Welsh, whole or at least three letters of it."""
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    text = text.strip(".").lower()
    if len(text) < 3:
        return None
    found = [number for number, names in enumerate(MONTHS, 1) if any(name.startswith(text) for name in names)]
    return found[0] if len(found) == 1 else None


def year_number(text: str, *, today: date, when: When) -> int | None:
    """The year that was typed; of two digits, the one that fits: past, future, or within 80 years back and 20 ahead."""
    if not text.isdecimal() or len(text) not in (2, 4):
        return None
    year = int(text)
    if len(text) == 2:
        year += today.year // 100 * 100
        ahead = 0 if when in (When.PAST, When.PAST_OR_TODAY) else 20
        if year > today.year + ahead and when not in (When.FUTURE, When.FUTURE_OR_TODAY):
            year -= 100
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def apart(parts: DateParts) -> DateParts:
    """The parts, also where someone put the whole date into the first box."""
    if parts.month or parts.year or not parts.day:
        return parts
    pieces = [piece for piece in SPLIT.split(parts.day) if piece]
    if len(pieces) != 3:
        return parts
    return DateParts(*reversed(pieces)) if len(pieces[0]) == 4 else DateParts(*pieces)


def read_date(typed: DateParts, *, today: date, when: When = When.ANY) -> date | DateFault | None:
    """The date that was typed; None where nothing was; a DateFault where it cannot be read."""
    parts = apart(DateParts(*(part.strip() for part in typed)))
    missing = tuple(name for name, part in parts._asdict().items() if not part)
    if len(missing) == 3:
        return None
    if missing:
        return DateFault("missing", missing)
    day = DAY.match(parts.day)
    numbers = {
        "day": int(day[1]) if day and 1 <= int(day[1]) <= 31 else None,
        "month": month_number(parts.month),
        "year": year_number(parts.year, today=today, when=when),
    }
    unread = tuple(name for name, number in numbers.items() if number is None)
    if unread:
        return DateFault("unreal", unread)
    try:
        return date(numbers["year"] or 0, numbers["month"] or 0, numbers["day"] or 0)
    except ValueError:
        return DateFault("unreal", ("day",))


class DatePartsWidget(forms.Widget):
    """Three boxes, named `<name>-day`, `<name>-month` and `<name>-year`; drawn by the date-input component."""

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> DateParts:
        """What was typed into the three boxes."""
        return DateParts(*(str(data.get(f"{name}-{part}") or "")[:40] for part in DateParts._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether none of the boxes was sent."""
        return all(f"{name}-{part}" not in data for part in DateParts._fields)


class DateField(Drawn, forms.Field):
    """A date in three boxes. `when` says whether it must lie in the past or in the future."""

    widget = DatePartsWidget
    default_error_messages = {
        "missing": _("%(label)s must include %(parts)s"),
        "unreal": _("%(label)s must be a real date, like 27 3 2026"),
        When.PAST: _("%(label)s must be in the past"),
        When.PAST_OR_TODAY: _("%(label)s must be today or in the past"),
        When.FUTURE: _("%(label)s must be in the future"),
        When.FUTURE_OR_TODAY: _("%(label)s must be today or in the future"),
    }
    part_words = {"day": _("a day"), "month": _("a month"), "year": _("a year")}

    def __init__(self, *, when: When = When.ANY, **kwargs: Any) -> None:
        self.when = when
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The date. Raises ValidationError whose `parts` name the boxes at fault."""
        if value is None or isinstance(value, date):
            return value
        today = timezone.localdate()
        read = read_date(value, today=today, when=self.when)
        if isinstance(read, DateFault):
            words = str(_(" and ")).join(str(self.part_words[part]) for part in read.parts)
            raise self.fault(read.kind, parts=read.parts, words=words)
        if read is not None and not self.lies_where_it_may(read, today=today):
            raise self.fault(self.when, parts=DateParts._fields)
        return read

    def lies_where_it_may(self, given: date, *, today: date) -> bool:
        """Whether the date lies where `when` says."""
        return {
            When.ANY: True,
            When.PAST: given < today,
            When.PAST_OR_TODAY: given <= today,
            When.FUTURE: given > today,
            When.FUTURE_OR_TODAY: given >= today,
        }[self.when]

    def fault(self, code: str, *, parts: tuple[str, ...], words: str = "") -> ValidationError:
        """An error that names the field and the boxes at fault."""
        params = {"label": self.label or str(_("The date")), "parts": words, "boxes": parts}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        """A date as three boxes show it; what was typed stays as it was typed."""
        return DateParts(str(value.day), str(value.month), str(value.year)) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed is another date than `initial`."""
        read = read_date(data, today=timezone.localdate(), when=self.when) if isinstance(data, DateParts) else data
        return read != (initial or None)
