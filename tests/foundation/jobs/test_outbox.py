"""The outbox: in the same transaction, ids alone, once to each listener."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from alongside.config.database.urls import DatabaseUrls
from alongside.config.worker import work
from alongside.foundation.accounts.models import User
from alongside.foundation.jobs.models import OutboxEvent, OutboxReceipt
from alongside.foundation.jobs.outbox import (
    Listener,
    OutboxError,
    catch_up,
    deal_with,
    listen,
    publish,
    stop_listening,
)

NAME = "family.member.added"
heard: list[tuple[str, UUID, str]] = []
faults: list[Exception] = []


def hear(event: OutboxEvent) -> None:
    if faults:
        raise faults.pop()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('alongside.user', true), '')")
        heard.append((event.name, event.subject, cursor.fetchone()[0]))


@pytest.fixture
def listener() -> Iterator[Listener]:
    heard.clear()
    faults.clear()
    listener = listen(NAME, name="tests.hear", to=hear)
    yield listener
    stop_listening(listener)


@pytest.fixture
def user(live_database: DatabaseUrls) -> User:
    return User.objects.create_user(email="asker@example.org", name="An Asker")


def test_an_event_reaches_its_listener_once_as_whoever_caused_it(listener, user):
    subject = uuid4()
    with transaction.atomic():
        event = publish(by=user, name=NAME, subject=subject, case_id=uuid4(), ids={"team": uuid4()})
    work(once=True)
    deal_with(event_id=event.pk, listener_id=listener.id)
    assert heard == [(NAME, subject, str(user.pk))]
    assert OutboxReceipt.objects.filter(event=event, listener="tests.hear").count() == 1


def test_what_is_rolled_back_never_happened(listener, user):
    with transaction.atomic():
        publish(by=user, name=NAME, subject=uuid4())
        transaction.set_rollback(True)
    work(once=True)
    assert heard == []
    assert not OutboxEvent.objects.exists()


def test_a_listener_that_falls_leaves_no_receipt_and_is_asked_again(listener, user):
    faults.append(ZeroDivisionError())
    with transaction.atomic():
        publish(by=None, name=NAME, subject=uuid4())
    work(once=True)
    assert (heard, OutboxReceipt.objects.count()) == ([], 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    work(once=True)
    assert (len(heard), OutboxReceipt.objects.count()) == (1, 1)


def test_a_listener_that_comes_later_can_catch_up(user):
    with transaction.atomic():
        publish(by=None, name=NAME, subject=uuid4())
    listener = listen(NAME, name="tests.late", to=hear)
    heard.clear()
    try:
        assert catch_up(listener, since=timezone.now() - timedelta(days=1)) == 1
        work(once=True)
        assert len(heard) == 1
        assert catch_up(listener, since=timezone.now() - timedelta(days=1)) == 0
    finally:
        stop_listening(listener)


@pytest.mark.django_db
def test_an_event_carries_ids_alone_under_a_known_form_of_name():
    with pytest.raises(OutboxError, match="ids alone"):
        publish(by=None, name=NAME, subject=uuid4(), ids={"name": "Kelly"})
    for wrong in ("added", "family.added", "Family.member.added", "family.member.added.now", "family..added"):
        with pytest.raises(OutboxError, match="no name"):
            publish(by=None, name=wrong, subject=uuid4())


def test_a_name_of_a_listener_is_taken_once(listener):
    assert listen(NAME, name="tests.hear", to=hear) == listener
    with pytest.raises(OutboxError, match="Two listeners"):
        listen("family.member.ended", name="tests.hear", to=hear)


@pytest.mark.django_db
def test_a_listener_that_has_gone_is_passed_over():
    event = publish(by=None, name=NAME, subject=uuid4())
    deal_with(event_id=event.pk, listener_id=uuid4())
    assert not OutboxReceipt.objects.exists()
