"""Addresses in one form, or refused with what to look at."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.delivery.rules import TRANSITIONS, AddressError, State, Step, address_lines, uk_mobile


@pytest.mark.parametrize(
    "typed",
    ["07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700-900-123", "07700.900.123"],
)
def test_a_uk_mobile_comes_to_one_form(typed):
    assert uk_mobile(typed) == "+447700900123"


@pytest.mark.parametrize("typed", ["+353 87 123 4567", "0048 512 345 678"])
def test_numbers_from_abroad_are_taken_with_their_country(typed):
    assert uk_mobile(typed).startswith("+")


@pytest.mark.parametrize(
    "typed", ["", "01632 960123", "07700 90012", "7700900123x", "+44 1632 960123", "077009001234", "999"]
)
def test_others_are_refused_with_another_way(typed):
    with pytest.raises(AddressError, match="letter instead"):
        uk_mobile(typed)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_number_or_refused(typed):
    with contextlib.suppress(AddressError):
        assert uk_mobile(uk_mobile(typed)) == uk_mobile(typed)


def test_a_postal_address():
    assert address_lines(" Carys  Invented\n2 Low Street\n\ncf10 3nq ") == "Carys Invented\n2 Low Street\nCF10 3NQ"
    for wrong in ("", "Carys\nCF10 3NQ", "a\nb\nc", "\n".join("abcdefg") + "\nCF10 3NQ"):
        with pytest.raises(AddressError):
            address_lines(wrong)


def test_a_message_that_is_over_stays_so_and_none_is_sent_without_being_handed_over():
    for state in (State.SENT, State.FAILED, State.STOPPED, State.UNKNOWN):
        assert TRANSITIONS[state] == {}
    leads_to_sent = {state for state, steps in TRANSITIONS.items() if State.SENT in steps.values()}
    assert leads_to_sent == {State.SENDING}
    assert TRANSITIONS[State.QUEUED][Step.HAND_OVER] is State.SENDING
