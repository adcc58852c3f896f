"""Work done later: as whoever asked, once, and again where a worker was killed."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from alongside.config.database.urls import DatabaseUrls
from alongside.config.worker import work
from alongside.foundation.accounts.models import User
from alongside.foundation.jobs.running import Job, job
from alongside.foundation.jobs.tasks import retry_stalled_jobs

ran: list[tuple[UUID | None, UUID, str]] = []


def note(*, by_id: UUID | None, thing_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('alongside.user', true), '')")
        ran.append((by_id, thing_id, cursor.fetchone()[0]))


@pytest.fixture
def noting() -> Iterator[Job]:
    ran.clear()
    yield job(note)
    del app.tasks[f"{__name__}.note"]


@pytest.fixture
def user(live_database: DatabaseUrls) -> User:
    return User.objects.create_user(email="asker@example.org", name="An Asker")


def test_job_runs_as_whoever_asked(noting: Job, user: User) -> None:
    thing = uuid4()
    noting.later(by=user, thing_id=thing)
    work(once=True)
    assert ran == [(user.pk, thing, str(user.pk))]


def test_job_asked_for_by_nobody_has_no_identity(noting: Job, live_database: DatabaseUrls) -> None:
    thing = uuid4()
    noting.later(by=None, thing_id=thing)
    work(once=True)
    assert ran == [(None, thing, "")]


def test_job_of_a_transaction_that_fails_is_never_asked_for(noting: Job, user: User) -> None:
    with transaction.atomic():
        noting.later(by=user, thing_id=uuid4())
        transaction.set_rollback(True)
    work(once=True)
    assert ran == []


def test_job_carries_ids_alone(noting: Job, user: User) -> None:
    with pytest.raises(TypeError, match="name is no id"):
        noting.later(by=user, name="Kelly")  # type: ignore[arg-type]


def test_job_of_a_killed_worker_is_done_by_the_next(
    noting: Job, user: User, owner_connection: psycopg.Connection
) -> None:
    thing = uuid4()
    noting.later(by=user, thing_id=thing)
    owner_connection.execute(
        "WITH dead AS ("
        " INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id)"
        " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"
    )
    # The worker itself asks for the look after stalled jobs, once a minute, and does it like any other job.
    retry_stalled_jobs.configure(queueing_lock="asked for by the test").defer(timestamp=0)
    work(once=True)
    work(once=True)
    assert ran == [(user.pk, thing, str(user.pk))]
