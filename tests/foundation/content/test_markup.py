"""The little markup of governed wording: what it draws, and that nothing else comes through."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.content.markup import (
    MissingValueError,
    as_html,
    as_line,
    fill,
    placeholders_in,
    title_and_body,
)

ALLOWED = {"h2", "h3", "p", "ul", "li", "div", "br", "a"}


def test_headings_lists_links_and_paragraphs() -> None:
    drawn = as_html("## Where\nFirst line\nsecond\n\n- one\n- [two](/x/)\n\n> apart\n### Small", {})
    page = BeautifulSoup(drawn, "html.parser")
    assert page.h2.text == "Where"
    assert page.p.text == "First line second"
    assert [item.text for item in page.select("li")] == ["one", "two"]
    assert page.a["href"] == "/x/"
    assert page.select_one(".govuk-inset-text").text == "apart"
    assert page.h3.text == "Small"


def test_a_value_cannot_become_markup() -> None:
    drawn = as_html("Dear {name}", {"name": "<b>[x](javascript:alert(1))</b>\n## Heading [y](/z/)"})
    page = BeautifulSoup(drawn, "html.parser")
    assert [tag.name for tag in page.find_all()] == ["p"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.test/", "data:x", 'https://x"onclick=y', "http://x"]
)
def test_a_link_leads_only_where_it_may(address: str) -> None:
    assert "<a" not in as_html(f"[x]({address})", {})


@settings(deadline=None)
@given(st.text(alphabet="#-> []()/<&'\"\n{}abjavscript:", max_size=80))
def test_nothing_but_our_own_tags_comes_out(text: str) -> None:
    page = BeautifulSoup(as_html(text, dict.fromkeys(placeholders_in(text), "v")), "html.parser")
    assert {tag.name for tag in page.find_all()} <= ALLOWED
    assert {name for tag in page.find_all() for name in tag.attrs} <= {"class", "href"}


def test_a_title_stands_on_the_first_line() -> None:
    assert title_and_body("# Help\n\nText") == ("Help", "Text")
    assert title_and_body("Text\n# no") == ("", "Text\n# no")


def test_filling_needs_every_value() -> None:
    assert fill("{a} and {b}", {"a": 1, "b": "x"}) == "1 and x"
    assert as_line("Hello {a}", {"a": "<i>"}) == "Hello &lt;i&gt;"
    with pytest.raises(MissingValueError, match="'b'"):
        fill("{a} and {b}", {"a": 1})
