"""What of a file is blacked out: whole pages, or boxes in hundredths of a page. No database, no pictures."""

import re
from dataclasses import dataclass

LINE = re.compile(r"(?:page\s*)?(\d{1,3})(?:\s*:\s*(.+))?", re.IGNORECASE)
HUNDREDTHS = 100


class AreaError(ValueError):
    """A line that does not say what is blacked out. The message says which, and how to write it."""


@dataclass(frozen=True)
class Area:
    """A box on a page: left, top, right and bottom in hundredths of it, from its top left corner; None is all of it."""

    page: int
    box: tuple[int, int, int, int] | None = None


def areas_of(text: str, *, pages: int) -> tuple[Area, ...]:
    """The areas that lines like `3` (all of page 3) and `2: 10 20 60 35` say, of a file with so many pages.

    Raises AreaError for a line that cannot be read, a page that the file does not have, and a box without width or
    height: what was meant to go must never stay because of a slip.
    """
    return tuple(_area(line.strip(), pages) for line in text.splitlines() if line.strip())


def whole_pages(areas: tuple[Area, ...]) -> frozenset[int]:
    """The pages that go altogether."""
    return frozenset(area.page for area in areas if area.box is None)


def _area(line: str, pages: int) -> Area:
    found = LINE.fullmatch(line)
    if found is None:
        raise AreaError(
            f"“{line[:40]}” cannot be read. Write 3 for all of page 3, or 2: 10 20 60 35 for a box on page 2."
        )
    page = int(found[1])
    if not 1 <= page <= pages:
        raise AreaError(f"“{line[:40]}”: the file has {pages} {'page' if pages == 1 else 'pages'}.")
    if found[2] is None:
        return Area(page)
    numbers = [part for part in re.split(r"[\s,;%]+", found[2].strip()) if part]
    if len(numbers) != 4 or not all(part.isdecimal() and int(part) <= HUNDREDTHS for part in numbers):
        raise AreaError(f"“{line[:40]}”: a box takes four numbers from 0 to 100: left, top, right, bottom.")
    left, top, right, bottom = (int(part) for part in numbers)
    if left >= right or top >= bottom:
        raise AreaError(f"“{line[:40]}”: left comes before right, and top before bottom.")
    return Area(page, (left, top, right, bottom))
