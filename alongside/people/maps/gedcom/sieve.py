"""Before a library reads a file: find its encoding, keep to limits, drop bad lines and what a map does not hold.

The libraries stop at the first bad line, and ged4py's own line reader takes a minute for a million lines. So every
line passes through here first; what remains is small, well-formed and in Unicode, and what was dropped is noted with
its line number.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from ged4py.parser import CodecError, guess_codec

from alongside.people.maps.gedcom.result import Notes, RefusedFileError

_LINE = re.compile(
    r"\s*(\d{1,5})[ \t]+(?:@([^@\s][^@]{0,60})@[ \t]+)?([A-Za-z0-9_]{1,60})(?:[ \t](.*))?\s*$", re.DOTALL
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

KEPT: dict[tuple[str, ...], None] = dict.fromkeys(
    [
        ("HEAD",),
        ("HEAD", "GEDC"),
        ("HEAD", "GEDC", "VERS"),
        ("INDI",),
        ("INDI", "NAME"),
        ("INDI", "SEX"),
        ("INDI", "BIRT"),
        ("INDI", "BIRT", "DATE"),
        ("INDI", "DEAT"),
        ("INDI", "DEAT", "DATE"),
        ("INDI", "FAMC"),
        ("INDI", "FAMC", "PEDI"),
        ("INDI", "FAMC", "PEDI", "PHRASE"),
        ("FAM",),
        ("FAM", "HUSB"),
        ("FAM", "WIFE"),
        ("FAM", "CHIL"),
        *(("FAM", event) for event in ("MARR", "DIV", "ANUL", "ENGA", "EVEN")),
        *(("FAM", event, part) for event in ("MARR", "DIV", "ANUL", "ENGA", "EVEN") for part in ("DATE", "TYPE")),
    ]
)
_UNREMARKED = {"HEAD", "TRLR", "SUBM", "SUBN", "CHAN", "_UID", "UID", "RIN", "REFN", "EXID", "FAMS", "CREA"}
WORDS = {
    "NOTE": "notes",
    "SNOTE": "notes",
    "SOUR": "sources",
    "REPO": "archives",
    "OBJE": "pictures and other files",
    "PLAC": "places",
    "OCCU": "occupations",
    "RESI": "where people lived",
    "RELI": "religion",
    "ASSO": "associates",
    "EVEN": "other events",
    "ADOP": "adoption events (the adoption itself is taken where it is marked on the child)",
    "BAPM": "baptisms",
    "CHR": "christenings",
    "BURI": "burials",
    "CENS": "census entries",
    "GIVN": "parts of names",
    "SURN": "parts of names",
    "NICK": "nicknames",
}


@dataclass
class Sifted:
    """What is left of a file: clean lines in UTF-8 and, for each record, the line it came from."""

    version: str = "5.5.1"
    encoding: str = ""
    total: int = 0
    lines: list[str] = field(default_factory=list)
    record_line: dict[str, int] = field(default_factory=dict)
    people: int = 0


def find_encoding(data: bytes) -> str:
    """The encoding of a file: its byte-order mark, else what its header says, else UTF-8 or an old Windows page."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if data[:4] in (b"0\x00 \x00", b"\x000\x00 "):
        return "utf-16-le" if data[0] else "utf-16-be"
    if _is_utf_8(data):
        return "utf-8"
    logging.getLogger("ged4py.parser").setLevel(logging.CRITICAL)
    try:
        name, _ = guess_codec(io.BytesIO(data[:200_000]), errors="replace", warn=False)
    except (CodecError, OSError, ValueError):
        return "cp1252"
    return "cp1252" if name in ("ascii", "utf-8") else name


def _is_utf_8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def sift(data: bytes, notes: Notes) -> Sifted:
    """Pass a file through the sieve; RefusedFileError where nothing in it can be trusted."""
    limits = notes.limits
    if len(data) > limits.size:
        raise RefusedFileError(
            f"The file is larger than {limits.size // 1_000_000} MB. Export a smaller part of the tree."
        )
    sieve = _Sieve(find_encoding(data), notes)
    for number, text in _split(data, sieve.sifted.encoding):
        if number > limits.lines:
            raise RefusedFileError(f"The file has more than {limits.lines:,} lines. Export a smaller part of the tree.")
        sieve.take(number, text)
    if not sieve.sifted.people:
        raise RefusedFileError("There are no people in this file. Check that it is a GEDCOM file (.ged).")
    return sieve.sifted


