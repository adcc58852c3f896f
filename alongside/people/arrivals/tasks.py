"""Checking and taking in the background, watched by whoever asked; and finishing with files that were left behind."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.jobs.models import JobProgress
from alongside.foundation.jobs.progress import JobFailedError, Progress, start_progress, watch
from alongside.foundation.jobs.running import Job, job
from alongside.people.arrivals.actions import (
    NotReadyError,
    Report,
    TakenMeanwhileError,
    check_file,
    finish_with_forgotten,
    take_file,
)
from alongside.people.arrivals.models import Arrival


@job
def check_arrival(*, by_id: UUID | None, arrival_id: UUID, progress_id: UUID) -> None:
    """Check a file that has been received."""
    watch(progress_id, lambda progress: _check(by_id, arrival_id, progress))


@job
def take_arrival(*, by_id: UUID | None, arrival_id: UUID, progress_id: UUID) -> None:
    """Take a file that has been checked."""
    watch(progress_id, lambda progress: _take(by_id, arrival_id, progress))


@action
def ask_to_check(*, by: User, arrival: Arrival) -> JobProgress:
    """Have a file checked, and say where that can be watched."""
    return _ask(check_arrival, by=by, arrival=arrival, kind="arrivals.check", title=_("Checking the caseload file"))


@action
def ask_to_take(*, by: User, arrival: Arrival) -> JobProgress:
    """Have a checked file taken, and say where that can be watched."""
    return _ask(take_arrival, by=by, arrival=arrival, kind="arrivals.take", title=_("Bringing in the caseload"))


@app.periodic(cron="17 3 * * *")
@app.task(name="arrivals.finish_with_forgotten", queueing_lock="arrivals.finish_with_forgotten")
def finish_with_forgotten_files(timestamp: int) -> None:
    """Each night, delete what was left behind a week ago."""
    finish_with_forgotten()


def _ask(work: Job, *, by: User, arrival: Arrival, kind: str, title: str) -> JobProgress:
    progress = start_progress(by=by, kind=kind, title=title, next_url=reverse("arrivals:arrival", args=[arrival.pk]))
    Arrival.objects.filter(pk=arrival.pk).update(work=progress.pk)
    work.later(by=by, arrival_id=arrival.pk, progress_id=progress.pk)
    return progress


def _check(by_id: UUID | None, arrival_id: UUID, progress: Progress) -> Mapping[str, Any]:
    by = User.objects.filter(pk=by_id).first() if by_id else None
    try:
        arrival = check_file(by=by, arrival=Arrival.objects.get(pk=arrival_id), report=_report_to(progress))
    except NotReadyError as error:
        raise JobFailedError(str(error)) from error
    return {"rows": arrival.rows, "faulty": arrival.faulty}


def _take(by_id: UUID | None, arrival_id: UUID, progress: Progress) -> Mapping[str, Any]:
    by = User.objects.filter(pk=by_id).first() if by_id else None
    try:
        arrival = take_file(by=by, arrival=Arrival.objects.get(pk=arrival_id), report=_report_to(progress))
    except (NotReadyError, TakenMeanwhileError) as error:
        raise JobFailedError(str(error)) from error
    return {"new": arrival.new, "changed": arrival.changed}


def _report_to(progress: Progress) -> Report:
    def report(done: int, total: int, message: str) -> None:
        progress.report(done, total=total, message=message)

    return report
