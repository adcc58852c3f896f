"""When an expectation was truly written beforehand, what may still be changed, and how often it held. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """Whether what was expected held."""

    BORNE_OUT = "borne_out"
    NOT_BORNE_OUT = "not_borne_out"
    CANNOT_TELL = "cannot_tell"
    NOT_HELD = "not_held"


OUTCOMES = {
    Outcome.BORNE_OUT: "Borne out",
    Outcome.NOT_BORNE_OUT: "Not borne out",
    Outcome.CANNOT_TELL: "Cannot tell",
    Outcome.NOT_HELD: "It did not take place",
}
"""Their words, on forms and pages alike."""


class Stage(StrEnum):
    """Where an observation stands."""

    EXPECTED = "expected"
    SEEN = "seen"
    NOT_HELD = "not_held"


class ExpectationStandsError(ValueError):
    """An expectation was to be worded anew after its day, or after something was seen: then it is none (R027)."""

    def __init__(self) -> None:
        super().__init__("What was expected stands as it was written: its day has come, or something was seen already.")


class NothingSeenError(ValueError):
    """An observation that says neither what was seen nor that there was nothing to see."""

    def __init__(self) -> None:
        super().__init__("Say what you saw, or that it did not take place.")


@dataclass(frozen=True)
class Written:
    """One version of an observation: the day on which it was written, the day of the visit, and what it says."""

    on: date
    happens_on: date
    expected: str = ""
    seen: str = ""
    outcome: str = ""


def stage_of(latest: Written) -> Stage:
    """Where an observation stands, by its newest version."""
    if latest.outcome == Outcome.NOT_HELD:
        return Stage.NOT_HELD
    return Stage.SEEN if latest.seen else Stage.EXPECTED


def may_word_expectation(versions: Sequence[Written], *, on: date) -> bool:
    """Whether what is expected may still be worded: until its day is over, and while nothing was ever seen."""
    if any(stage_of(version) is not Stage.EXPECTED for version in versions):
        return False
    return not versions or on <= versions[-1].happens_on


def was_beforehand(versions: Sequence[Written]) -> bool:
    """Whether the expectation that stands was written by the day of the visit, before anything was seen."""
    latest = versions[-1]
    return bool(latest.expected) and any(
        version.expected == latest.expected and stage_of(version) is Stage.EXPECTED and version.on <= latest.happens_on
        for version in versions
    )


def is_overdue(latest: Written, *, on: date) -> bool:
    """Whether the day of a visit has passed and nobody has said what was seen."""
    return stage_of(latest) is Stage.EXPECTED and latest.happens_on < on


@dataclass(frozen=True)
class Tally:
    """How often what was expected beforehand held, and how many expectations came only afterwards."""

    borne_out: int = 0
    not_borne_out: int = 0
    cannot_tell: int = 0
    afterwards: int = 0

    @property
    def total(self) -> int:
        """How many expectations were held against what was seen."""
        return self.borne_out + self.not_borne_out + self.cannot_tell

    @property
    def words(self) -> str:
        """The count as a sentence; empty where nothing can be counted."""
        if not self.total:
            return ""
        parts = [
            f"{count} {words}"
            for count, words in (
                (self.borne_out, "borne out"),
                (self.not_borne_out, "not borne out"),
                (self.cannot_tell, "could not be told"),
            )
            if count
        ]
        said = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
        before = "1 expectation was" if self.total == 1 else f"{self.total} expectations were"
        return f"{before} written down before we saw the family: {said}."


def tally_of(observations: Iterable[Sequence[Written]]) -> Tally:
    """Count observations, each with its versions from the first to the newest.

    An expectation that was written only afterwards proves nothing, and is counted apart.
    """
    counts = dict.fromkeys(("borne_out", "not_borne_out", "cannot_tell", "afterwards"), 0)
    for versions in observations:
        latest = versions[-1]
        if stage_of(latest) is Stage.SEEN and latest.expected and latest.outcome in counts:
            counts[latest.outcome if was_beforehand(versions) else "afterwards"] += 1
    return Tally(**counts)
