"""Checking the chain: every digest again, every link, every count, and the last anchor kept elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from alongside.foundation.audit.anchors import Anchor
from alongside.foundation.audit.models import Certificate, Consultation, Event, Head, Seal
from alongside.foundation.audit.rules import (
    START,
    ConsultationFacts,
    EventFacts,
    event_digest,
    payload_digest,
    seal_digest,
)

CHUNK = 10_000


class Fault(StrEnum):
    """What verification may find wrong."""

    ALTERED = "altered"
    GAP = "gap"
    CUT = "cut"
    UNSEALED = "unsealed"
    PAYLOAD_ALTERED = "payload altered"
    PAYLOAD_MISSING = "payload missing"
    EMPTIED_WITHOUT_CERTIFICATE = "emptied without a certificate"
    SEAL_ALTERED = "seal altered"
    ANCHOR_BROKEN = "does not agree with the anchor"


@dataclass(frozen=True)
class Finding:
    """One thing wrong, and where: a chain and position, or a seal."""

    fault: Fault
    where: str


@dataclass
class Report:
    """What was checked, what is wrong, and what this check cannot know."""

    events: int = 0
    chains: int = 0
    seals: int = 0
    consultations: int = 0
    emptied: int = 0
    findings: list[Finding] = field(default_factory=list)
    cannot_know: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.findings

    def found(self, fault: Fault, where: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(fault, where))


def verify(anchor: Anchor | None = None) -> Report:
    """Check every chain and seal from end to end, and against `anchor` where one is given.

    Reads one unchanging picture of the database, in chunks, whatever its size.
    """
    report = Report()
    with transaction.atomic():
        _verify_events(report, anchor)
        _verify_seals(report, anchor)
    _say_what_cannot_be_known(report, anchor)
    return report


def _verify_events(report: Report, anchor: Anchor | None) -> None:
    kept = Head.objects.values_list("chain", "position", "digest").iterator(CHUNK)
    heads = {chain: (position, bytes(digest)) for chain, position, digest in kept}
    awaited = dict(anchor.heads) if anchor else {}
    certificates = set(Certificate.objects.values_list("pk", flat=True))
    chain: UUID | None = None
    position, previous = 0, START
    for event, stored_previous, stored_digest, payload in _sealed_events():
        if event.chain != chain:
            _close_chain(report, heads, chain, position, previous)
            chain, position, previous = event.chain, 0, START
            report.chains += 1
        where = f"{event.chain_kind} {event.chain} event {event.position}"
        if event.position != position + 1:
            report.found(Fault.GAP, where)
        if stored_previous != previous or event_digest(stored_previous, event) != stored_digest:
            report.found(Fault.ALTERED, where)
        _verify_payload(report, event, payload, certificates, where)
        if awaited.get(event.chain, (0, b""))[0] == event.position and awaited.pop(event.chain)[1] != stored_digest:
            report.found(Fault.ANCHOR_BROKEN, where)
        position, previous = event.position, stored_digest
        report.events += 1
    _close_chain(report, heads, chain, position, previous)
    for lost in heads:
        report.found(Fault.CUT, f"chain {lost}: all its events are gone")
    for lost, (lost_position, _) in awaited.items():
        report.found(Fault.ANCHOR_BROKEN, f"chain {lost}: event {lost_position} is gone")
    for loose in Event.objects.filter(position__isnull=True).values_list("pk", flat=True):
        report.found(Fault.UNSEALED, f"event {loose}")


def _close_chain(
    report: Report, heads: dict[UUID, tuple[int, bytes]], chain: UUID | None, position: int, digest: bytes
) -> None:
    if chain is None:
        return
    head = heads.pop(chain, None)
    if head != (position, digest):
        report.found(Fault.CUT, f"chain {chain}: its end is not where its head says")


PayloadFacts = tuple[bytes | None, str | None, UUID | None] | None


SEALED_EVENTS = """
SELECT e.id, e.chain, e.chain_kind, e.position, e.at, e.kind, e.name, e.actor, e.subject_type, e.subject, e.fields,
    e.payload_digest, e.previous, e.digest, p.event_id IS NOT NULL, p.salt, p.content, p.erasure
FROM foundation_audit_event e LEFT JOIN foundation_audit_payload p ON p.event_id = e.id
WHERE e.position IS NOT NULL ORDER BY e.chain, e.position
"""


def _sealed_events() -> Iterator[tuple[EventFacts, bytes, bytes, PayloadFacts]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(SEALED_EVENTS)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                salt, content, erasure = row[15:]
                payload = (None if salt is None else bytes(salt), content, erasure) if row[14] else None
                digest_of_payload = None if row[11] is None else bytes(row[11])
                facts = EventFacts(*[*row[:11], digest_of_payload])
                yield facts, bytes(row[12]), bytes(row[13]), payload


def _verify_payload(
    report: Report, event: EventFacts, payload: PayloadFacts, certificates: set[UUID], where: str
) -> None:
    if event.payload_digest is None:
        return
    if payload is None:
        report.found(Fault.PAYLOAD_MISSING, where)
        return
    salt, content, erasure = payload
    if content is None or salt is None:
        report.emptied += 1
        if erasure not in certificates:
            report.found(Fault.EMPTIED_WITHOUT_CERTIFICATE, where)
    elif payload_digest(salt, content) != event.payload_digest:
        report.found(Fault.PAYLOAD_ALTERED, where)


def _verify_seals(report: Report, anchor: Anchor | None) -> None:
    previous = START
    anchored = None if anchor is None else anchor.seal
    for seal in Seal.objects.order_by("id").iterator(CHUNK):
        where = f"seal {seal.pk}"
        rows = [
            ConsultationFacts(*row)
            for row in Consultation.objects.filter(seal=seal)
            .order_by("id")
            .values_list("id", "at", "actor", "case", "what", "refused", "detail")
        ]
        if bytes(seal.previous) != previous or seal_digest(previous, rows) != bytes(seal.digest):
            report.found(Fault.SEAL_ALTERED, where)
        if anchored is not None and anchored[0] == seal.pk:
            if anchored[1] != bytes(seal.digest):
                report.found(Fault.ANCHOR_BROKEN, where)
            anchored = None
        previous = bytes(seal.digest)
        report.seals += 1
        report.consultations += len(rows)
    if anchored is not None:
        report.found(Fault.ANCHOR_BROKEN, f"seal {anchored[0]} is gone")


def _say_what_cannot_be_known(report: Report, anchor: Anchor | None) -> None:
    unsealed = Consultation.objects.filter(seal__isnull=True).count()
    if unsealed:
        report.cannot_know.append(
            f"{unsealed} consultations are not sealed yet: if any was removed, this check cannot tell."
        )
    if anchor is None:
        report.cannot_know.append(
            "No anchor was given: if whoever owns the database rewrote whole chains, this check cannot tell."
        )
    else:
        report.cannot_know.append(
            f"What was added after the anchor of {anchor.made_at:%-d %B %Y at %H:%M} could have been cut off or "
            "rewritten by whoever owns the database. A later anchor would tell."
        )
    if report.emptied:
        report.cannot_know.append(
            f"{report.emptied} payloads were emptied under a certificate: what they held is gone, as it should be."
        )
