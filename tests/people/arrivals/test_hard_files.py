"""Files as they really arrive: each is read rightly, or refused with a sentence that says what to do."""

import datetime
import io
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from alongside.people.arrivals.reading import Table, UnreadableFileError, open_caseload, table
from tests.people.arrivals.files import saved

TITLES = ["CRN", "Surname", "First Name", "Date of Birth", "Team Code"]
ROW = ["X123456", "Łukaszewicz-Évans", "Siân", "17/05/1990", "N01"]


def text_of(*rows: list[str], delimiter: str = ",", end: str = "\r\n") -> str:
    return end.join(delimiter.join(row) for row in rows) + end


def opened(folder: Path, content: bytes, name: str = "caseload.csv") -> Table:
    return open_caseload(saved(folder, content, name))


def rows_of(folder: Path, content: bytes) -> list[list[str]]:
    return [cells for _, cells in opened(folder, content).rows if any(cells)]


def refusal_of(folder: Path, content: bytes) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        list(opened(folder, content).rows)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_reads_the_same(tmp_path: Path, encoding: str) -> None:
    assert rows_of(tmp_path, text_of(TITLES, ROW).encode(encoding)) == [ROW]


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    found = opened(tmp_path, text_of(TITLES, ["X123456", "O’Brien", "Siân", "1/2/90", "N01"]).encode("cp1252"))
    assert [cells[1:3] for _, cells in found.rows] == [["O’Brien", "Siân"]]
    assert "Windows-1252" in found.remarks[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end(tmp_path: Path, delimiter: str, end: str) -> None:
    assert rows_of(tmp_path, text_of(TITLES, ROW, delimiter=delimiter, end=end).encode()) == [ROW]


def test_a_stated_separator_is_believed_and_no_row(tmp_path: Path) -> None:
    content = "sep=;\r\n" + text_of(TITLES, ROW, delimiter=";")
    found = opened(tmp_path, content.encode())
    assert [(number, cells[0]) for number, cells in found.rows] == [(3, "X123456")]


def test_titles_in_any_order_case_and_spacing(tmp_path: Path) -> None:
    titles = ["  team CODE ", "date_of_birth", "FORENAME", "last name", "crn number"]
    found = opened(tmp_path, text_of(titles, ROW[::-1]).encode())
    assert found.header.keys == ("team", "date_of_birth", "first_name", "family_name", "crn")


def test_a_header_below_other_rows_is_found(tmp_path: Path) -> None:
    content = text_of(["Caseload report"], [], ["Person", "", "", "Case", ""], TITLES, ROW)
    found = opened(tmp_path, content.encode())
    assert found.header.row == 4
    assert [number for number, _ in found.rows] == [5]


def test_unknown_columns_are_named_and_left_alone(tmp_path: Path) -> None:
    found = opened(tmp_path, text_of([*TITLES, "Shoe size", "What to fix"], [*ROW, "9", "x"]).encode())
    assert found.header.unknown == ("Shoe size",)


def test_a_column_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    said = refusal_of(tmp_path, text_of([*TITLES, "Last Name"], [*ROW, "x"]).encode())
    assert "Surname (column B “Surname”, column F “Last Name”)" in said


def test_missing_columns_are_named(tmp_path: Path) -> None:
    said = refusal_of(tmp_path, text_of(TITLES[:3], ROW[:3]).encode())
    assert "Date of Birth, Team Code" in said


def test_spaces_marks_and_formulas_of_spreadsheets_go(tmp_path: Path) -> None:
    row = ['"=""X123456"""', "\u00a0 Bowen\u200b ", "Ann\u00a0 Marie", "'17/05/1990", "N\x0001"]
    assert rows_of(tmp_path, text_of(TITLES, row).encode()) == [["X123456", "Bowen", "Ann Marie", "'17/05/1990", "N01"]]


def test_blank_and_ragged_rows_keep_their_numbers(tmp_path: Path) -> None:
    content = text_of(TITLES, [""], ROW, ["", "", ""], ROW[:2], [*ROW, "beyond"])
    found = [(number, len(cells)) for number, cells in opened(tmp_path, content.encode()).rows if any(cells)]
    assert found == [(3, 5), (5, 2), (6, 6)]


def test_a_line_break_in_a_cell_is_one_row(tmp_path: Path) -> None:
    content = text_of(TITLES, ["X123456", '"Bo\nwen"', *ROW[2:]], ROW)
    assert [number for number, _ in opened(tmp_path, content.encode()).rows] == [2, 3]


def test_a_quotation_mark_that_never_closes_is_refused_not_swallowed(tmp_path: Path) -> None:
    content = text_of(TITLES, ROW, ["X123457", '"Bowen', *ROW[2:]], ROW, ROW)
    assert "Row 3" in refusal_of(tmp_path, content.encode())


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"\x00\x00\x00\x00"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    assert "empty" in refusal_of(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password-protected"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<html><table><tr><td>CRN", "web page"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"PK\x03\x04garbage", "cannot be opened"),
        (bytes(range(256)) * 40, "column titles"),
        (b'{"crn": "X123456"}', "column titles"),
        (b"just words\nand more words\n", "column titles"),
    ],
)
def test_what_is_no_caseload_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refusal_of(tmp_path, content)


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(text_of(TITLES).encode())
        file.seek(1_000_000_000)
        file.write(b"x")
    begun = time.monotonic()
    with pytest.raises(UnreadableFileError):
        list(open_caseload(path).rows)
    assert time.monotonic() - begun < 60


