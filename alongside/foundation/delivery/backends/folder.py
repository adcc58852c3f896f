"""Carriers that go nowhere: for demonstrations and for trying things out."""

import json
import sys
from pathlib import Path
from uuid import UUID

from django.conf import settings

from alongside.foundation.delivery.backends.base import Parcel, Receipt, TryLaterError
from alongside.foundation.delivery.rules import Channel


class FolderCarrier:
    """Puts each message into a folder, as a file that a person can open. For demonstrations alone."""

    name = "folder"
    certain_after = 0.0

    def __init__(self) -> None:
        self.folder = Path(settings.DELIVERY_FOLDER)

    def send(self, parcel: Parcel) -> Receipt:
        path = self._path(parcel.reference, parcel.channel)
        words = {"to": parcel.address, "subject": parcel.subject, "text": parcel.text}
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if parcel.pdf is not None:
                path.with_suffix(".pdf").write_bytes(parcel.pdf)
            unfinished = path.with_suffix(".part")
            unfinished.write_text(json.dumps(words, ensure_ascii=False, indent=2), encoding="utf-8")
            unfinished.replace(path)
        except OSError as error:
            raise TryLaterError("The folder of messages cannot be written to.") from error
        return Receipt(path.name)

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        path = self._path(reference, channel)
        return Receipt(path.name) if path.exists() else None

    def _path(self, reference: UUID, channel: Channel) -> Path:
        return self.folder / channel.value / f"{reference}.json"


class ConsoleCarrier:
    """Prints each message. For trying things out alone: what is printed may be kept in a log."""

    name = "console"
    certain_after = 0.0

    def send(self, parcel: Parcel) -> Receipt:
        sys.stdout.write(f"[{parcel.channel} to {parcel.address}] {parcel.subject}\n{parcel.text}\n")
        return Receipt(str(parcel.reference))

    def find(self, reference: UUID, channel: Channel) -> Receipt | None:
        raise LookupError
