"""`alongside import caseload`: what it says, where rows come back, and how it ends."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.config.state import PROJECT_FOLDER
from alongside.foundation.accounts.actions import mark_database_synthetic
from alongside.foundation.accounts.models import DatabaseMark
from alongside.foundation.accounts.queries import demo_stands
from alongside.people.arrivals.commands import import_
from alongside.people.arrivals.example import columns_in_words
from alongside.people.arrivals.models import Arrival, StagedRow
from alongside.people.persons.models import Person
from tests.factories import TeamFactory, UserFactory
from tests.people.arrivals.files import as_csv, row_of, saved

pytestmark = pytest.mark.django_db


def bring(path: Path, *options: str) -> Result:
    return CliRunner().invoke(import_, ["caseload", str(path), *options])


def test_all_sound(tmp_path: Path) -> None:
    team = TeamFactory()
    path = saved(tmp_path, as_csv([row_of(team) for _ in range(3)]))
    answer = bring(path)
    assert answer.exit_code == 0, answer.output
    assert "3 people new" in answer.output
    assert Arrival.objects.get().stage == "done"
    assert not StagedRow.objects.exists()


def test_rows_with_faults_come_back_in_a_private_file(tmp_path: Path) -> None:
    team = TeamFactory()
    path = saved(tmp_path, as_csv([row_of(team), row_of(team, date_of_birth="never")]))
    answer = bring(path)
    assert answer.exit_code == 3
    assert "Row 3, Date of Birth: is not a date" in answer.output
    returned = tmp_path / "caseload.to-fix.csv"
    assert "is not a date" in returned.read_text("utf-8-sig")
    assert stat.S_IMODE(returned.stat().st_mode) == 0o600
    assert Person.objects.count() == 1


def test_check_brings_nothing_in(tmp_path: Path) -> None:
    path = saved(tmp_path, as_csv([row_of(TeamFactory())]))
    answer = bring(path, "--check")
    assert "1 people would be new" in answer.output
    assert not Person.objects.exists()


def test_a_demonstration_takes_only_people_who_are_said_to_be_made_up(tmp_path: Path) -> None:
    """One without the mark would close the page by which everyone signs in."""
    mark_database_synthetic(seed=7)
    path = saved(tmp_path, as_csv([row_of(TeamFactory())]))
    for options in ((), ("--check",)):
        refused = bring(path, *options)
        assert refused.exit_code == 1
        assert "This database is a demonstration" in refused.output
    assert not Arrival.objects.exists()
    taken = bring(path, "--invented")
    assert taken.exit_code == 0, taken.output
    assert Person.objects.get().synthetic_mark == DatabaseMark.objects.get().pk
    assert demo_stands()


def test_real_people_are_never_marked_as_made_up(tmp_path: Path) -> None:
    refused = bring(saved(tmp_path, as_csv([row_of(TeamFactory())])), "--invented")
    assert refused.exit_code == 1
    assert "holds real people" in refused.output
    assert not Arrival.objects.exists()


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    answer = bring(saved(tmp_path, b"%PDF"))
    assert answer.exit_code == 1
    assert "This is a PDF" in answer.output


def test_in_whose_name(tmp_path: Path) -> None:
    user = UserFactory()
    path = saved(tmp_path, as_csv([row_of(TeamFactory())]))
    assert bring(path, "--by", user.email.upper()).exit_code == 0
    assert Arrival.objects.get().brought_by == user.pk
    assert "Nobody with an open account" in bring(path, "--by", "nobody@example.org").output


def test_the_documented_columns_are_the_columns() -> None:
    assert "\n".join(columns_in_words()) in (PROJECT_FOLDER / "docs" / "import-columns.md").read_text()
