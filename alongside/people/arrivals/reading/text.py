"""Reading CSV in the encodings, with the separators and the damage, with which it really arrives."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from alongside.people.arrivals.reading.table import (
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

LONGEST_LINE = 1_000_000
LONGEST_CELL = 131_072
LOOK_AT = 65_536
END = "\x1dend\x1d"
DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
}


def open_text(path: Path) -> Table:
    """The CSV file at `path` as a table. Raises UnreadableFileError, here or while its rows are read."""
    encoding = encoding_of(path)
    first, stated = _first_lines(path, encoding)
    delimiter = stated or _delimiter_of(first)
    with path.open("rb") as raw:
        opening = list(islice(_records(raw, encoding, delimiter), HEADER_WITHIN))
    header = find_header([record for record in opening if any(record[1])])
    table = Table(
        header=header,
        rows=_rows(path, encoding, delimiter, after=header.row),
        expected=_count_lines(path),
        kind="CSV",
        encoding=ENCODING_NAMES[encoding],
        delimiter=DELIMITER_NAMES[delimiter],
    )
    if encoding == "cp1252":
        table.remarks.append(
            "The file is not UTF-8, so it was read as Windows-1252. Look at a name with an accent before you go on."
        )
    return table


def encoding_of(path: Path) -> str:
    """The encoding of the file: by its mark, by its zero bytes, as UTF-8 where that fits, or Windows-1252."""
    with path.open("rb") as file:
        start = file.read(LOOK_AT)
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UnreadableFileError("The file is empty. Export the caseload again, and bring that file.")
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    even, odd = start[0:2000:2].count(0), start[1:2000:2].count(0)
    half = max(len(start[:2000]) // 2, 1)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return "utf-8" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _lines(raw: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines of text, none of them long enough to fill the memory."""
    errors = "replace" if encoding == "cp1252" or encoding.startswith(("utf-16", "utf-32")) else "strict"
    text = io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE and not line.endswith(("\n", "\r")):
                raise UnreadableFileError(
                    "The file has a line that is longer than any row can be, so it is damaged or is not a CSV file. "
                    "Export the caseload again."
                )
            yield line
    finally:
        with suppress(ValueError):
            text.detach()


def _records(raw: BinaryIO, encoding: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    # The last line is ours: where it lands inside a cell, a quotation mark was never closed and rows were swallowed.
    reader = csv.reader(chain(_lines(raw, encoding), (END,)), delimiter=delimiter)
    number = 0
    rows = 0
    while True:
        try:
            cells = next(reader)
        except (StopIteration, csv.Error):
            raise _never_closed(number + 1) from None
        number += 1
        if cells and END in cells[-1]:
            if cells == [END]:
                return
            raise _never_closed(number)
        if number == 1 and _states_delimiter(cells, delimiter):
            continue
        if len(cells) > MOST_COLUMNS:
            del cells[MOST_COLUMNS:]
        rows += bool(cells)
        if rows > MOST_ROWS + HEADER_WITHIN:
            raise beyond_limit()
        yield number, [tidy(cell) for cell in cells]


def _never_closed(row: int) -> UnreadableFileError:
    return UnreadableFileError(
        f"Row {row} holds a cell that never ends. Often a quotation mark opens a cell there and is never closed: close "
        "or remove it, or export the caseload again."
    )


def _states_delimiter(cells: list[str], delimiter: str) -> bool:
    joined = delimiter.join(cells).strip().lower()
    return joined.startswith("sep=") and len(joined) <= 6


def _first_lines(path: Path, encoding: str) -> tuple[list[str], str]:
    """The first lines, and the separator where the first of them states it, as spreadsheets write `sep=;`."""
    with path.open("rb") as raw:
        lines = list(islice(_lines(raw, encoding), HEADER_WITHIN))
    first = lines[0].rstrip("\r\n") if lines else ""
    if first.lower().startswith("sep=") and first[4:5] in DELIMITERS:
        return lines, first[4:5]
    return lines, ""


def _delimiter_of(lines: list[str]) -> str:
    """The separator under which some line names the most known columns; a comma where none does."""

    def score(delimiter: str) -> int:
        try:
            return max((score_of(cells) for cells in csv.reader(lines, delimiter=delimiter)), default=0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=score)


def _rows(path: Path, encoding: str, delimiter: str, *, after: int) -> Iterator[Row]:
    with path.open("rb") as raw:
        yield from (record for record in _records(raw, encoding, delimiter) if record[0] > after)
