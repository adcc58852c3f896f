"""Chance that can be repeated."""

from collections import Counter
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from alongside.synthetic.invent.chance import Chance, Weighted

SEEDS = st.integers(min_value=0, max_value=2**62)


@given(SEEDS, st.text(max_size=20))
def test_the_same_seed_and_name_give_the_same_stream(seed: int, name: str) -> None:
    one, two = Chance(seed, name), Chance(seed, name)
    assert [one.uuid(), one.between(1, 9), one.random()] == [two.uuid(), two.between(1, 9), two.random()]


@given(SEEDS)
def test_another_name_gives_another_stream(seed: int) -> None:
    assert Chance(seed, "person/1").uuid() != Chance(seed, "person/2").uuid()


@given(SEEDS)
def test_ids_are_random_uuids_in_their_usual_form(seed: int) -> None:
    text = Chance(seed, "id").uuid()
    assert str(UUID(text)) == text
    assert UUID(text).version == 4


@given(SEEDS, st.integers(-50, 50), st.integers(-50, 50))
def test_a_number_lies_between_its_bounds_or_is_the_low_one(seed: int, low: int, high: int) -> None:
    number = Chance(seed, "n").between(low, high)
    assert low <= number <= max(low, high)


@given(SEEDS, st.integers(-50, 50), st.integers(-50, 50))
def test_every_draw_takes_one_from_the_stream(seed: int, low: int, high: int) -> None:
    one, two = Chance(seed, "n"), Chance(seed, "n")
    one.between(low, high)
    two.random()
    assert one.random() == two.random()


@given(SEEDS)
def test_a_day_lies_between_two_days(seed: int) -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 9)
    assert first <= Chance(seed, "d").day_between(first, last) <= last


def test_weights_decide_how_often_a_thing_is_drawn() -> None:
    chance = Chance(1, "weights")
    drawn = Counter(chance.of(Weighted({"often": 9.0, "seldom": 1.0, "never": 0.0})) for _ in range(5000))
    assert drawn["never"] == 0
    assert 0.07 < drawn["seldom"] / 5000 < 0.13
