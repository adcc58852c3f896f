"""Age without a date of birth: in doubt, someone is treated as under 18."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.safety.young_supporters.rules import (
    ANSWER_HOLDS,
    LEVEL_CAP,
    AgeKnown,
    ExceptionKnown,
    Steps,
    YoungFacts,
    exception_holds,
    fault_of_dates,
    is_under_18,
    still_to_do,
    surely_adult,
    years_later,
    young_facts_for,
)

DAY = date(2026, 6, 1)
BANDS = [(None, None), (0, 2), (3, 6), (7, 11), (12, 15), (16, 17)]
days = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@given(st.dates(date(2005, 1, 1), date(2026, 1, 1)), st.integers(0, 16), st.integers(0, 20))
def test_a_band_never_calls_a_child_an_adult_or_an_adult_a_child(
    born: date, noted_after: int, asked_after: int
) -> None:
    noted = years_later(born, noted_after) + timedelta(days=30)
    age = noted_after
    band = next(band for band in BANDS if band[0] is not None and band[0] <= age <= band[1])
    on = noted + timedelta(days=asked_after * 365)
    truly = on < years_later(born, 18)
    assert is_under_18(AgeKnown(band[0], band[1], noted), on=on) in (truly, None)


@given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), days)
def test_a_year_of_birth_never_says_the_wrong_thing(born: date, on: date) -> None:
    truly = on < years_later(born, 18)
    assert is_under_18(AgeKnown(year_of_birth=born.year), on=on) in (truly, None)


@given(st.dates(date(1940, 1, 1), date(2026, 1, 1)), days)
def test_nobody_who_may_be_a_child_is_surely_an_adult(born: date, on: date) -> None:
    assert not (surely_adult(AgeKnown(year_of_birth=born.year), on=on) and on < years_later(born, 18))
    assert not surely_adult(AgeKnown(), on=on)
    assert not surely_adult(AgeKnown(16, 17, date(1990, 1, 1)), on=on)


@given(st.sampled_from(BANDS), days, days, days)
def test_who_has_turned_18_never_becomes_a_child_again(
    band: tuple[int | None, int | None], noted: date, on: date, later: date
) -> None:
    on, later = min(on, later), max(on, later)
    known = AgeKnown(band[0], band[1], noted)
    if is_under_18(known, on=on) is False:
        assert is_under_18(known, on=later) is False


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (AgeKnown(), False),
        (AgeKnown(not_said=True), None),
        (AgeKnown(not_said=True, said_under_18=False, said_on=date(2020, 1, 1)), False),
        (AgeKnown(16, 17, DAY), True),
        (AgeKnown(16, 17, DAY - timedelta(400)), None),
        (AgeKnown(16, 17, DAY - timedelta(800)), False),
        (AgeKnown(None, None, DAY), True),
        (AgeKnown(year_of_birth=2008), None),
        (AgeKnown(year_of_birth=2009), True),
        (AgeKnown(year_of_birth=2007), False),
        (AgeKnown(16, 17, DAY - timedelta(400), said_under_18=False, said_on=DAY), False),
        (AgeKnown(16, 17, DAY - timedelta(400), said_under_18=True, said_on=DAY), True),
        (AgeKnown(16, 17, DAY, said_under_18=False, said_on=DAY - timedelta(9)), True),
        (AgeKnown(said_under_18=True, said_on=DAY), True),
        (AgeKnown(said_under_18=True, said_on=DAY - ANSWER_HOLDS), None),
    ],
)
def test_age_from_what_is_known(known: AgeKnown, expected: bool | None) -> None:
    assert is_under_18(known, on=DAY) is expected


@given(st.builds(Steps), st.booleans(), st.sampled_from([True, None]))
def test_under_18_or_not_known_the_cap_holds_whatever_was_done(
    steps: Steps, exception: bool, under_18: bool | None
) -> None:
    assert young_facts_for(under_18, steps, exception=exception).level_cap == LEVEL_CAP == 3


def test_an_adult_leaves_all_of_it_behind() -> None:
    assert young_facts_for(False, Steps(True, True, True, True, True), exception=True) == YoungFacts()


@pytest.mark.parametrize(
    ("steps", "wanting"),
    [
        (Steps(), 3),
        (Steps(heard_alone=True), 2),
        (Steps(heard_alone=True, unsafe=True), 1),
        (Steps(heard_alone=True, consulted=True, told=True), 0),
        (Steps(heard_alone=True, unsafe=True, told=True), 0),
    ],
)
def test_what_has_to_come_before_an_exception(steps: Steps, wanting: int) -> None:
    assert len(still_to_do(steps)) == wanting


def test_an_exception_holds_from_its_first_to_its_last_day_once_approved_until_ended() -> None:
    known = ExceptionKnown(uuid4(), True, DAY, DAY + timedelta(9))
    assert [exception_holds(known, on=DAY + timedelta(n)) for n in (-1, 0, 9, 10)] == [False, True, True, False]
    assert not exception_holds(ExceptionKnown(uuid4(), False, DAY, DAY + timedelta(9)), on=DAY)
    assert not exception_holds(ExceptionKnown(uuid4(), True, DAY, DAY + timedelta(9), DAY), on=DAY)


def test_days_in_their_order_and_not_too_many() -> None:
    assert fault_of_dates(DAY, DAY) == ""
    assert "after its first" in fault_of_dates(DAY, DAY - timedelta(1))
    assert "half a year" in fault_of_dates(DAY, DAY + timedelta(184))
