"""Reading XLSX without trusting it: sizes are checked before anything is unpacked, and no sheet says how wide it is."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from alongside.people.arrivals.reading.table import (
    ENOUGH_TITLES,
    HEADER_WITHIN,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Table,
    UnreadableFileError,
    beyond_limit,
    find_header,
    score_of,
)
from alongside.people.arrivals.values import tidy

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 2048 * MEGABYTE
MOST_SHARED_WORDS = 160 * MEGABYTE
MOST_PARTS = 2_000
HARMLESS_UNPACKED = 64 * MEGABYTE
MOST_SWOLLEN = 150
DAMAGED = (
    "The spreadsheet cannot be opened: it is damaged, protected or not what its name says. Open it in a spreadsheet "
    "program, save it as CSV UTF-8, and bring that file."
)
TROUBLE = (
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    RecursionError,
    OverflowError,
)


def open_sheet(path: Path) -> Table:
    """The first sheet with a caseload header in the workbook at `path`. Raises UnreadableFileError."""
    _refuse_bomb(path)
    with _workbook(path) as workbook:
        return _table_of(workbook, path)


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    """The workbook, closed afterwards. Raises UnreadableFileError for whatever goes wrong in reading it."""
    with path.open("rb") as file:
        try:
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
        except UnreadableFileError:
            raise
        except TROUBLE:
            raise UnreadableFileError(DAMAGED) from None


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except TROUBLE:
        raise UnreadableFileError(DAMAGED) from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableFileError(
            "This is an archive and not a spreadsheet. Take the caseload file out of it, and bring that."
        )
    unpacked = sum(part.file_size for part in parts)
    words = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    swollen = unpacked > HARMLESS_UNPACKED and unpacked > MOST_SWOLLEN * max(path.stat().st_size, 1)
    if unpacked > MOST_UNPACKED or words > MOST_SHARED_WORDS or len(parts) > MOST_PARTS or swollen:
        raise UnreadableFileError(
            "The spreadsheet unpacks to far more than a caseload needs, so it was not opened. Save the sheet with the "
            "caseload as CSV UTF-8, and bring that file."
        )


def _table_of(workbook: Workbook, path: Path) -> Table:
    best: tuple[int, str] | None = None
    for sheet in workbook.worksheets:
        score = max((score_of(cells) for _, cells in islice(_rows(sheet), HEADER_WITHIN)), default=0)
        if best is None or score > best[0]:
            best = (score, sheet.title)
        if score >= ENOUGH_TITLES:
            break
    if best is None:
        raise UnreadableFileError("The spreadsheet has no sheet with rows. Export the caseload again.")
    sheet = workbook[best[1]]
    total = _stated_rows(sheet)
    opening = list(islice(_rows(sheet), HEADER_WITHIN))
    header = find_header([record for record in opening if any(record[1])])
    table = Table(
        header=header,
        rows=_rows_of(path, best[1], after=header.row),
        expected=total,
        kind="XLSX",
        sheet=best[1][:100],
    )
    others = len(workbook.worksheets) - 1
    if others:
        table.remarks.append(f"Only the sheet “{table.sheet}” was read; {others} more in the file were left alone.")
    return table


def _stated_rows(sheet: Any) -> int:
    """How many rows the sheet says that it has; 0 where that cannot be true. Afterwards it is no longer believed."""
    stated = sheet.max_row or 0
    sheet.reset_dimensions()
    return stated if 0 < stated <= MOST_ROWS + HEADER_WITHIN else 0


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()
    filled = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        filled += bool(texts)
        if filled > MOST_ROWS + HEADER_WITHIN:
            raise beyond_limit()
        yield number, texts


def _text(cell: Any) -> str:
    """A cell as text: dates in ISO form, whole numbers without a point, yes and no in words."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return tidy(cell[:131_072])
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return tidy(str(cell))


def _rows_of(path: Path, title: str, *, after: int) -> Iterator[Row]:
    with _workbook(path) as workbook:
        yield from (record for record in _rows(workbook[title]) if record[0] > after)
