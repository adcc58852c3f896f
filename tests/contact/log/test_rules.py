"""What shows over several contacts is said as what happened, and never where nothing does."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.contact.log.forms import time_of
from alongside.contact.log.rules import Agreed, Happened, patterns_in, title_of

ON = date(2026, 11, 20)


def contact(
    days_ago: int = 1, member: str | None = "Mum", *, from_them: bool = True, reminder: bool = False
) -> Happened:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return Happened(at=at, member=member, from_them=from_them, reached=True, reminder=reminder)


def said(contacts: list[Happened], agreed: list[Agreed] | None = None) -> str:
    return " ".join(
        f"{one.what} {one.talk_about}" for one in patterns_in(contacts, agreed=agreed or [], person="Ryan", on=ON)
    )


def test_a_title_says_who_began_it() -> None:
    facts = {"channel": "phone", "name": "Mum", "purpose": "How someone is doing"}
    assert title_of(direction="from_them", **facts) == "Mum rang: how someone is doing"
    assert title_of(direction="to_them", **facts) == "Rang Mum: how someone is doing"


def test_more_than_agreed_is_something_to_talk_about() -> None:
    assert "The agreement says 4 contacts" in said([contact(n) for n in range(1, 7)], [Agreed("Mum", 4)])
    assert "agreement" not in said(
        [contact(n) for n in (1, 8)] + [contact(n, None) for n in (2, 9)], [Agreed("Mum", 4)]
    )


def test_nobody_in_touch_though_it_was_agreed_is_said() -> None:
    assert "Nobody was in touch with Mum" in said([], [Agreed("Mum", 4)])


def test_a_voice_that_is_crowded_out_is_heard_alone() -> None:
    crowded = [contact(n) for n in range(1, 6)] + [contact(3, None)]
    assert "Make time to hear Ryan alone" in said(crowded)
    assert "alone" not in said([contact(n) for n in range(1, 6)] + [contact(n, None) for n in range(1, 6)])


def test_many_reminders_are_asked_about() -> None:
    assert "nagging" in said([contact(n, from_them=False, reminder=True) for n in range(1, 7)])


def test_what_is_older_than_four_weeks_does_not_count() -> None:
    assert said([contact(n + 29) for n in range(20)]) == ""


@given(
    st.lists(
        st.builds(
            Happened,
            at=st.integers(0, 80).map(lambda days: datetime(2026, 11, 20, tzinfo=UTC) - timedelta(days=days)),
            member=st.sampled_from([None, "Mum", "Dad"]),
            from_them=st.booleans(),
            reached=st.booleans(),
            reminder=st.booleans(),
        ),
        max_size=40,
    )
)
def test_every_pattern_says_what_happened_and_what_to_talk_about_and_gives_no_mark(contacts: list[Happened]) -> None:
    for pattern in patterns_in(contacts, agreed=[Agreed("Mum", 3)], person="Ryan", on=ON):
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
