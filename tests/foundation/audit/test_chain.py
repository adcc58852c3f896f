"""The chain: sealed by the database, and attacked in every way that one could think of."""

from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import (
    UnauditedError,
    action,
    record_change,
    record_consultation,
    seal_consultations,
)
from alongside.foundation.audit.anchors import AnchorError, current_anchor, opened, signed, signing_key
from alongside.foundation.audit.models import Consultation, Event, EventKind, Head, Payload, Seal
from alongside.foundation.audit.rules import EventFacts, event_digest
from alongside.foundation.audit.verification import Fault, verify
from tests.factories import UserFactory

CASE = UUID("00000000-0000-4000-8000-000000000001")
OTHER = UUID("00000000-0000-4000-8000-000000000002")


@pytest.fixture
def user(live_database: object) -> User:
    return UserFactory()


@action
def note(*, by: User, case_id: UUID, text: str) -> Event:
    return record_change(
        by=by, kind=EventKind.CHANGE, name="test.thing.changed", subject=by, case_id=case_id, after={"text": text}
    )


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def faults() -> set[Fault]:
    return {finding.fault for finding in verify().findings}


def test_events_chain_per_case_in_the_order_they_were_written(user: User) -> None:
    for text in ("one", "two", "three"):
        note(by=user, case_id=CASE, text=text)
    note(by=user, case_id=OTHER, text="elsewhere")
    rows = list(Event.objects.filter(chain=CASE).order_by("position"))
    assert [row.position for row in rows] == [1, 2, 3]
    assert [bytes(row.previous) for row in rows[1:]] == [bytes(row.digest) for row in rows[:-1]]
    assert Event.objects.get(chain=OTHER).position == 1
    assert verify().whole


def test_the_database_digests_as_the_rules_do(user: User) -> None:
    event = note(by=user, case_id=CASE, text="Zoë | tŷ")
    event.refresh_from_db()
    facts = EventFacts(
        id=event.pk,
        chain=event.chain,
        chain_kind=event.chain_kind,
        position=1,
        at=event.at,
        kind=event.kind,
        name=event.name,
        actor=event.actor,
        subject_type=event.subject_type,
        subject=event.subject,
        fields=event.fields,
        payload_digest=bytes(event.payload_digest),
    )
    assert event_digest(b"", facts) == bytes(event.digest)


def test_several_events_of_one_transaction_are_sealed_together(user: User) -> None:
    with transaction.atomic():
        for text in ("a", "b"):
            note(by=user, case_id=CASE, text=text)
            note(by=user, case_id=OTHER, text=text)
        assert not Head.objects.exists()
    assert set(Head.objects.values_list("chain", "position")) == {(CASE, 2), (OTHER, 2)}
    assert verify().whole


def test_a_change_that_fails_leaves_no_event(user: User) -> None:
    class BrokenOffError(Exception):
        pass

    @action
    def break_off(*, by: User) -> None:
        note(by=by, case_id=CASE, text="never")
        raise BrokenOffError

    with pytest.raises(BrokenOffError):
        break_off(by=user)
    assert not Event.objects.exists()
    assert not Payload.objects.exists()


