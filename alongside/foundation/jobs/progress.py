"""Long work that others can watch: asked for in an action, reported while it runs, and over exactly when its work
stands.

Progress is written on a connection of its own, so that it shows while the work's one transaction is still open. That
the work is done is written inside that transaction: both stand, or neither does.

    @job
    def check_upload(*, by_id: UUID | None, upload_id: UUID, progress_id: UUID) -> None:
        watch(progress_id, lambda progress: check(upload_id, progress))

and `check` calls `progress.report(done, total=total, message="Checking rows")` as it goes.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.jobs.models import JobProgress
from alongside.foundation.jobs.rules import Happening, State, after, states_that_allow
from alongside.foundation.jobs.running import is_last_attempt

SECONDS_BETWEEN_REPORTS = 0.5
FAULT_MESSAGE = "Something went wrong on our side, and nothing was changed. We have been told. You can try again."
RETRY_MESSAGE = "This takes longer than it should: something went wrong on our side, and we are trying again."
KILLED_MESSAGE = "This was stopped several times before it could finish, and nothing was changed. Ask for help."


class JobFailedError(Exception):
    """The work cannot be done, for a reason that whoever asked can act on: the message is shown to them.

    Everything that the work has written is rolled back, and it is not tried again.
    """


class JobCancelledError(Exception):
    """Whoever asked for the work has since asked to stop it. Raised out of `report`; everything is rolled back."""


def start_progress(*, by: User | None, kind: str, title: str, next_url: str = "") -> JobProgress:
    """Note that long work is being asked for, in the caller's transaction; pass its id to the job as `progress_id`."""
    return JobProgress.objects.create(kind=kind, title=title, started_by=by, next_url=next_url)


def ask_to_cancel(progress_id: UUID) -> None:
    """Ask the work to stop: at once where it has not begun, otherwise when it next reports."""
    now = timezone.now()
    waiting = JobProgress.objects.filter(pk=progress_id, state=State.QUEUED)
    if not waiting.update(state=State.CANCELLED, over_at=now, cancel_asked_at=now, message="Cancelled"):
        JobProgress.objects.filter(pk=progress_id, state=State.RUNNING).update(cancel_asked_at=now)


class Progress:
    """The handle with which running work says how far it has come."""

    def __init__(self, progress_id: UUID, line: BaseDatabaseWrapper) -> None:
        self.id = progress_id
        self._line = line
        self._next_report = 0.0

    def report(self, done: int, *, total: int = 0, message: str = "", now: bool = False) -> None:
        """Show how far the work has come, at most twice a second unless `now`. Raises JobCancelledError."""
        if not now and time.monotonic() < self._next_report:
            return
        self._next_report = time.monotonic() + SECONDS_BETWEEN_REPORTS
        total = max(total, 0)
        done = max(min(done, total) if total else done, 0)
        cancelled = self._write(
            "UPDATE {table} SET done = %s, total = %s, message = %s, version = version + 1 "
            "WHERE id = %s AND state = 'running' RETURNING cancel_asked_at IS NOT NULL",
            [done, total, message[:300], self.id],
        )
        if cancelled:
            raise JobCancelledError

    def say(self, message: str) -> None:
        """Show a message without a change of count."""
        self._write("UPDATE {table} SET message = %s, version = version + 1 WHERE id = %s", [message[:300], self.id])

    def _write(self, statement: str, values: list[Any]) -> Any:
        """Run one statement on the line of our own, committed at once; answers the first value it returns."""
        with self._line.cursor() as cursor:
            cursor.execute(statement.format(table=JobProgress._meta.db_table), values)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def begin(self) -> bool:
        """Whether the work may begin: not where it has been cancelled, or done by an earlier attempt."""
        return bool(
            self._write(
                "UPDATE {table} SET state = 'running', begun_at = coalesce(begun_at, %s), over_at = NULL, "
                "message = '', version = version + 1 WHERE id = %s AND state = ANY(%s) RETURNING 1",
                [timezone.now(), self.id, [*states_that_allow(Happening.BEGIN)]],
            )
        )

    def end(self, happening: Happening, message: str) -> None:
        """Note that the work failed or stopped, after its own transaction was given up."""
        self._write(
            "UPDATE {table} SET state = %s, over_at = %s, message = %s, version = version + 1 "
            "WHERE id = %s AND state = ANY(%s)",
            [
                after(State.RUNNING, happening),
                timezone.now(),
                message[:300],
                self.id,
                [*states_that_allow(happening)],
            ],
        )


def watch(progress_id: UUID, work: Callable[[Progress], Mapping[str, Any] | None]) -> None:
    """Do `work` under the eyes of whoever asked; what it answers, in counts and ids, is kept as its result.

    Once it has returned the work is done, in the transaction that is open. JobFailedError and cancelling roll that
    transaction back and end the job; any other exception passes on, so that the job is tried again. Work that was
    cancelled before it began, or is done already, is not done at all.
    """
    line = connections["default"].copy()
    try:
        progress = Progress(progress_id, line)
        if not progress.begin():
            return
        try:
            result = work(progress)
            _note_done(progress_id, result or {})
        except JobCancelledError:
            _give_up_transaction()
            progress.end(Happening.STOP, "Cancelled. Nothing was changed.")
        except JobFailedError as failure:
            _give_up_transaction()
            progress.end(Happening.FAIL, str(failure))
        except BaseException:
            if is_last_attempt():
                progress.end(Happening.FAIL, FAULT_MESSAGE)
            else:
                progress.say(RETRY_MESSAGE)
            raise
    finally:
        line.close()


def note_killed(progress_id: UUID) -> None:
    """The work's worker was killed once too often: tell whoever asked."""
    JobProgress.objects.filter(pk=progress_id, state__in=states_that_allow(Happening.FAIL)).update(
        state=State.FAILED, over_at=timezone.now(), message=KILLED_MESSAGE, version=F("version") + 1
    )


def _note_done(progress_id: UUID, result: Mapping[str, Any]) -> None:
    JobProgress.objects.filter(pk=progress_id, state=State.RUNNING).update(
        state=State.DONE,
        over_at=timezone.now(),
        message="",
        result=dict(result),
        total=Greatest(F("total"), F("done")),
        done=Greatest(F("total"), F("done")),
        version=F("version") + 1,
    )


def _give_up_transaction() -> None:
    connection = transaction.get_connection()
    if connection.in_atomic_block:
        connection.set_rollback(True)
