"""Signs that involvement gets in the way: said so twice in four weeks, or too little time alone. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MARKERS_IN_DAYS = timedelta(days=28)
MARKERS_OF_A_PATTERN = 2
ALONE_AT_LEAST = 3
"""The person should have a third of a joined session alone, over the last three (R059). Policy: ours."""
SESSIONS_LOOKED_AT = 3


@dataclass(frozen=True)
class SessionFacts:
    """A session that a relative joined: its day, its minutes and those that the person had alone."""

    on: date
    minutes: int
    minutes_alone: int


def markers_form_a_pattern(days: Iterable[date], *, on: date) -> bool:
    """Whether "this is getting in the way" was said twice within the last 28 days (R050)."""
    return sum(1 for day in days if on - MARKERS_IN_DAYS < day <= on) >= MARKERS_OF_A_PATTERN


def too_little_alone(sessions: Sequence[SessionFacts]) -> bool:
    """Whether, in the last three joined sessions, two had no time alone or less than a third of the time was alone.

    `sessions` are in order of their days. Fewer than two say nothing yet.
    """
    last = list(sessions)[-SESSIONS_LOOKED_AT:]
    if len(last) < 2:
        return False
    without = sum(1 for session in last if session.minutes_alone == 0)
    alone, whole = sum(s.minutes_alone for s in last), sum(s.minutes for s in last)
    return without >= 2 or alone * ALONE_AT_LEAST < whole
