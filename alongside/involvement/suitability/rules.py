"""What a judgement may say, who has to approve it, and how an involvement stands: pure, over frozen facts.

Nothing here adds ratings up. Rules stop what may never happen and say who has to look; people judge (R040, R044, R065).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID


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


@dataclass(frozen=True)
class SuitabilityFacts:
    """How involvement of one family member stands, for other rooms. The defaults are those of nobody having judged."""

    state: State = State.NONE
    summary: Summary | None = None
    level: int = Level.MAPPED
    level_cap: int = Level.MAPPED
    conditions: tuple[str, ...] = ()
    enquiries_open: int = 0


@dataclass(frozen=True)
class SafetyThen:
    """What of safety bears on involvement, as counts of how tight each matter is. Higher is tighter, 0 is clear.

    Kept with each judgement, so that whatever tightened since can be told (R049).
    """

    matters: Mapping[str, int] = field(default_factory=dict)
    gate_closed: bool = False
    """Domestic abuse is known or suspected between the two: nothing is allowed while that stands (R045)."""

    @property
    def indicator(self) -> bool:
        """Whether anything at all is on record that calls for the full judgement and an approval."""
        return self.gate_closed or any(self.matters.values())


def tightened(then: SafetyThen, now: SafetyThen) -> bool:
    """Whether any matter is tighter than it was."""
    return any(value > then.matters.get(name, 0) for name, value in now.matters.items()) or (
        now.gate_closed and not then.gate_closed
    )


@dataclass(frozen=True)
class JudgementFacts:
    """One version of a judgement, as far as it says how things stand."""

    id: UUID
    number: int
    at: datetime
    level: Level
    level_cap: Level
    approval: Approval
    review_on: date
    summary: Summary | None = None
    conditions: tuple[str, ...] = ()
    safety_then: SafetyThen = field(default_factory=SafetyThen)


@dataclass(frozen=True)
class StepFacts:
    """A pause, a resumption or a step down."""

    kind: StepKind
    at: datetime
    level: Level | None = None


@dataclass(frozen=True)
class Standing:
    """How one involvement stands today, and by which versions."""

    facts: SuitabilityFacts
    in_force: JudgementFacts | None = None
    pending: JudgementFacts | None = None
    triggers: tuple[str, ...] = ()
    gate_closed: bool = False
    stepped_down: bool = False


def standing_of(
    judgements: Iterable[JudgementFacts],
    steps: Iterable[StepFacts],
    *,
    now: SafetyThen,
    on: date,
    triggers: Sequence[str] = (),
    enquiries_open: int = 0,
) -> Standing:
    """How an involvement stands: the newest judgement in force, never more than what tightens it since.

    A judgement that waits for approval tightens at once and loosens nothing. A pause or a step down holds until someone
    resumes or judges anew. A closed gate leaves nothing, whatever was approved.
    """
    by_number = sorted(judgements, key=lambda judgement: judgement.number)
    in_force = next((j for j in reversed(by_number) if j.approval in IN_FORCE), None)
    pending = next(
        (j for j in reversed(by_number) if j.approval in PENDING and (in_force is None or j.number > in_force.number)),
        None,
    )
    since = [step for step in sorted(steps, key=lambda step: step.at) if in_force is None or step.at > in_force.at]
    paused = _paused(since)
    downs = [step.level for step in since if step.kind is StepKind.STEPPED_DOWN and step.level is not None]
    level = min([in_force.level if in_force else Level.MAPPED, *([pending.level] if pending else []), *downs])
    cap = min([in_force.level_cap if in_force else Level.MAPPED, *([pending.level_cap] if pending else [])])
    if paused:
        level = min(level, Level.MAPPED)
    if now.gate_closed:
        level = cap = Level.NONE
    reasons = (*_reasons_to_review(in_force, now=now, on=on), *(triggers if in_force else ()))
    return Standing(
        facts=SuitabilityFacts(
            state=_state(in_force, pending, paused=paused, review=bool(reasons)),
            summary=_summary(in_force, pending),
            level=level,
            level_cap=cap,
            conditions=_conditions(in_force, pending),
            enquiries_open=enquiries_open,
        ),
        in_force=in_force,
        pending=pending,
        triggers=reasons,
        gate_closed=now.gate_closed,
        stepped_down=bool(downs),
    )


def _paused(since: Sequence[StepFacts]) -> bool:
    last = next((s for s in reversed(since) if s.kind in (StepKind.PAUSED, StepKind.RESUMED)), None)
    return last is not None and last.kind is StepKind.PAUSED


def _state(in_force: JudgementFacts | None, pending: JudgementFacts | None, *, paused: bool, review: bool) -> State:
    if in_force is None:
        return State.PROPOSED if pending else State.NONE
    if paused:
        return State.PAUSED
    return State.REVIEW_DUE if review else State.APPROVED


def _summary(in_force: JudgementFacts | None, pending: JudgementFacts | None) -> Summary | None:
    """What is in force, unless what waits is more careful."""
    order = list(Summary)
    found = [j.summary for j in (in_force, pending) if j is not None and j.summary is not None]
    return max(found, key=order.index) if found and in_force else None


def _conditions(in_force: JudgementFacts | None, pending: JudgementFacts | None) -> tuple[str, ...]:
    said = [text for j in (in_force, pending) if j is not None for text in j.conditions]
    return tuple(dict.fromkeys(said))


SAFETY_CHANGED = "Something about safety changed since this was judged"
REVIEW_DAY_CAME = "The day for the review has come"


def _reasons_to_review(in_force: JudgementFacts | None, *, now: SafetyThen, on: date) -> tuple[str, ...]:
    if in_force is None:
        return ()
    reasons = []
    if in_force.review_on <= on:
        reasons.append(REVIEW_DAY_CAME)
    if tightened(in_force.safety_then, now):
        reasons.append(SAFETY_CHANGED)
    return tuple(reasons)


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
