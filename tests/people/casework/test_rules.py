"""When something is due, in words; and which counts are too small to show."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.people.casework.rules import FEW, Counts, Urgency, due_in_words, hide_small, since_in_words, urgency_of

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("days", "words", "urgency"),
    [
        (-30, "Overdue by 30 days", Urgency.OVERDUE),
        (-1, "Overdue by 1 day", Urgency.OVERDUE),
        (0, "Due today", Urgency.TODAY),
        (1, "Due tomorrow", Urgency.WEEK),
        (2, "Due on Tuesday", Urgency.WEEK),
        (6, "Due on Saturday", Urgency.WEEK),
        (7, "Due on 29 November", Urgency.LATER),
        (60, "Due on 21 January 2027", Urgency.LATER),
    ],
)
def test_due_is_said_as_one_would_say_it(days: int, words: str, urgency: Urgency) -> None:
    due_on = TODAY + timedelta(days)
    assert (due_in_words(due_on, today=TODAY), urgency_of(due_on, today=TODAY)) == (words, urgency)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (5, "5 days ago"), (40, "on 13 October"), (400, "on 18 October 2025")],
)
def test_since_is_said_as_one_would_say_it(days: int, words: str) -> None:
    assert since_in_words(TODAY - timedelta(days), today=TODAY) == words


few_or_many = st.integers(0, 30)
counts = st.builds(
    Counts,
    place=st.text(max_size=5),
    people=st.just(0),
    not_asked=st.integers(0, 100),
    answers=st.fixed_dictionaries({"yes": few_or_many, "no": few_or_many, "not_said": few_or_many}),
)


@given(st.lists(counts, max_size=8))
def test_no_shown_answer_is_small_and_no_hidden_place_stands_alone_among_others(rows: list[Counts]) -> None:
    shown = hide_small(rows)
    assert [row.not_asked for row in shown] == [row.not_asked for row in rows]
    for row in shown:
        assert row.answers is None or all(n == 0 or n >= FEW for n in row.answers.values())
    hidden = [row for row in shown if row.answers is None]
    others = [row for row in shown if row.answers and any(row.answers.values())]
    assert len(hidden) != 1 or not others


@given(st.lists(counts, max_size=8))
def test_what_is_large_enough_everywhere_is_left_alone(rows: list[Counts]) -> None:
    large = [row for row in rows if all(n == 0 or n >= FEW for n in (row.answers or {}).values())]
    assert hide_small(large) == large
