"""Who sees orders and conditions that keep people apart."""

from typing import Any
from uuid import uuid4

from alongside.foundation.calendar.rules import today
from alongside.people.persons.models import SourceMarker
from alongside.safety.orders.actions import OrderSaid, PlaceSaid, add_place, record_order
from tests.factories import FamilyMemberFactory
from tests.pages import CASE, TEAM, Page, World
from tests.safety.orders.rows import paper

UNMASKS = frozenset({"senior", "safeguarding"})


def furnish(world: World) -> None:
    """An order that protects a former partner at a masked address, with its paper, and a condition to read."""
    member = FamilyMemberFactory(person=world.person, given_name="Nia", relationship_id="relationship.EXPART")
    said = OrderSaid(
        "protective_order_type.RO_CONV",
        today(),
        members=frozenset({member.pk}),
        forbids_contact=True,
        forbids_places=True,
        words="Not to contact her, directly or indirectly.",
    )
    order = record_order(by=world.cast.owner, person=world.person, said=said, upload=paper())
    home = PlaceSaid("order_place_kind.HOME", "4 Hidden Row", masked=True, family_member_id=member.pk)
    world.more |= {
        "order": order,
        "place": add_place(by=world.cast.owner, order=order, seen_version=order.version, said=home),
        "protected": member,
        "condition": SourceMarker.objects.create(
            person=world.person,
            matter="licence_conditions",
            code="RESIDE",
            label="To live at an approved address",
            from_date=today(),
        ),
    }


def case(world: World) -> list[Any]:
    return [world.person.pk]


def of(*keys: str) -> Any:
    return lambda world: [world.person.pk, *(world.more[key].pk for key in keys)]


PAGES = [
    Page("orders:orders", CASE, args=case),
    Page("orders:record", TEAM, args=case),
    Page("orders:condition", TEAM, args=of("condition")),
    Page("orders:order", CASE, args=of("order")),
    Page("orders:correct", TEAM, args=of("order")),
    Page("orders:end", TEAM, args=of("order")),
    Page("orders:attach", TEAM, args=of("order")),
    Page(
        "orders:paper",
        UNMASKS,
        args=of("order"),
        exceptions=dict.fromkeys(CASE - UNMASKS, 403),
    ),
    Page("orders:in_source", TEAM, args=of("order"), method="post", answer=302, browse=False),
    Page("orders:add_place", TEAM, args=of("order")),
    Page("orders:remove_place", TEAM, args=of("order", "place")),
    Page("orders:unmask", UNMASKS, args=of("order", "place")),
    Page(
        "orders:unmask",
        UNMASKS,
        args=of("order", "place"),
        method="post",
        data={"reason": "The police ask where to send someone", "ask": str(uuid4())},
        browse=False,
    ),
    Page("orders:member_orders", CASE, args=of("protected")),
]
