"""What a file really is, whatever it says of itself."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from alongside.foundation.files import kinds
from alongside.foundation.files.kinds import Fault, FileRefusedError, Kind, clean_name, kind_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def workbook() -> bytes:
    made = io.BytesIO()
    book = Workbook()
    book.active.append(["crn", "name"])
    book.save(made)
    return made.getvalue()


def folder(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def told(content: bytes, name: str) -> Kind:
    return kind_of(io.BytesIO(content), name=name)


def fault(content: bytes, name: str) -> Fault:
    with pytest.raises(FileRefusedError) as caught:
        told(content, name)
    return caught.value.fault


def content_apart(value: object) -> str | None:
    """Names a case by its file's name and what is expected: a workbook holds the moment at which it was made."""
    return "content" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (PNG, "a.png", Kind.PNG),
        (JPEG, "a.JPG", Kind.JPEG),
        (PDF, "a.pdf", Kind.PDF),
        (workbook(), "a.xlsx", Kind.XLSX),
        (b"crn,name\nX123456,Si\xc3\xb4n\n", "a.csv", Kind.CSV),
        (b"crn,name\nX123456,Si\xf4n\n", "a.csv", Kind.CSV),
        ("crn\tname\nX123456\tSiôn\n".encode("utf-16"), "a.txt", Kind.CSV),
        (b"\xef\xbb\xbfcrn,name\n", "a.csv", Kind.CSV),
        (b"a,b\n" + "é".encode() * 5000, "a.csv", Kind.CSV),
        (b"0 HEAD\n1 SOUR x\n", "tree.ged", Kind.GEDCOM),
        ("\ufeff0 HEAD\r\n1 CHAR UTF-8\r\n".encode(), "tree.GED", Kind.GEDCOM),
    ],
    ids=content_apart,
)
def test_sound_files_are_known(content, name, expected):
    assert told(content, name) is expected


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.csv", Fault.EMPTY),
        (b"\xef\xbb\xbf\r\n \r\n", "a.csv", Fault.EMPTY),
        (PNG, "a.pdf", Fault.LYING),
        (PDF, "a.csv", Fault.LYING),
        (b"crn,name\n", "a.xlsx", Fault.LYING),
        (b"crn,name\n", "a", Fault.LYING),
        (workbook(), "a.csv", Fault.LYING),
        (b"<html><script>alert(1)</script>", "a.csv", Fault.KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", Fault.KIND),
        (b"MZ\x90\x00\x03", "a.csv", Fault.KIND),
        (b"\x7fELF\x02\x01", "a.csv", Fault.KIND),
        (b"#!/bin/sh\nrm -rf\n", "a.csv", Fault.KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "a.xls", Fault.OLD_EXCEL),
        (b"PK\x03\x04 and nothing more", "a.xlsx", Fault.BROKEN),
        (workbook()[:-60], "a.xlsx", Fault.BROKEN),
        (folder(word__document=b"x"), "a.xlsx", Fault.KIND),
    ],
    ids=content_apart,
)
def test_others_are_refused_for_the_right_reason(content, name, expected):
    assert fault(content, name) is expected


def test_a_workbook_with_macros_or_one_that_unpacks_to_fill_the_machine_is_refused(monkeypatch):
    parts = {"xl/workbook.xml": b"", "[Content_Types].xml": b"", "xl/vbaProject.bin": b"x"}
    assert fault(folder(**parts), "a.xlsx") is Fault.MACROS
    monkeypatch.setattr(kinds, "MOST_UNPACKED", 100)
    parts = {"xl/workbook.xml": b"x" * 1000, "[Content_Types].xml": b""}
    assert fault(folder(**parts), "a.xlsx") is Fault.TOO_LARGE


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("report.csv", "report.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\caseload.xlsx", "caseload.xlsx"),
        ("a\r\nSet-Cookie: x.csv", "a Set-Cookie x.csv"),
        ("\u202ecsv.exe", "csv.exe"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        ("Siân’s list.csv", "Siân’s list.csv"),
    ],
)
def test_a_name_is_kept_without_what_misleads(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text())
def test_no_name_leads_anywhere(name):
    kept = clean_name(name)
    assert 0 < len(kept) <= kinds.LONGEST_NAME
    assert not set(kept) & set("/\\\r\n\x00")
    assert clean_name(kept) == kept


@given(st.binary(max_size=300), st.sampled_from([".csv", ".pdf", ".png", ".jpg", ".xlsx", ".ged", ""]))
def test_any_bytes_are_known_or_refused_and_the_stream_is_left_at_its_start(content, ending):
    stream = io.BytesIO(content)
    try:
        kind = kind_of(stream, name="a" + ending)
    except FileRefusedError:
        return
    assert ending in kind.extensions
    assert stream.tell() == 0
