"""What one cell means, and what a row is kept out for."""

from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.people.arrivals.columns import COLUMNS, WHAT_TO_FIX
from alongside.people.arrivals.facts import CheckedRow, Known
from alongside.people.arrivals.reading.table import Header, keys_of
from alongside.people.arrivals.rules import RowChecker
from alongside.people.arrivals.values import CellFault, harmless, read_date, read_yes_no, tidy

TODAY = date(2026, 11, 22)
TEAM, OFFICER, USER, OTHER_USER = (UUID(int=number) for number in range(1, 5))
KNOWN = Known(
    today=TODAY,
    teams={"n01": TEAM, "old": None},
    officers={"s1": OFFICER, "gone": None},
    users={"jsmith": USER, "abrown": OTHER_USER},
    lists={
        "sex": {"m": "sex.M", "male": "sex.M"},
        "ethnicity": {"w1": "ethnicity.W1"},
        "language": {"welsh": "language.cy"},
        "order_type": {"co": "order_type.CO", "communityorder": "order_type.CO"},
        "requirement_type": {"rar": "requirement_type.RAR"},
        "registration_type": {"rcco": "registration_type.RCCO"},
        "alert": {},
        "licence_condition": {},
    },
    labels={"registration_type.RCCO": "Child concerns"},
)
SOUND = {
    "crn": "X123456",
    "family_name": "Bowen",
    "first_name": "Ann",
    "date_of_birth": "17/05/1990",
    "team": "N01",
}


def check(**values: str) -> CheckedRow:
    """The row with these cells, and sound ones where a column is needed."""
    values = SOUND | values
    titles = tuple(COLUMNS[key].title for key in values)
    return RowChecker(Header(1, titles, keys_of(titles)), KNOWN).check(2, [tidy(cell) for cell in values.values()])


def faults_of(**values: str) -> dict[str, str]:
    return {note.key: note.words for note in check(**values).faults}


def test_a_sound_row_has_no_fault() -> None:
    row = check(officer="S1", sex="Male", pnc="2019/0123456E", second_names="Mair")
    assert (row.faults, row.notes) == ([], [])
    assert (row.given_names, row.sex, row.team, row.member) == ("Ann Mair", "sex.M", TEAM, OFFICER)
    assert row.search_name == "ann mair bowen"


@pytest.mark.parametrize(
    "written",
    [
        "17/05/1990", "17/5/1990", "17.05.1990", "17-05-1990", "17/05/90", "1990-05-17", "1990-05-17T00:00:00",
        "1990-05-17 00:00:00.000", "17/05/1990 00:00", "17 May 1990", "17-May-90", "17th May 1990", "1990/05/17",
        "33010", "33010.0", "'17/05/1990", "17may1990",
    ],
)  # fmt: skip
def test_dates_in_every_way_that_they_are_written(written: str) -> None:
    assert check(date_of_birth=written).date_of_birth == date(1990, 5, 17)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("31/02/1990", "does not exist"),
        ("05/17/1990", "month before its day"),
        ("17/05/1790", "year that cannot be right"),
        ("yesterday", "not a date"),
        ("1.79E+05", "rounded number"),
        ("########", "error sign"),
        ("#N/A", "error sign"),
        ("17/05/2030", "future"),
        ("17/05/2020", "younger than 10"),
        ("", "is empty"),
    ],
)
def test_a_date_that_cannot_be_is_named(written: str, words: str) -> None:
    assert words in faults_of(date_of_birth=written)["date_of_birth"]


@given(st.text(max_size=30))
def test_no_text_breaks_a_date_or_a_yes(text: str) -> None:
    for read in (lambda: read_date(tidy(text), TODAY), lambda: read_yes_no(tidy(text))):
        with suppress(CellFault):
            read()


@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.text(max_size=60)))
def test_no_row_breaks_the_checker(values: dict[str, str]) -> None:
    row = check(**values)
    assert all(note.words for note in (*row.faults, *row.notes))


def test_a_faulty_crn_keeps_the_row_out_and_a_faulty_pnc_does_not() -> None:
    assert "crn" in faults_of(crn="12345")
    row = check(pnc="2019/0123456A", cro="1.23E+5")
    assert not row.faults
    assert [note.key for note in row.notes] == ["cro", "pnc"]
    assert (row.pnc, row.cro) == ("", "")


def test_codes_that_nobody_knows_or_that_are_over() -> None:
    assert "is no team here" in faults_of(team="N99")["team"]
    assert "takes no cases any more" in faults_of(team="old")["team"]
    assert "is no officer here" in faults_of(officer="S9")["officer"]
    assert "takes no cases any more" in faults_of(officer="gone")["officer"]


