"""Numbers that the product takes for sound, each used once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from alongside.people.persons.identifiers import IdentifierKind, parse
from alongside.synthetic.invent import numbers

INDEXES = st.integers(0, numbers.MOST_PEOPLE - 1)
YEARS = st.integers(1960, 2026)
TODAY = date(2026, 11, 22)


@given(INDEXES, YEARS)
def test_the_product_takes_every_number_as_it_is(index: int, year: int) -> None:
    for kind, number in (
        (IdentifierKind.CRN, numbers.crn_of(index)),
        (IdentifierKind.PRISON_NUMBER, numbers.prison_number_of(index)),
        (IdentifierKind.PNC, numbers.pnc_of(index, year=year)),
        (IdentifierKind.CRO, numbers.cro_of(index, year=year)),
    ):
        assert parse(kind, number, today=TODAY).value == number


@given(INDEXES)
def test_an_index_can_be_read_back(index: int) -> None:
    assert numbers.index_of(numbers.crn_of(index)) == index


def test_no_number_is_used_twice() -> None:
    for number_of in (numbers.crn_of, numbers.prison_number_of):
        made = {number_of(index) for index in range(0, numbers.MOST_PEOPLE, 7)}
        assert len(made) == len(range(0, numbers.MOST_PEOPLE, 7))


def test_numbers_of_others_are_not_ours() -> None:
    assert numbers.index_of("V000001") is None
