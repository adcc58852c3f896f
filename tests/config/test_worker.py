"""A worker that is told to stop: it finishes what is in hand, or gives it up whole."""

import signal
from pathlib import Path

import psycopg
import pytest

from alongside.config.database.urls import DatabaseUrls
from tests.support.processes import program, wait_for

WORKER = """
import sys, time
from alongside.config.environment import configure
configure()
import alongside.config.worker as worker
from django.contrib.sessions.models import Session
from django.utils import timezone
from alongside.foundation.jobs.running import job
worker.SECONDS_TO_FINISH = worker.SECONDS_TO_LEAVE = 1

@job
def take(*, by_id):
    Session.objects.create(session_key="half done", session_data="", expire_date=timezone.now())
    print("begun", flush=True)
    time.sleep(float(sys.argv[1]))

take.later(by=None)
worker.work()
"""


def run_and_stop(live_database: DatabaseUrls, folder: Path, *, seconds: str) -> int:
    log = folder / "output"
    environment = {**live_database.as_environment(), "ALONGSIDE_STATE": str(folder)}
    with program(["-c", WORKER, seconds], environment=environment, output=log) as worker:
        assert wait_for(lambda: "begun" in log.read_text() or worker.poll() is not None, seconds=60), log.read_text()
        assert worker.poll() is None, log.read_text()
        worker.send_signal(signal.SIGTERM)
        return worker.wait(timeout=30)


def state_of_the_job(connection: psycopg.Connection) -> list[tuple[str]]:
    return connection.execute(
        "SELECT status::text FROM procrastinate_jobs WHERE task_name = '__main__.take'"
    ).fetchall()


def test_a_short_job_is_finished(
    live_database: DatabaseUrls, owner_connection: psycopg.Connection, tmp_path: Path
) -> None:
    assert run_and_stop(live_database, tmp_path, seconds="0.5") == 0
    assert state_of_the_job(owner_connection) == []
    assert owner_connection.execute("SELECT count(*) FROM django_session").fetchone() == (1,)


@pytest.mark.slow
def test_a_long_job_is_given_up_whole_and_left_for_another(
    live_database: DatabaseUrls, owner_connection: psycopg.Connection, tmp_path: Path
) -> None:
    assert run_and_stop(live_database, tmp_path, seconds="600") != 0
    assert state_of_the_job(owner_connection) == [("doing",)]
    assert wait_for(
        lambda: owner_connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,), seconds=5
    )
