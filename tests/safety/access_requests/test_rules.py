"""When an answer is due, and what remains of an item when parts are taken out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.calendar.rules import is_working_day
from alongside.safety.access_requests.rules import (
    About,
    Clock,
    ClockState,
    Deadline,
    Done,
    Part,
    Pause,
    Verdict,
    VerdictError,
    check_verdict,
    days_paused,
    deadline_of,
    due_words,
    first_month_ends,
    holds_word,
    how_pressing,
    lines_of,
    months_after,
    next_step,
    redacted,
    why_not_extended,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    received = draw(DAYS)
    proved = draw(st.none() | st.integers(-5, 40).map(lambda days: received + timedelta(days=days)))
    pauses = []
    for _ in range(draw(st.integers(0, 3))):
        since = received + timedelta(days=draw(st.integers(0, 60)))
        until = draw(st.none() | st.integers(0, 60).map(lambda days, since=since: since + timedelta(days=days)))
        pauses.append(Pause(since, until))
    return Clock(received, proved, tuple(pauses))


@given(clocks(), st.integers(0, 200))
def test_the_clock_is_total_and_says_a_day_only_while_it_runs(clock: Clock, days: int) -> None:
    found = deadline_of(clock, on=clock.received_on + timedelta(days=days))
    assert (found.due_on is not None) == (found.state is ClockState.RUNNING)
    if found.due_on is not None:
        assert is_working_day(found.due_on)
        assert found.due_on >= months_after(clock.starts_on or clock.received_on, 1)


@given(clocks(), st.integers(0, 200))
def test_a_pause_never_makes_the_answer_due_sooner(clock: Clock, days: int) -> None:
    on = clock.received_on + timedelta(days=days)
    closed = replace(clock, pauses=tuple(replace(pause, until=pause.until or pause.since) for pause in clock.pauses))
    with_pauses = deadline_of(closed, on=on).due_on
    without = deadline_of(replace(clock, pauses=()), on=on).due_on
    if with_pauses and without:
        assert with_pauses >= without


@given(clocks(), st.integers(0, 200))
def test_the_clock_never_stands_still_longer_than_it_has_run(clock: Clock, days: int) -> None:
    on = clock.received_on + timedelta(days=days)
    if clock.starts_on is not None:
        assert 0 <= days_paused(clock, on=on) <= max((on - clock.starts_on).days, 0)


@given(clocks(), st.integers(0, 400))
def test_an_extension_is_refused_once_the_first_month_is_over(clock: Clock, days: int) -> None:
    on = clock.received_on + timedelta(days=days)
    last = first_month_ends(clock, on=on)
    refused = why_not_extended(clock, on=on)
    if last is None or on > last:
        assert refused
    else:
        assert not refused
        extended = deadline_of(replace(clock, extended_on=on), on=on).due_on
        assert extended is None or extended > last


@pytest.mark.parametrize(
    ("clock", "on", "due"),
    [
        (Clock(date(2026, 9, 3), date(2026, 9, 3)), date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (Clock(date(2026, 1, 31), date(2026, 1, 31)), date(2026, 2, 1), date(2026, 3, 2)),  # to a Saturday 28 February
        (Clock(date(2026, 9, 3), date(2026, 9, 10)), date(2026, 9, 10), date(2026, 10, 12)),
        (
            Clock(date(2026, 9, 3), date(2026, 9, 3), (Pause(date(2026, 9, 7), date(2026, 9, 14)),)),
            date(2026, 9, 20),
            date(2026, 10, 12),
        ),
        (
            Clock(date(2026, 9, 3), date(2026, 9, 3), (), extended_on=date(2026, 10, 1)),
            date(2026, 10, 2),
            date(2026, 12, 3),
        ),
    ],
)
def test_deadlines_that_a_person_can_count(clock: Clock, on: date, due: date) -> None:
    assert deadline_of(clock, on=on).due_on == due


def test_the_clock_waits_for_identity_and_stands_while_clarification_is_awaited() -> None:
    on = date(2026, 9, 20)
    assert deadline_of(Clock(date(2026, 9, 3)), on=on).state is ClockState.NOT_STARTED
    waiting = Clock(date(2026, 9, 3), date(2026, 9, 3), (Pause(date(2026, 9, 10)),))
    assert deadline_of(waiting, on=on).state is ClockState.STOPPED


WORDS = st.text(alphabet=st.sampled_from("abcdefgéÉñ 'ŵ-fi\u2019"), min_size=1, max_size=12).filter(str.strip)
TEXTS = st.text(max_size=200)


@given(st.lists(TEXTS, max_size=4), st.lists(WORDS, min_size=1, max_size=3), TEXTS, TEXTS)
def test_no_word_that_is_taken_out_remains(texts: list[str], words: list[str], before: str, after: str) -> None:
    planted = [*texts, f"{before}{words[0]}{after}", f"{before} {words[-1].upper()} {after}"]
    parts = [Part(f"p{n}", f"Label {text[:20]}", text) for n, text in enumerate(planted)]
    for part in redacted(parts, words=words):
        assert not holds_word(part.value, words)
        assert not holds_word(part.label, words)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_what_holds_no_such_word_is_left_as_it_is(texts: list[str]) -> None:
    parts = tuple(Part(f"p{n}", "Label", text) for n, text in enumerate(texts))
    assert redacted(parts) == parts
    assert redacted(parts, words=["zzqqxx"]) == parts


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("Spoke with KELLY's mum", "Kelly", "Spoke with [withheld] mum"),
        ("Kelly\nInvented rang", "kelly invented", "[withheld] rang"),
        ("Zoë and Zoe\u0308 came", "zoe", "[withheld] and [withheld] came"),
        ("the ﬁle", "file", "the [withheld]"),
        ("Ann wrote Annual", "Ann", "[withheld] wrote [withheld]"),
        ("K\u00adelly rang", "Kelly", "[withheld] rang"),
    ],
)
def test_a_word_is_found_in_its_disguises(text: str, word: str, left: str) -> None:
    assert redacted([Part("p", "", text)], words=[word])[0].value == left


def test_a_part_left_out_is_gone_whole() -> None:
    parts = [Part("a", "Note", "secret"), Part("b", "Day", "Monday")]
    assert [part.value for part in redacted(parts, left_out=["a"])] == ["[withheld]", "Monday"]


@pytest.mark.parametrize(
    ("verdict", "about", "protected", "ground", "reason", "takes_out", "says"),
    [
        (Verdict.OPEN, About.ASKER, False, "", "", False, "Select what to do"),
        (Verdict.RELEASE, About.NOT_LOOKED, False, "", "", False, "whom it is about"),
        (Verdict.RELEASE, About.ASKER, True, "", "", False, "source is protected"),
        (Verdict.RELEASE, About.OTHER, False, "", "", False, "someone else"),
        (Verdict.WITHHOLD, About.OTHER, False, "", "harm", False, "ground in law"),
        (Verdict.SILENT, About.OTHER, False, "g", " ", False, "Give the reason"),
        (Verdict.REDACT, About.BOTH, False, "g", "harm", False, "which words"),
    ],
)
def test_a_decision_rests_on_something(verdict, about, protected, ground, reason, takes_out, says) -> None:
    with pytest.raises(VerdictError, match=says):
        check_verdict(
            verdict, about=about, source_protected=protected, ground=ground, reason=reason, takes_out=takes_out
        )


def test_lines() -> None:
    assert lines_of(" Kelly \n\nKelly\nSian") == ("Kelly", "Sian")


@pytest.mark.parametrize(
    ("state", "done", "expected"),
    [
        (ClockState.NOT_STARTED, Done(False, False, 0, 0, False), "have them show who they are"),
        (ClockState.STOPPED, Done(True, True, 3, 3, False), "note what they answer"),
        (ClockState.RUNNING, Done(False, False, 0, 0, False), "gather what is held"),
        (ClockState.RUNNING, Done(True, False, 1, 1, True), "gather it again"),
        (ClockState.RUNNING, Done(True, True, 1, 9, False), "decide 1 item"),
        (ClockState.RUNNING, Done(True, True, 0, 1200, False), "have a second person check 1,200 items"),
        (ClockState.RUNNING, Done(True, True, 0, 0, False), "make the package"),
        (ClockState.RUNNING, Done(True, True, 0, 0, True), "read the package and give it out"),
    ],
)
def test_there_is_one_next_step(state: ClockState, done: Done, expected: str) -> None:
    assert next_step(state, done) == expected


@given(st.lists(clocks(), max_size=6), DAYS)
def test_what_is_due_soonest_stands_first_and_what_has_no_day_last(some: list[Clock], on: date) -> None:
    rows = sorted(how_pressing(deadline_of(clock, on=on), clock.received_on) for clock in some)
    days = [day for no_day, day in rows if not no_day]
    assert days == sorted(days)
    assert [no_day for no_day, _ in rows] == sorted(no_day for no_day, _ in rows)


@pytest.mark.parametrize(
    ("days_left", "extended", "expected"),
    [
        (0, False, "Due on 5 March 2026, today"),
        (1, False, "Due on 5 March 2026, in 1 day"),
        (12, True, "Due on 5 March 2026, extended, in 12 days"),
        (-3, False, "Late: was due on 5 March 2026, 3 days ago"),
    ],
)
def test_a_deadline_in_words(days_left: int, extended: bool, expected: str) -> None:
    deadline = Deadline(ClockState.RUNNING, date(2026, 3, 5), days_left)
    assert due_words(deadline, extended=extended) == expected
