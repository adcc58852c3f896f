"""An import that is stopped anywhere leaves nothing half: raised, cancelled or killed."""

import io
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from alongside.config.database.urls import DatabaseUrls
from alongside.config.state import PROJECT_FOLDER
from alongside.foundation.audit.models import Event
from alongside.foundation.audit.verification import verify
from alongside.foundation.jobs.models import JobProgress
from alongside.people.allocations.models import Allocation
from alongside.people.arrivals import taking
from alongside.people.arrivals.actions import check_file, receive_file, take_file
from alongside.people.arrivals.models import Arrival, StagedRow
from alongside.people.arrivals.tasks import ask_to_check, ask_to_take, check_arrival, take_arrival
from alongside.people.persons.models import Order, Person
from tests.factories import TeamFactory, UserFactory
from tests.people.arrivals.files import as_csv, bring, row_of, saved

WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE query ~ 'INSERT INTO people_persons_order' AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"""


def rows(count: int) -> bytes:
    team = TeamFactory()
    return as_csv([row_of(team, None, number) for number in range(1, count + 1)])


@pytest.mark.parametrize("step", range(len(taking.STEPS)))
def test_an_error_at_any_step_leaves_nothing(
    live_database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    arrival = bring(rows(5))
    words, statements = taking.STEPS[step]
    broken = (*taking.STEPS[:step], (words, (*statements, "SELECT 1/0")), *taking.STEPS[step + 1 :])
    monkeypatch.setattr(taking, "STEPS", broken)
    with pytest.raises(Exception, match="division by zero"):
        take_file(by=None, arrival=arrival)
    assert not Person.objects.exists()
    assert not Order.objects.exists()
    assert not Event.objects.filter(chain_kind="case").exists()
    monkeypatch.undo()
    assert take_file(by=None, arrival=Arrival.objects.get()).new == 5
    assert verify().whole


def test_a_killed_process_leaves_nothing(live_database: DatabaseUrls, tmp_path: Path) -> None:
    path = saved(tmp_path, rows(3_000))
    command = [sys.executable, "-m", "alongside.config.command", "import", "caseload", str(path)]
    environment = {
        **os.environ,
        **live_database.as_environment(),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "ALONGSIDE_STATE": str(tmp_path),
    }
    # Whoever writes orders waits for this lock: so the import is surely in the midst of its one transaction.
    with psycopg.connect(live_database.owner) as owner, psycopg.connect(live_database.admin, autocommit=True) as admin:
        owner.execute("LOCK TABLE people_persons_order IN SHARE MODE")
        process = subprocess.Popen(
            command, cwd=PROJECT_FOLDER, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 90
        while admin.execute(WAITING).fetchone() == (0,):
            assert process.poll() is None, "The import ended before it came to its orders."
            assert time.monotonic() < deadline, "The import never came to its orders."
            select.select([], [], [], 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not Person.objects.exists()
    assert not Allocation.objects.exists()
    assert not StagedRow.objects.exists()
    assert not Event.objects.filter(chain_kind="case").exists()
    assert verify().whole


def test_a_job_that_is_cancelled_leaves_nothing(live_database: DatabaseUrls) -> None:
    user = UserFactory()
    content = rows(5)
    arrival = receive_file(by=user, name="c.csv", content=io.BytesIO(content), size=len(content))
    check_file(by=user, arrival=arrival)
    progress = ask_to_take(by=user, arrival=arrival)
    JobProgress.objects.filter(pk=progress.pk).update(cancel_asked_at="2026-11-22T00:00Z")
    take_arrival.run(by_id=str(user.pk), ids={"arrival_id": str(arrival.pk), "progress_id": str(progress.pk)})
    assert JobProgress.objects.get(pk=progress.pk).state == "cancelled"
    assert not Person.objects.exists()
    assert Arrival.objects.get().stage == "checked"


def test_jobs_check_and_take_and_say_how_far_they_are(live_database: DatabaseUrls) -> None:
    user = UserFactory()
    content = rows(5)
    arrival = receive_file(by=user, name="c.csv", content=io.BytesIO(content), size=len(content))
    for ask, work in ((ask_to_check, check_arrival), (ask_to_take, take_arrival)):
        progress = ask(by=user, arrival=arrival)
        work.run(by_id=str(user.pk), ids={"arrival_id": str(arrival.pk), "progress_id": str(progress.pk)})
        done = JobProgress.objects.get(pk=progress.pk)
        assert (done.state, done.next_url) == ("done", f"/arrivals/{arrival.pk}/")
    assert Person.objects.count() == 5
    assert Arrival.objects.get().brought_by == user.pk


def test_taking_twice_says_so(live_database: DatabaseUrls) -> None:
    user = UserFactory()
    arrival = bring(rows(1))
    progresses = [ask_to_take(by=user, arrival=arrival) for _ in range(2)]
    for progress in progresses:
        take_arrival.run(by_id=str(user.pk), ids={"arrival_id": str(arrival.pk), "progress_id": str(progress.pk)})
    assert [JobProgress.objects.get(pk=one.pk).state for one in progresses] == ["done", "failed"]
    assert Person.objects.count() == 1
