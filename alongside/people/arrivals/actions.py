"""Bringing a file in: kept, checked, taken in one transaction, and forgotten when whoever brought it is done."""

import hashlib
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.people.arrivals.changes import count_people, find_changes
from alongside.people.arrivals.columns import ACCESS_COLUMNS
from alongside.people.arrivals.comparing import CLOSED, compare_rows, compare_with_people, parameters_of, run
from alongside.people.arrivals.models import Arrival, Stage, StagedChange, StagedRow
from alongside.people.arrivals.reading import UnreadableFileError, open_caseload
from alongside.people.arrivals.staging import stage
from alongside.people.arrivals.taking import write_all

KEPT_DAYS = 7
MEGABYTE = 1024 * 1024
LARGEST_FILE = 400 * MEGABYTE
SYSTEM = UUID(int=0)
LOCK = "alongside.arrivals.take"
NO_ACCESS_COLUMNS = (
    "The file does not say who may see each case (Exclusions, Restrictions and Limited Access Checked On). New cases "
    "open to their own officer alone until someone confirms them."
)

Report = Callable[[int, int, str], None]


class NotReadyError(ValueError):
    """The file is not at a stage where this can be done."""


class TakenMeanwhileError(RuntimeError):
    """Someone else wrote about the same people at the same moment; nothing was taken."""


def quiet(done: int, total: int, message: str) -> None:
    """Report to nobody."""


@action
def receive_file(*, by: User | None, name: str, content: Any, size: int, synthetic_mark: UUID | None = None) -> Arrival:
    """Keep the bytes of a file until the person is done with it. Whoever is new in it will carry `synthetic_mark`."""
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    arrival = Arrival(
        file_name=Path(name).name[:200] or "caseload",
        file_size=size,
        file_digest=digest,
        synthetic_mark=synthetic_mark,
        brought_by=by.pk if by else None,
        brought_by_name=by.name if by else "",
    )
    arrival.stored_as = default_storage.save(f"arrivals/{arrival.pk.hex}", File(content))
    arrival.save(force_insert=True)
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="arrivals.file.received",
        subject=arrival,
        after={"file_name": arrival.file_name, "file_digest": digest, "file_size": size},
    )
    return arrival


@action
def check_file(*, by: User | None, arrival: Arrival, report: Report = quiet) -> Arrival:
    """Read and check every row, and find what would change. A file that cannot be read is refused, with the reason."""
    if arrival.stage not in (Stage.WAITING, Stage.CHECKED):
        raise NotReadyError("This file has been dealt with already.")
    _forget_staged(arrival)
    try:
        with transaction.atomic(), _bytes_of(arrival) as path:
            _stage_rows(arrival, path, report)
    except UnreadableFileError as error:
        arrival.stage, arrival.refusal, arrival.checked_at = Stage.REFUSED, str(error), timezone.now()
        _save(arrival)
        _delete_bytes(arrival)
        return arrival
    parameters = parameters_of(arrival, today=today())
    with _set_based():
        report(0, 0, "Comparing rows with each other")
        compare_rows(parameters)
        report(0, 0, "Comparing with the people who are here")
        compare_with_people(parameters)
        find_changes(arrival, parameters)
    _count_unconfirmed(arrival)
    arrival.stage, arrival.checked_at = Stage.CHECKED, timezone.now()
    _save(arrival)
    return arrival


@action
def take_file(*, by: User | None, arrival: Arrival, report: Report = quiet, just_checked: bool = False) -> Arrival:
    """Write all that the checked file says, or nothing. Compares with people once more, since others work in between.

    `just_checked` says that the check was made in the same transaction. Raises NotReadyError and TakenMeanwhileError.
    """
    arrival = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if arrival.stage != Stage.CHECKED:
        raise NotReadyError("This file has been brought in already, or was not checked yet.")
    parameters = parameters_of(arrival, today=today(), by=by.pk if by else None)
    parameters |= {
        "now": timezone.now(),
        "by_name": by.name if by else "",
        "confirmed_by": by.pk if by else SYSTEM,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
    try:
        with _set_based():
            if not just_checked:
                report(0, 0, "Comparing once more with the people who are here")
                compare_with_people(parameters)
                find_changes(arrival, parameters)
            write_all(parameters, report)
            run(CLOSED, parameters)
    except IntegrityError as error:
        raise TakenMeanwhileError(
            "Someone changed one of the same people at the same moment, so nothing was brought in. Bring it in again."
        ) from error
    count_people(arrival)
    _count_unconfirmed(arrival)
    arrival.stage, arrival.taken_at = Stage.TAKEN, timezone.now()
    _save(arrival)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="arrivals.file.taken",
        subject=arrival,
        after={
            "file_digest": arrival.file_digest,
            "rows": arrival.rows,
            "faulty": arrival.faulty,
            "new": arrival.new,
            "changed": arrival.changed,
            "unchanged": arrival.unchanged,
        },
    )
    return arrival


