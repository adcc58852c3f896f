"""`alongside genogram`: draw any family-tree file as a genogram, without a database and without Django."""

from __future__ import annotations

import json
from pathlib import Path

import click

from alongside.people.maps.checks import check_network
from alongside.people.maps.gedcom import Limits, RefusedFileError, read_gedcom
from alongside.people.maps.genogram import Options, describe, layout, render
from alongside.people.maps.network import FamilyNetwork, near
from alongside.people.maps.vocabulary import PartialDate

FINDINGS_SHOWN = 20
_PATH = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--svg", type=_PATH, help="Write the picture here.")
@click.option("--json", "json_path", type=_PATH, help="Write the scene (places of everything) here.")
@click.option("--text", type=_PATH, help="Write the same in words here.")
@click.option("--pdf", type=_PATH, help="Write a PDF to print here.")
@click.option("--paper", type=click.Choice(["A4", "A3"]), default="A4", show_default=True, help="Paper of the PDF.")
@click.option("--root", help="Whom the map is about: their name in the file, such as I1.")
@click.option("--steps", type=click.IntRange(1, 50), help="Only people within so many steps of --root.")
@click.option("--as-of", help="Work out ages on this day, such as 2026-06-01.")
def genogram(
    *,
    file: Path,
    svg: Path | None,
    json_path: Path | None,
    text: Path | None,
    pdf: Path | None,
    paper: str,
    root: str | None,
    steps: int | None,
    as_of: str | None,
) -> None:
    """Draw the family in FILE (GEDCOM 5.5.1 or 7). What cannot be read is named; nothing in FILE is changed."""
    try:
        reading = read_gedcom(_read(file))
        day = PartialDate.parse(as_of) if as_of else None
    except (RefusedFileError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    network = _about(reading.network, root, steps)
    scene = layout(network, Options(as_of=day))
    if svg:
        _write(svg, render(scene).encode())
    if json_path:
        _write(json_path, json.dumps(scene.as_json(), ensure_ascii=False).encode() + b"\n")
    if text:
        _write(text, describe(network, scene, day).as_text().encode())
    if pdf:
        from alongside.people.maps.genogram.paper import UnprintableNameError, as_pdf

        try:
            _write(pdf, as_pdf(scene, paper=paper))
        except UnprintableNameError as unprintable:
            raise click.ClickException(f"{unprintable} Or print the picture (--svg) from a browser.") from unprintable
    click.echo(reading.report(), nl=False, err=True)
    _tell_findings(network)
    click.echo(f"Drew {len(scene.nodes)} symbols, {scene.crossings} crossings, {scene.width:g} by {scene.height:g}.")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as content:
            # One byte more than may be: enough to refuse a file that is too large without holding all of it.
            return content.read(Limits().size + 1)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}. Choose another file.") from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}. Choose another place.") from error


def _tell_findings(network: FamilyNetwork) -> None:
    findings = check_network(network)
    for finding in findings[:FINDINGS_SHOWN]:
        click.echo(f"Check: {finding.words}", err=True)
    if len(findings) > FINDINGS_SHOWN:
        click.echo(f"Check: and {len(findings) - FINDINGS_SHOWN} more things like these.", err=True)


def _about(network: FamilyNetwork, root: str | None, steps: int | None) -> FamilyNetwork:
    if root is None:
        if steps:
            raise click.UsageError("--steps needs --root: say whose family to start from.")
        return network
    key = root.strip().strip("@").upper()
    if key not in network.by_id:
        some = ", ".join(sorted(network.by_id)[:5])
        raise click.ClickException(f"There is nobody called {root} in this file. The first few are {some}.")
    chosen = network.with_index(key)
    return near(chosen, key, steps) if steps else chosen


if __name__ == "__main__":
    genogram()
