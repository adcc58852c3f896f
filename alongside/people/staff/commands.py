"""`alongside staff`: whoever opens a new service, from the command line."""

import os

import click

from alongside.foundation.accounts.actions import AccountError
from alongside.people.staff.actions import appoint_administrator
from alongside.people.staff.rules import PostError


class AppointmentError(click.ClickException):
    """Nobody was appointed; the message says why and what to do."""


@click.group()
def staff() -> None:
    """Appoint the first administrator."""


@staff.command()
@click.argument("email")
@click.argument("name", required=False, default="")
@click.option(
    "--base-url",
    default=lambda: os.environ.get("BASE_URL", "http://localhost:8000"),
    help="Where people reach this service, for the link (default: $BASE_URL, else http://localhost:8000).",
)
@click.option("--mail/--no-mail", default=False, help="Also send the link by email.")
def administrator(email: str, name: str, base_url: str, mail: bool) -> None:
    """Let the holder of an address manage the service, and print the link by which they sign in for the first time.

    Makes the account where there is none yet, for which NAME is needed. For the first administrator, and for when
    none is left: everything after that is done on the pages.
    """
    try:
        appointed = appoint_administrator(email=email, name=name, base_url=base_url, mail=mail)
    except (AccountError, PostError) as error:
        raise AppointmentError(str(error)) from error
    user = appointed.user
    click.echo(f"{user.name} ({user.email}) manages staff, teams and the caseload of the whole service from today.")
    click.echo(appointed.link or "They sign in as they do already.")
