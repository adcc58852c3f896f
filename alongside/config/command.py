"""The `alongside` command. Commands are named here and imported only when asked for, so that help comes at once."""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import click
from django.utils.module_loading import import_string

from alongside.config.environment import configure, running_database
from alongside.config.errors import OperatorError


@dataclass(frozen=True)
class Entry:
    """Where a command is, what `alongside --help` says of it, and whether product and database come up first."""

    path: str
    help: str
    needs_database: bool = True


COMMANDS = {
    "import": Entry("alongside.people.arrivals.commands.import_", "Bring in a caseload from the system of record."),
    "account": Entry("alongside.foundation.accounts.commands.account", "Make, invite, close and reset accounts."),
    "audit": Entry("alongside.foundation.audit.commands.audit", "Check the trail, and anchor it elsewhere."),
    "erase": Entry("alongside.people.oversight.commands.erase", "Erase what is due, with a certificate for each."),
    "database": Entry(
        "alongside.config.database.commands.database",
        "Prepare, migrate and check the database.",
        needs_database=False,
    ),
    "genogram": Entry(
        "alongside.people.maps.commands.genogram", "Draw a family-tree file as a genogram.", needs_database=False
    ),
    "reference": Entry("alongside.foundation.calendar.commands.reference", "Bring in coded lists and school terms."),
    "staff": Entry("alongside.people.staff.commands.staff", "Appoint the first administrator."),
    "synthesise": Entry("alongside.synthetic.commands.synthesise", "Fill the database with invented people."),
    "serve": Entry("alongside.config.serving.serve", "Serve pages."),
    "worker": Entry("alongside.config.worker.worker", "Do what pages asked to be done later."),
    "demo": Entry(
        "alongside.config.demo.demo", "Start everything at once, with invented people.", needs_database=False
    ),
}


_ABOUT_FILES = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EROFS, errno.ENAMETOOLONG)


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            told = _told(error)
            if told is None:
                raise
            raise told from error
        except Exception as error:
            from alongside.config.views import database_is_unavailable

            if not database_is_unavailable(error):
                raise
            said = str(error).strip().splitlines() or ["it was lost"]
            raise OperatorError(
                f"The database does not answer: {said[-1]} Check that it runs, then try again."
            ) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if not entry.needs_database:
            return _import(entry)
        configure()
        command = _import(entry)
        # Parsing is done by then, so a wrong option or --help answers without a database.
        command.invoke = partial(_invoke_with_database, command.invoke)  # type: ignore[method-assign]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in self.list_commands(ctx)])


def _told(error: OSError) -> OperatorError | None:
    """What an operator can mend, in a sentence; None for any other fault."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OperatorError("The disk is full. Make room, then try again.")
    if error.filename is None or error.errno not in _ABOUT_FILES:
        return None
    return OperatorError(f"{error.filename}: {error.strerror}. Choose another place, or put this right, and try again.")


def _import(entry: Entry) -> click.Command:
    command: click.Command = import_string(entry.path)
    return command


def _invoke_with_database(invoke: Callable[[click.Context], Any], ctx: click.Context) -> Any:
    with running_database():
        return invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="alongside")
def main() -> None:
    """Alongside: the practice platform for family-inclusive probation."""


if __name__ == "__main__":
    main()
