"""Drafts the days on which a family member is invited: the first, every n-th, the last (R134)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.foundation.calendar.rules import working_day_on_or_after
from alongside.involvement.agreements.rules.terms import Rhythm

FIRST, REGULAR, LAST = "first", "regular", "last"
MOST_SESSIONS = 260
"""Five years of weekly sessions: nothing is drafted beyond them."""


@dataclass(frozen=True)
class DraftVisit:
    """One session to be invited to, and the latest day that still keeps the rhythm."""

    on: date
    until: date
    kind: str


def sessions_of(rhythm: Rhythm, *, closures: Iterable[date] = ()) -> list[date]:
    """The days of all sessions that the rhythm counts; one that falls on a holiday moves to the next working day.

    `closures` are the days on which the office is closed besides.
    """
    if rhythm.begins_on is None or rhythm.ends_on is None:
        return []
    closed = frozenset(closures)
    step = timedelta(weeks=max(1, rhythm.weeks_between))
    days: list[date] = []
    day = rhythm.begins_on
    while day <= rhythm.ends_on and len(days) < MOST_SESSIONS:
        days.append(working_day_on_or_after(day, closures=closed))
        day += step
    return [day for day in days if day <= rhythm.ends_on]


def draft_visits(rhythm: Rhythm, *, closures: Iterable[date] = ()) -> tuple[DraftVisit, ...]:
    """The invitations of a rhythm, in order, never two on one day.

    "Every fourth or fifth" drafts the fourth, and says that the fifth will do. The last session is the last, even where
    it would have been a fourth as well.
    """
    sessions = sessions_of(rhythm, closures=closures)
    if not sessions:
        return ()
    final = len(sessions) - 1
    visits: dict[int, DraftVisit] = {}
    if rhythm.from_every:
        slack = max(0, rhythm.to_every - rhythm.from_every)
        for index in range(rhythm.from_every - 1, len(sessions), rhythm.from_every):
            visits[index] = DraftVisit(sessions[index], sessions[min(index + slack, final)], REGULAR)
    if rhythm.last:
        visits[final] = DraftVisit(sessions[final], sessions[final], LAST)
    if rhythm.first:
        visits[0] = DraftVisit(sessions[0], sessions[0], FIRST)
    return tuple(visits[index] for index in sorted(visits))
