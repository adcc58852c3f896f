"""What orders stop: whatever is added only ever tightens, and nothing ends by itself."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.safety.orders.rules import (
    NO_CONTACT,
    OrderFacts,
    OrderKnown,
    Recorded,
    Span,
    Standing,
    comparable,
    faults_of,
    order_facts_for,
    prompt_is_due,
    settle_by,
    standing_on,
    stops_on,
)

DAY = date(2026, 6, 1)
NIA, COLIN = UUID(int=1), UUID(int=2)
MEMBERS = [NIA, COLIN]

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
spans = st.builds(
    lambda first, length, ended: Span(
        first,
        None if length is None else first + timedelta(length),
        None if ended is None else first + timedelta(ended),
    ),
    days,
    st.none() | st.integers(0, 300),
    st.none() | st.integers(0, 300),
)
orders = st.builds(
    OrderKnown,
    span=spans,
    forbids_contact=st.booleans(),
    forbids_places=st.booleans(),
    forbids_children=st.booleans(),
    bound_member=st.none() | st.sampled_from(MEMBERS),
    protects_person=st.booleans(),
    protects=st.frozensets(st.sampled_from(MEMBERS)),
    homes=st.frozensets(st.sampled_from(MEMBERS)),
    addresses=st.frozensets(st.sampled_from(["4hiddenrow", "1highstreet"])),
)


def stops(facts: OrderFacts) -> set[str]:
    return {name for name in ("forbids_contact", "forbids_home", "children_forbidden") if getattr(facts, name)}


@given(st.lists(orders, max_size=5), orders, days, st.sampled_from(MEMBERS))
def test_another_order_never_opens_what_was_closed(
    known: list[OrderKnown], more: OrderKnown, on: date, member: UUID
) -> None:
    before = order_facts_for(member, known, on=on)
    after = order_facts_for(member, [*known, more], on=on)
    assert stops(before) <= stops(after)
    assert set(before.protected_by) <= set(after.protected_by)


@given(orders, days, days, st.sampled_from(MEMBERS))
def test_an_order_that_nobody_ended_stops_on_every_later_day_what_it_stopped(
    order: OrderKnown, on: date, later: date, member: UUID
) -> None:
    order, on, later = replace(order, span=replace(order.span, ended_on=None)), min(on, later), max(on, later)
    assert stops(order_facts_for(member, [order], on=on)) <= stops(order_facts_for(member, [order], on=later))


@given(spans, days)
def test_an_order_stands_in_one_way_on_each_day_and_stops_only_between_start_and_confirmed_end(
    span: Span, on: date
) -> None:
    stands = standing_on(span, on)
    assert stops_on(span, on) == (span.from_date <= on and not (span.ended_on is not None and span.ended_on <= on))
    assert (stands is Standing.TO_CONFIRM) == (stops_on(span, on) and span.until is not None and span.until < on)


@given(st.lists(orders, max_size=5), days, st.sampled_from(MEMBERS))
def test_what_leaves_the_room_names_nobody_and_says_nothing_of_the_order(
    known: list[OrderKnown], on: date, member: UUID
) -> None:
    facts = order_facts_for(member, known, on=on)
    assert len(facts.protected_by) == len(stops(facts))
    assert all(words.startswith("An order or condition in force") for words in facts.protected_by)


def order(**values: object) -> OrderKnown:
    facts = {"forbids_contact": False, "forbids_places": False, "forbids_children": False, **values}
    return OrderKnown(span=Span(DAY), **facts)


def test_contact_is_forbidden_with_those_whom_an_order_protects_and_nobody_else() -> None:
    known = [order(forbids_contact=True, protects=frozenset({NIA}))]
    assert order_facts_for(NIA, known, on=DAY).protected_by == (NO_CONTACT,)
    assert order_facts_for(COLIN, known, on=DAY) == OrderFacts()


def test_an_order_against_a_family_member_stops_contact_with_them() -> None:
    known = [order(forbids_contact=True, forbids_places=True, bound_member=COLIN, protects_person=True)]
    facts = order_facts_for(COLIN, known, on=DAY)
    assert facts.forbids_contact
    assert facts.forbids_home
    assert order_facts_for(NIA, known, on=DAY) == OrderFacts()


@pytest.mark.parametrize(
    ("known", "address"),
    [
        (order(forbids_places=True, protects=frozenset({NIA})), ""),
        (order(forbids_places=True, homes=frozenset({NIA})), ""),
        (
            order(forbids_places=True, addresses=frozenset({comparable("4 Hidden Row, LL57 1AB")})),
            "4, hidden row. ll571ab",
        ),
    ],
    ids=["their protection", "their home named", "their address written another way"],
)
def test_their_home_is_forbidden_by(known: OrderKnown, address: str) -> None:
    assert order_facts_for(NIA, [known], on=DAY, addresses=[address]).forbids_home
    assert not order_facts_for(COLIN, [known], on=DAY, addresses=["9 Other Street"]).forbids_home


def test_contact_with_children_is_restricted_beside_every_family_member() -> None:
    known = [order(forbids_children=True)]
    assert order_facts_for(COLIN, known, on=DAY).children_forbidden


def test_the_next_last_day_is_that_of_an_order_about_them() -> None:
    mine = replace(order(forbids_contact=True, protects=frozenset({NIA})), span=Span(DAY, DAY + timedelta(90)))
    other = replace(order(forbids_contact=True, protects=frozenset({COLIN})), span=Span(DAY, DAY + timedelta(5)))
    assert order_facts_for(NIA, [mine, other], on=DAY).next_expiry == DAY + timedelta(90)


@given(spans, days)
def test_a_prompt_once_due_stays_due_until_someone_confirms_the_end(span: Span, on: date) -> None:
    if prompt_is_due(span, on):
        assert prompt_is_due(span, on + timedelta(400))
        assert not prompt_is_due(replace(span, ended_on=on), on)
    due = settle_by(span, made_on=on)
    assert (due is None) == (span.until is None)
    assert due is None or due <= span.until


def recorded(**values: object) -> Recorded:
    facts = {
        "binds_person": True,
        "forbids_contact": True,
        "forbids_places": False,
        "forbids_children": False,
        "protects_person": False,
        **values,
    }
    return Recorded(**facts)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (recorded(), "protects"),
        (recorded(protects_person=True), "protects"),
        (recorded(binds_person=False, bound_member=COLIN, members=frozenset({COLIN})), "protects"),
        (recorded(names=("A. Victim",), from_date=DAY, until=DAY - timedelta(1)), "until"),
    ],
    ids=["protects nobody", "protects whom it binds", "protects the member it binds", "ends before it begins"],
)
def test_what_cannot_be_is_refused_at_its_field(said: Recorded, field: str) -> None:
    assert list(faults_of(said)) == [field]


@pytest.mark.parametrize(
    "said",
    [
        recorded(members=frozenset({uuid4()})),
        recorded(names=("Somebody Outside",)),
        recorded(forbids_contact=False),
        recorded(binds_person=False, bound_member=COLIN, protects_person=True),
    ],
)
def test_what_can_be_is_taken(said: Recorded) -> None:
    assert faults_of(said) == {}
