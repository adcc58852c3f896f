"""Boundary incidents as a pattern: how many, of what kind, week by week. Never a score (R052)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PATTERN_DAYS = 28
PATTERN_FROM = 2
"""Two within four weeks are worth a plan."""

WEEKS_SHOWN = 12


@dataclass(frozen=True)
class Incident:
    """One incident, as far as its pattern goes."""

    on: date
    tags: tuple[str, ...]


def lately(incidents: Iterable[Incident], *, on: date) -> int:
    """How many there were in the four weeks up to a day."""
    since = on - timedelta(days=PATTERN_DAYS - 1)
    return sum(since <= incident.on <= on for incident in incidents)


def is_pattern(incidents: Iterable[Incident], *, on: date) -> bool:
    """Whether a boundary plan should be thought about."""
    return lately(incidents, on=on) >= PATTERN_FROM


def by_week(incidents: Sequence[Incident], *, on: date) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """For each kind, how many in each of the last twelve weeks, oldest week first; kinds that occur, in their order."""
    kinds = list(dict.fromkeys(tag for incident in incidents for tag in incident.tags))
    rows = []
    for kind in kinds:
        counts = [0] * WEEKS_SHOWN
        for incident in incidents:
            weeks_ago = (on - incident.on).days // 7
            if kind in incident.tags and 0 <= weeks_ago < WEEKS_SHOWN:
                counts[WEEKS_SHOWN - 1 - weeks_ago] += 1
        if any(counts):
            rows.append((kind, tuple(counts)))
    return tuple(rows)
