"""How an event and a batch of consultations are digested. The database writes the same digests in SQL; a test compares.

Fields are joined with bars; no field can hold a bar, so two different rows never give the same text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

NIL = UUID(int=0)
START = b""


@dataclass(frozen=True)
class EventFacts:
    """What the digest of one event covers."""

    id: int
    chain: UUID
    chain_kind: str
    position: int
    at: datetime
    kind: str
    name: str
    actor: UUID | None
    subject_type: str
    subject: UUID | None
    fields: str
    payload_digest: bytes | None


@dataclass(frozen=True)
class ConsultationFacts:
    """What the seal of a batch covers of each consultation."""

    id: int
    at: datetime
    actor: UUID | None
    case: UUID | None
    what: str
    refused: bool
    detail: str


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _or_empty(value: UUID | None) -> str:
    return "" if value is None else str(value)


def event_digest(previous: bytes, event: EventFacts) -> bytes:
    """SHA-256 over the digest before it and the event's own text: 32 bytes."""
    text = "|".join(
        (
            str(event.id),
            str(event.chain),
            event.chain_kind,
            str(event.position),
            _instant(event.at),
            event.kind,
            event.name,
            _or_empty(event.actor),
            event.subject_type,
            _or_empty(event.subject),
            event.fields,
            (event.payload_digest or b"").hex(),
        )
    )
    return sha256(previous + text.encode()).digest()


def consultation_text(row: ConsultationFacts) -> str:
    """The line that one consultation adds to its seal; free text stands as its digest, so that no bar slips in."""
    return "|".join(
        (
            str(row.id),
            _instant(row.at),
            _or_empty(row.actor),
            _or_empty(row.case),
            row.what,
            "t" if row.refused else "f",
            sha256(row.detail.encode()).hexdigest(),
        )
    )


def seal_digest(previous: bytes, rows: Iterable[ConsultationFacts]) -> bytes:
    """SHA-256 over the seal before it and a line for each consultation, in order of id: 32 bytes."""
    digest = sha256(previous)
    for index, row in enumerate(rows):
        digest.update((("\n" if index else "") + consultation_text(row)).encode())
    return digest.digest()


def payload_digest(salt: bytes, content: str) -> bytes:
    """SHA-256 over a random salt and the payload, so that an emptied payload cannot be guessed back: 32 bytes."""
    return sha256(salt + content.encode()).digest()
