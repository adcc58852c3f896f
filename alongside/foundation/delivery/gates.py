"""What keeps a message from going, told by rooms above: asked when it is queued and again just before it is sent."""

from collections.abc import Callable

from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import RecipientKind

# Answers why the message may not go, in words for staff that give nothing away; "" lets it through.
Gate = Callable[[Message], str]

NO_GATE = "Messages to family members are not sent until the rooms that decide about them are in place."

_gates: dict[str, Gate] = {}


def register_gate(name: str, gate: Gate) -> None:
    """Have `gate` asked about every message."""
    _gates[name] = gate


def forget_gate(name: str) -> None:
    """Take a gate away; for tests."""
    _gates.pop(name, None)


def why_not(message: Message) -> str:
    """Why the message may not go; "" where it may. To a family member nothing goes where no gate stands."""
    if message.recipient_kind == RecipientKind.FAMILY_MEMBER and not _gates:
        return NO_GATE
    return next((reason for gate in _gates.values() if (reason := gate(message))), "")
