"""What counts as an expectation, and how often expectations held."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.people.maps.observations.rules import (
    OUTCOMES,
    Outcome,
    Stage,
    Tally,
    Written,
    is_overdue,
    may_word_expectation,
    stage_of,
    tally_of,
    was_beforehand,
)

VISIT = date(2026, 3, 10)
BEFORE, AFTER = VISIT - timedelta(days=2), VISIT + timedelta(days=1)
EXPECTED = Written(on=BEFORE, happens_on=VISIT, expected="She answers for him")
SEEN = replace(EXPECTED, on=AFTER, seen="He spoke first", outcome="not_borne_out")

versions = st.builds(
    Written,
    on=st.dates(date(2026, 3, 1), date(2026, 3, 20)),
    happens_on=st.dates(date(2026, 3, 1), date(2026, 3, 20)),
    expected=st.sampled_from(["", "a", "b"]),
    seen=st.sampled_from(["", "x"]),
    outcome=st.sampled_from(["", *(code.value for code in Outcome)]),
)


@pytest.mark.parametrize(
    ("row", "stage"),
    [
        (EXPECTED, Stage.EXPECTED),
        (SEEN, Stage.SEEN),
        (replace(EXPECTED, outcome="not_held"), Stage.NOT_HELD),
        (Written(on=VISIT, happens_on=VISIT, seen="x"), Stage.SEEN),
    ],
)
def test_where_it_stands(row: Written, stage: Stage) -> None:
    assert stage_of(row) is stage


@pytest.mark.parametrize(
    ("rows", "beforehand"),
    [
        ([EXPECTED, SEEN], True),
        ([replace(EXPECTED, on=VISIT), SEEN], True),
        ([replace(EXPECTED, on=AFTER), SEEN], False),
        ([SEEN], False),
        ([replace(SEEN, on=BEFORE)], False),
        ([EXPECTED, replace(SEEN, expected="That he answers for himself")], False),
        ([EXPECTED, replace(EXPECTED, on=AFTER, happens_on=AFTER), replace(SEEN, happens_on=AFTER)], True),
        ([replace(EXPECTED, expected="")], False),
    ],
)
def test_only_what_was_written_by_the_day_and_before_anything_was_seen_is_an_expectation(
    rows: list[Written], beforehand: bool
) -> None:
    assert was_beforehand(rows) is beforehand


def test_words_may_change_until_the_day_is_over_and_never_once_something_was_seen() -> None:
    assert may_word_expectation([], on=VISIT)
    assert may_word_expectation([EXPECTED], on=VISIT)
    assert not may_word_expectation([EXPECTED], on=AFTER)
    assert not may_word_expectation([EXPECTED, SEEN], on=BEFORE)
    assert not may_word_expectation([EXPECTED, SEEN, EXPECTED], on=BEFORE)


def test_it_is_overdue_the_day_after() -> None:
    assert not is_overdue(EXPECTED, on=VISIT)
    assert is_overdue(EXPECTED, on=AFTER)
    assert not is_overdue(SEEN, on=AFTER)


def test_the_count_is_said_in_words_and_leaves_out_what_came_afterwards() -> None:
    counted = [[EXPECTED, replace(SEEN, outcome=outcome)] for outcome in ("borne_out", "not_borne_out", "cannot_tell")]
    tally = tally_of([*counted, [SEEN], [EXPECTED], [EXPECTED, replace(EXPECTED, outcome="not_held")]])
    assert tally == Tally(borne_out=1, not_borne_out=1, cannot_tell=1, afterwards=1)
    assert tally.words == (
        "3 expectations were written down before we saw the family: "
        "1 borne out, 1 not borne out and 1 could not be told."
    )
    assert Tally(not_borne_out=1).words == ("1 expectation was written down before we saw the family: 1 not borne out.")
    assert Tally(afterwards=2).words == ""


@given(st.lists(st.lists(versions, min_size=1, max_size=4), max_size=8))
def test_nothing_is_counted_twice_and_nothing_counted_came_too_late(found: list[list[Written]]) -> None:
    tally = tally_of(found)
    answered = [rows for rows in found if stage_of(rows[-1]) is Stage.SEEN and rows[-1].expected and rows[-1].outcome]
    assert tally.total + tally.afterwards == len(answered)
    for rows in found:
        if was_beforehand(rows):
            assert any(row.on <= rows[-1].happens_on and not row.seen for row in rows)


def test_every_outcome_has_its_words() -> None:
    assert set(OUTCOMES) == set(Outcome)
