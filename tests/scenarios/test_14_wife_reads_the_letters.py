"""Vignette 14: his wife reads our letters to him. Topics are limited, and his card says only what he chose."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.cast import assemble
from tests.factories import FamilyMemberFactory
from tests.safety.permissions.people import Officer, permission

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]


def test_letters_reach_her_within_limits_and_the_card_holds_what_he_chose() -> None:
    cast = assemble()
    wife = FamilyMemberFactory(person=cast.person, given_name="Lorraine", family_name="Achebe")
    officer = Officer(cast.owner, cast.person)
    officer.fill("private", wife, topics=["health", "offence"], words="Nothing about money")
    officer.fill("give", wife, **permission("appointments", "attendance", channels=["phone", "letter"]))
    grid = officer.read("grid")
    assert "Kept from them" in grid
    offered = officer.read("card")
    assert "Lorraine and my officer may talk about: appointments, attendance." in offered
    for never in ("Nothing about money", "offence."):
        assert never not in offered
    assert "someone may read it over their shoulder" in officer.read("card")
    html = officer.client.get(officer.address("card")).content.decode()
    line = html.split('name="lines" type="checkbox" value="')[1].split('"')[0]
    untold = officer.fill("card", lines=[line], language="en")
    assert "Tell them that someone may read it over their shoulder" in untold
    answer = officer.client.post(officer.address("card"), {"lines": [line], "language": "en", "told": "on"})
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Lorraine" in text
    assert "ealth" not in text
    assert "change my mind" not in text
