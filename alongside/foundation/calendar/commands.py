"""`alongside reference`: coded lists and school terms, brought in from files."""

from pathlib import Path

import click

from alongside.foundation.calendar.actions import EXAMPLES, TermFileError, load_school_terms
from alongside.foundation.reference.loading import load_lists
from alongside.foundation.reference.sources import ListFileError


@click.group()
def reference() -> None:
    """Bring in coded lists and school terms."""


@reference.command("load")
def load() -> None:
    """Bring the coded lists up to their files; migrating does it too. The same files change nothing."""
    try:
        report = load_lists()
    except ListFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Coded lists: {report}")


@reference.command("school-terms")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--examples", is_flag=True, help="Our invented patterns, for demonstration.")
def school_terms(file: Path | None, examples: bool) -> None:
    """Take the term dates in FILE in the place of those held for the same authority and school year."""
    path = EXAMPLES if examples else file
    if path is None:
        raise click.UsageError("Name a file of school terms, or pass --examples.")
    try:
        count = load_school_terms(path)
    except TermFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"School terms: {count} loaded.")
