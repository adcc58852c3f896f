"""Numbers and addresses on record, in the one form in which messages go to them."""

from alongside.foundation.delivery.actions import checked_address
from alongside.foundation.delivery.rules import Channel
from alongside.people.families.models import FamilyMember


def address_on(channel: Channel, value: str, *, member: FamilyMember) -> str:
    """Where a message goes. A letter bears their name, and its postcode stands alone. Raises AddressError."""
    if channel is not Channel.LETTER:
        return checked_address(channel, value)
    lines = [line.strip() for line in value.replace(",", "\n").splitlines() if line.strip()]
    return checked_address(channel, "\n".join([member.name, *_with_postcode_apart(lines)]))


def _with_postcode_apart(lines: list[str]) -> list[str]:
    words = lines[-1].split() if lines else []
    if len(words) > 2 and words[-1][:1].isdigit():
        return [*lines[:-1], " ".join(words[:-2]), " ".join(words[-2:])]
    return lines
