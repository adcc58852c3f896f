"""Dates are read as people write them, and a date that cannot be read says which part is at fault."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.ui.forms.dates import DateFault, DateParts, When, read_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("27", "3", "1990"), date(1990, 3, 27)),
        (("07", "03", "90"), date(1990, 3, 7)),
        (("3rd", "Sept", "2001"), date(2001, 9, 3)),
        (("1", "MAY", "24"), date(2024, 5, 1)),
        (("1", "Mawrth", "24"), date(2024, 3, 1)),
        (("1", "Mai", "24"), date(2024, 5, 1)),
        ((" 5 ", "dec.", " 1962 "), date(1962, 12, 5)),
        (("03/05/1990", "", ""), date(1990, 5, 3)),
        (("1990-05-03", "", ""), date(1990, 5, 3)),
        (("3 May 1990", "", ""), date(1990, 5, 3)),
        (("29", "2", "2024"), date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: tuple[str, str, str], expected: date) -> None:
    assert read_date(DateParts(*typed), today=TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (("27", "", "1990"), DateFault("missing", ("month",))),
        (("27", "", ""), DateFault("missing", ("month", "year"))),
        (("31", "2", "1990"), DateFault("unreal", ("day",))),
        (("32", "13", "1990"), DateFault("unreal", ("day", "month"))),
        (("1", "ma", "1990"), DateFault("unreal", ("month",))),
        (("1", "ju", "1990"), DateFault("unreal", ("month",))),
        (("1", "1", "990"), DateFault("unreal", ("year",))),
        (("1", "1", "9999"), DateFault("unreal", ("year",))),
        (("<b>", "1", "1990"), DateFault("unreal", ("day",))),
        (("²", "1", "1990"), DateFault("unreal", ("day",))),
    ],
)
def test_what_cannot_be_read_says_which_part(typed: tuple[str, str, str], fault: DateFault) -> None:
    assert read_date(DateParts(*typed), today=TODAY) == fault


@pytest.mark.parametrize(
    ("year", "when", "expected"),
    [
        ("45", When.ANY, 2045),
        ("47", When.ANY, 1947),
        ("27", When.PAST, 1927),
        ("26", When.PAST, 2026),
        ("60", When.FUTURE, 2060),
    ],
)
def test_a_year_of_two_digits_is_the_one_that_fits(year: str, when: When, expected: int) -> None:
    assert read_date(DateParts("1", "1", year), today=TODAY, when=when) == date(expected, 1, 1)


def test_nothing_typed_is_no_date() -> None:
    assert read_date(DateParts(" ", "", ""), today=TODAY) is None


@settings(deadline=None)
@given(st.tuples(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12)))
def test_anything_typed_gives_an_answer(typed: tuple[str, str, str]) -> None:
    assert isinstance(read_date(DateParts(*typed), today=TODAY), (date, DateFault, type(None)))


@settings(deadline=None)
@given(st.dates(date(1890, 1, 1), date(2199, 12, 31)))
def test_every_date_comes_back(day: date) -> None:
    parts = DateParts(str(day.day), f"{day:%B}", str(day.year))
    assert read_date(parts, today=TODAY) == day
