"""The one face of every carrier."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from alongside.foundation.delivery.rules import Channel


@dataclass(frozen=True)
class Parcel:
    """What a carrier is given, and nothing more. `text` is plain; a letter is the PDF in `pdf`."""

    channel: Channel
    address: str
    reference: UUID
    subject: str
    text: str
    pdf: bytes | None = None


@dataclass(frozen=True)
class Receipt:
    """The carrier has taken the message; `reference` is its own name for it."""

    reference: str


class TryLaterError(Exception):
    """The carrier cannot take it now: away, busy, over its limit. Nothing has gone."""


class LostAnswerError(Exception):
    """It was given to the carrier and no answer came, or none that says whether it took it. It may have gone."""


class ParcelRefusedError(Exception):
    """The carrier will never take this message; the reason is for staff and names nobody."""


class Carrier(Protocol):
    """Someone who carries messages.

    `certain_after` is how many seconds after handing over a look-up that finds nothing means that nothing has gone:
    a carrier that is busy may take a message long before it shows it.
    """

    name: str
    certain_after: float

    def send(self, parcel: Parcel) -> Receipt:
        """Hand over the message.

        Raises TryLaterError or ParcelRefusedError, and then nothing has gone; LostAnswerError, and then it may have.
        """
        ...

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        """The receipt of a message handed over before, or None.

        Raises LookupError where it can never tell, and TryLaterError or LostAnswerError where it cannot tell now.
        """
        ...


class NoCarrier:
    """Stands where a service has not said who carries its messages: refuses, so that none is thought to have gone."""

    name = "none"
    certain_after = 0.0

    def send(self, parcel: Parcel) -> Receipt:
        raise ParcelRefusedError(
            f"This service has not set up who carries its {parcel.channel}s. Tell your service desk."
        )

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        return None


CARRIERS = {
    "none": "alongside.foundation.delivery.backends.base.NoCarrier",
    "folder": "alongside.foundation.delivery.backends.folder.FolderCarrier",
    "console": "alongside.foundation.delivery.backends.folder.ConsoleCarrier",
    "smtp": "alongside.foundation.delivery.backends.smtp.SmtpCarrier",
    "notify": "alongside.foundation.delivery.backends.notify.NotifyCarrier",
}


def carrier_for(channel: Channel) -> Carrier:
    """Whoever carries that channel here, as the settings say."""
    chosen = settings.DELIVERY_CARRIERS[channel.value]
    carrier: Carrier = import_string(CARRIERS[chosen])()
    return carrier