def test_an_order_needs_its_number_type_and_start() -> None:
    assert set(faults_of(order_type="CO")) == {"order_reference", "order_from"}
    assert set(faults_of(order_from="1/2/2026")) == {"order_type"}
    assert set(faults_of(order_type="Nonsense", order_reference="1", order_from="1/2/2026")) == {"order_type"}
    late = faults_of(order_type="Community order", order_reference="1", order_from="1/2/2026", order_until="1/1/2026")
    assert set(late) == {"order_until"}


def test_requirements_in_one_cell() -> None:
    row = check(order_type="CO", order_reference="1", order_from="1/2/2026", requirements="RAR|||20 days; RAR|1/3/2026")
    assert [(one.from_date, one.detail) for one in row.requirements] == [
        (date(2026, 2, 1), "20 days"),
        (date(2026, 3, 1), ""),
    ]
    said = faults_of(order_type="CO", order_reference="1", order_from="1/2/2026", requirements="RAR; XYZ")
    assert said["requirements"].startswith("item 2: “XYZ”")


def test_a_flag_that_no_list_has_is_taken_as_it_stands() -> None:
    row = check(registrations="RCCO|1/2/2026|1/2/2027; ZZZZ|1/2/2026")
    assert [(one.code, one.label) for one in row.markers] == [("RCCO", "Child concerns"), ("ZZZZ", "ZZZZ")]
    assert not row.faults
    assert "have it added" in row.notes[0].words


def test_none_without_a_day_is_not_a_check() -> None:
    row = check(registrations="None", registrations_checked="")
    assert (row.checks, row.markers) == ({}, [])
    assert "when that was looked up" in row.notes[0].words
    assert check(registrations="None", registrations_checked="1/11/2026").checks == {"registrations": date(2026, 11, 1)}


def test_a_flag_without_a_start_keeps_the_row_out() -> None:
    assert "start date" in faults_of(registrations="RCCO")["registrations"]


def test_limited_access_in_one_cell() -> None:
    row = check(exclusions="JSMITH|Ask Meg|1/2/2027; abrown", restrictions="jsmith, ABROWN|Ask|Meg, 01632 960001")
    assert [(one.user, one.message, one.until_date) for one in row.exclusions] == [
        (USER, "Ask Meg", date(2027, 2, 1)),
        (OTHER_USER, "You are excluded from this case. Speak to your manager.", None),
    ]
    assert row.restriction is not None
    assert (row.restriction.readers, row.restriction.speak_to) == ((USER, OTHER_USER), "Meg, 01632 960001")


def test_a_limit_never_begins_later_than_today_and_is_over_when_it_is_over() -> None:
    row = check(exclusions="jsmith|||1/1/2030", restrictions="jsmith|||1/1/2020")
    assert row.exclusions[0].from_date == TODAY
    assert row.restriction is None
    assert "ended in the past" in row.notes[0].words


def test_a_user_whom_nobody_knows_keeps_the_row_out() -> None:
    assert "user name of nobody" in faults_of(exclusions="nobody")["exclusions"]
    assert "names nobody" in faults_of(restrictions="|secret")["restrictions"]


@pytest.mark.parametrize("left_out", ["exclusions", "restrictions", "limited_access_checked"])
def test_access_counts_as_checked_only_with_all_its_columns_and_a_day(left_out: str) -> None:
    whole = {"exclusions": "", "restrictions": "", "limited_access_checked": "1/11/2026"}
    assert check(**whole).access_checked
    assert not check(**{key: value for key, value in whole.items() if key != left_out}).access_checked
    assert not check(**whole | {"limited_access_checked": ""}).access_checked


def test_a_row_wider_than_its_header() -> None:
    titles = tuple(COLUMNS[key].title for key in SOUND)
    row = RowChecker(Header(1, titles, keys_of(titles)), KNOWN).check(2, [*SOUND.values(), "beyond"])
    assert "more cells than the header" in row.faults[0].words


@given(st.text(max_size=40))
def test_no_cell_given_back_is_a_formula(text: str) -> None:
    given_back = harmless(tidy(text))
    assert not given_back.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["=1+1", "-2", "+44 1632", "@x", "=cmd|' /C calc'!A0"])
def test_a_cell_given_back_reads_as_it_was(cell: str) -> None:
    assert tidy(harmless(cell)) == cell


def test_the_column_of_faults_is_no_column() -> None:
    assert keys_of([WHAT_TO_FIX]) == (None,)
