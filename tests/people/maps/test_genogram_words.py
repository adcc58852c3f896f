"""The text twin says what the picture shows, and neither lets markup through."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from alongside.people.maps.genogram import Options, RenderOptions, describe, layout, render
from alongside.people.maps.network import FamilyNetwork, Household, Partnership, Person, Quality
from alongside.people.maps.vocabulary import Gender, PersonKind, QualityKind
from tests.people.maps.cases import CASES, TODAY

NASTY = "<script>alert(1)</script>\"'&\x00\x0b]]> {{ x }}"


@pytest.mark.parametrize("name", CASES)
def test_everybody_and_every_tie_is_said(name: str) -> None:
    network = CASES[name]()
    scene = layout(network, Options(as_of=TODAY, qualities=True))
    text = describe(network, scene, TODAY).as_text()
    for person in network.people:
        if person.kind is PersonKind.PERSON:
            assert network.label(person.id) in text
    for couple in network.partnerships:
        for stretch in couple.stretches:
            for day in (stretch.begin, stretch.end):
                assert day is None or day.words in text
    for row in network.parentage:
        assert network.label(row.child) in text or not network.by_id[row.child].label
    for home in network.households:
        assert home.label in text
    assert text.count("(A. Officer") == len(network.qualities)


@pytest.mark.parametrize("name", CASES)
def test_the_svg_is_well_formed_and_has_name_and_description(name: str) -> None:
    scene = layout(CASES[name](), Options(as_of=TODAY, qualities=True))
    root = ElementTree.fromstring(render(scene))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text
    assert root.find(f"{space}desc").text
    assert not [e for e in root.iter() if "style" in e.attrib or e.tag == f"{space}style" or e.tag == f"{space}script"]


def test_markup_in_names_never_becomes_markup() -> None:
    network = FamilyNetwork(
        (
            Person('a"><script>', NASTY, Gender.WOMAN, is_index=True, gender_words=NASTY[:20], role=NASTY[:20]),
            Person("b", "Ben", Gender.MAN),
        ),
        (Partnership("c", 'a"><script>', "b"),),
        households=(Household("h", NASTY, ("b",)),),
        qualities=(Quality("q", 'a"><script>', "b", QualityKind.CLOSE, NASTY, None, NASTY),),
    )
    scene = layout(network, Options(title=NASTY, qualities=True))
    svg = render(scene, RenderOptions(id_prefix='x"><script>', href=lambda key: f"/person/{key}"))
    assert "<script" not in svg
    ElementTree.fromstring(svg)
    html = describe(network, scene).as_html()
    assert "<script" not in html
    ElementTree.fromstring(f"<div>{html}</div>".replace("\x00", "").replace("\x0b", ""))


def test_opinions_are_left_out_unless_asked_for() -> None:
    network = CASES["qualities_of_relationships"]()
    scene = layout(network)
    assert scene.qualities == ()
    assert "Officer" not in describe(network, scene).as_text()
    assert "gm-quality" not in render(scene)


def test_the_legend_shows_only_what_is_used() -> None:
    signs = {item.sign for item in layout(CASES["siblings_alone"]()).legend}
    assert signs == {"shape:circle", "shape:square", "person:index", "child:siblings"}


def test_same_picture_without_links_or_with_them() -> None:
    scene = layout(CASES["twelve_people"]())
    assert render(scene).count("<a ") == 0
    assert render(scene, RenderOptions(href=lambda key: f"/p/{key}")).count("<a ") == 12
