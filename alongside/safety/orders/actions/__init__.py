"""Writing about orders and conditions."""

from alongside.safety.orders.actions.conditions import condition_stops_nothing
from alongside.safety.orders.actions.ending import end_order, reopen_order
from alongside.safety.orders.actions.places import (
    AskedAlreadyError,
    PlaceSaid,
    add_place,
    remove_place,
    show_address,
)
from alongside.safety.orders.actions.recording import (
    ORDER_PAPERS,
    OrderFaultError,
    OrderSaid,
    attach_document,
    confirm_in_source,
    correct_order,
    record_order,
)

__all__ = [
    "ORDER_PAPERS",
    "AskedAlreadyError",
    "OrderFaultError",
    "OrderSaid",
    "PlaceSaid",
    "add_place",
    "attach_document",
    "condition_stops_nothing",
    "confirm_in_source",
    "correct_order",
    "end_order",
    "record_order",
    "remove_place",
    "reopen_order",
    "show_address",
]
