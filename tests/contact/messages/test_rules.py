"""When a message may go, and what a reply means: many cases without a database."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import alongside.foundation.content
from alongside.contact.messages.kinds import KINDS, kind_of_purpose
from alongside.contact.messages.preparing import clock_words
from alongside.contact.messages.rules import (
    FROM_DELIVERY,
    FURTHEST,
    LONGEST_REPLY,
    STATE_TONES,
    STATE_WORDS,
    WAKING,
    Lately,
    State,
    as_sender,
    cleaned,
    first_moment,
    is_stop,
    said_since,
)
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.delivery import rules as delivery
from alongside.foundation.delivery.rules import Channel
from alongside.involvement.agreements.rules.wishes import Wishes
from alongside.safety.permissions.rules import SafeContact

WORDING = Path(alongside.foundation.content.__file__).parent / "wording"

FIRST, LAST = datetime(2026, 1, 1), datetime(2028, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
WEDNESDAY = datetime(2026, 11, 18, 12, tzinfo=LONDON)
DAYS = st.frozensets(st.integers(0, 6))
TIMES = st.times().map(lambda one: one.replace(microsecond=0))


@st.composite
def safe_contacts(draw: st.DrawFn) -> SafeContact:
    begin, end = sorted([draw(TIMES), draw(TIMES)])
    timed = draw(st.booleans()) and begin < end
    return SafeContact(days=draw(DAYS), from_time=begin if timed else None, until_time=end if timed else None)


@given(
    safe=safe_contacts(),
    quiet=DAYS,
    now=st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC)),
    channel=st.sampled_from(Channel),
    prompt=st.booleans(),
)
def test_it_goes_only_at_a_safe_time_awake_and_not_on_a_quiet_day(safe, quiet, now, channel, prompt) -> None:
    wishes = Wishes(quiet_weekdays=quiet)
    moment = first_moment(safe, wishes, now=now, channel=channel, prompt=prompt)
    if moment is None:
        return
    assert now <= moment <= now + FURTHEST + timedelta(days=1)
    there = moment.astimezone(LONDON)
    if channel is Channel.TEXT:
        assert safe.is_safe_at(moment)
        assert WAKING[0] <= there.time() < WAKING[1]
    if prompt:
        assert not wishes.quiet_on(there.date())


@given(safe=safe_contacts(), channel=st.sampled_from(Channel), prompt=st.booleans())
def test_a_moment_that_is_found_stands_when_it_comes(safe, channel, prompt) -> None:
    moment = first_moment(safe, Wishes(), now=WEDNESDAY, channel=channel, prompt=prompt)
    if moment is not None:
        assert first_moment(safe, Wishes(), now=moment, channel=channel, prompt=prompt) == moment


@pytest.mark.parametrize(
    ("safe", "channel", "expected"),
    [
        (SafeContact(), Channel.TEXT, WEDNESDAY),
        (SafeContact(from_time=time(17), until_time=time(19)), Channel.TEXT, WEDNESDAY.replace(hour=17)),
        (SafeContact(from_time=time(17), until_time=time(19)), Channel.LETTER, WEDNESDAY),
        (SafeContact(days=frozenset({0})), Channel.TEXT, datetime(2026, 11, 23, 8, tzinfo=LONDON)),
        (SafeContact(from_time=time(2), until_time=time(5)), Channel.TEXT, None),
    ],
)
def test_the_first_moment(safe, channel, expected) -> None:
    assert first_moment(safe, Wishes(), now=WEDNESDAY, channel=channel, prompt=False) == expected


def test_a_text_at_night_waits_for_the_morning() -> None:
    night = WEDNESDAY.replace(hour=23)
    assert first_moment(SafeContact(), Wishes(), now=night, channel=Channel.TEXT, prompt=False) == datetime(
        2026, 11, 19, 8, tzinfo=LONDON
    )


def test_always_quiet_is_never() -> None:
    wishes = Wishes(quiet_weekdays=frozenset(range(7)))
    assert first_moment(SafeContact(), wishes, now=WEDNESDAY, channel=Channel.EMAIL, prompt=True) is None


@pytest.mark.parametrize(
    "text",
    [
        *("STOP", " stop. ", "Stop!", "ＳＴＯＰ", "STOPIWCH", "dim mwy", "Opt out", "please stop", "STOP STOP"),
        *("Stop now", "Peidiwch", "peidiwch os gwelwch yn dda", "Please stop texting me now", "END", "quit"),
        *("Don't text me please", "Stop all messages please", "no more texts"),
    ],
)
def test_these_ask_us_to_stop(text) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He will not stop shouting",
        "Stop by at ten?",
        "The bus stop",
        "Diolch",
        "قف",
        "end of the road",
        "Peidiwch â phoeni",
        "now please",
    ],
)
def test_these_do_not(text) -> None:
    assert not is_stop(text)


@pytest.mark.parametrize(
    ("came", "by_hand", "said", "is_since"),
    [
        (WEDNESDAY, False, WEDNESDAY + timedelta(seconds=1), True),
        (WEDNESDAY, False, WEDNESDAY, False),
        (WEDNESDAY, True, WEDNESDAY + timedelta(hours=11), False),
        (WEDNESDAY, True, WEDNESDAY + timedelta(hours=13), True),
        (WEDNESDAY + timedelta(minutes=1), True, WEDNESDAY + timedelta(hours=1), True),
        (WEDNESDAY.astimezone(UTC), True, WEDNESDAY.astimezone(UTC) + timedelta(hours=11), False),
    ],
)
def test_what_was_said_after_it_came_counts_and_an_unknown_hour_is_the_last_of_its_day(
    came, by_hand, said, is_since
) -> None:
    assert said_since(said, came_at=came, by_hand=by_hand) is is_since


@given(st.text(max_size=6000))
def test_any_reply_is_kept_in_a_form_that_hides_nothing(text) -> None:
    kept = cleaned(text)
    assert len(kept) <= LONGEST_REPLY
    assert "\x00" not in kept
    assert "\u202e" not in kept
    assert cleaned(kept) == kept


@pytest.mark.parametrize(
    ("channel", "typed", "same"),
    [
        (Channel.TEXT, "447700900123", "+447700900123"),
        (Channel.TEXT, "07700 900 123", "+447700900123"),
        (Channel.TEXT, "+44 (0)7700-900123", "+447700900123"),
        (Channel.TEXT, "353861234567", "+353861234567"),
        (Channel.TEXT, "00353 86 123 4567", "+353861234567"),
        (Channel.TEXT, "7700 900123", "+447700900123"),
        (Channel.TEXT, "60006", "60006"),
        (Channel.TEXT, "01632 960123", "01632960123"),
        (Channel.TEXT, "Bank", ""),
        (Channel.EMAIL, " A@Example.ORG ", "a@example.org"),
        (Channel.EMAIL, "Martin B <M@X.org>", "m@x.org"),
        (Channel.LETTER, "2 Low St., Bangor", "2LOWSTBANGOR"),
    ],
)
def test_a_sender_is_compared_in_one_form(channel, typed, same) -> None:
    assert as_sender(channel, typed) == same


@given(st.sampled_from(Channel), st.text(max_size=400))
def test_any_sender_is_compared_without_a_fault(channel, typed) -> None:
    assert isinstance(as_sender(channel, typed), str)


@pytest.mark.parametrize(
    ("met", "called", "begins"),
    [(False, False, "Nobody has met or called"), (True, False, "They have been met"), (False, True, "They have been")],
)
def test_what_is_better_than_writing_is_said(met, called, begins) -> None:
    assert Lately(met, called).prefer.startswith(begins)


def test_after_meeting_and_calling_nothing_is_said() -> None:
    assert Lately(met=True, called=True).prefer == ""


def test_every_state_has_its_words_and_every_ending_of_delivery_a_state() -> None:
    assert set(STATE_WORDS) == set(STATE_TONES) == set(State)
    assert set(FROM_DELIVERY) == set(delivery.State)


def test_every_kind_is_known_by_its_purpose() -> None:
    assert all(kind_of_purpose(kind.purpose) is kind for kind in KINDS.values())


def test_words_that_tell_nothing_have_room_for_nothing_about_the_person_or_the_case() -> None:
    texts = {one["key"]: one for one in yaml.safe_load((WORDING / "messages.yaml").read_text("utf-8"))}
    quiet = [kind for kind in KINDS.values() if not kind.topic and not kind.for_missed and not kind.stand_down]
    assert "information" in {kind.code for kind in quiet}
    for kind in quiet:
        assert set(texts[kind.content_key]["placeholders"]) <= {"name", "officer", "telephone", "day", "clock"}
        assert not re.search(
            r"probation|offen[cd]|prison|court|prawf|carchar|llys", texts[kind.content_key]["en"], re.I
        )
        assert not re.search(r"probation|prison|court|prawf|carchar|llys", texts[kind.content_key]["cy"], re.I)
    assert kind_of_purpose("meetings.reminder.sent") is None


@pytest.mark.parametrize(
    ("clock", "language", "words"),
    [(time(14, 5), "en", "2:05pm"), (time(0), "en", "12am"), (time(12), "en", "12pm"), (time(9), "cy", "09:00")],
)
def test_a_time_is_said_as_people_say_it(clock, language, words) -> None:
    assert clock_words(clock, language) == words
