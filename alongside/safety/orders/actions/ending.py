"""Ending orders, and taking an end back."""

from datetime import date

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.reference.queries import coded
from alongside.safety.orders.actions.versions import leave_traces, move_on, said_of
from alongside.safety.orders.models import ProtectiveOrder


class EndBeforeStartError(ValueError):
    """An order cannot end before its first day."""


@action
def end_order(
    *, by: User, order: ProtectiveOrder, seen_version: int, ended_on: date, reason_id: str, note: str
) -> ProtectiveOrder:
    """Confirm that an order no longer holds from a day on, with the reason and how that is known. Nothing is deleted.

    One that never stood counts as ended from its first day. Raises EndBeforeStartError and ChangedMeanwhileError.
    """
    if coded(reason_id).attributes.get("never_stood"):
        ended_on = order.from_date
    if ended_on < order.from_date:
        raise EndBeforeStartError("It cannot end before its first day")
    before = said_of(order.pk)
    move_on(order=order, seen_version=seen_version, ended_on=ended_on, end_reason_id=reason_id, end_note=note)
    leave_traces(by=by, order=order, name="orders.order.ended", why=note, title="Ended", before=before)
    return order


@action
def reopen_order(*, by: User, order: ProtectiveOrder, seen_version: int, why: str) -> ProtectiveOrder:
    """Take an end back: the order stops again what it stopped. Raises ChangedMeanwhileError."""
    before = said_of(order.pk)
    move_on(order=order, seen_version=seen_version, ended_on=None, end_reason_id=None, end_note="")
    leave_traces(by=by, order=order, name="orders.order.reopened", why=why, title="Stands again", before=before)
    return order
