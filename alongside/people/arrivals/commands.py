"""`alongside import caseload FILE`: the same as the upload page, for whoever runs the installation."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.db import transaction

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import birth_mark
from alongside.people.arrivals.actions import (
    Report,
    TakenMeanwhileError,
    check_file,
    finish_with,
    receive_file,
    take_file,
)
from alongside.people.arrivals.changes import FIELDS
from alongside.people.arrivals.columns import COLUMNS
from alongside.people.arrivals.models import Arrival, Stage, StagedRow
from alongside.people.arrivals.returning import write_returned_file

SHOWN_FAULTS = 20
SOME_ROWS_LEFT = 3


@click.group(name="import")
def import_() -> None:
    """Bring in what other systems hold."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--by", "email", help="Email address of the user in whose name it is brought in.")
@click.option("--invented", is_flag=True, help="Everyone in it is made up. Needed in a demonstration, and only there.")
@click.option("--check", "check_only", is_flag=True, help="Check every row and bring nothing in.")
@click.option(
    "--to-fix",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where rows with faults are written. By default beside the file.",
)
def caseload(file: Path, email: str | None, invented: bool, check_only: bool, to_fix: Path | None) -> None:
    """Bring in a caseload FILE from the system of record, CSV or XLSX.

    Every row is checked; good rows are taken in one transaction, and rows with faults are written to a file, each with
    what to fix. Ends with 0 where all rows were taken, 1 where the file could not be read, 3 where some rows have
    faults.
    """
    by, mark = _user(email), _mark(invented=invented)
    with file.open("rb") as content:
        arrival = receive_file(by=by, name=file.name, content=content, size=file.stat().st_size, synthetic_mark=mark)
    with _bar() as report:
        arrival = _check_and_take(arrival, by=by, report=report, check_only=check_only)
    if arrival.stage == Stage.REFUSED:
        finish_with(by=by, arrival=arrival)
        raise click.ClickException(arrival.refusal)
    _tell(arrival)
    if arrival.faulty:
        where = to_fix or file.with_name(f"{file.stem}.to-fix.csv")
        write_returned_file(arrival, where)
        click.echo(f"Rows with faults, each with what to fix: {where}")
    faulty = arrival.faulty
    finish_with(by=by, arrival=arrival)
    sys.exit(SOME_ROWS_LEFT if faulty else 0)


def _check_and_take(arrival: Arrival, *, by: User | None, report: Report, check_only: bool) -> Arrival:
    try:
        with transaction.atomic():
            arrival = check_file(by=by, arrival=arrival, report=report)
            if arrival.stage == Stage.CHECKED and not check_only:
                arrival = take_file(by=by, arrival=arrival, report=report, just_checked=True)
    except TakenMeanwhileError as error:
        raise click.ClickException(str(error)) from error
    return arrival


def _user(email: str | None) -> User | None:
    if email is None:
        return None
    found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise click.BadParameter("Nobody with an open account has this address.", param_hint="--by")
    return found


def _mark(*, invented: bool) -> UUID | None:
    """What new people carry: the mark of the demonstration. Refuses people of one kind in a database of the other."""
    mark = birth_mark()
    if mark is not None and not invented:
        raise click.ClickException(
            "This database is a demonstration: everyone in it is made up, and it ends as soon as it holds somebody who"
            " is not. Nothing was read. Bring real people into a database of their own; if everyone in the file is made"
            " up, say so with --invented."
        )
    if mark is None and invented:
        raise click.ClickException(
            "This database holds real people, so nobody in it is marked as made up. Nothing was read. Use a"
            " demonstration (alongside demo), or leave --invented out if the people in the file are real."
        )
    return mark


class _bar:  # noqa: N801 - reads as what it is at the place of use
    """A progress bar that begins anew with each step."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._step = ""

    def __enter__(self) -> Callable[[int, int, str], None]:
        return self._report

    def __exit__(self, *error: object) -> None:
        self._close()

    def _report(self, done: int, total: int, message: str) -> None:
        label = message if total > len(COLUMNS) else ""
        if total <= len(COLUMNS):
            self._close()
            click.echo(f"{message}…", err=True)
            return
        if message != self._step:
            self._close()
            self._step = message
            self._bar = click.progressbar(length=total, label=label, file=sys.stderr).__enter__()
        self._bar.update(done - self._bar.pos)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
        self._bar, self._step = None, ""


def _tell(arrival: Arrival) -> None:
    taken = arrival.stage == Stage.TAKEN
    click.echo(f"{arrival.rows:,} rows: {arrival.rows - arrival.faulty:,} sound, {arrival.faulty:,} with faults.")
    verb = "" if taken else "would be "
    click.echo(f"{arrival.new:,} people {verb}new, {arrival.changed:,} {verb}changed, {arrival.unchanged:,} as before.")
    for field, times in arrival.changes.items():
        click.echo(f"  {FIELDS[field]}: {times:,}")
    if arrival.unconfirmed:
        click.echo(
            f"{arrival.unconfirmed:,} new cases {verb}open to their own officer alone until someone confirms limited "
            "access."
        )
    for remark in arrival.remarks:
        click.echo(f"Note: {remark}")
    faulty = StagedRow.objects.filter(arrival=arrival, faulty=True).order_by("row")
    for row in faulty[:SHOWN_FAULTS]:
        for key, words in row.faults:
            click.echo(f"Row {row.row}{f', {COLUMNS[key].title}' if key else ''}: {words}")
    if arrival.faulty > SHOWN_FAULTS:
        click.echo(f"… and {arrival.faulty - SHOWN_FAULTS:,} more rows.")