class _Sieve:
    """Lines come in one by one; `dropped` is the level under which everything goes with a line that was dropped."""

    def __init__(self, encoding: str, notes: Notes) -> None:
        self.sifted = Sifted(encoding=encoding)
        self.notes = notes
        self.path: list[str] = []
        self.dropped = -1
        self.seen: set[str] = set()

    def take(self, number: int, text: str) -> None:
        """Keep a line or drop it."""
        self.sifted.total = number
        if not text.strip():
            return
        longest = self.notes.limits.line_length
        match = _LINE.match(text[:longest])
        if match is None:
            self.notes.problem(number, "this line is not in GEDCOM form; it was left out")
            return
        if len(text) > longest:
            self.notes.problem(number, f"this line is longer than {longest:,} characters; the rest was left out")
        level = int(match[1])
        if self.dropped >= 0 and level > self.dropped:
            return
        self.dropped = -1
        if not self.keep(number, level, match[2], match[3].upper(), match[4] or ""):
            self.dropped = level

    def keep(self, number: int, level: int, xref: str | None, tag: str, value: str) -> bool:
        """Keep a line that is in form, if it fits where it stands and belongs on a map."""
        if level > len(self.path) or level > self.notes.limits.level:
            self.notes.problem(number, f"level {level} does not follow from the line before; it was left out")
            return False
        if tag in ("CONT", "CONC"):
            return False
        self.path[level:] = [tag]
        if tuple(self.path) not in KEPT:
            self.note_dropped(number)
            return False
        if level == 0 and not self.opens(tag, xref, number):
            return False
        if self.path == ["HEAD", "GEDC", "VERS"]:
            self.sifted.version = _CONTROL.sub("", value).strip()[:20]
        self.sifted.lines.append(_clean_line(level, xref if level == 0 else None, tag, value))
        return True

    def opens(self, tag: str, xref: str | None, number: int) -> bool:
        """Whether a record can be begun here."""
        sifted, notes = self.sifted, self.notes
        if tag == "HEAD":
            return not sifted.lines
        key = safe_xref(xref or "")
        if not key or key == "VOID":
            notes.problem(number, "this record has no name to refer to it by; it was left out")
            return False
        if key in self.seen:
            notes.problem(number, f"there is already a record called {key}; this second one was left out")
            return False
        if tag == "INDI":
            sifted.people += 1
            if sifted.people > notes.limits.people:
                raise RefusedFileError(
                    f"The file holds more than {notes.limits.people:,} people. Export a part of the tree."
                )
        self.seen.add(key)
        sifted.record_line[key] = number
        return True

    def note_dropped(self, number: int) -> None:
        """Remember that content of a kind was left out, unless nobody would miss it."""
        tag = self.path[-1]
        if self.path[0] not in ("HEAD", "TRLR", "SUBM", "SUBN") and tag not in _UNREMARKED:
            self.notes.skipped(tag, number)


def _split(data: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, decoded a piece at a time; a byte that cannot be decoded becomes a question mark."""
    for mark, name in _MARKS:
        if name == encoding and data.startswith(mark):
            data = data[len(mark) :]
            break
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="replace", newline=None)
    yield from enumerate(stream, start=1)


def safe_xref(xref: str) -> str:
    """A record's name without anything that could be taken for markup or a path."""
    return re.sub(r"[^A-Za-z0-9_.-]", "_", xref.strip())[:60].upper()


def _clean_line(level: int, xref: str | None, tag: str, value: str) -> str:
    value = unicodedata.normalize("NFC", _CONTROL.sub("", value)).strip()
    pointer = re.fullmatch(r"@([^@\s][^@]*)@", value)
    if pointer:
        value = f"@{safe_xref(pointer[1])}@"
    name = f"@{safe_xref(xref)}@ " if xref else ""
    return f"{level} {name}{tag} {value}".rstrip()