@action
def finish_with(*, by: User | None, arrival: Arrival) -> None:
    """Delete the bytes and all that is staged; the counts and the digest stay."""
    _forget_staged(arrival)
    arrival.stage, arrival.done_at = Stage.DONE, timezone.now()
    arrival.file_name, arrival.titles, arrival.remarks = "", [], []
    _save(arrival)
    record_change(by=by, kind=EventKind.ERASURE, name="arrivals.file.finished", subject=arrival)
    _delete_bytes(arrival)


def finish_with_forgotten() -> int:
    """Finish with files that nobody has touched for a week; answers how many."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    left = Arrival.objects.filter(brought_at__lt=before).exclude(stage=Stage.DONE)
    for arrival in left:
        finish_with(by=None, arrival=arrival)
    return len(left)


def _stage_rows(arrival: Arrival, path: Path, report: Report) -> None:
    table = open_caseload(path)
    arrival.kind, arrival.encoding, arrival.delimiter = table.kind, table.encoding, table.delimiter
    arrival.header_row = table.header.row
    arrival.titles = list(table.header.titles)
    arrival.columns = sorted(table.header.known)
    counted = stage(arrival.pk, table, lambda done, total: report(done, total, "Checking rows"))
    if not counted.rows:
        raise UnreadableFileError("The file has column titles and no rows below them. Export the caseload again.")
    arrival.rows, arrival.faulty, arrival.noted = counted.rows, counted.faulty, counted.noted
    arrival.remarks = table.remarks
    if table.header.row > 1:
        arrival.remarks.append(f"Column titles were found in row {table.header.row}; the rows above were left alone.")
    if table.header.unknown:
        shown = ", ".join(f"“{title}”" for title in table.header.unknown[:20])
        arrival.remarks.append(f"These columns are not known here, and were left alone: {shown}.")
    if not table.header.known.issuperset(ACCESS_COLUMNS):
        arrival.remarks.append(NO_ACCESS_COLUMNS)


def _count_unconfirmed(arrival: Arrival) -> None:
    new = StagedRow.objects.filter(arrival=arrival, new=True, faulty=False)
    arrival.unconfirmed = new.filter(access_checked=False).values("person").distinct().count()


def _save(arrival: Arrival) -> None:
    arrival.version += 1
    arrival.save()


@contextmanager
def _set_based() -> Any:
    """Statements that touch everything at once, without row-by-row joins: the planner knows nothing of fresh rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '96MB'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = on; SET LOCAL work_mem TO DEFAULT; SET LOCAL jit TO DEFAULT")


@contextmanager
def _bytes_of(arrival: Arrival) -> Any:
    """The file's bytes as a file that can be opened several times; deleted again afterwards, however it ends."""
    try:
        stored = default_storage.open(arrival.stored_as)
    except FileNotFoundError:
        raise UnreadableFileError("The file is not here any more. Bring it again.") from None
    with stored, NamedTemporaryFile(prefix="alongside-arrival-") as copy:
        for chunk in stored.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def _forget_staged(arrival: Arrival) -> None:
    for model in (StagedChange, StagedRow):
        model._default_manager.filter(arrival=arrival)._raw_delete("default")


def _delete_bytes(arrival: Arrival) -> None:
    """Once the transaction stands, so that a rollback never leaves a row without its bytes."""
    name, arrival.stored_as = arrival.stored_as, ""
    if name:
        Arrival.objects.filter(pk=arrival.pk).update(stored_as="")
        transaction.on_commit(lambda: default_storage.delete(name))
