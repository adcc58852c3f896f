"""Welsh: every string that anyone may meet has one, and the compiled catalogue is the source's."""

import re

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from alongside.foundation.ui.forms import GovForm, TextField
from tests.support.catalogue import COMPILED, compiled, strings_to_translate, translations

PLACES = re.compile(r"%%?\([a-z_]+\)[sd]|%\{[a-z]+\}")


def test_every_string_has_welsh() -> None:
    missing = set(strings_to_translate()) - set(translations())
    assert not missing, "Add these to locale/cy/LC_MESSAGES/django.po, then run `python -m tests.support.catalogue`."


def test_no_translation_is_left_over() -> None:
    assert not set(translations()) - set(strings_to_translate())


def test_translations_keep_the_places_for_values() -> None:
    for english, welsh in translations().items():
        assert sorted(PLACES.findall(english)) == sorted(PLACES.findall(welsh)), english


def test_the_compiled_catalogue_is_the_sources() -> None:
    assert COMPILED.read_bytes() == compiled(), "Run `python -m tests.support.catalogue`."


def test_pages_and_errors_speak_welsh() -> None:
    class Small(GovForm):
        name = TextField(label="Enw", called="eich enw", max_length=3)

    with override("cy"):
        page = BeautifulSoup(render_to_string("404.html"), "html.parser")
        assert page.html["lang"] == "cy"
        assert page.h1.text == "Ni allwn ddod o hyd i'r dudalen hon"
        assert Small({}).errors["name"] == ["Rhowch eich enw"]
        assert Small({"name": "abcd"}).errors["name"] == ["Rhaid i Enw fod yn 3 nod neu lai. Rhoesoch 4"]
        assert gettext("Help") == "Cymorth"
