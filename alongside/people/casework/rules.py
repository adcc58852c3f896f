"""Words and small decisions of the practitioner's pages. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

A_WEEK = timedelta(days=7)
BAND_GOES_STALE_AFTER = timedelta(days=365)
FEW = 5
"""A count from one up to, and without, this is not shown where names may not be seen: it could point at someone."""


class Urgency(StrEnum):
    """How soon something is due."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


def urgency_of(due_on: date, *, today: date) -> Urgency:
    """How soon something is due, seen from today."""
    if due_on < today:
        return Urgency.OVERDUE
    if due_on == today:
        return Urgency.TODAY
    return Urgency.WEEK if due_on - today < A_WEEK else Urgency.LATER


def due_in_words(due_on: date, *, today: date) -> str:
    """When something is due, as one would say it: overdue by 3 days, due today, due on Friday, due on 6 December."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("Overdue by %(days)s day", "Overdue by %(days)s days", -days) % {"days": -days}
    if days == 0:
        return _("Due today")
    if days == 1:
        return _("Due tomorrow")
    if days < A_WEEK.days:
        return _("Due on %(day)s") % {"day": date_format(due_on, "l")}
    return _("Due on %(day)s") % {"day": day_in_words(due_on, today=today)}


def day_in_words(day: date, *, today: date) -> str:
    """A date written out; the year only where it is not this year."""
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def since_in_words(day: date, *, today: date) -> str:
    """How long ago a day was, as one would say it."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    return _("on %(day)s") % {"day": day_in_words(day, today=today)}


def band_is_stale(recorded_on: date | None, *, today: date) -> bool:
    """Whether a child may have grown out of the age band since it was recorded."""
    return recorded_on is not None and today - recorded_on > BAND_GOES_STALE_AFTER


@dataclass(frozen=True)
class Counts:
    """How one question stands in one place; `answers` are counts of answers, or None where too few to show."""

    place: str
    people: int
    not_asked: int
    answers: Mapping[str, int] | None


def hide_small(rows: Sequence[Counts]) -> list[Counts]:
    """`rows` of one question, with the answers of places left out where a count is small enough to point at someone.

    Never one place alone: its answers could be found by taking the others from a total, so the next smallest place
    that has any answers is left out too.
    """
    hidden = {index for index, row in enumerate(rows) if row.answers and any(0 < n < FEW for n in row.answers.values())}
    if len(hidden) == 1:
        others = [
            (sum(row.answers.values()), index)
            for index, row in enumerate(rows)
            if row.answers and index not in hidden and any(row.answers.values())
        ]
        hidden |= {min(others)[1]} if others else set()
    return [
        Counts(row.place, row.people, row.not_asked, None) if index in hidden else row for index, row in enumerate(rows)
    ]
