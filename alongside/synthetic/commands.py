"""`alongside synthesise`: a caseload of people who do not exist."""

import sys
import time
from datetime import date, datetime
from resource import RUSAGE_SELF, getrusage

import click

from alongside.synthetic.invent.numbers import MOST_PEOPLE
from alongside.synthetic.writing import Written

DAY = click.DateTime(formats=["%Y-%m-%d"])
BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024


class Progress:
    """One line that says how far the work is; in a log, a line for each tenth."""

    def __init__(self, people: int) -> None:
        self._people = people
        self._started = time.monotonic()
        self._tenths = 0
        self._live = sys.stderr.isatty()

    def __call__(self, written: Written) -> None:
        done = written.people / self._people
        seconds = time.monotonic() - self._started
        line = (
            f"{written.people:>9,} of {self._people:,} people, {written.family_members:,} family members, "
            f"{seconds:.0f} s, about {seconds / done - seconds:.0f} s to go"
        )
        if self._live:
            click.echo(f"\r{line}   ", err=True, nl=written.people == self._people)
        elif int(done * 10) > self._tenths:
            self._tenths = int(done * 10)
            click.echo(line, err=True)


@click.command()
@click.option("--people", type=click.IntRange(1, MOST_PEOPLE), required=True, help="How many people under supervision.")
@click.option("--seed", type=click.IntRange(0, 2**62), default=1, show_default=True, help="Same seed, same people.")
@click.option("--today", type=DAY, help="The day to which all dates relate (YYYY-MM-DD); without it, today.")
@click.option("--add", is_flag=True, help="Put them beside the invented people who are there.")
@click.option("--vignettes/--no-vignettes", default=True, help="The people of the acceptance scenarios, and the cast.")
def synthesise(people: int, seed: int, today: datetime | None, add: bool, vignettes: bool) -> None:
    """Fill the database with invented people under supervision, their families, and staff.

    Names, numbers and lives are made up; shares follow published figures. The database is marked as invented for good.
    A database that holds anyone real is refused.
    """
    from alongside.synthetic.actions import RefusedError, gather_statistics, make_caseload

    day: date | None = today.date() if today else None
    started = time.monotonic()
    try:
        written = make_caseload(
            people=people, seed=seed, today=day, add=add, vignettes=vignettes, on_team=Progress(people)
        )
    except RefusedError as error:
        raise click.ClickException(str(error)) from error
    if not gather_statistics():
        click.echo(
            "Only the owner may gather statistics: run VACUUM ANALYZE as the owner before you measure.", err=True
        )
    peak = getrusage(RUSAGE_SELF).ru_maxrss * BYTES_A_UNIT / 2**20
    click.echo(
        f"{written.people:,} people with {written.family_members:,} family members, {written.rows:,} rows, in "
        f"{time.monotonic() - started:.0f} s; at most {peak:.0f} MB of memory."
    )
