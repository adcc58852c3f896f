"""`alongside demo`: everything at once, with invented people, until Ctrl-C."""

import os
import signal
import sys

import click
from django.db import connections
from django.urls import reverse

from alongside.config.database.commands import with_own_roles
from alongside.config.database.prepare import prepare
from alongside.config.database.urls import without_password
from alongside.config.environment import configure, configure_for, running_database
from alongside.config.errors import OperatorError
from alongside.config.serving import (
    DEFAULT_PORT,
    LOCAL_HOST,
    ensure_port_is_free,
    wait_until_it_answers,
    web_server,
)
from alongside.config.supervision import Program, keep_running, running, stopped_by_signals

SECONDS_FOR_SERVER = 15
CAST_SHOWN = 6


@click.command()
@click.option("--host", envvar="HOST", default=LOCAL_HOST, show_default=True, help="Where to listen; HOST.")
@click.option("--port", envvar="PORT", default=DEFAULT_PORT, show_default=True, help="Port to listen on; PORT.")
@click.option(
    "--people", envvar="DEMO_PEOPLE", default=2_000, show_default=True, help="How many to invent; DEMO_PEOPLE."
)
def demo(host: str, port: int, people: int) -> None:
    """Start everything with invented people, say where to go and whom to be, and stop it all on Ctrl-C.

    Its data stay in the state folder (`var`, or ALONGSIDE_STATE). With DATABASE_URL it runs on that server instead.
    """
    ensure_port_is_free(host, port)
    with stopped_by_signals(), running_database() as known:
        urls = with_own_roles(known)
        click.echo(f"Database: {without_password(urls.application)}")
        if urls.admin:
            prepare(urls, patience=SECONDS_FOR_SERVER)
        configure_for(urls)
        # Invented people get no real messages: what would be sent lies in the state folder, to be looked at.
        os.environ.update({f"DELIVERY_{channel}": "folder" for channel in ("TEXT", "EMAIL", "LETTER")})
        configure()
        bring_up_to_date(people)
        run(host, port)
    click.echo("\nStopped. Everything is kept: `make demo` starts again where you left off.")


def run(host: str, port: int) -> None:
    """The web server and the worker, until a signal."""
    web = web_server(host=host, port=port)
    worker = Program(
        name="worker",
        arguments=[sys.executable, "-m", "alongside.config.command", "worker"],
        environment=dict(os.environ),
        # Its database goes with its supervisor, and it would wait for that; a job cut off is rolled back and retried.
        signal_if_orphaned=signal.SIGKILL,
    )
    programs = [web, worker]
    with running(programs):
        wait_until_it_answers(web, host=host, port=port)
        click.echo(f"\nAlongside is ready at http://localhost:{port}")
        show_the_cast(port)
        click.echo("\nPress Ctrl-C to stop.")
        keep_running(programs)


def bring_up_to_date(people: int) -> None:
    """Tables, grants, governed data and people."""
    # These know models, which can be imported only when Django has been told of the database.
    from alongside.config.database.check import ensure_safe_to_serve
    from alongside.config.database.migrate import migrate

    migrate()
    ensure_safe_to_serve()
    bring_in_people(people)
    connections.close_all()


def bring_in_people(people: int) -> None:
    """Load the invented caseload where the database is empty. Raises OperatorError where it holds anyone real."""
    from alongside.foundation.accounts.queries import demo_refusal
    from alongside.synthetic.demo import load_if_empty

    load_if_empty(say=click.echo, people=people)
    if refusal := demo_refusal():
        raise OperatorError(refusal)


def show_the_cast(port: int) -> None:
    """Where to sign in with one click, and as whom."""
    from alongside.foundation.accounts.queries import cast

    members = list(cast())
    click.echo(f"\nSign in with one click at http://localhost:{port}{reverse('accounts:demo')} as, for example:")
    for member in members[:CAST_SHOWN]:
        click.echo(f"  {member.user.name} ({member.role})")
    connections.close_all()
