"""What a file really is, told from its bytes: neither its name nor the browser is believed. Pure."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

LONGEST_NAME = 120
HEAD = 4096
# A spreadsheet is a compressed folder: these keep one that unpacks to fill the machine from being opened at all.
MOST_ENTRIES = 5000
MOST_UNPACKED = 400 * 1024 * 1024

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\:*?\"<>|]+")


class Kind(StrEnum):
    """The kinds of file that the product takes or makes."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GEDCOM = "ged"

    @property
    def label(self) -> str:
        return _FORMS[self].label

    @property
    def content_type(self) -> str:
        return _FORMS[self].content_type

    @property
    def extensions(self) -> tuple[str, ...]:
        """Endings of names, the usual one first, with their dot."""
        return _FORMS[self].extensions


class Fault(StrEnum):
    """Why a file is refused."""

    NONE = "none"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"
    LYING = "lying"
    BROKEN = "broken"
    OLD_EXCEL = "old_excel"
    MACROS = "macros"


class FileRefusedError(ValueError):
    """The file is not taken. The message is for the one who sent it: what is wrong, and what to send instead."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True)
class _Form:
    label: str
    content_type: str
    extensions: tuple[str, ...]


_FORMS: Mapping[Kind, _Form] = {
    Kind.CSV: _Form("a CSV file", "text/csv", (".csv", ".txt")),
    Kind.XLSX: _Form(
        "an Excel workbook (.xlsx)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx",),
    ),
    Kind.PDF: _Form("a PDF", "application/pdf", (".pdf",)),
    Kind.PNG: _Form("a PNG picture", "image/png", (".png",)),
    Kind.JPEG: _Form("a JPEG picture", "image/jpeg", (".jpg", ".jpeg")),
    Kind.GEDCOM: _Form("a GEDCOM family tree", "text/vnd.familysearch.gedcom", (".ged",)),
}


def clean_name(name: str) -> str:
    """The name under which a file is shown and given out: no folders, no characters that mislead, not too long."""
    base = _UNSAFE.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1])
    base = re.sub(r"\s+", " ", base).strip(" .")
    stem, dot, ending = base.rpartition(".")
    if dot and len(ending) <= 5:
        return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}" if stem else ending
    return base[:LONGEST_NAME] or "file"


def ending_of(name: str) -> str:
    """The ending of a name in lower case with its dot; "" where it has none."""
    _, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and ending else ""


def kind_of(stream: IO[bytes], *, name: str, wanted: Sequence[Kind] = tuple(Kind)) -> Kind:
    """What the bytes are. Raises FileRefusedError where they are nothing that we take, or not what their name says.

    `wanted` are the kinds that would be taken, so that nobody is told to send what is refused as well.

    Reads the head of the stream, for spreadsheets also their table of contents, and leaves the stream at its start.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileRefusedError(Fault.EMPTY, "The file is empty. Check that it was saved, and send it again.")
    kind = _sniffed(head, stream)
    stream.seek(0)
    _refuse_lying(kind, name, wanted)
    return kind


def _sniffed(head: bytes, stream: IO[bytes]) -> Kind:
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"PK\x03\x04"):
        return _workbook(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise FileRefusedError(
            Fault.OLD_EXCEL,
            "This is an older Excel file, or one with a password. Open it in Excel, take the password off, "
            "choose Save As, Excel Workbook (.xlsx), and send that.",
        )
    return _text(head)


def _workbook(stream: IO[bytes]) -> Kind:
    try:
        with zipfile.ZipFile(stream) as folder:
            entries = folder.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefusedError(
            Fault.BROKEN, "The file is damaged or was not sent whole. Open it, save it again, and send that."
        ) from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise _unknown()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefusedError(
            Fault.MACROS,
            "The workbook carries macros. Save it as Excel Workbook (.xlsx), without macros, and send that.",
        )
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileRefusedError(
            Fault.TOO_LARGE, "The workbook is too large to open. Save the sheet that you need as CSV, and send that."
        )
    return Kind.XLSX


def _text(head: bytes) -> Kind:
    text = _decoded(head)
    if text is None or _CONTROLS.search(text):
        raise _unknown()
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    if re.fullmatch(r"0\s+HEAD", first):
        return Kind.GEDCOM
    if first.startswith(("<", "{\\rtf", "#!")):
        raise _unknown()
    return Kind.CSV


def _decoded(head: bytes) -> str | None:
    """The head as text, in the encodings in which text really arrives; None where it is none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    if b"\x00" in head:
        return None
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character may be cut in two where the head ends.
        whole = error.start >= len(head) - 3
        return head[: error.start].decode("utf-8") if whole else head.decode("cp1252", errors="replace")


def _refuse_lying(kind: Kind, name: str, wanted: Sequence[Kind]) -> None:
    ending = ending_of(name)
    if ending in kind.extensions:
        return
    found = f"The file's name ends in “{ending or 'nothing'}”, but it is {kind.label}."
    if kind not in wanted:
        raise FileRefusedError(Fault.LYING, f"{found} Send {' or '.join(one.label for one in wanted)}.")
    raise FileRefusedError(
        Fault.LYING, f"{found} Save it again with a name that ends in {kind.extensions[0]}, and send that."
    )


def _unknown() -> FileRefusedError:
    return FileRefusedError(Fault.KIND, "We cannot tell what this file is. Check that it is the one you meant to send.")