def test_an_event_outside_an_action_is_refused(user: User) -> None:
    with pytest.raises(UnauditedError):
        record_change(by=user, kind=EventKind.CHANGE, name="test.thing.changed", subject=user, case_id=CASE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_audit_event SET name = 'other'",
        "DELETE FROM foundation_audit_event",
        "TRUNCATE foundation_audit_event CASCADE",
        "UPDATE foundation_audit_head SET position = 7",
        "DELETE FROM foundation_audit_head",
        "INSERT INTO foundation_audit_head VALUES (gen_random_uuid(), 'case', 1, '')",
        "UPDATE foundation_audit_payload SET family_member = gen_random_uuid()",
        "UPDATE foundation_audit_payload SET content = '{}'",
        "UPDATE foundation_audit_payload SET content = NULL, salt = NULL",
        "DELETE FROM foundation_audit_payload",
        "UPDATE foundation_audit_consultation SET refused = false",
        "DELETE FROM foundation_audit_consultation",
        "TRUNCATE foundation_audit_consultation",
        "INSERT INTO foundation_audit_seal VALUES (99, now(), 0, '', '')",
        "ALTER TABLE foundation_audit_event DISABLE TRIGGER ALL",
        "DROP TABLE foundation_audit_event CASCADE",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_s_role_cannot_alter_the_trail(user: User, statement: str) -> None:
    note(by=user, case_id=CASE, text="kept")
    record_consultation(by=user, what="test.page", case_id=CASE)
    with pytest.raises(DatabaseError, match=r"permission denied|only be emptied|must be owner"):
        run(statement)
    assert verify().whole


def test_an_event_cannot_arrive_with_a_digest_of_its_own(user: User) -> None:
    event = note(by=user, case_id=CASE, text="kept")
    with pytest.raises(Exception, match="by the database alone"), transaction.atomic():
        Event.objects.create(
            chain=CASE,
            chain_kind="case",
            at=event.at,
            kind="change",
            name="forged",
            position=2,
            previous=b"",
            digest=b"x",
        )


CUT_OUT = """
WITH gone AS (
    DELETE FROM foundation_audit_payload p USING foundation_audit_event e WHERE e.id = p.event_id AND e.position = {0}
) DELETE FROM foundation_audit_event WHERE position = {0}
"""
ATTACKS: dict[str, tuple[str, Fault]] = {
    "a name is altered": ("UPDATE foundation_audit_event SET name = 'x' WHERE position = 2", Fault.ALTERED),
    "a time is moved": (
        "UPDATE foundation_audit_event SET at = at - interval '1 day' WHERE position = 2",
        Fault.ALTERED,
    ),
    "an actor is swapped": (
        "UPDATE foundation_audit_event SET actor = gen_random_uuid() WHERE position = 1",
        Fault.ALTERED,
    ),
    "the middle is taken out": (
        CUT_OUT.format(2),
        Fault.GAP,
    ),
    "the end is cut": (
        CUT_OUT.format(3),
        Fault.CUT,
    ),
    "a head is deleted": ("DELETE FROM foundation_audit_head", Fault.CUT),
    "a payload is deleted": ("DELETE FROM foundation_audit_payload", Fault.PAYLOAD_MISSING),
    "a consultation is altered": ("UPDATE foundation_audit_consultation SET refused = NOT refused", Fault.SEAL_ALTERED),
    "a consultation is deleted": ("DELETE FROM foundation_audit_consultation WHERE id % 2 = 0", Fault.SEAL_ALTERED),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_verify_finds_what_an_owner_of_the_database_did(
    user: User, owner_connection: psycopg.Connection, name: str
) -> None:
    for text in ("one", "two", "three"):
        note(by=user, case_id=CASE, text=text)
        record_consultation(by=user, what="test.page", case_id=CASE)
    seal_consultations()
    assert verify().whole
    statement, fault = ATTACKS[name]
    owner_connection.execute("SET CONSTRAINTS ALL DEFERRED")
    owner_connection.execute(statement)
    owner_connection.commit()
    assert fault in faults()


def test_a_payload_altered_under_switched_off_triggers_is_found(
    user: User, owner_connection: psycopg.Connection
) -> None:
    note(by=user, case_id=CASE, text="true")
    owner_connection.execute("ALTER TABLE foundation_audit_payload DISABLE TRIGGER USER")
    owner_connection.execute("UPDATE foundation_audit_payload SET content = replace(content, 'true', 'false')")
    owner_connection.execute("ALTER TABLE foundation_audit_payload ENABLE TRIGGER USER")
    owner_connection.commit()
    assert faults() == {Fault.PAYLOAD_ALTERED}


def test_a_payload_emptied_without_a_certificate_is_found(user: User) -> None:
    note(by=user, case_id=CASE, text="gone")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE foundation_audit_payload SET content = NULL, salt = NULL, erasure = %s", [uuid4()])
    assert faults() == {Fault.EMPTIED_WITHOUT_CERTIFICATE}


def test_an_anchor_tells_a_chain_that_was_cut_with_its_head(
    user: User, owner_connection: psycopg.Connection, tmp_path
) -> None:
    for text in ("one", "two"):
        note(by=user, case_id=CASE, text=text)
    key = signing_key(tmp_path / "key.pem")
    anchor = opened(signed(current_anchor(), key))
    owner_connection.execute("DELETE FROM foundation_audit_payload")
    owner_connection.execute("DELETE FROM foundation_audit_event")
    owner_connection.execute("DELETE FROM foundation_audit_head")
    owner_connection.commit()
    assert verify().whole
    assert {finding.fault for finding in verify(anchor).findings} == {Fault.ANCHOR_BROKEN}


def test_an_anchor_agrees_with_a_chain_that_has_grown(user: User, tmp_path) -> None:
    note(by=user, case_id=CASE, text="one")
    record_consultation(by=user, what="test.page")
    seal_consultations()
    anchor = opened(signed(current_anchor(), signing_key(tmp_path / "key.pem")))
    note(by=user, case_id=CASE, text="two")
    record_consultation(by=user, what="test.page")
    seal_consultations()
    report = verify(anchor)
    assert report.whole
    assert any("after the anchor" in line for line in report.cannot_know)


def test_an_anchor_that_was_altered_is_refused(user: User, tmp_path) -> None:
    note(by=user, case_id=CASE, text="one")
    content = signed(current_anchor(), signing_key(tmp_path / "key.pem"))
    with pytest.raises(AnchorError, match="signature does not hold"):
        opened(content.replace(b'\\"events\\": 1', b'\\"events\\": 2'))
    with pytest.raises(AnchorError, match="signature does not hold"):
        opened(content, public_key="00" * 32)
    with pytest.raises(AnchorError, match="no anchor"):
        opened(b"{}")


def test_the_signing_key_is_for_its_owner_alone(tmp_path) -> None:
    signing_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0


def test_consultations_are_sealed_once(user: User) -> None:
    for _ in range(3):
        record_consultation(by=user, what="test.page", detail="a | b")
    assert seal_consultations() == 3
    assert seal_consultations() == 0
    assert Seal.objects.get().consultations == 3
    assert not Consultation.objects.filter(seal__isnull=True).exists()
    assert verify().whole


def test_verify_says_that_unsealed_consultations_cannot_be_vouched_for(user: User) -> None:
    record_consultation(by=user, what="test.page")
    assert any("not sealed yet" in line for line in verify().cannot_know)


def test_two_transactions_on_one_case_chain_one_after_the_other(user: User, live_database) -> None:
    import threading

    from django.db import connections

    def write(name: str) -> None:
        try:
            for number in range(10):
                with transaction.atomic():
                    first, second = (CASE, OTHER) if name == "a" else (OTHER, CASE)
                    note(by=user, case_id=first, text=f"{name}{number}")
                    note(by=user, case_id=second, text=f"{name}{number}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Head.objects.values_list("position", flat=True)) == {20}
    assert verify().whole


def test_the_application_s_role_is_told_why(user: User) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_audit_event")
