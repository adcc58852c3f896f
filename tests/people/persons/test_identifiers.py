"""Numbers by which people are known: one form, check letters, refusals that help, tolerance of dirty files."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.people.persons.identifiers import (
    CHECK_LETTERS,
    Fault,
    Identifier,
    IdentifierError,
    IdentifierKind,
    check_letter,
    parse,
    recognise,
    tolerate,
)

TODAY = date(2026, 11, 20)
CRN, PRISON, PNC, CRO = (
    IdentifierKind.CRN,
    IdentifierKind.PRISON_NUMBER,
    IdentifierKind.PNC,
    IdentifierKind.CRO,
)

years = st.integers(1950, 2026)
pnc_serials = st.integers(0, 9_999_999)
cro_serials = st.integers(0, 999_999)


def value(kind: IdentifierKind, text: str) -> str:
    return parse(kind, text, today=TODAY).value


def fault(kind: IdentifierKind, text: str) -> Fault:
    with pytest.raises(IdentifierError) as caught:
        parse(kind, text, today=TODAY)
    return caught.value.fault


def pnc(year: int, serial: int) -> str:
    return f"{year}/{serial:07}{check_letter(f'{year % 100:02}{serial:07}')}"


def cro(year: int, serial: int) -> str:
    return f"{serial:06}/{year:02}{check_letter(f'{year:02}{serial:06}')}"


def test_the_table_of_letters_has_no_lookalikes():
    assert len(CHECK_LETTERS) == 23
    assert not set("IOS") & set(CHECK_LETTERS)


@pytest.mark.parametrize("kind", IdentifierKind)
def test_the_example_in_each_hint_is_sound(kind):
    assert value(kind, kind.example) == kind.example


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (CRN, " x123456 ", "X123456"),
        (CRN, "X 123 456", "X123456"),
        (CRN, "X123456.", "X123456"),
        (PRISON, "a1234bc", "A1234BC"),
        (PNC, "19/123456E", "2019/0123456E"),
        (PNC, "2019/0123456e", "2019/0123456E"),
        (PNC, "20190123456E", "2019/0123456E"),
        (PNC, "190123456E", "2019/0123456E"),
        (CRO, "sf19/12" + check_letter("1912"), "SF19/12" + check_letter("1912")),
    ],
)
def test_one_form_is_kept_however_it_is_typed(kind, typed, kept):
    assert value(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (CRN, "", Fault.EMPTY),
        (CRN, "   ", Fault.EMPTY),
        (CRN, "X12345", Fault.SHAPE),
        (CRN, "X1234567", Fault.SHAPE),
        (CRN, "XO12345", Fault.LOOKALIKE),
        (CRN, "X12345O", Fault.LOOKALIKE),
        (CRN, "X123456\x00", Fault.SHAPE),
        (CRN, "X١٢٣٤٥٦", Fault.SHAPE),
        (CRN, "X" * 41, Fault.TOO_LONG),
        (PRISON, "A1234B", Fault.SHAPE),
        (PRISON, "A1234B0", Fault.LOOKALIKE),
        (PNC, "2019/0123456", Fault.SHAPE),
        (PNC, "2019/0123456D", Fault.CHECK_LETTER),
        (PNC, "2019/1023456D", Fault.CHECK_LETTER),
        (PNC, "2027/0123456E", Fault.YEAR),
        (PNC, "1819/0123456E", Fault.YEAR),
        (PNC, "201/0123456E", Fault.SHAPE),
        (PNC, "2O19/0123456E", Fault.LOOKALIKE),
        (CRO, "SF19/12", Fault.SHAPE),
        (CRO, "123456/19A", Fault.CHECK_LETTER),
        (CRO, "1234567/19A", Fault.SHAPE),
    ],
)
def test_a_wrong_number_is_refused_for_the_right_reason(kind, typed, expected):
    assert fault(kind, typed) is expected


@pytest.mark.parametrize("kind", IdentifierKind)
@pytest.mark.parametrize("typed", ["X" * 50, "12/3", "2030/0000001A", "2019/0123456D", "123456/19A"])
def test_a_refusal_names_the_field_and_never_repeats_or_mends_the_number(kind, typed):
    with pytest.raises(IdentifierError, match=kind.label) as caught:
        parse(kind, typed, today=TODAY)
    assert typed not in str(caught.value)


def test_a_two_digit_year_is_of_this_century_up_to_this_year():
    assert value(PNC, pnc(2026, 1)[2:]).startswith("2026/")
    assert value(PNC, pnc(1927, 1)[2:]).startswith("1927/")


@given(years, pnc_serials)
def test_pnc_in_every_spelling_comes_to_one_form_and_stays_there(year, serial):
    kept = pnc(year, serial)
    letter = kept[-1]
    spellings = [
        kept,
        kept.lower(),
        kept.replace("/", ""),
        f"{year}/{serial}{letter}",
        f" {year} / {serial:07} {letter}",
    ]
    assert {value(PNC, spelling) for spelling in spellings} == {kept}


@given(years, pnc_serials, st.integers(0, 6), st.integers(1, 9))
def test_a_pnc_with_one_wrong_digit_is_always_noticed(year, serial, position, by):
    digits = f"{serial:07}"
    wrong = digits[:position] + str((int(digits[position]) + by) % 10) + digits[position + 1 :]
    assert fault(PNC, f"{year}/{wrong}{pnc(year, serial)[-1]}") is Fault.CHECK_LETTER


@given(st.integers(0, 99), cro_serials)
def test_a_cro_comes_to_one_form_with_or_without_leading_zeros(year, serial):
    kept = cro(year, serial)
    assert value(CRO, f"{serial}/{year:02}{kept[-1]}") == kept
    assert value(CRO, kept) == kept


@given(st.sampled_from(IdentifierKind), st.text(max_size=60))
def test_whatever_arrives_is_sound_or_a_typed_refusal(kind, text):
    found = tolerate(kind, text, today=TODAY)
    if found.identifier is not None:
        assert value(kind, found.identifier.value) == found.identifier.value
    elif text.strip():
        assert found.fault is not None


@given(st.from_regex(r"[A-Z][0-9]{6}", fullmatch=True))
def test_search_knows_a_crn(text):
    assert recognise(f" {text.lower()}", today=TODAY) == (Identifier(CRN, text),)


@given(st.from_regex(r"[A-Z][0-9]{4}[A-Z]{2}", fullmatch=True))
def test_search_knows_a_prison_number(text):
    assert recognise(text, today=TODAY) == (Identifier(PRISON, text),)


@given(years, pnc_serials)
def test_search_knows_a_pnc(year, serial):
    assert Identifier(PNC, pnc(year, serial)) in recognise(pnc(year, serial), today=TODAY)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz '-", max_size=40))
def test_a_name_is_no_number(text):
    assert recognise(text, today=TODAY) == ()


def test_nothing_given_is_no_fault():
    assert tolerate(PNC, None, today=TODAY).fault is None
    assert tolerate(PNC, "  ", today=TODAY).fault is None
    assert tolerate(PNC, "2019/0123456D", today=TODAY).fault is Fault.CHECK_LETTER
