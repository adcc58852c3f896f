"""Giving rows back: those with faults, as a file with the same columns and one more that says what to fix."""

import csv
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import orjson

from alongside.people.arrivals.columns import COLUMNS, WHAT_TO_FIX, folded
from alongside.people.arrivals.models import Arrival, StagedRow
from alongside.people.arrivals.values import harmless

CHUNK = 2_000


def sentence(key: str, words: str) -> str:
    """A fault as one sentence: the column, then what is wrong and what to do."""
    return f"{COLUMNS[key].title if key else 'The row'}: {words}"


def write_returned(arrival: Arrival, file: IO[str]) -> None:
    """Write the rows with faults as CSV. No cell can be read as a formula, and all stand in quotation marks."""
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    titles = list(arrival.titles)
    kept = [place for place, title in enumerate(titles) if folded(title) != folded(WHAT_TO_FIX)]
    writer.writerow([*(harmless(titles[place]) for place in kept), WHAT_TO_FIX])
    for cells, faults in _faulty_rows(arrival):
        shown = [harmless(cells[place]) if place < len(cells) else "" for place in kept]
        further = " ".join(cells[len(titles) :])
        said = [sentence(key, words) for key, words in faults]
        if further:
            said.append(f"Beyond the last title: {further}")
        writer.writerow([*shown, harmless(" ".join(said))])


def returned_bytes(arrival: Arrival) -> IO[bytes]:
    """The same as bytes that a spreadsheet opens rightly, at their beginning."""
    spooled = tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115 - closed with the answer
    text = io.TextIOWrapper(spooled, encoding="utf-8-sig", newline="")
    write_returned(arrival, text)
    text.flush()
    text.detach()
    spooled.seek(0)
    return spooled


def write_returned_file(arrival: Arrival, path: Path) -> None:
    """The same as a file that only its owner can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        write_returned(arrival, file)


def _faulty_rows(arrival: Arrival) -> Iterator[tuple[list[str], list[list[str]]]]:
    rows = StagedRow.objects.filter(arrival=arrival, faulty=True).order_by("row").values_list("cells", "faults")
    for cells, faults in rows.iterator(CHUNK):
        yield orjson.loads(cells), faults
