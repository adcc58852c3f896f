"""When something unread has waited too long, who is asked, and what may be decided."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.contact.concerns.rules import (
    Reader,
    Rung,
    evidence_due,
    missing_words,
    offered,
    read_by,
    readers_of,
    rung_for,
)
from alongside.foundation.calendar.rules import LONDON, next_working_day, working_minutes

MONDAY = date(2026, 11, 23)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


MOMENTS = st.integers(0, 525_000).map(lambda minutes: at(date(2026, 1, 1), 0) + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at(MONDAY, 10), at(MONDAY, 11), 60),
        (at(MONDAY, 8), at(MONDAY, 18), 480),
        (at(MONDAY, 16, 30), at(MONDAY + timedelta(days=1), 9, 30), 60),
        (at(date(2026, 11, 20), 16), at(MONDAY, 10), 120),
        (at(date(2026, 12, 24), 16), at(date(2026, 12, 29), 10), 120),
        (at(MONDAY, 11), at(MONDAY, 10), 0),
    ],
)
def test_only_hours_in_which_an_office_is_open_count(start: datetime, end: datetime, minutes: int) -> None:
    assert working_minutes(start, end) == minutes


@given(taken=MOMENTS, hours=st.integers(1, 16))
def test_it_is_read_by_the_first_moment_at_which_its_working_hours_are_over(taken: datetime, hours: int) -> None:
    by = read_by(taken, hours)
    assert working_minutes(taken, by) == hours * 60
    assert working_minutes(taken, by - timedelta(minutes=1)) < hours * 60
    assert rung_for(urgent=False, taken_at=taken, now=by, within_hours=hours) is Rung.DUTY


def test_what_is_told_on_christmas_eve_waits_for_the_first_day_on_which_someone_is_there() -> None:
    assert read_by(at(date(2026, 12, 24), 16), 4) == at(date(2026, 12, 29), 12)


def test_what_is_urgent_goes_to_duty_at_once_and_to_everyone_after_half_an_hour_at_any_hour() -> None:
    night = at(date(2026, 12, 25), 3)
    assert rung_for(urgent=True, taken_at=night, now=night, within_hours=4) is Rung.DUTY
    assert rung_for(urgent=True, taken_at=night, now=night + timedelta(minutes=31), within_hours=4) is Rung.LEADERS


def test_what_can_wait_goes_up_when_its_working_hours_are_over() -> None:
    taken = at(MONDAY, 9)
    rungs = [rung_for(urgent=False, taken_at=taken, now=at(MONDAY, hour), within_hours=4) for hour in (12, 13, 17)]
    assert rungs == [Rung.FIRST, Rung.DUTY, Rung.LEADERS]


@given(
    urgent=st.booleans(), taken=MOMENTS, waits=st.lists(st.integers(0, 20_000), min_size=2), hours=st.integers(1, 16)
)
def test_waiting_never_brings_anything_down(urgent: bool, taken: datetime, waits: list[int], hours: int) -> None:
    rungs = [
        rung_for(urgent=urgent, taken_at=taken, now=taken + timedelta(minutes=wait), within_hours=hours)
        for wait in sorted(waits)
    ]
    assert rungs == sorted(rungs)
    assert not urgent or rungs[0] >= Rung.DUTY


READERS = st.builds(Reader, user=st.integers(0, 5), away=st.booleans(), may_read=st.booleans())


@given(groups=st.lists(st.lists(READERS, max_size=3), max_size=3), everyone=st.booleans())
def test_nobody_who_may_not_read_is_asked_and_nobody_away_while_anyone_is_there(
    groups: list[list[Reader]], everyone: bool
) -> None:
    asked = readers_of(groups, all_groups=everyone)
    listed = [one for group in groups for one in group]
    may = {one.user for one in listed if one.may_read}
    there = {one.user for one in listed if one.may_read and not one.away}
    assert set(asked) <= may
    assert bool(asked) == bool(may)
    assert not there or set(asked) <= there
    assert len(asked) == len(set(asked))


def outcome(code: str, **attributes: Any) -> Any:
    return SimpleNamespace(id=code, label=lambda: code, description="", attributes=attributes)


def test_what_is_offered_fits_what_was_told() -> None:
    listed = [
        outcome("NOCHANGE"),
        outcome("FOUND", missing=True),
        outcome("NOBODY", unplaced=True),
        outcome("PASSED", never_chosen=True),
    ]
    assert [one.id for one in offered(listed, missing=False, placed=True)] == ["NOCHANGE"]
    assert [one.id for one in offered(listed, missing=True, placed=False)] == ["NOCHANGE", "FOUND", "NOBODY"]


def test_what_was_asked_of_someone_missing_reads_as_one_text() -> None:
    words = missing_words({"last_seen": "Bus stop, ten last night", "wearing": "", "health": "Insulin at eight"})
    assert words == "Last seen: Bus stop, ten last night\nHealth and medicines: Insulin at eight"


def test_evidence_is_asked_for_after_the_day_and_never_before_today() -> None:
    friday = date(2026, 11, 20)
    assert evidence_due(friday, next_working_day=next_working_day, on=friday) == MONDAY
    assert evidence_due(date(2026, 11, 2), next_working_day=next_working_day, on=friday) == friday
