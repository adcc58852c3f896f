"""Long work as its asker sees it: shown while it runs, over exactly when it stands, stopped when asked."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from alongside.config.database.urls import DatabaseUrls
from alongside.config.worker import work
from alongside.foundation.accounts.models import User
from alongside.foundation.jobs import progress as progress_module
from alongside.foundation.jobs.models import JobProgress, OutboxEvent
from alongside.foundation.jobs.progress import JobFailedError, Progress, ask_to_cancel, start_progress, watch
from alongside.foundation.jobs.rules import OVER, Happening, ImpossibleHappeningError, State, after, share_done
from alongside.foundation.jobs.running import ATTEMPTS, Job, job
from alongside.foundation.jobs.tasks import retry_stalled_jobs
from tests.factories import UserFactory

Work = Callable[[Progress], Mapping[str, Any] | None]
to_do: list[Work] = []


def long_work(*, by_id: UUID | None, progress_id: UUID) -> None:
    watch(progress_id, to_do[-1])


@pytest.fixture
def long_job() -> Iterator[Job]:
    yield job(long_work)
    del app.tasks[f"{__name__}.long_work"]
    to_do.clear()


@pytest.fixture(autouse=True)
def every_report_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "SECONDS_BETWEEN_REPORTS", 0.0)


@pytest.fixture
def ask(live_database: DatabaseUrls, long_job: Job) -> Callable[[Work], JobProgress]:
    asker = User.objects.create_user(email="asker@example.org", name="An Asker")

    def run(work_to_do: Work) -> JobProgress:
        to_do.append(work_to_do)
        with transaction.atomic():
            row = start_progress(by=asker, kind="tests.long", title="A long thing", next_url="/there/")
            long_job.later(by=asker, progress_id=row.pk)
        return row

    return run


def write_something() -> None:
    OutboxEvent.objects.create(name="family.thing.written", subject=UUID(int=1))


def test_progress_shows_while_the_works_own_transaction_is_open(ask, owner_connection: psycopg.Connection):
    seen = []

    def slow(progress: Progress) -> Mapping[str, Any]:
        write_something()
        progress.report(30, total=100, message="Checking rows")
        seen.append(
            owner_connection.execute("SELECT state, done, total, message FROM foundation_jobs_jobprogress").fetchone()
        )
        seen.append(owner_connection.execute("SELECT count(*) FROM foundation_jobs_outboxevent").fetchone())
        return {"good": 100}

    row = ask(slow)
    assert row.state == "queued"
    work(once=True)
    row.refresh_from_db()
    assert seen == [("running", 30, 100, "Checking rows"), (0,)]
    assert (row.state, row.done, row.total, row.result, row.share) == ("done", 100, 100, {"good": 100}, 100)
    assert OutboxEvent.objects.count() == 1


def test_a_failure_that_the_asker_can_act_on_is_told_and_leaves_nothing(ask):
    def refuse(progress: Progress) -> None:
        write_something()
        raise JobFailedError("The file has no column called CRN. Add it and send the file again.")

    row = ask(refuse)
    work(once=True)
    row.refresh_from_db()
    assert (row.state, row.message[:8]) == ("failed", "The file")
    assert not OutboxEvent.objects.exists()
    assert jobs_waiting() == []


def test_a_fault_of_ours_is_tried_again_and_says_so(ask):
    def fall(progress: Progress) -> None:
        write_something()
        raise ZeroDivisionError

    row = ask(fall)
    work(once=True)
    row.refresh_from_db()
    assert (row.state, row.message) == ("running", progress_module.RETRY_MESSAGE)
    to_do.append(lambda progress: None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
    work(once=True)
    row.refresh_from_db()
    assert (row.state, row.message) == ("done", "")


def test_the_last_attempt_ends_in_words_and_not_in_silence(ask):
    def fall(progress: Progress) -> None:
        raise ZeroDivisionError

    row = ask(fall)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [ATTEMPTS])
    work(once=True)
    row.refresh_from_db()
    assert (row.state, row.message) == ("failed", progress_module.FAULT_MESSAGE)


def test_cancelled_before_it_begins_it_never_begins(ask):
    row = ask(lambda progress: write_something())
    ask_to_cancel(row.pk)
    work(once=True)
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert not OutboxEvent.objects.exists()


def test_cancelled_while_it_runs_it_stops_and_leaves_nothing(ask, owner_connection: psycopg.Connection):
    def slow(progress: Progress) -> None:
        write_something()
        owner_connection.execute("UPDATE foundation_jobs_jobprogress SET cancel_asked_at = now()")
        progress.report(1, total=2)
        pytest.fail("went on")

    row = ask(slow)
    work(once=True)
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert not OutboxEvent.objects.exists()


def test_work_that_kills_its_workers_is_given_up(ask, owner_connection: psycopg.Connection):
    row = ask(lambda progress: None)
    owner_connection.execute(
        "WITH dead AS ("
        " INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id)"
        " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead), attempts = 5"
    )
    owner_connection.execute("UPDATE foundation_jobs_jobprogress SET state = 'running'")
    retry_stalled_jobs.configure(queueing_lock="asked for by the test").defer(timestamp=0)
    work(once=True)
    row.refresh_from_db()
    assert (row.state, row.message) == ("failed", progress_module.KILLED_MESSAGE)


def jobs_waiting() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchall()


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def row(self) -> JobProgress:
        return start_progress(by=UserFactory(), kind="tests.long", title="Bringing in a caseload", next_url="/there/")

    def test_its_asker_sees_it(self, client, row):
        client.force_login(row.started_by)
        page = client.get(reverse("jobs:progress", args=[row.pk])).content.decode()
        assert "Bringing in a caseload" in page
        assert "Waiting to begin" in page
        assert 'http-equiv="refresh"' in page
        assert "Stop this" in page

    def test_the_part_alone_is_what_the_script_asks_for(self, client, row):
        client.force_login(row.started_by)
        JobProgress.objects.filter(pk=row.pk).update(state="running", done=3, total=10, message="Checking <rows>")
        part = client.get(reverse("jobs:progress", args=[row.pk]) + "?part").content.decode()
        assert "<html" not in part
        assert 'max="10" value="3"' in part
        assert "Checking &lt;rows&gt;" in part

    def test_when_over_it_leads_on_and_no_longer_reloads(self, client, row):
        client.force_login(row.started_by)
        ask_to_cancel(row.pk)
        page = client.get(reverse("jobs:progress", args=[row.pk])).content.decode()
        assert 'href="/there/"' in page
        assert "refresh" not in page
        assert "Stop this" not in page

    def test_for_anyone_else_there_is_none(self, client, row):
        assert client.get(reverse("jobs:progress", args=[row.pk])).status_code == 302
        client.force_login(UserFactory())
        assert client.get(reverse("jobs:progress", args=[row.pk])).status_code == 404
        assert client.post(reverse("jobs:cancel", args=[row.pk])).status_code == 404
        row.refresh_from_db()
        assert row.state == "queued"

    def test_cancelling(self, client, row):
        client.force_login(row.started_by)
        assert client.get(reverse("jobs:cancel", args=[row.pk])).status_code == 405
        client.post(reverse("jobs:cancel", args=[row.pk]))
        row.refresh_from_db()
        assert row.state == "cancelled"


@given(st.sampled_from(State), st.sampled_from(Happening))
def test_work_that_is_done_or_cancelled_stays_so(state, happening):
    try:
        following = after(state, happening)
    except ImpossibleHappeningError:
        return
    assert state not in {State.DONE, State.CANCELLED}
    assert (following in OVER) == (happening is not Happening.BEGIN)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_share_is_never_whole_before_all_is_done(done, total):
    share = share_done(done, total)
    assert (share is None) == (total == 0)
    assert share is None or (0 <= share <= 100 and (share == 100) == (done >= total))
