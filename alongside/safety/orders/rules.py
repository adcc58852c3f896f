"""What orders and conditions stop, for whom, on which day (R098, B4.9). Pure.

Only stops leave this room: never what an order says, whom else it protects or where anyone lives. An order whose last
day has passed stops what it stopped until somebody confirms that it ended: silence never loosens anything.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

PROMPT_BEFORE = timedelta(days=42)
"""How long before its last day an order is put before the officer."""

DUE_BEFORE = timedelta(days=14)
"""By how long before the last day it should be settled what comes after it."""

NO_CONTACT = "An order or condition in force forbids contact"
NOT_AT_HOME = "An order or condition in force forbids going to their home"
NO_CHILDREN = "An order or condition in force restricts contact with children"


class Standing(StrEnum):
    """How an order stands on a day."""

    TO_COME = "to_come"
    IN_FORCE = "in_force"
    TO_CONFIRM = "to_confirm"
    ENDED = "ended"


@dataclass(frozen=True)
class Span:
    """From when until when an order holds. `until` is its own last day; `ended_on` the first day on which, as somebody
    confirmed, it no longer held.
    """

    from_date: date
    until: date | None = None
    ended_on: date | None = None


def standing_on(span: Span, on: date) -> Standing:
    """How an order stands on a day."""
    if span.ended_on is not None and span.ended_on <= on:
        return Standing.ENDED
    if on < span.from_date:
        return Standing.TO_COME
    if span.until is not None and span.until < on:
        return Standing.TO_CONFIRM
    return Standing.IN_FORCE


def stops_on(span: Span, on: date) -> bool:
    """Whether an order stops anything on a day; past its last day too, until its end is confirmed."""
    return standing_on(span, on) in (Standing.IN_FORCE, Standing.TO_CONFIRM)


def prompt_is_due(span: Span, on: date) -> bool:
    """Whether the officer has to think about what comes after an order: soon before its last day, and ever after."""
    return span.until is not None and span.ended_on is None and span.until - PROMPT_BEFORE <= on


def settle_by(span: Span, *, made_on: date) -> date | None:
    """The day by which it should be settled what comes after an order; never before it was recorded."""
    return None if span.until is None else max(span.until - DUE_BEFORE, min(made_on, span.until))


@dataclass(frozen=True)
class OrderKnown:
    """An order as far as its stops need. `bound_member` is the family member whom it binds; None binds the person.

    `protects` are family members and `homes` those of them whose homes it names; `addresses` are the places not to go
    to, made comparable with `comparable`.
    """

    span: Span
    forbids_contact: bool
    forbids_places: bool
    forbids_children: bool
    bound_member: UUID | None = None
    protects_person: bool = False
    protects: frozenset[UUID] = frozenset()
    homes: frozenset[UUID] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OrderFacts:
    """What orders stop between a person and one family member. Nothing recorded is not the same as checked.

    `linked_stop`: an order stops something elsewhere, and one of the two is a party to it along a confirmed match; the
    safeguarding lead is asked first, and what and where is told to nobody.
    """

    forbids_contact: bool = False
    forbids_home: bool = False
    children_forbidden: bool = False
    protected_by: tuple[str, ...] = ()
    unread_conditions: bool = False
    next_expiry: date | None = None
    end_unconfirmed: bool = False
    linked_stop: bool = False


def comparable(address: str) -> str:
    """An address in a form in which two ways of writing it agree: small letters and digits alone."""
    return re.sub(r"[\W_]+", "", address.casefold())


POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})\b")
LEAST_TELLING = 8
"""How many letters and digits of an address have to stand in another before the two are taken for one."""


def same_place(one: str, other: str) -> bool:
    """Whether two addresses may be one place, however each is written: a doubt counts, since it only covers.

    They may where one stands within the other, or where both have the same postcode.
    """
    first, second = sorted((comparable(one), comparable(other)), key=len)
    if len(first) >= LEAST_TELLING and first in second:
        return True
    return first == second or bool(_postcodes(one) & _postcodes(other))


def _postcodes(address: str) -> set[str]:
    return {"".join(parts) for parts in POSTCODE.findall(" ".join(address.upper().split()))}


def order_facts_for(
    member_id: UUID,
    orders: Iterable[OrderKnown],
    *,
    on: date,
    addresses: Sequence[str] = (),
    unread_conditions: bool = False,
    linked_stop: bool = False,
) -> OrderFacts:
    """What the orders of a case stop for one family member whose known addresses are `addresses`."""
    contact, home, children = False, False, False
    expiries = []
    unconfirmed = False
    lives_at = {comparable(address) for address in addresses} - {""}
    for order in orders:
        if not stops_on(order.span, on):
            continue
        stops = _Stops.between(order, member_id, lives_at)
        if not any((stops.contact, stops.home, stops.children)):
            continue
        contact |= stops.contact
        home |= stops.home
        children |= stops.children
        unconfirmed |= standing_on(order.span, on) is Standing.TO_CONFIRM
        if order.span.until is not None:
            expiries.append(order.span.until)
    said = ((contact, NO_CONTACT), (home, NOT_AT_HOME), (children, NO_CHILDREN))
    return OrderFacts(
        forbids_contact=contact,
        forbids_home=home,
        children_forbidden=children,
        protected_by=tuple(words for holds, words in said if holds),
        unread_conditions=unread_conditions,
        next_expiry=min(expiries, default=None),
        end_unconfirmed=unconfirmed,
        linked_stop=linked_stop,
    )


@dataclass(frozen=True)
class _Stops:
    contact: bool
    home: bool
    children: bool

    @classmethod
    def between(cls, order: OrderKnown, member_id: UUID, lives_at: set[str]) -> "_Stops":
        """Whether it stands between the person and this family member, whichever of the two it binds."""
        if order.bound_member is None:
            protected = member_id in order.protects
            at_home = protected or member_id in order.homes or bool(lives_at & order.addresses)
            return cls(
                contact=order.forbids_contact and protected,
                home=order.forbids_places and at_home,
                children=order.forbids_children,
            )
        binds_them = order.bound_member == member_id
        return cls(
            contact=order.forbids_contact and binds_them and order.protects_person,
            home=order.forbids_places and binds_them and order.protects_person,
            children=order.forbids_children and binds_them,
        )


@dataclass(frozen=True)
class Recorded:
    """What someone is about to record, as far as it can be judged without knowing more."""

    binds_person: bool
    forbids_contact: bool
    forbids_places: bool
    forbids_children: bool
    protects_person: bool
    members: frozenset[UUID] = frozenset()
    names: tuple[str, ...] = ()
    bound_member: UUID | None = None
    from_date: date | None = None
    until: date | None = None


def faults_of(recorded: Recorded) -> Mapping[str, str]:
    """What is wrong with an order that someone is about to record: field by field, in words; empty where nothing is."""
    faults: dict[str, str] = {}
    anyone = recorded.protects_person or recorded.members or recorded.names
    if recorded.forbids_contact and not anyone:
        faults["protects"] = "Select whom it protects, or write their name below"
    if recorded.binds_person and recorded.protects_person:
        faults["protects"] = "It cannot protect the person whom it binds. Take one of the two away"
    if recorded.bound_member is not None and recorded.bound_member in recorded.members:
        faults["protects"] = "It cannot protect the family member whom it binds. Take one of the two away"
    if recorded.from_date and recorded.until and recorded.until < recorded.from_date:
        faults["until"] = "Its last day must be the same as or after its first"
    return faults
