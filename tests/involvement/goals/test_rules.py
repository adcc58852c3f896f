"""Helpers support and never enforce; five goals are as many as anyone has; the next step is the soonest."""

import unicodedata
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.involvement.goals.rules import (
    MOST_GOALS,
    EnforcingWordsError,
    GoalFacts,
    StepFacts,
    enforcing_message,
    enforcing_words,
    may_add_goal,
    next_step_of,
    refuse_enforcing,
)

ENFORCING = [
    "report on him",
    "Reporting back to us every week",
    "Tell probation if he misses",
    "let us know how she is doing",
    "Keep an eye on him at weekends",
    "keep tabs on her",
    "check up on him",
    "check that he has gone",
    "make sure he goes",
    "Make him attend",
    "ensure she gets there",
    "monitor his drinking",
    "Supervise him at home",
    "ring the officer when he is late",
    "text me if she goes out",
    "search his room",
    "breathalyse him",
    "grass on him",
    "adrodd arno i ni",
    "Adrodd ar ei ymddygiad",
    "cadw llygad arno",
    "rhoi gwybod i ni os yw'n hwyr",
]
SUPPORTING = [
    "Remind him the evening before",
    "Give him a lift on Tuesdays",
    "Go with her to the bus",
    "Practise the interview with him",
    "Make him tea and talk it over",
    "Watch films together instead of going to the pub",
    "Help with the form for the housing office",
    "Follow up with the college about the place",
    "Take him to the police station to sign on",
    "Ring him in the morning",
    "Ring me on the mornings when I have work",
    "Tell me when tea is ready",
    "Look after the children while she is at the session",
    "Ei atgoffa y noson cynt",
    "Rhoi lifft iddo",
]


@pytest.mark.parametrize("text", ENFORCING)
def test_a_helper_is_never_asked_to_watch_tell_or_compel(text: str) -> None:
    found = enforcing_words(text)
    assert found is not None
    assert found.instead in enforcing_message(found)
    with pytest.raises(EnforcingWordsError, match="never enforce"):
        refuse_enforcing("Give him a lift", text)


@pytest.mark.parametrize("text", SUPPORTING)
def test_support_is_written_down_as_it_is_said(text: str) -> None:
    assert enforcing_words(text) is None


@given(
    text=st.sampled_from(ENFORCING),
    disguise=st.lists(st.sampled_from(["upper", "zero", "wide", "dots", "accent", "spaces"]), max_size=4),
    before=st.text(alphabet=st.characters(categories=["Lu", "Ll"]), max_size=12),
)
def test_a_disguise_does_not_get_past_the_guard(text: str, disguise: list[str], before: str) -> None:
    for how in disguise:
        text = {
            "upper": text.upper(),
            "zero": "\u200b".join(text),
            "wide": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
            "dots": text.replace(" ", " … "),
            "accent": unicodedata.normalize("NFD", text.replace("e", "é")),
            "spaces": text.replace(" ", "\u00a0\n "),
        }[how]
    assert enforcing_words(f"{before} {text}") is not None


@given(st.text(max_size=400))
def test_the_guard_reads_anything(text: str) -> None:
    found = enforcing_words(text)
    assert found is None or found.words


def test_five_goals_and_no_more() -> None:
    assert [may_add_goal(working) for working in (0, MOST_GOALS - 1, MOST_GOALS)] == [True, True, False]


def step(words: str, by_when: date | None, done_on: date | None = None) -> StepFacts:
    return StepFacts(uuid4(), words, "person", None, "", by_when, done_on, 1)


def goal(*steps: StepFacts) -> GoalFacts:
    return GoalFacts(uuid4(), "See my kids", "", "goal_area.CHILDREN", date(2026, 3, 2), "working", None, "", 1, steps)


def test_the_next_step_is_the_one_due_soonest() -> None:
    day = date(2026, 3, 2)
    soon, later, some_day = step("soon", day), step("later", day + timedelta(days=7)), step("some day", None)
    done = step("done", day - timedelta(days=9), done_on=day)
    assert next_step_of([goal(some_day, later), goal(done, soon)]) == soon
    assert next_step_of([goal(some_day)]) == some_day
    assert next_step_of([goal(done)]) is None
    assert [one.words for one in goal(some_day, later, soon).open_steps] == ["soon", "later", "some day"]
    assert soon.overdue(day + timedelta(days=1))
    assert not soon.overdue(day)
