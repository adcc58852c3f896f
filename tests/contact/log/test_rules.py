"""What shows over several contacts is said as what happened, and never where nothing does."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.contact.log.forms import time_of
from alongside.contact.log.rules import Agreed, Happened, patterns_in, title_of, words_on_language

ON = date(2026, 11, 20)
CALLED = {"Mum": "Mum", "Dad": "Dad", "Nan 1": "Nan (Ann Lee)", "Nan 2": "Nan (Bea Roe)"}


def contact(
    days_ago: int = 1,
    member: str | None = "Mum",
    *,
    from_them: bool = True,
    reminder: bool = False,
    reached: bool = True,
) -> Happened:
    on = ON - timedelta(days=days_ago)
    return Happened(on=on, member=member, from_them=from_them, reached=reached, reminder=reminder)


def said(contacts: list[Happened], agreed: list[Agreed] | None = None) -> str:
    return " ".join(
        f"{one.what} {one.talk_about}"
        for one in patterns_in(contacts, called=CALLED, agreed=agreed or [], person="Ryan", on=ON)
    )


def test_a_title_says_who_began_it() -> None:
    facts = {"channel": "phone", "name": "Mum", "purpose": "How someone is doing"}
    assert title_of(direction="from_them", **facts) == "Mum rang: how someone is doing"
    assert title_of(direction="to_them", **facts) == "Rang Mum: how someone is doing"


def test_more_than_agreed_is_something_to_talk_about() -> None:
    assert "The agreement says 4 contacts" in said([contact(n) for n in range(1, 7)], [Agreed("Mum", "Mum", 4)])
    assert "agreement" not in said(
        [contact(n) for n in (1, 8)] + [contact(n, None) for n in (2, 9)], [Agreed("Mum", "Mum", 4)]
    )


def test_nobody_in_touch_though_it_was_agreed_is_said() -> None:
    assert "Nobody was in touch with Mum" in said([], [Agreed("Mum", "Mum", 4)])


def test_a_voice_that_is_crowded_out_is_heard_alone() -> None:
    crowded = [contact(n) for n in range(1, 6)] + [contact(3, None)]
    assert "Make time to hear Ryan alone" in said(crowded)
    assert "alone" not in said([contact(n) for n in range(1, 6)] + [contact(n, None) for n in range(1, 6)])


def test_a_call_that_nobody_answered_is_no_contact() -> None:
    unanswered = [contact(n, from_them=False, reached=False) for n in range(1, 7)]
    assert said(unanswered) == "", "nobody's voice was heard, so none was crowded out"
    assert "Nobody was in touch with Mum" in said(unanswered, [Agreed("Mum", "Mum", 4)])


def test_two_who_are_called_the_same_are_two() -> None:
    both = [contact(n, one) for one in ("Nan 1", "Nan 2") for n in (1, 2, 3)] + [contact(n, None) for n in (1, 2)]
    agreed = [Agreed("Nan 1", "Nan", 3), Agreed("Nan 2", "Nan", 3)]
    assert said(both, agreed) == ""
    assert said([*both, contact(4, "Nan 2")], agreed).startswith("4 contacts with Nan (Bea Roe)")


def test_many_reminders_are_asked_about() -> None:
    assert "nagging" in said([contact(n, from_them=False, reminder=True) for n in range(1, 7)])


def test_what_is_older_than_four_weeks_does_not_count() -> None:
    assert said([contact(n + 29) for n in range(20)]) == ""


@given(
    st.lists(
        st.builds(
            Happened,
            on=st.integers(0, 80).map(lambda days: ON - timedelta(days=days)),
            member=st.sampled_from([None, "Mum", "Dad"]),
            from_them=st.booleans(),
            reached=st.booleans(),
            reminder=st.booleans(),
        ),
        max_size=40,
    )
)
def test_every_pattern_says_what_happened_and_what_to_talk_about_and_gives_no_mark(contacts: list[Happened]) -> None:
    for pattern in patterns_in(contacts, agreed=[Agreed("Mum", "Mum", 3)], called=CALLED, person="Ryan", on=ON):
        assert pattern.what.endswith(".")
        assert pattern.talk_about
        assert "%" not in pattern.what
        assert "score" not in f"{pattern.what} {pattern.talk_about}".lower()


def test_a_time_is_read_as_people_write_it() -> None:
    assert [f"{time_of(text):%H:%M}" for text in ("14:05", "2.05pm", "2pm", "9 am", "0905", "9")] == [
        "14:05",
        "14:05",
        "14:00",
        "09:00",
        "09:05",
        "09:00",
    ]
    assert time_of("soon") is None


def test_what_whoever_rings_has_to_know_of_their_language() -> None:
    assert words_on_language("", interpreter=False) == ""
    polish = words_on_language("Polish", interpreter=True)
    assert "speak Polish and need an interpreter" in polish
    assert "nobody of the family" in polish
    assert "Ask whether they want an interpreter" in words_on_language("Polish", interpreter=False)
    assert words_on_language("British Sign Language", is_signed=True, interpreter=True).startswith("They use British")
    assert "need an interpreter" in words_on_language("", interpreter=True)
    assert "go on in Welsh" in words_on_language("Welsh", is_welsh=True, interpreter=False)
