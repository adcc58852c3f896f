"""What happened, told to whoever listens: each event once to each listener, after the transaction in which it happened.

An action calls `publish` beside its audit event. A room that wants to know declares a listener where its app is made
ready:

    listen("family.member.added", name="needs.prompt_for_needs", to=prompt_for_needs)

The listener gets the event, which carries ids alone, and runs in a transaction of its own, as whoever caused it. Where
it raises, it is tried again; where it ran, a receipt in the same transaction keeps it from running twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from alongside.foundation.accounts.models import User
from alongside.foundation.jobs.models import OutboxEvent, OutboxReceipt
from alongside.foundation.jobs.rules import is_event_name
from alongside.foundation.jobs.running import job


class OutboxError(RuntimeError):
    """An event or a listener is declared wrongly: a fault in the code."""


@dataclass(frozen=True)
class Listener:
    """A room's ear for one kind of event. `id` follows from its name, so that a job can carry it."""

    name: str
    event_name: str
    to: Callable[[OutboxEvent], None]

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"listener:{self.name}")


_listeners: dict[UUID, Listener] = {}


def listen(event_name: str, *, name: str, to: Callable[[OutboxEvent], None]) -> Listener:
    """Have `to` called with each event called `event_name`. `name` is for ever: receipts are kept under it."""
    if not is_event_name(event_name):
        raise OutboxError(f"{event_name} is no name of an event: write family.<thing>.<verb>.")
    listener = Listener(name, event_name, to)
    known = _listeners.setdefault(listener.id, listener)
    if known != listener:
        raise OutboxError(f"Two listeners are called {name}.")
    return listener


def stop_listening(listener: Listener) -> None:
    """Take a listener away; for tests."""
    _listeners.pop(listener.id, None)


def listeners_to(event_name: str) -> list[Listener]:
    """Everyone who listens to events of that name."""
    return [listener for listener in _listeners.values() if listener.event_name == event_name]


def publish(
    *, by: User | None, name: str, subject: UUID, case_id: UUID | None = None, ids: Mapping[str, UUID] | None = None
) -> OutboxEvent:
    """Tell that something happened, as part of the open transaction. Ids alone. Raises OutboxError."""
    if not transaction.get_connection().in_atomic_block:
        raise OutboxError("An event is published in the transaction in which it happened.")
    if not is_event_name(name):
        raise OutboxError(f"{name} is no name of an event: write family.<thing>.<verb>.")
    further = dict(ids or {})
    if not all(isinstance(value, UUID) for value in further.values()):
        raise OutboxError("An event carries ids alone: whoever listens reads the rest, with the rights they have then.")
    event = OutboxEvent.objects.create(
        name=name,
        subject=subject,
        case_id=case_id,
        by_id=by.pk if by else None,
        ids={key: str(value) for key, value in further.items()},
    )
    for listener in listeners_to(name):
        _ask(event, listener)
    return event


def catch_up(listener: Listener, *, since: datetime) -> int:
    """Have a listener hear what was published from `since` and it has not dealt with; answers how many events."""
    heard = OutboxReceipt.objects.filter(listener=listener.name).values("event_id")
    missed = OutboxEvent.objects.filter(name=listener.event_name, at__gte=since).exclude(pk__in=heard)
    with transaction.atomic():
        events = list(missed)
        for event in events:
            _ask(event, listener)
    return len(events)


def deal_with(*, event_id: UUID, listener_id: UUID) -> None:
    """Let a listener deal with an event, unless it has; the receipt and what it does stand or fall together.

    A listener that has gone since is passed over: what it would have done is nobody's any more.
    """
    listener = _listeners.get(listener_id)
    if listener is None:
        return
    with transaction.atomic():
        event = OutboxEvent.objects.get(pk=event_id)
        receipts = OutboxReceipt.objects.bulk_create(
            [OutboxReceipt(event=event, listener=listener.name)], ignore_conflicts=True
        )
        # Whose receipt stands is told by its id: a conflicting one leaves ours unwritten.
        if OutboxReceipt.objects.filter(pk=receipts[0].pk).exists():
            listener.to(event)


def _ask(event: OutboxEvent, listener: Listener) -> None:
    tell_listener.later_as(event.by_id, event_id=event.pk, listener_id=listener.id)


@job
def tell_listener(*, by_id: UUID | None, event_id: UUID, listener_id: UUID) -> None:
    """Let one listener deal with one event."""
    deal_with(event_id=event_id, listener_id=listener_id)
