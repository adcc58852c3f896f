"""Documents read back: tagged, titled, in the right language, with every word as it was given."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from alongside.foundation.documents import rendering
from alongside.foundation.documents.rendering import RenderingError, UnprintableTextError, long_date, render_pdf
from alongside.foundation.documents.shapes import (
    Certificate,
    Column,
    Facts,
    Heading,
    Letter,
    Listing,
    Paragraph,
    Points,
    Table,
)

LETTER = Letter(
    title="Your meeting on 2 March",
    author="Invented Probation Service",
    sender=("1 High Street", "Invented Town", "01632 960123"),
    recipient=("Carys Invented", "2 Low Street", "Invented Town"),
    day="2 March 2026",
    greeting="Dear Carys",
    body=(
        Paragraph("Thank you for your call."),
        Heading("What happens next"),
        Points(("We meet at ten.", "You may bring someone.")),
        Facts((("Where", "1 High Street"), ("When", "10am"))),
        Table("Buses", (Column("Number"), Column("Leaves", 2)), (("7", "9:40"),)),
    ),
    closing="Yours sincerely",
    signed_by=("Ann Officer", "Probation officer"),
    reference="AB-1",
    enclosures=("A map",),
)
CERTIFICATE = Certificate(
    title="Certificate of erasure",
    author="Invented Probation Service",
    statement="The records named below were erased.",
    facts=(("Rows", "12"),),
    day="2 March 2026",
    signed_by=("Ann Officer",),
)
LISTING = Listing(
    title="Trail of a case",
    author="Invented Probation Service",
    columns=(Column("When"), Column("What", 3)),
    rows=(("2 March 2026, 10:00", "Looked at"),),
)


def read(document) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(document)))


def text_of(document) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


@pytest.mark.parametrize("document", [LETTER, CERTIFICATE, LISTING], ids=lambda one: one.template)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_each_document_is_tagged_titled_and_in_its_language(document, language):
    reader = read(replace(document, language=language))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith(language)
    assert reader.metadata.title == document.title
    assert reader.metadata.author == document.author
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_letter_says_all_that_it_was_given():
    text = text_of(LETTER)
    for words in (
        "Carys Invented", "Dear Carys", "Your meeting on 2 March", "Thank you for your call.", "What happens next",
        "You may bring someone.", "Where", "9:40", "Yours sincerely", "Ann Officer", "Reference: AB-1", "A map",
        "Page 1 of 1",
    ):  # fmt: skip
        assert words in text


def test_welsh_documents_have_welsh_words_of_their_own():
    text = text_of(replace(LETTER, language="cy"))
    assert "Cyfeirnod: AB-1" in text
    assert "Tudalen 1 o 1" in text


def test_what_nobody_has_approved_says_so():
    assert "DRAFT" in text_of(replace(LETTER, draft=True))
    assert "DRAFFT" in text_of(replace(LETTER, draft=True, language="cy"))


def test_headings_of_a_table_stand_on_each_page():
    long = replace(LISTING, rows=tuple((f"Row {number}", "Looked at") for number in range(120)))
    pages = read(long).pages
    assert len(pages) > 2
    assert all("When" in page.extract_text() for page in pages)
    assert "There is nothing" in text_of(replace(LISTING, rows=()))


@pytest.mark.parametrize(
    "hostile",
    [
        '#import "house.typ"',
        '#read("/etc/passwd")',
        "*strong* _emphasis_ = heading",
        "$ sum_1^n $ @label <label> // comment /* more */",
        '"quoted" \\ back \\u{41} `code`',
        "#{panic(1)}",
        "<script>alert(1)</script> & so on",
    ],
)
def test_what_a_person_typed_is_shown_and_never_read_as_markup(hostile):
    document = replace(LETTER, greeting=hostile, title=hostile, recipient=(hostile,))
    reader = read(document)
    assert reader.metadata.title == hostile
    assert text_of(document).count(" ".join(hostile.split())) >= 2


@pytest.mark.parametrize(
    "name", ["Siân Ŵyn Llŷr", "Łukasz Żółć", "Ștefan Țară", "Nguyễn Văn", "Олена", "Ελένη", "محمد"]
)
def test_names_in_many_scripts_are_shown(name):
    assert render_pdf(replace(LETTER, recipient=(name,)))


def test_what_cannot_be_shown_is_named_all_at_once():
    with pytest.raises(UnprintableTextError) as caught:
        render_pdf(replace(LETTER, greeting="Dear \U000e0041 and \U00012000", recipient=("\U00012000",)))
    assert set(caught.value.characters) >= {"\U00012000"}
    assert "Take them out" in str(caught.value)


def test_control_characters_are_left_out():
    assert "Dear Carys" in text_of(replace(LETTER, greeting="Dear\x00 \x07Carys\x1b"))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cs"]), max_size=80))
def test_any_latin_text_makes_a_document(text):
    assert render_pdf(replace(LETTER, greeting=text)).startswith(b"%PDF-")


def test_a_document_without_title_or_with_ragged_rows_is_a_fault():
    with pytest.raises(ValueError, match="title"):
        replace(LETTER, title=" ")
    with pytest.raises(ValueError, match="as many cells"):
        replace(LISTING, rows=(("one",),))


def test_a_faulty_template_is_told_without_data(monkeypatch, tmp_path):
    (tmp_path / "letter.typ").write_text("#let data = json(bytes(sys.inputs.data))\n#(data.recipient.first() + 1)")
    monkeypatch.setattr(rendering, "TEMPLATES", tmp_path)
    with pytest.raises(RenderingError, match=r"letter\.typ: cannot add") as caught:
        render_pdf(LETTER)
    assert "Carys" not in str(caught.value)


def test_dates_are_written_out():
    assert long_date(date(2026, 3, 2), "en") == "2 March 2026"
    assert long_date(date(2026, 3, 2), "cy") == "2 Mawrth 2026"
