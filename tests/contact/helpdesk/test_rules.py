"""Finding an answer, keeping people out of a log, and showing counts that point at nobody."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.contact.helpdesk.rules import (
    FEW,
    FEWER,
    Answer,
    Counted,
    Question,
    blocks_of,
    count_up,
    fitting,
    identifying,
    may_name,
    middle,
    plain_of,
)
from alongside.foundation.documents.shapes import Paragraph, Points

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,.?", max_size=60)


def answer(title: str, text: str = "") -> Answer:
    return Answer(f"helpdesk.answer.other.{title[:3]}", "other", title, text, "en", 1, uuid4(), date(2027, 1, 1))


MISSED = answer("What happens if someone misses an appointment?", "We ask the person why.")
TAG = answer("What does a tag mean for the people at home?", "A box in the home. An appointment is made to fit it.")
HELP = answer("How can I help?", "Encourage them.")
ALL = [TAG, HELP, MISSED]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("he missed his appointment", MISSED),
        ("missing appointments what happens", MISSED),
        ("there is a tag in our home", TAG),
        ("helping", HELP),
    ],
)
def test_the_answer_that_fits_best_stands_first(question: str, first: Answer) -> None:
    assert fitting(ALL, question)[0] is first


def test_words_that_every_question_has_find_nothing() -> None:
    assert fitting(ALL, "what is the how and why?") == []
    assert fitting(ALL, "") == []


@given(WORDS, WORDS)
def test_a_question_never_finds_an_answer_twice(question: str, title: str) -> None:
    found = fitting([*ALL, answer(title)], question)
    assert len({id(one) for one in found}) == len(found)


@pytest.mark.parametrize(
    "text",
    [
        "X123456",
        "his number is x123456.",
        "A1234BC",
        "ring 07700 900123",
        "ring (01632) 960-123",
        "+44 7700 900123",
        "write to nan@example.org",
        "born 3/5/1990",
        "born 03.05.90",
        "QQ 12 34 56 C",
        "12/345678Z",
        "lives at NP20 1AB",
    ],
)
def test_what_says_who_someone_is_goes_no_further(text: str) -> None:
    assert identifying(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wants to know when someone comes home",
        "Told 28 days, then 14 days",
        "Asked about the £20 fare and 3 appointments in 2026",
        "Rang 4 times since 2 November",
        "Asks about a 12-month order and 200 hours",
    ],
)
def test_general_words_pass(text: str) -> None:
    assert identifying(text) == ""
    assert may_name(text) == ""


NUMBERS = (
    st.from_regex(r"\A[A-Z][0-9]{6}\Z") | st.from_regex(r"\A07[0-9]{9}\Z") | st.from_regex(r"\A[A-Z][0-9]{4}[A-Z]{2}\Z")
)


@given(WORDS, NUMBERS, WORDS)
def test_a_number_is_found_wherever_it_stands(before: str, number: str, after: str) -> None:
    assert identifying(f"{before} {number} {after}")
    assert identifying(f"{before} {number.lower()} {after}")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("When does Jordan see his officer", "Jordan"),
        ("Jordan Pugh missed it", "Jordan Pugh"),
        ("ask mr smith", "mr smith"),
        ("Zoë Müller rang", "Zoë Müller"),
        ("is it O’Brien's order", "O’Brien's"),
    ],
)
def test_what_looks_like_a_name_is_asked_about(text: str, named: str) -> None:
    assert may_name(text) == named


@pytest.mark.parametrize("text", ["Asks about HDC on Monday", "Told at the Crown Court in Wales", "Why? Nobody said."])
def test_days_courts_and_short_forms_are_no_names(text: str) -> None:
    assert may_name(text) == ""


def test_plain_words_keep_numbers_and_addresses() -> None:
    text = "# Title\n\nCall [116 123](tel:116123), or see [help](https://example.org).\n\n- One\n- Two"
    assert plain_of(text) == "Title\n\nCall 116 123, or see help (https://example.org).\n\n- One\n- Two"
    paragraph, points = blocks_of(text)
    assert paragraph == Paragraph("Call 116 123, or see help (https://example.org).")
    assert points == Points(("One", "Two"))


QUESTIONS = st.lists(
    st.builds(
        Question,
        on=st.sampled_from([date(2026, 3, 2), date(2026, 2, 27)]),
        topic=st.sampled_from("abcd"),
        asker=st.sampled_from("wxyz"),
        minutes=st.integers(1, 9),
        handed_on=st.booleans(),
        remit=st.sampled_from(["", "", "money"]),
    ),
    max_size=40,
)
MONTHS = [date(2026, 3, 1), date(2026, 2, 1)]


def numbers_in(found: Counted) -> list[str]:
    tables = [one.words for table in (found.topics, found.askers, found.remits) for one in table]
    columns = [words for month in found.months for words in (month.asked, month.handed_on, month.sent_on)]
    return [found.total, *tables, *columns]


@given(QUESTIONS)
def test_no_count_is_exact_and_no_small_one_is_shown(questions: list[Question]) -> None:
    found = count_up(questions, months=MONTHS, settled=())
    if found is None:
        assert all(sum(one.topic == topic for one in questions) < FEW for topic in "abcd")
        return
    assert all(words == FEWER or (int(words) >= FEW and int(words) % 5 == 0) for words in numbers_in(found))
    months = [int(month.asked) for month in found.months if month.asked != FEWER]
    assert found.total == (str(sum(months)) if months else FEWER), "the sum says no more than its parts"
    for table, name in ((found.topics, "topic"), (found.askers, "asker")):
        for one in table:
            count = sum(getattr(question, name) == one.label for question in questions)
            assert count >= FEW
            assert abs(count - int(one.words)) <= 2


@given(QUESTIONS, st.sampled_from(["topic", "asker", "remit"]), st.integers(0, FEW - 1))
def test_a_small_count_is_not_told_from_another(questions: list[Question], name: str, other: int) -> None:
    """A kind that few asked about, or nobody, leaves its table as it would be for any other few."""
    mine = replace(Question(date(2026, 3, 2), "b", "x", 3), **{name: "few"})
    rest = [*questions, Question(date(2026, 3, 2), "a", "w", 3)]
    tables = [count_up([*rest, *[mine] * times], months=MONTHS, settled=()) for times in (FEW - 1, other)]
    first, second = (
        {"topic": one.topics, "asker": one.askers, "remit": one.remits}[name] if one else [] for one in tables
    )
    assert first == second


@given(QUESTIONS, st.integers(0, FEW - 1), st.integers(0, FEW - 1))
def test_a_month_of_few_is_not_told_from_one_of_none(questions: list[Question], few: int, other: int) -> None:
    """Neither its counts nor its median say whether anybody asked; nor does how long it took to settle a few."""
    rest = [one for one in questions if one.on.month != 3]
    mine = Question(date(2026, 3, 2), "a", "w", 3)
    first, second = (count_up([*rest, *[mine] * times], months=MONTHS, settled=[1.0] * times) for times in (few, other))
    if first is not None and second is not None:
        assert (first.months, first.settled, first.total) == (second.months, second.settled, second.total)


@given(st.integers(0, FEW - 1), st.integers(0, FEW - 1))
def test_few_questions_read_as_none(few: int, settled: int) -> None:
    mine = Question(date(2026, 3, 2), "a", "w", 3)
    assert count_up([mine] * few, months=MONTHS, settled=[1.0] * settled) is None


def test_a_middle_of_few_says_nothing() -> None:
    assert {middle([3.0] * times, unit="minute") for times in range(FEW)} == {"too few to show"}
    assert middle([1, 1, 1, 2, 9], unit="minute") == "1 minute"
    assert middle([2, 3, 3, 4, 9], unit="minute") == "3 minutes"
