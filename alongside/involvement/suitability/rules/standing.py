"""How an involvement stands: the newest judgement in force, never more than what tightened since. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from alongside.involvement.suitability.rules.scale import IN_FORCE, PENDING, Approval, Level, State, StepKind, Summary


@dataclass(frozen=True)
class SuitabilityFacts:
    """How involvement of one family member stands, for other rooms. The defaults are those of nobody having judged."""

    state: State = State.NONE
    summary: Summary | None = None
    level: int = Level.MAPPED
    level_cap: int = Level.MAPPED
    conditions: tuple[str, ...] = ()
    enquiries_open: int = 0


WATCHED_ONLY = frozenset({"person_is_victim", "staff_safety", "seated_apart", "orders"})
"""Matters that are not about these two: when they change it is time to look again, but they call for no approval.

Whether there are orders or conditions is among them: what a known one forbids between these two is a matter of its own,
and so is one that is only suspected, since nobody knows yet what it forbids, nor to whom.
"""


@dataclass(frozen=True)
class SafetyThen:
    """What of safety bears on involvement, as counts of how tight each matter is. Higher is tighter, 0 is clear.

    Kept with each judgement, so that whatever tightened since can be told (R049).
    """

    matters: Mapping[str, int] = field(default_factory=dict)
    gate_closed: bool = False
    """Domestic abuse is known or suspected between the two: nothing is allowed while that stands (R045)."""
    unchecked: tuple[str, ...] = ()
    """Matters that nobody has checked, or not lately, in words. Not checked is not safe (invariant 4)."""

    @property
    def indicator(self) -> bool:
        """Whether anything is on record that calls for the full judgement and an approval."""
        return self.gate_closed or any(value for name, value in self.matters.items() if name not in WATCHED_ONLY)


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
    pending: tuple[JudgementFacts, ...] = ()
    triggers: tuple[str, ...] = ()
    gate_closed: bool = False
    stepped_down: bool = False
    too_little_alone: bool = False


def standing_of(
    judgements: Iterable[JudgementFacts],
    steps: Iterable[StepFacts],
    *,
    now: SafetyThen,
    on: date,
    triggers: Sequence[str] = (),
    enquiries_open: int = 0,
    too_little_alone: bool = False,
) -> Standing:
    """How an involvement stands: the newest judgement in force, never more than what tightens it since.

    Judgements that wait for approval tighten at once and loosen nothing, each of them until one is approved. A pause or
    a step down holds until someone resumes or judges anew. A closed gate leaves nothing, whatever was approved.
    """
    by_number = sorted(judgements, key=lambda judgement: judgement.number)
    in_force = next((j for j in reversed(by_number) if j.approval in IN_FORCE), None)
    pending = tuple(j for j in by_number if j.approval in PENDING and (in_force is None or j.number > in_force.number))
    since = [step for step in sorted(steps, key=lambda step: step.at) if in_force is None or step.at > in_force.at]
    paused = _paused(since)
    downs = [step.level for step in since if step.kind is StepKind.STEPPED_DOWN and step.level is not None]
    level = min([in_force.level if in_force else Level.MAPPED, *(j.level for j in pending), *downs])
    cap = min([in_force.level_cap if in_force else Level.MAPPED, *(j.level_cap for j in pending)])
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
        too_little_alone=too_little_alone,
    )


def _paused(since: Sequence[StepFacts]) -> bool:
    last = next((s for s in reversed(since) if s.kind in (StepKind.PAUSED, StepKind.RESUMED)), None)
    return last is not None and last.kind is StepKind.PAUSED


def _state(
    in_force: JudgementFacts | None, pending: tuple[JudgementFacts, ...], *, paused: bool, review: bool
) -> State:
    if paused:
        return State.PAUSED
    if in_force is None:
        return State.PROPOSED if pending else State.NONE
    return State.REVIEW_DUE if review else State.APPROVED


def _summary(in_force: JudgementFacts | None, pending: tuple[JudgementFacts, ...]) -> Summary | None:
    """What is in force, unless what waits is more careful."""
    order = list(Summary)
    found = [j.summary for j in (in_force, *pending) if j is not None and j.summary is not None]
    return max(found, key=order.index) if found and in_force else None


def _conditions(in_force: JudgementFacts | None, pending: tuple[JudgementFacts, ...]) -> tuple[str, ...]:
    said = [text for j in (in_force, *pending) if j is not None for text in j.conditions]
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
