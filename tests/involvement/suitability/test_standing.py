"""How an involvement stands: what waits only tightens, and nothing that tightens ever opens anything."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.involvement.suitability.rules import (
    IN_FORCE,
    Approval,
    JudgementFacts,
    Level,
    SafetyThen,
    SessionFacts,
    Standing,
    State,
    StepFacts,
    StepKind,
    Summary,
    markers_form_a_pattern,
    standing_of,
    tightened,
    too_little_alone,
)

ON = date(2026, 11, 20)
START = datetime(2026, 10, 1, 12, tzinfo=UTC)
CLEAR = SafetyThen()


def judged(number: int = 1, level: int = 4, **values: object) -> JudgementFacts:
    facts: dict[str, object] = {
        "id": uuid4(),
        "number": number,
        "at": START + timedelta(days=number),
        "level": Level(level),
        "level_cap": Level(level),
        "approval": Approval.APPROVED,
        "review_on": ON + timedelta(days=30),
        "summary": Summary.ASSET,
    }
    return JudgementFacts(**(facts | values))


def stands(judgements: list[JudgementFacts], steps: list[StepFacts] | None = None, **values: object) -> Standing:
    return standing_of(judgements, steps or [], **({"now": CLEAR, "on": ON} | values))


def test_nobody_has_judged_is_on_the_map_only() -> None:
    facts = stands([]).facts
    assert (facts.state, facts.level, facts.level_cap, facts.summary) == (State.NONE, 1, 1, None)


def test_what_waits_for_approval_opens_nothing() -> None:
    waiting = judged(2, 6, approval=Approval.WAITING)
    assert stands([waiting]).facts.state is State.PROPOSED
    assert stands([waiting]).facts.level == 1
    assert stands([judged(1, 3), waiting]).facts.level == 3


def test_what_waits_for_approval_closes_at_once() -> None:
    unsafe = judged(2, 0, approval=Approval.WAITING, summary=Summary.UNSAFE)
    facts = stands([judged(1, 5), unsafe]).facts
    assert (facts.level, facts.level_cap, facts.summary) == (0, 0, Summary.UNSAFE)


def test_what_was_refused_counts_for_nothing() -> None:
    refused = judged(2, 0, approval=Approval.REFUSED, summary=Summary.UNSAFE)
    assert stands([judged(1, 5), refused]).facts.level == 5


def test_conditions_of_what_waits_hold_already() -> None:
    waiting = judged(2, 4, approval=Approval.WAITING, conditions=("Not by text",))
    assert stands([judged(1, 4, conditions=("With notice",)), waiting]).facts.conditions == (
        "With notice",
        "Not by text",
    )


def test_a_pause_holds_until_somebody_resumes_or_judges_anew() -> None:
    pause = StepFacts(StepKind.PAUSED, START + timedelta(days=2))
    resume = StepFacts(StepKind.RESUMED, START + timedelta(days=3))
    paused = stands([judged(1)], [pause])
    assert (paused.facts.state, paused.facts.level) == (State.PAUSED, 1)
    assert stands([judged(1)], [pause, resume]).facts.level == 4
    assert stands([judged(1), judged(5, 3)], [pause]).facts.level == 3


def test_approving_afterwards_what_was_written_before_the_pause_does_not_lift_it() -> None:
    pause = StepFacts(StepKind.PAUSED, START + timedelta(days=6))
    assert stands([judged(1), judged(5, 6)], [pause]).facts.level == 1


def test_the_gate_leaves_nothing() -> None:
    standing = stands([judged(1, 6)], now=SafetyThen({"abuse": 3}, gate_closed=True))
    assert (standing.facts.level, standing.facts.level_cap) == (0, 0)
    assert standing.facts.state is State.REVIEW_DUE


def test_what_tightened_since_calls_for_a_review_and_what_stood_then_does_not() -> None:
    then = SafetyThen({"children": 1})
    assert stands([judged(safety_then=then)], now=then).facts.state is State.APPROVED
    assert stands([judged(safety_then=then)], now=SafetyThen({"children": 2})).facts.state is State.REVIEW_DUE
    assert stands([judged(safety_then=then)], now=CLEAR).facts.state is State.APPROVED


@pytest.mark.parametrize(("days", "state"), [(0, State.REVIEW_DUE), (-1, State.REVIEW_DUE), (1, State.APPROVED)])
def test_the_day_itself_calls_for_a_review(days: int, state: State) -> None:
    assert stands([judged(review_on=ON + timedelta(days=days))]).facts.state is state


levels = st.sampled_from(Level)
moments = st.integers(0, 40).map(lambda day: START + timedelta(days=day))
matters = st.dictionaries(st.sampled_from(["abuse", "children", "orders"]), st.integers(0, 4))
safeties = st.builds(SafetyThen, matters, st.booleans())
steps = st.lists(st.builds(StepFacts, st.sampled_from(StepKind), moments, st.one_of(st.none(), levels)), max_size=5)


@st.composite
def histories(draw: st.DrawFn) -> list[JudgementFacts]:
    found = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        low, high = sorted((draw(levels), draw(levels)))
        found.append(
            judged(
                number,
                low,
                level_cap=high,
                at=draw(moments),
                approval=draw(st.sampled_from(Approval)),
                summary=draw(st.sampled_from(Summary)),
                safety_then=draw(safeties),
                review_on=ON + timedelta(days=draw(st.integers(-5, 5))),
            )
        )
    return found


@given(histories(), steps, safeties)
def test_every_history_gives_an_answer_within_what_was_approved(
    history: list[JudgementFacts], done: list[StepFacts], now: SafetyThen
) -> None:
    standing = stands(history, done, now=now)
    facts = standing.facts
    allowed = max((j.level for j in history if j.approval in IN_FORCE), default=Level.MAPPED)
    assert 0 <= facts.level <= facts.level_cap or facts.state is State.PAUSED
    assert facts.level <= max(allowed, Level.MAPPED)


@given(histories(), steps, safeties, levels, st.sampled_from([Approval.WAITING, Approval.RETURNED]))
def test_a_proposal_never_opens(
    history: list[JudgementFacts], done: list[StepFacts], now: SafetyThen, level: Level, approval: Approval
) -> None:
    before = stands(history, done, now=now).facts
    proposal = judged(9, level, approval=approval)
    after = stands(
        [*(j for j in history if j.approval not in (Approval.WAITING, Approval.RETURNED)), proposal], done, now=now
    )
    without = stands([j for j in history if j.approval not in (Approval.WAITING, Approval.RETURNED)], done, now=now)
    assert after.facts.level <= without.facts.level
    assert before.level <= without.facts.level


@given(histories(), steps, safeties)
def test_pausing_stepping_down_and_closing_the_gate_never_open(
    history: list[JudgementFacts], done: list[StepFacts], now: SafetyThen
) -> None:
    before = stands(history, done, now=now).facts.level
    late = START + timedelta(days=99)
    assert stands(history, [*done, StepFacts(StepKind.PAUSED, late)], now=now).facts.level <= before
    for level in Level:
        down = StepFacts(StepKind.STEPPED_DOWN, late, level)
        assert stands(history, [*done, down], now=now).facts.level <= min(before, level)
    closed = SafetyThen(now.matters, gate_closed=True)
    assert stands(history, done, now=closed).facts.level == 0


@given(matters, matters)
def test_only_more_is_tighter(then: dict[str, int], now: dict[str, int]) -> None:
    assert not tightened(SafetyThen(then), SafetyThen(then))
    both = {name: max(then.get(name, 0), now.get(name, 0)) for name in {*then, *now}}
    assert tightened(SafetyThen(then), SafetyThen(both)) == any(both[name] > then.get(name, 0) for name in both)


@pytest.mark.parametrize(
    ("ago", "pattern"), [([0, 27], True), ([0, 28], False), ([3], False), ([], False), ([1, 1], True)]
)
def test_two_in_twenty_eight_days_are_a_pattern(ago: list[int], pattern: bool) -> None:
    assert markers_form_a_pattern([ON - timedelta(days=days) for days in ago], on=ON) is pattern


@pytest.mark.parametrize(
    ("sessions", "little"),
    [
        ([(45, 0)], False),
        ([(45, 0), (45, 0)], True),
        ([(45, 15), (45, 15)], False),
        ([(45, 0), (45, 44), (45, 15)], False),
        ([(45, 0), (45, 44), (45, 0)], True),
        ([(45, 0), (45, 0), (45, 20), (45, 20), (45, 20)], False),
        ([(60, 19), (60, 19), (60, 19)], True),
    ],
)
def test_time_alone_is_a_third_of_the_last_three_sessions(sessions: list[tuple[int, int]], little: bool) -> None:
    facts = [SessionFacts(ON - timedelta(days=9 - n), *session) for n, session in enumerate(sessions)]
    assert too_little_alone(facts) is little
