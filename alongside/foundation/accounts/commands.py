"""`alongside account`: accounts from the command line, for the first of them and for when nobody can get in."""

import os

import click

from alongside.foundation.accounts.actions import (
    AccountError,
    create_user,
    deactivate_user,
    forget_what_has_ended,
    invite_user,
    link_identity,
    reactivate_user,
    reset_factors,
    send_invitation,
)
from alongside.foundation.accounts.models import User


class AccountCommandError(click.ClickException):
    """What was asked cannot be done; the message says why and what to do."""


def _user(email: str) -> User:
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise AccountCommandError(f"There is no account with the address {email}. Check the spelling.")
    return user


_base_url = click.option(
    "--base-url",
    default=lambda: os.environ.get("BASE_URL", "http://localhost:8000"),
    help="Where people reach this service, for the link (default: $BASE_URL, else http://localhost:8000).",
)
_mail = click.option("--mail/--no-mail", default=False, help="Also send the link by email.")


@click.group()
def account() -> None:
    """Make, invite, close and reset accounts."""


@account.command()
@click.argument("email")
@click.argument("name")
@click.option("--delius-username", default="", help="Their name in the system of record.")
def create(email: str, name: str, delius_username: str) -> None:
    """Make an account without a link, for someone who signs in through a provider."""
    try:
        user = create_user(email=email, name=name, by=None, delius_username=delius_username)
    except AccountError as error:
        raise AccountCommandError(str(error)) from error
    click.echo(f"Made an account for {user.name} ({user.email}).")


@account.command()
@click.argument("email")
@click.argument("name", required=False, default="")
@_base_url
@_mail
def invite(email: str, name: str, base_url: str, mail: bool) -> None:
    """Make an account, or find it, and print a link that works once, for seven days."""
    found = User.objects.filter(email=email.strip().lower()).first()
    try:
        if found is None:
            invited = invite_user(email=email, name=name, by=None, base_url=base_url, mail=mail)
        else:
            invited = send_invitation(user=found, by=None, base_url=base_url, mail=mail)
    except AccountError as error:
        raise AccountCommandError(str(error)) from error
    click.echo(invited.link or f"Made an account for {invited.user.email}, who signs in through your organisation.")


@account.command()
@click.argument("email")
@click.option("--reason", required=True, help="Kept in the trail.")
def deactivate(email: str, reason: str) -> None:
    """Close an account and end its sessions at once."""
    deactivate_user(user=_user(email), by=None, reason=reason)
    click.echo(f"Closed the account of {email} and signed them out everywhere.")


@account.command()
@click.argument("email")
@click.option("--reason", required=True, help="Kept in the trail.")
def reactivate(email: str, reason: str) -> None:
    """Open a closed account again."""
    reactivate_user(user=_user(email), by=None, reason=reason)
    click.echo(f"Opened the account of {email} again.")


@account.command("reset-factors")
@click.argument("email")
def reset_factors_command(email: str) -> None:
    """Take away the second factors of someone who has lost theirs. Be sure who is asking."""
    count = reset_factors(user=_user(email), by=None)
    click.echo(f"Removed {count} from {email}. They set up a new one when they next sign in.")


@account.command()
@click.argument("email")
@click.option("--issuer", required=True, help="The provider's address, as in OIDC_ISSUER.")
@click.option("--subject", required=True, help="The provider's own unchanging name for this person.")
def link(email: str, issuer: str, subject: str) -> None:
    """Link an account to a person at the sign-in provider, where the provider sends no verified address."""
    try:
        link_identity(user=_user(email), issuer=issuer, subject=subject)
    except AccountError as error:
        raise AccountCommandError(str(error)) from error
    click.echo(f"{email} is now {subject} at {issuer}.")


@account.command("forget-ended")
def forget_ended() -> None:
    """Delete sessions that are over, and forms that nobody came back for within a day. The worker does so hourly."""
    click.echo(f"Deleted {forget_what_has_ended()} kept forms, and the sessions that are over.")
