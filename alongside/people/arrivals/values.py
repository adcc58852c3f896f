"""Reading one cell: dates as people and spreadsheets write them, yes and no, lists within a cell, spreadsheet scars.

Everything here is pure. A cell that cannot be read raises CellFault, whose words say what to write instead.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1890, 2150
SERIALS = range(1_000, 92_000)

_SLASHED = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{2}|\d{4})(?:[T\s]\s*00?:00(?::00)?(?:\.0+)?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
_ISO_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-./]*([A-Za-z]{3,9})\.?,?[\s\-./]*(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE][+-]?\d+")
_SPREADSHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|#{3,}", re.IGNORECASE)
_QUOTED_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TEXT_MARKS = "'\u2019`"
_ODD = re.compile(r"[^ -~]|  |\A[ ='\"]| \Z")
_SPACES = re.compile(r"\s+")
_NOTHING = frozenset({"null", "(null)", "[null]", "none recorded", "n/a", "na", "-", "--", "nil"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
_YES = frozenset({"yes", "y", "true", "t", "1", "required", "ydy", "oes", "ie"})
_NO = frozenset({"no", "n", "false", "f", "0", "not required", "nac ydy", "nac oes", "na"})
_NONE_SAID = frozenset({"none", "no", "n", "none known", "nothing", "dim"})


class CellFault(ValueError):  # noqa: N818 - a fault is what the person who brought the file reads of
    """The cell cannot be taken as it is. The words say what to do, and do not repeat what it holds."""


@dataclass(frozen=True)
class Note:
    """Something that was left out or should be looked at, in a row that is taken all the same."""

    key: str
    words: str


def tidy(text: str) -> str:
    """A cell without what spreadsheets and exports leave behind: odd spaces, invisible signs, text marks, NULL."""
    if text.isascii() and not _ODD.search(text):
        return "" if text.lower() in _NOTHING else text
    text = _INVISIBLE.sub("", text)
    if match := _QUOTED_FORMULA.fullmatch(text.strip()):
        text = match[1].replace('""', '"')
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()
    if text.startswith("'") and text[1:2] in _FORMULA_STARTS:
        text = text[1:].lstrip()
    return "" if text.lower() in _NOTHING else text


def without_text_mark(text: str) -> str:
    """A code or date without the apostrophe with which a spreadsheet marks text; names may begin with one."""
    return text.lstrip(_TEXT_MARKS).strip() if text[:1] in _TEXT_MARKS else text


def refuse_scars(text: str) -> None:
    """Raise CellFault where a spreadsheet has put its own error or a rounded number into the cell."""
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise CellFault("holds a spreadsheet's error sign. Put in the value itself, or leave it empty.")
    if _SCIENTIFIC.fullmatch(text):
        raise CellFault(
            "was turned into a rounded number by a spreadsheet, and its digits are lost. Make the column Text, and "
            "fill it from the system of record again."
        )
    if "\ufffd" in text:
        raise CellFault("has letters that were lost when the file was saved. Save it as CSV UTF-8, or as XLSX.")


DATE_FORM = "Write day, month and year, like 17/05/1990."


@lru_cache(maxsize=65_536)
def read_date(text: str, today: date) -> date:
    """The date in a cell. A two-digit year lies at most twenty years ahead of today. Raises CellFault."""
    day_month_year = _split_date(text)
    if day_month_year is None:
        raise CellFault(f"is not a date. {DATE_FORM}")
    day, month, year = day_month_year
    if year < 100:
        year += today.year // 100 * 100
        if year > today.year + 20:
            year -= 100
    if month > 12 >= day and month <= 31:
        raise CellFault(f"has its month before its day. {DATE_FORM}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellFault(f"has a year that cannot be right. {DATE_FORM}")
    try:
        return date(year, month, day)
    except ValueError:
        raise CellFault(f"is a day that does not exist. {DATE_FORM}") from None


def _split_date(text: str) -> tuple[int, int, int] | None:
    """Day, month and year as written, in any of the ways they are written; None where it is no date."""
    if match := _SLASHED.fullmatch(text):
        day, month, year = match.groups()
        return int(day), int(month), int(year)
    if match := _ISO.fullmatch(text) or _ISO_SLASHED.fullmatch(text):
        year, month, day = match.groups()
        return int(day), int(month), int(year)
    if (match := _NAMED.fullmatch(text)) and match[2][:3].lower() in MONTHS:
        return int(match[1]), MONTHS.index(match[2][:3].lower()) + 1, int(match[3])
    if (match := _SERIAL.fullmatch(text)) and int(match[1]) in SERIALS:
        found = SPREADSHEET_DAY_ZERO + timedelta(days=int(match[1]))
        return found.day, found.month, found.year
    return None


def read_yes_no(text: str) -> bool:
    """Yes or no. Raises CellFault."""
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellFault("is neither Yes nor No. Write one of them, or leave it empty.")


def says_none(text: str) -> bool:
    """Whether a list says in words that there is nothing on it."""
    return text.casefold().rstrip(".") in _NONE_SAID


def items_of(text: str) -> list[list[str]]:
    """The items of a list within a cell: apart by semicolons, each apart by bars, without empty ones."""
    if not text:
        return []
    items = ([part.strip() for part in item.split("|")] for item in text.split(";"))
    return [item for item in items if any(item)]


def part(item: list[str], place: int) -> str:
    """One part of an item; nothing where the item is shorter."""
    return item[place] if place < len(item) else ""


def harmless(text: str) -> str:
    """The cell as it may stand in a file that someone opens in a spreadsheet: never read as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text