def test_a_line_of_letters_without_end(tmp_path: Path) -> None:
    content = text_of(TITLES).encode() + b"x" * 3_000_000
    assert "longer than any row" in refusal_of(tmp_path, content) or "never ends" in refusal_of(tmp_path, content)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.people.arrivals.reading.text.MOST_ROWS", 30)
    assert "Divide it" in refusal_of(tmp_path, text_of(TITLES, *[ROW] * 80).encode())


def workbook_of(*rows: list[object], title: str = "Caseload") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_spreadsheet_reads_like_a_csv(tmp_path: Path) -> None:
    row: list[object] = ["X123456", " Bowen ", "Ann\u00a0Marie", datetime.date(1990, 5, 17), 1234]
    found = opened(tmp_path, workbook_of(["Report"], TITLES, row, [None] * 5))
    assert found.kind == "XLSX"
    assert [cells for _, cells in found.rows if any(cells)] == [["X123456", "Bowen", "Ann Marie", "1990-05-17", "1234"]]


def test_the_sheet_with_the_caseload_is_found(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Read me first"])
    sheet = book.create_sheet("Cases")
    sheet.append(TITLES)
    sheet.append(ROW)
    kept = io.BytesIO()
    book.save(kept)
    found = opened(tmp_path, kept.getvalue())
    assert (found.sheet, len(list(found.rows))) == ("Cases", 1)
    assert "1 more" in found.remarks[0]


def test_a_merged_header_and_a_far_away_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Person", None, None, "Case"])
    sheet.merge_cells("A1:C1")
    sheet.append(TITLES)
    sheet.append(ROW)
    sheet["XFD900"] = "far away"
    kept = io.BytesIO()
    book.save(kept)
    found = opened(tmp_path, kept.getvalue())
    assert [cells for _, cells in found.rows if any(cells)] == [ROW]


def zipped(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return kept.getvalue()


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b"0" * 200_000_000)
    assert "far more than a caseload needs" in refusal_of(tmp_path, bomb)


def test_words_that_multiply_are_refused(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE l [<!ENTITY a "haha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
    )
    good = io.BytesIO(workbook_of(TITLES, ROW))
    kept = io.BytesIO()
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, laughs + b"]><sst>&m;</sst>" if part.endswith("sheet1.xml") else content)
    assert refusal_of(tmp_path, kept.getvalue())


def test_a_damaged_spreadsheet_is_said_to_be_damaged(tmp_path: Path) -> None:
    whole = workbook_of(TITLES, *[ROW] * 50)
    for cut in (60, len(whole) // 2, len(whole) - 10):
        assert "cannot be opened" in refusal_of(tmp_path, whole[:cut])


def test_an_archive_is_no_spreadsheet(tmp_path: Path) -> None:
    assert "archive" in refusal_of(tmp_path, zipped(caseload_csv=b"CRN,Surname"))


def test_letters_of_columns() -> None:
    assert [table.letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
