"""`alongside reference`."""

import pytest
from click.testing import CliRunner

from alongside.foundation.calendar.commands import reference

pytestmark = pytest.mark.django_db


def test_loading_lists_again_changes_nothing():
    result = CliRunner().invoke(reference, ["load"])
    assert result.exit_code == 0
    assert "0 added, 0 changed" in result.output


def test_school_terms(tmp_path):
    assert "Name a file" in CliRunner().invoke(reference, ["school-terms"]).output
    assert "loaded" in CliRunner().invoke(reference, ["school-terms", "--examples"]).output
    faulty = tmp_path / "terms.yaml"
    faulty.write_text("a: 1")
    result = CliRunner().invoke(reference, ["school-terms", str(faulty)])
    assert (result.exit_code, "must be a list" in result.output) == (1, True)
