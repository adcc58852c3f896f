"""The words of the room: levels, summaries, ratings and how long each level may stand before we look again."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How far someone is involved; it caps what every other room allows (R039)."""

    NONE = 0
    MAPPED = 1
    INFORMATION = 2
    PRACTICAL = 3
    SHARING = 4
    SESSIONS = 5
    JOINT = 6

    @property
    def words(self) -> str:
        """What the level means, in a few words."""
        return LEVEL_WORDS[self]


LEVEL_WORDS: Mapping[Level, str] = {
    Level.NONE: "Not involved",
    Level.MAPPED: "On the map only",
    Level.INFORMATION: "General information",
    Level.PRACTICAL: "Practical help",
    Level.SHARING: "Two-way sharing, as agreed",
    Level.SESSIONS: "Joins part of sessions",
    Level.JOINT: "Acts on the plan together with us",
}
QUICK_LEVELS = (Level.INFORMATION, Level.PRACTICAL)
FULL_FROM = Level.SHARING
"""From this level on it takes the full judgement and someone else's approval (invariant 12)."""


class Summary(StrEnum):
    """What is judged: this involvement, for this purpose, now; never the relative (R065)."""

    ASSET = "asset"
    ASSET_WITH_CONDITIONS = "asset_with_conditions"
    NEUTRAL = "neutral"
    NOT_AT_PRESENT = "not_at_present"
    UNSAFE = "unsafe"

    @property
    def words(self) -> str:
        """The summary, in a few words."""
        return SUMMARY_WORDS[self]


SUMMARY_WORDS: Mapping[Summary, str] = {
    Summary.ASSET: "An asset",
    Summary.ASSET_WITH_CONDITIONS: "An asset, with conditions",
    Summary.NEUTRAL: "Neither helps nor hinders",
    Summary.NOT_AT_PRESENT: "Not at present",
    Summary.UNSAFE: "Unsafe",
}
HIGHEST_LEVEL: Mapping[Summary, Level] = {Summary.NOT_AT_PRESENT: Level.INFORMATION, Summary.UNSAFE: Level.NONE}
"""The most that a summary leaves room for; the others leave it to the assessor."""


class Confidence(StrEnum):
    """How sure the assessor is (R066)."""

    HIGH = "high"
    MIDDLING = "middling"
    LOW = "low"


class Rating(StrEnum):
    """What was found on one item. Not known is no absence: it becomes an enquiry."""

    PRESENT = "present"
    PARTLY = "partly"
    NOT_PRESENT = "not_present"
    NOT_KNOWN = "not_known"


class Direction(StrEnum):
    """What an item tells of."""

    ASSET = "asset"
    BARRIER = "barrier"
    SAFETY = "safety"


class State(StrEnum):
    """How an involvement stands."""

    NONE = "none"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REVIEW_DUE = "review_due"
    PAUSED = "paused"


class Approval(StrEnum):
    """Where a judgement stands with whoever has to approve it."""

    NOT_NEEDED = "not_needed"
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"


IN_FORCE = frozenset({Approval.NOT_NEEDED, Approval.APPROVED})
PENDING = frozenset({Approval.WAITING, Approval.RETURNED})


class StepKind(StrEnum):
    """What was done with an involvement between two judgements."""

    PAUSED = "paused"
    RESUMED = "resumed"
    STEPPED_DOWN = "stepped_down"
    DISCUSSED = "discussed"


REVIEW_WITHIN: Mapping[Level, int] = {
    Level.NONE: 183,
    Level.MAPPED: 183,
    Level.INFORMATION: 183,
    Level.PRACTICAL: 183,
    Level.SHARING: 92,
    Level.SESSIONS: 92,
    Level.JOINT: 61,
}
"""The furthest day of review for each level, in days: the more someone is involved, the sooner we look again (R049)."""


def last_review_day(level: Level, *, on: date) -> date:
    """The furthest day on which a judgement of this level may come up for review."""
    return on + timedelta(days=REVIEW_WITHIN[level])
