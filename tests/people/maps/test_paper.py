"""Genograms on paper: one sheet or several, in PDF that can be read aloud, and nothing typed is ever run."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from alongside.people.maps.genogram import Options, layout
from alongside.people.maps.genogram.paper import UnprintableNameError, as_pdf, sheets
from alongside.people.maps.network import FamilyNetwork, Person
from alongside.people.maps.sample import sample_family
from tests.people.maps.cases import TODAY, twelve_people


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("A3", (297, 420))])
def test_a_real_family_fits_one_sheet(paper: str, size: tuple[int, int]) -> None:
    (sheet,) = sheets(layout(twelve_people()), paper)
    assert {sheet.width_mm, sheet.height_mm} == set(size)
    ElementTree.fromstring(sheet.svg)


def test_a_large_family_goes_over_several_sheets_that_cover_it() -> None:
    scene = layout(sample_family(200, 1))
    parts = sheets(scene, "A3")
    assert len(parts) > 2
    for node in scene.nodes:
        assert any(
            v[0] <= node.box[0] and node.box[2] <= v[0] + v[2] and v[1] <= node.box[1] and node.box[3] <= v[1] + v[3]
            for v in (part.view for part in parts[:-1])
        ), node.id
    assert "What the signs mean" in parts[-1].svg


def test_pdf_has_title_language_tags_and_alternative_text() -> None:
    pdf = as_pdf(layout(twelve_people(), Options(as_of=TODAY)))
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Family map of Danny"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in pdf or "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    assert _alt(root["/StructTreeRoot"]).startswith("A family map with 12 family members")


def _alt(element: object) -> str:
    found = element.get("/Alt")
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        thing = kid.get_object() if hasattr(kid, "get_object") else kid
        if not found and hasattr(thing, "get"):
            found = _alt(thing) or None
    return str(found or "")


def test_a_name_that_no_font_here_shows_is_said_and_never_printed_as_boxes() -> None:
    with pytest.raises(UnprintableNameError, match="\U00012000"):
        as_pdf(layout(FamilyNetwork((Person("a", "Nan \U00012000"),))))


def test_typesetting_code_in_names_is_only_text() -> None:
    name = '"); #panic("x") $#read("/etc/passwd")$ \\'
    scene = layout(FamilyNetwork((Person("a", name, is_index=True),)), Options(title=name))
    assert as_pdf(scene).startswith(b"%PDF")


def test_other_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="A4 or A3"):
        sheets(layout(twelve_people()), "A5")
