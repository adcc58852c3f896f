"""`alongside erase`: what is due, with a certificate for each."""

import click
from django.utils import timezone

from alongside.foundation.audit.erasure import erase as erase_subject
from alongside.foundation.audit.erasure import held_on
from alongside.foundation.audit.models import Certificate
from alongside.foundation.calendar.rules import today
from alongside.people.oversight.queries import Due, due_today, names_of

MOST = 100_000


@click.command()
@click.option("--yes", is_flag=True, help="Erase. Without it, what is due is only listed.")
@click.option("--rule", "rule_code", help="Only what this retention rule finds due, such as family_member.")
@click.option("--ground", default="", help="Why, for the certificates; by default the rule itself.")
def erase(*, yes: bool, rule_code: str | None, ground: str) -> None:
    """List what the retention rules find due today, and erase it where --yes is given."""
    due = [row for row in due_today(MOST) if rule_code in (None, row.rule.code)]
    _tell_of_holds(rule_code)
    if not due:
        click.echo(f"Nothing is due for erasure on {today():%-d %B %Y}.")
        return
    for row in due:
        click.echo(_line(row) if not yes else _line(row, _erase(row, ground)))
    if not yes:
        click.echo(f"{len(due)} due. Nothing was erased: add --yes to erase.")


def _tell_of_holds(rule_code: str | None) -> None:
    """Say what is over and kept all the same: by whose hold, since when, and where it is lifted. Never why."""
    held = [(rule, subject, hold) for rule, subject, hold in held_on(today()) if rule_code in (None, rule.code)]
    names = names_of([hold.placed_by for _rule, _subject, hold in held])
    for rule, subject, hold in held:
        who = names.get(hold.placed_by) or "someone whose account is gone"
        click.echo(
            f"{_line(Due(rule, subject))}: not erased. A legal hold keeps it, placed by {who} on"
            f" {timezone.localtime(hold.placed_at):%-d %B %Y}, to be looked at by {hold.review_on:%-d %B %Y}. Whoever"
            " may erase lifts it on the page Retention."
        )


def _erase(row: Due, ground: str) -> Certificate:
    return erase_subject(by=None, subject=row.subject, rule=row.rule.code, ground=ground or row.rule.title)


def _line(row: Due, certificate: Certificate | None = None) -> str:
    whom = f"case {row.subject.case_id}"
    if row.subject.family_member_id:
        whom = f"family member {row.subject.family_member_id} of {whom}"
    return f"{row.rule.code}: {whom}" + (f", certificate {certificate.pk}" if certificate else "")
