"""What of safety bears on involvement: gathered with full sight, kept as how tight each matter is, never as content.

The words that follow from it are the same whatever the cause, so that nobody learns here what is kept from them.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from alongside.involvement.suitability.rules import SafetyThen
from alongside.safety.flags.queries import flag_facts
from alongside.safety.flags.rules import CheckState, FlagFacts, Matter
from alongside.safety.orders.queries import order_facts
from alongside.safety.orders.rules import OrderFacts

TIGHT = {CheckState.SUSPECTED: 1, CheckState.KNOWN: 2}
"""Not checked is no sign of anything; it keeps sharing shut in a rule of its own."""

CHECKED_FIRST = {
    Matter.DOMESTIC_ABUSE: "domestic abuse",
    Matter.CHILDREN: "children",
    Matter.ORDERS: "orders and conditions",
}
"""The matters that are checked before two-way sharing. Limited access is the case's own lock."""


def safety_now(member_ids: Collection[UUID], *, on: date) -> dict[UUID, SafetyThen]:
    """How tight safety is today for each of these family members: two queries, however many they are."""
    ids = list(member_ids)
    flags, orders = flag_facts(ids, on=on), order_facts(ids, on=on)
    return {member_id: weigh(flags[member_id], orders[member_id]) for member_id in ids}


def weigh(flags: FlagFacts, orders: OrderFacts) -> SafetyThen:
    """The matters that are not clear. Domestic abuse between the two, known or suspected, closes the gate (R045)."""
    matters = {matter.value.lower(): TIGHT.get(flags.checks[matter], 0) for matter in CHECKED_FIRST}
    matters |= {
        "abuse_between": TIGHT.get(flags.abuse_between, 0),
        "abuse_near": int(flags.abuse_near),
        "person_is_victim": int(flags.person_is_victim),
        "staff_safety": int(flags.staff_safety),
        "seated_apart": int(flags.seated_apart),
        "child_concern": int(flags.child_concern),
        "adult_concern": int(flags.adult_concern),
        "exploitation": int(flags.exploitation),
        "control_alert": int(flags.control_alert),
        "linked_stop": int(flags.linked_stop or orders.linked_stop),
        "suspended": int(flags.suspended),
        "order_suspected": int(flags.order_suspected),
        "forbids_contact": int(orders.forbids_contact),
        "forbids_home": int(orders.forbids_home),
        "children_forbidden": int(orders.children_forbidden),
    }
    return SafetyThen(
        matters={name: value for name, value in matters.items() if value},
        gate_closed=flags.abuse_between in TIGHT,
        unchecked=tuple(
            words
            for matter, words in CHECKED_FIRST.items()
            if flags.checks[matter] in (CheckState.NOT_CHECKED, CheckState.STALE)
        )
        + (("conditions of licence that nobody has read",) if orders.unread_conditions else ()),
    )
