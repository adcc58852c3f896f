"""Finding an answer, keeping people out of a log, and showing counts that point at nobody."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.contact.helpdesk.rules import (
    FEW,
    Answer,
    blocks_of,
    fitting,
    identifying,
    may_name,
    middle,
    plain_of,
    shown,
    total_of,
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


COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40))


@given(COUNTS)
def test_no_small_count_is_ever_shown_nor_left_to_be_worked_out(counts: dict[str, int]) -> None:
    words = {one.label: one.words for one in shown(counts)}
    hidden = [label for label, word in words.items() if not word.isdigit()]
    assert all(words[label] == str(count) for label, count in counts.items() if label not in hidden)
    assert {label for label, count in counts.items() if 0 < count < FEW} <= set(hidden)
    assert len(hidden) != 1 or not any(count >= FEW for count in counts.values())
    if hidden:
        assert not total_of(counts).isdigit()


def test_a_middle_of_few_says_nothing() -> None:
    assert middle([], unit="minute") == "none"
    assert middle([1, 2], unit="minute") == "too few to show"
    assert middle([1, 1, 1, 2, 9], unit="minute") == "1 minute"
    assert middle([2, 3, 3, 4, 9], unit="minute") == "3 minutes"
