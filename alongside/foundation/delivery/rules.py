"""The states of a message, and addresses in the one form in which they are kept. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum

LONGEST_TEXT = 918
MOST_ADDRESS_LINES = 7


class Channel(StrEnum):
    """How a message goes."""

    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class RecipientKind(StrEnum):
    """To whom it goes. A family member's messages need a gate that lets them through."""

    PERSON = "person"
    FAMILY_MEMBER = "family_member"
    USER = "user"


class State(StrEnum):
    """Where a message is. `unknown`: no answer came, so it may or may not have gone."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class Step(StrEnum):
    """What may happen to a message."""

    HAND_OVER = "hand_over"
    ACCEPTED = "accepted"
    TRY_LATER = "try_later"
    REFUSED = "refused"
    STOP = "stop"
    LOSE_SIGHT = "lose_sight"


TRANSITIONS: Mapping[State, Mapping[Step, State]] = {
    State.QUEUED: {Step.HAND_OVER: State.SENDING, Step.STOP: State.STOPPED, Step.REFUSED: State.FAILED},
    State.SENDING: {
        Step.ACCEPTED: State.SENT,
        Step.TRY_LATER: State.QUEUED,
        Step.REFUSED: State.FAILED,
        Step.LOSE_SIGHT: State.UNKNOWN,
        Step.STOP: State.STOPPED,
    },
    State.SENT: {},
    State.FAILED: {},
    State.STOPPED: {},
    State.UNKNOWN: {},
}
OVER = frozenset(state for state, steps in TRANSITIONS.items() if not steps)


class AddressError(ValueError):
    """The address cannot be sent to. The message says what to look at."""


def uk_mobile(number: str) -> str:
    """A UK mobile number as +447700900123. One from abroad keeps its + and country. Raises AddressError."""
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", number)
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^\+440", "+44", digits)
    digits = re.sub(r"^0(?=7)", "+44", digits)
    if re.fullmatch(r"\+447[0-9]{9}", digits) or re.fullmatch(r"\+(?!44)[1-9][0-9]{7,14}", digits):
        return digits
    raise AddressError(
        "Texts need a mobile number, like 07700 900123, or one from abroad that begins with + and the country's code. "
        "Check the number, or send a letter instead."
    )


def address_lines(address: str) -> str:
    """A postal address, a line each, the last one with a postcode. Raises AddressError."""
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    if not 3 <= len(lines) <= MOST_ADDRESS_LINES:
        raise AddressError(f"A postal address has a name and three to {MOST_ADDRESS_LINES} lines in all.")
    lines[-1] = lines[-1].upper()
    if not re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", lines[-1]):
        raise AddressError("The last line of a postal address is its postcode, like CF10 3NQ.")
    return "\n".join(lines)
