"""The trail: how fast changes are sealed, on one case and spread over many, and how fast it all verifies."""

import time
from collections.abc import Callable, Iterator
from threading import Thread
from uuid import UUID, uuid4

from bench.frame import Measure, Setting, benchmark

CLIENTS = 16
CHANGES_EACH = 40
EVENTS_TO_VERIFY = 50_000


def _change(case_id: UUID) -> None:
    from alongside.foundation.audit.actions import action, record_change
    from alongside.foundation.audit.models import EventKind, RetentionRule

    @action
    def change() -> None:
        record_change(
            by=None,
            kind=EventKind.CHANGE,
            name="bench.thing.changed",
            subject=RetentionRule(),
            case_id=case_id,
            after={"note": "A note of ordinary length, such as a practitioner writes after a call."},
        )

    change()


def _changes_a_second(case_of: Callable[[int, int], UUID]) -> float:
    from django.db import connections

    def write(client: int) -> None:
        try:
            for number in range(CHANGES_EACH):
                _change(case_of(client, number))
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(client,)) for client in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CLIENTS * CHANGES_EACH / (time.perf_counter() - began)


@benchmark("Changes a second that join the chain, by 16 clients at once")
def audit_changes(setting: Setting) -> Iterator[Measure]:
    """One case is the worst: every change waits for the same head."""
    one = uuid4()
    many = [uuid4() for _ in range(CLIENTS)]
    alone = _changes_a_second(lambda client, number: one)
    spread = _changes_a_second(lambda client, number: many[client])
    yield Measure("all on one case", alone, "changes/s", beside={"spread over 16 cases": spread})


@benchmark("Events a second that `alongside audit verify` checks")
def audit_verify(setting: Setting) -> Iterator[Measure]:
    """Makes up to 50,000 events in the database first, where there are fewer."""
    from django.db import connection

    from alongside.foundation.audit.models import Event
    from alongside.foundation.audit.verification import verify

    missing = EVENTS_TO_VERIFY - Event.objects.count()
    if missing > 0:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH made AS (
                    SELECT gen_random_uuid() AS chain, decode(md5(random()::text), 'hex') AS salt,
                        '{"after": {"note": "invented ' || n || '"}, "before": {}, "ground": ""}' AS content
                    FROM generate_series(1, %s) n
                ), events AS (
                    INSERT INTO foundation_audit_event
                        (chain, chain_kind, at, kind, name, subject_type, fields, payload_digest)
                    SELECT chain, 'case', clock_timestamp(), 'change', 'bench.thing.changed', '', 'note',
                        sha256(salt || convert_to(content, 'UTF8')) FROM made RETURNING id, chain
                )
                INSERT INTO foundation_audit_payload (event_id, salt, content)
                SELECT events.id, made.salt, made.content FROM events JOIN made USING (chain)
                """,
                [missing],
            )
    began = time.perf_counter()
    report = verify()
    seconds = time.perf_counter() - began
    if not report.whole:
        raise RuntimeError(f"The trail does not hold: {report.findings[:3]}")
    yield Measure("events verified", report.events / seconds, "events/s")
    yield Measure("events in the trail", report.events, "events")
