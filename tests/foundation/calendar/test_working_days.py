"""Working days of England and Wales."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.calendar import rules
from alongside.foundation.calendar.rules import (
    CalendarRangeError,
    add_working_days,
    bank_holidays,
    end_of,
    is_bank_holiday,
    is_working_day,
    next_working_day,
    start_of,
    today,
    working_day_on_or_after,
    working_days_between,
)

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
counts = st.integers(-300, 300)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2027, 12, 27),  # Christmas Day fell on a Saturday
        date(2027, 12, 28),
        date(2022, 12, 27),  # Christmas Day fell on a Sunday
        date(2026, 12, 28),  # Boxing Day falls on a Saturday
        date(2022, 1, 3),  # New Year's Day fell on a Saturday
        date(2020, 5, 8),  # moved from Monday for VE Day
        date(2022, 6, 2),  # moved from May
        date(2022, 6, 3),  # Platinum Jubilee
        date(2022, 9, 19),  # the Queen's funeral
        date(2023, 5, 8),  # the coronation
    ],
)
def test_known_holidays_are_no_working_days(day):
    assert is_bank_holiday(day)
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2022, 5, 30), date(2026, 12, 24), date(2026, 3, 17)])
def test_days_that_are_no_holiday_here(day):
    assert is_working_day(day)


def test_eight_holidays_fall_on_weekdays_in_an_ordinary_year():
    for year in (2024, 2025, 2026, 2027, 2028):
        assert sum(day.weekday() < 5 for day in bank_holidays(year)) == 8


def test_the_deadline_over_christmas():
    assert add_working_days(date(2026, 12, 23), 2) == date(2026, 12, 29)
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 29)


def test_an_act_on_saturday_has_the_deadline_of_friday():
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    assert add_working_days(friday, 5) == add_working_days(saturday, 5) == date(2026, 11, 27)


def test_an_office_may_be_closed_on_days_of_its_own():
    closed = [date(2026, 11, 23)]
    assert next_working_day(date(2026, 11, 20), closures=closed) == date(2026, 11, 24)
    assert working_day_on_or_after(date(2026, 11, 23), closures=closed) == date(2026, 11, 24)
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 24), closures=closed) == 1


def test_a_proclamation_after_the_librarys_release_is_data(monkeypatch):
    extra = {"added": {date(2031, 6, 3): "A day of thanks"}, "taken_back": [date(2031, 5, 26)]}
    monkeypatch.setattr(rules, "_proclaimed", lambda: extra)
    bank_holidays.cache_clear()
    try:
        assert is_bank_holiday(date(2031, 6, 3))
        assert is_working_day(date(2031, 5, 26))
    finally:
        bank_holidays.cache_clear()


@given(days, counts)
def test_adding_and_counting_are_each_others_reverse(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count


@given(days, days)
def test_counting_weeks_at_once_equals_counting_each_day(start, end):
    if abs((end - start).days) > 800:
        end = start + timedelta(days=(end - start).days % 800)
    first, last = min(start, end), max(start, end)
    if start <= end:
        each = sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    else:
        each = -sum(is_working_day(first + timedelta(days=n)) for n in range((last - first).days))
    assert working_days_between(start, end) == each


@given(days, st.integers(1, 100), st.integers(0, 100))
def test_more_days_never_mean_an_earlier_deadline(day, count, more):
    assert add_working_days(day, count) <= add_working_days(day, count + more)
    assert is_working_day(add_working_days(day, count))


@given(days)
def test_no_break_is_longer_than_five_days(day):
    assert (next_working_day(day) - day).days <= 5


def test_days_beyond_the_tables_are_refused():
    with pytest.raises(CalendarRangeError):
        is_working_day(date(1900, 1, 2))


def test_today_is_londons_day():
    with time_machine.travel("2026-06-30T23:30:00+00:00", tick=False):
        assert today() == date(2026, 7, 1)
    with time_machine.travel("2026-12-31T23:30:00+00:00", tick=False):
        assert today() == date(2026, 12, 31)


@given(days)
def test_a_day_ends_where_the_next_begins(day):
    assert end_of(day) == start_of(day + timedelta(days=1))
