"""The `alongside` command: quick to help, plain when something is wrong."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.config.command import COMMANDS, main
from alongside.config.errors import OperatorError
from alongside.config.serving import ensure_port_is_free
from tests.support.processes import program

HELP_WITHOUT_PRODUCT = """
import sys
from alongside.config.command import main
try:
    main(["--help"])
except SystemExit:
    pass
heavy = [name for name in ("django.db", "django.apps", "procrastinate", "alongside.foundation") if name in sys.modules]
sys.exit(f"help imported {heavy}" if heavy else 0)
"""


def test_help_names_every_command_and_imports_none() -> None:
    answer = subprocess.run([sys.executable, "-c", HELP_WITHOUT_PRODUCT], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    for name, entry in COMMANDS.items():
        assert name in answer.stdout
        assert entry.help.split()[0] in answer.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_without_a_database(name: str) -> None:
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert "Usage:" in answer.output


def test_the_command_that_starts_everything_needs_no_settings_to_be_loaded() -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "SECRET_KEY")}
    words = [sys.executable, "-c", "import alongside.config.demo"]
    answer = subprocess.run(words, capture_output=True, text=True, check=False, env=bare)
    assert answer.returncode == 0, answer.stderr


def test_an_unknown_command_is_named() -> None:
    answer = CliRunner().invoke(main, ["involve"])
    assert answer.exit_code == 2
    assert "No such command 'involve'" in answer.output


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOENT, "/no/where: No such file or directory."), (errno.ENOSPC, "The disk is full.")]
)
def test_a_file_that_cannot_be_written_is_one_sentence(monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise OSError(code, os.strerror(code), "/no/where")

    monkeypatch.setattr("alongside.people.maps.commands.read_gedcom", fail)
    answer = CliRunner().invoke(main, ["genogram", __file__])
    assert (answer.exit_code, answer.output.startswith(f"Error: {said}")) == (1, True), answer.output


APPLICATION = {"DATABASE_URL": "postgresql://app:p@/alongside?host=/nonexistent"}
OWNER = {"DATABASE_OWNER_URL": "postgresql://owner:o@/alongside?host=/nonexistent"}
ADMIN = {"DATABASE_ADMIN_URL": "postgresql://admin:a@/postgres?host=/nonexistent"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "addresses", "answer"),
    [
        ("database prepare", {**APPLICATION, **OWNER, **ADMIN}, "No database answers at postgresql://admin@"),
        ("database migrate", {**APPLICATION, **OWNER}, "The database does not answer: "),
        ("database migrate", APPLICATION, "Only the owner may migrate: set DATABASE_OWNER_URL"),
        ("serve", APPLICATION, "The database does not answer: "),
        ("worker", APPLICATION, "The database does not answer: "),
        ("audit verify", APPLICATION, "The database does not answer: "),
    ],
)
def test_what_an_operator_can_mend_is_one_sentence_and_no_traceback(
    tmp_path: Path, words: str, addresses: dict[str, str], answer: str
) -> None:
    log = tmp_path / "output"
    environment = {"ALONGSIDE_STATE": str(tmp_path), **addresses}
    arguments = ["-m", "alongside.config.command", *words.split()]
    with program(arguments, environment=environment, output=log) as command:
        assert command.wait(timeout=60) == 1
    said = log.read_text()
    assert said.startswith(f"Error: {answer}")
    assert "Traceback" not in said


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(OperatorError, match="is no port"):
        ensure_port_is_free("127.0.0.1", port)
