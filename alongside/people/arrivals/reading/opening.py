"""What a file really is, whatever its name says."""

from pathlib import Path

from alongside.people.arrivals.reading.sheets import open_sheet
from alongside.people.arrivals.reading.table import Table, UnreadableFileError
from alongside.people.arrivals.reading.text import open_text

SIGNS = (
    (b"%PDF", "This is a PDF."),
    (b"\xd0\xcf\x11\xe0", "This is an older or a password-protected spreadsheet."),
    (b"\x89PNG", "This is a picture."),
    (b"\xff\xd8\xff", "This is a picture."),
    (b"GIF8", "This is a picture."),
    (b"\x1f\x8b", "This is a compressed file."),
    (b"7z\xbc\xaf", "This is a compressed file."),
    (b"Rar!", "This is a compressed file."),
    (b"{\\rtf", "This is a document."),
    (b"\x7fELF", "This is a program."),
    (b"MZ", "This is a program."),
)
MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table")
WAY_OUT = "Open it in a spreadsheet program if that can read it, save it as CSV UTF-8 or XLSX, and bring that file."


def open_caseload(path: Path) -> Table:
    """The file at `path` as a table. Raises UnreadableFileError, here or while its rows are read."""
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise UnreadableFileError("The file is empty. Export the caseload again, and bring that file.")
    if start.startswith(b"PK\x03\x04"):
        return open_sheet(path)
    for sign, words in SIGNS:
        if start.startswith(sign) and not (sign == b"MZ" and b"," in start):
            raise UnreadableFileError(f"{words} A caseload comes as CSV or XLSX. {WAY_OUT}")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise UnreadableFileError(f"This is a web page, whatever its name says. {WAY_OUT}")
    return open_text(path)
