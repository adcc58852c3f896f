"""`alongside audit`: checking the chain, and anchoring it elsewhere."""

import sys
from pathlib import Path

import click
from django.conf import settings

from alongside.foundation.audit.actions import seal_consultations
from alongside.foundation.audit.anchors import AnchorError, current_anchor, opened, signed, signing_key
from alongside.foundation.audit.verification import Report, verify


@click.group()
def audit() -> None:
    """Check the trail, and anchor it where the database's owner cannot reach."""


@audit.command("verify")
@click.option("--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="From export-anchor.")
@click.option("--public-key", help="The key that must have signed the anchor, in hexadecimal.")
def verify_command(anchor: Path | None, public_key: str | None) -> None:
    """Check every chain and seal; ends with status 1 where anything was altered, removed or cut."""
    try:
        kept = opened(anchor.read_bytes(), public_key=public_key) if anchor else None
    except AnchorError as error:
        raise click.ClickException(str(error)) from error
    report = verify(kept)
    _say(report)
    if not report.whole:
        sys.exit(1)


@audit.command("export-anchor")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), help="Ed25519 private key; made if missing.")
def export_anchor(file: Path, key: Path | None) -> None:
    """Write the signed heads and counts of every chain to FILE. Keep it on another system."""
    seal_consultations()
    anchor = current_anchor()
    try:
        content = signed(anchor, signing_key(key or settings.AUDIT_SIGNING_KEY))
    except AnchorError as error:
        raise click.ClickException(str(error)) from error
    file.write_bytes(content)
    click.echo(f"{len(anchor.heads)} chains and {anchor.events} events anchored in {file}. Keep it on another system.")


def _say(report: Report) -> None:
    click.echo(
        f"Checked {report.events} events in {report.chains} chains, "
        f"and {report.consultations} consultations under {report.seals} seals."
    )
    for finding in report.findings:
        click.echo(f"{finding.fault.value}: {finding.where}", err=True)
    for line in report.cannot_know:
        click.echo(f"Cannot know: {line}")
    click.echo("Nothing was altered, removed or cut." if report.whole else "The trail does not hold.")
