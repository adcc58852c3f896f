"""What a file is once it is open: a header that is understood, and rows with the numbers that a spreadsheet shows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alongside.people.arrivals.columns import BY_TITLE, COLUMNS, REQUIRED, WHAT_TO_FIX, folded, title_of

HEADER_WITHIN = 25
MOST_ROWS = 500_000
MOST_COLUMNS = 400
ENOUGH_TITLES = 3

Row = tuple[int, list[str]]


class UnreadableFileError(ValueError):
    """The file cannot be taken at all. The words say what is wrong with it and what to do, for whoever brought it."""


@dataclass(frozen=True)
class Header:
    """The header as it stands in the file: the row, its titles, and the column that each of them means, if any."""

    row: int
    titles: tuple[str, ...]
    keys: tuple[str | None, ...]

    @property
    def known(self) -> frozenset[str]:
        """The columns that the file has."""
        return frozenset(key for key in self.keys if key)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Titles that no column has: they are left alone, and named."""
        return tuple(
            title
            for title, key in zip(self.titles, self.keys, strict=True)
            if title and key is None and folded(title) != folded(WHAT_TO_FIX)
        )


@dataclass
class Table:
    """An open file. `rows` may be read once; `expected` is about how many there are, 0 where that is not known."""

    header: Header
    rows: Iterator[Row]
    expected: int
    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    remarks: list[str] = field(default_factory=list)


def keys_of(titles: Sequence[str]) -> tuple[str | None, ...]:
    """The column that each title means, whatever its case, spaces and signs."""
    return tuple(BY_TITLE.get(folded(title)) for title in titles)


def score_of(titles: Sequence[str]) -> int:
    """How many different known columns a row of titles names."""
    return len({key for key in keys_of(titles) if key})


def find_header(rows: Sequence[Row]) -> Header:
    """The header among the first rows of a file: the one that names most columns. Raises UnreadableFileError."""
    best = max(rows[:HEADER_WITHIN], key=lambda row: (score_of(row[1]), -row[0]), default=None)
    if best is None:
        raise UnreadableFileError("The file is empty. Export the caseload again, and bring that file.")
    number, titles = best
    if score_of(titles) < ENOUGH_TITLES:
        raise UnreadableFileError(
            "No row of column titles was found in the first 25 rows. The file needs titles such as CRN, Surname and "
            "Date of Birth above its rows: compare it with the example file."
        )
    titles = [title[:200] for title in titles]
    while titles and not titles[-1]:
        titles.pop()
    header = Header(number, tuple(titles), keys_of(titles))
    refuse_faulty(header)
    return header


def refuse_faulty(header: Header) -> None:
    """Raise UnreadableFileError where a needed column is missing or one stands twice: rows cannot be judged then."""
    twice = [key for key, times in Counter(key for key in header.keys if key).items() if times > 1]
    if twice:
        named = "; ".join(
            f"{title_of(key)} ({_places(header, key)})"
            for key in sorted(twice, key=lambda key: list(COLUMNS).index(key))
        )
        raise UnreadableFileError(
            f"The same column stands in the file more than once: {named}. Keep the right one, and delete or rename the "
            "others."
        )
    missing = [title_of(key) for key in REQUIRED if key not in header.known]
    if missing:
        columns = "column is" if len(missing) == 1 else "columns are"
        raise UnreadableFileError(
            f"A needed {columns} missing from row {header.row}: {', '.join(missing)}. Add what is missing, and bring "
            "the file again."
        )


def _places(header: Header, key: str) -> str:
    return ", ".join(
        f"column {letters(index)} “{title}”"
        for index, (title, found) in enumerate(zip(header.titles, header.keys, strict=True))
        if found == key
    )


def letters(index: int) -> str:
    """A column's letters in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def beyond_limit() -> UnreadableFileError:
    """The answer to a file with too many rows."""
    return UnreadableFileError(
        f"The file has more than {MOST_ROWS:,} rows. Divide it, for example by region, and bring the parts one by one."
    )
