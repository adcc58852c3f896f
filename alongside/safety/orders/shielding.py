"""Keeps an address that an order masks from standing open elsewhere."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.people.casework.points import Cover, PointAsked
from alongside.people.families.models import PointKind
from alongside.safety.orders.links import confirmed_with, same_humans
from alongside.safety.orders.models import OrderPlace
from alongside.safety.orders.rules import same_place

MASKED = "Protected address: it is masked on an order"
MASKED_ELSEWHERE = "Protected address: speak to the safeguarding lead"


def shield(person_id: UUID, rights: Collection[Right], points: Sequence[PointAsked]) -> dict[UUID, Cover]:
    """Covers every address for whoever sees no orders, so that a masked one looks like any other; and the masked ones
    for whoever does, since the page of the order is the only way to them. One query; two where one is masked elsewhere.

    An ended order goes on masking: that a place may be told is said by taking the place away from it.
    """
    addresses = [point for point in points if point.kind is PointKind.ADDRESS]
    if Right.SEE_SAFETY not in rights:
        return {point.id: Cover() for point in addresses}
    if not addresses:
        return {}
    members = {point.member_id for point in addresses}
    places = list(
        OrderPlace.objects.filter(
            Q(order__person=person_id) | Q(family_member__in=confirmed_with(members)), masked=True, removed_on=None
        ).select_related("order")
    )
    elsewhere = any(place.order.person_id != person_id for place in places)
    linked = same_humans(members) if elsewhere else dict.fromkeys(members, frozenset[UUID]())
    found = {}
    for point in addresses:
        for place in places:
            own = place.order.person_id == person_id
            theirs = place.family_member_id == point.member_id or place.family_member_id in linked[point.member_id]
            if theirs or same_place(place.address, point.value):
                found[point.id] = _cover(place, own=own)
                if own:
                    break
    return found


def _cover(place: OrderPlace, *, own: bool) -> Cover:
    if not own:
        return Cover(words=MASKED_ELSEWHERE, neutral=False)
    way = reverse("orders:order", args=[place.order.person_id, place.order_id])
    return Cover(words=MASKED, neutral=False, way=way, way_text="Open the order")
