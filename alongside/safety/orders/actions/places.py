"""Places that orders name: adding, taking away, and showing a masked address once."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, record_consultation
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.safety.orders.actions.showing import refresh_cards
from alongside.safety.orders.actions.versions import leave_traces, move_on, said_of
from alongside.safety.orders.models import AddressLook, OrderPlace, ProtectiveOrder


class AskedAlreadyError(ValueError):
    """This ask has shown the address once already."""


@dataclass(frozen=True)
class PlaceSaid:
    """A place as someone records it."""

    kind_id: str
    address: str
    masked: bool
    family_member_id: UUID | None = None


@action
def add_place(*, by: User, order: ProtectiveOrder, seen_version: int, said: PlaceSaid) -> OrderPlace:
    """Add a place to an order. A masked address goes into no line, card, version or event."""
    before = said_of(order.pk)
    move_on(order=order, seen_version=seen_version)
    place = OrderPlace.objects.create(
        order=order,
        kind_id=said.kind_id,
        family_member_id=said.family_member_id,
        address=said.address,
        masked=said.masked,
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="orders.place.added",
        subject=place,
        case_id=order.person_id,
        after={"kind": said.kind_id, "masked": said.masked, "address": "" if said.masked else said.address},
        family_member_id=said.family_member_id or order.bound_member_id,
    )
    leave_traces(
        by=by, order=order, name="orders.order.place_added", why="Place added", title="Place added", before=before
    )
    return place


@action
def remove_place(*, by: User, order: ProtectiveOrder, seen_version: int, place: OrderPlace, why: str) -> None:
    """Note that an order no longer names a place; the row is kept."""
    before = said_of(order.pk)
    move_on(order=order, seen_version=seen_version)
    OrderPlace.objects.filter(pk=place.pk).update(removed_on=today(), version=place.version + 1)
    leave_traces(
        by=by, order=order, name="orders.order.place_removed", why=why, title="Place taken away", before=before
    )
    refresh_cards(order.person_id, members=[place.family_member_id] if place.family_member_id else [])


@action
def show_address(*, by: User, order: ProtectiveOrder, place: OrderPlace, ask: UUID, reason: str) -> str:
    """A masked address, for someone with the right and a reason, once for each ask. Raises AskedAlreadyError."""
    _note_look(by=by, order=order, what=place.pk, family_member_id=place.family_member_id, ask=ask, reason=reason)
    return place.address


@action
def show_paper(*, by: User, order: ProtectiveOrder, ask: UUID, reason: str) -> None:
    """Note that someone with the right and a reason gets a paper that may show a masked address, once for each ask.

    Raises AskedAlreadyError.
    """
    what = order.document_id or order.pk
    _note_look(by=by, order=order, what=what, family_member_id=order.bound_member_id, ask=ask, reason=reason)


def _note_look(
    *, by: User, order: ProtectiveOrder, what: UUID, family_member_id: UUID | None, ask: UUID, reason: str
) -> None:
    """Log a look as a consultation and as a disclosure, with the reason, before anything is shown."""
    try:
        with transaction.atomic():
            look = AddressLook.objects.create(
                case=order.person_id,
                order=order.pk,
                place=what,
                family_member=family_member_id,
                ask=ask,
                at=timezone.now(),
                by=by.pk,
                by_name=by.name,
                reason=reason,
            )
    except IntegrityError:
        raise AskedAlreadyError("It was shown once for that reason. Say again why you need to see it.") from None
    record_consultation(by=by, what="orders.address", case_id=order.person_id, detail=f"place {what}")
    record_change(
        by=by,
        kind=EventKind.DISCLOSURE,
        name="orders.address.shown",
        subject=look,
        case_id=order.person_id,
        ground=reason,
        family_member_id=family_member_id or order.bound_member_id,
    )
