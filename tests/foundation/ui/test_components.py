"""Components: drawn as upstream draws them, and never a way for what someone typed to become markup."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from alongside.foundation.ui.components import (
    UnknownComponentError,
    UnsafeAddressError,
    UnsafeHtmlError,
    environment,
    own_components,
    render_component,
)

PACKAGES = Path(__file__).resolve().parents[3] / "node_modules"
FIXTURES = sorted((PACKAGES / "govuk-frontend/dist/govuk/components").glob("*/fixtures.json"))
TYPED = "<script>alert('x')</script>"


def shape(node: Tag) -> object:
    """A node as compared: name, attributes with classes as a set, and children with white space folded."""
    attributes = {
        name: " ".join(sorted(value)) if isinstance(value, list) else re.sub(r"\s+", " ", value).strip()
        for name, value in node.attrs.items()
    }
    children = []
    for child in node.children:
        if isinstance(child, Tag):
            children.append(shape(child))
        elif text := re.sub(r"\s+", " ", str(child)).strip():
            children.append(text)
    return node.name, attributes, children


def vouched(value: object) -> object:
    """Upstream's options, with their HTML marked as vouched for, as a developer would."""
    if isinstance(value, dict):
        return {
            name: mark_safe(inner)
            if isinstance(inner, str) and (name in ("html", "attributes") or name.endswith("Html"))
            else vouched(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [vouched(inner) for inner in value]
    return value


@pytest.mark.skipif(not FIXTURES, reason="npm packages are not installed: run `npm ci`")
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_each_upstream_fixture_is_drawn_as_upstream_draws_it(path: Path) -> None:
    fixtures = json.loads(path.read_text("utf-8"))
    differing = []
    for fixture in fixtures["fixtures"]:
        ours = shape(BeautifulSoup(render_component(fixtures["component"], vouched(fixture["options"])), "html.parser"))
        theirs = shape(BeautifulSoup(fixture["html"], "html.parser"))
        if ours != theirs:
            differing.append(fixture["name"])
    assert not differing


def test_text_is_escaped_whoever_wrote_it() -> None:
    for text in (TYPED, mark_safe(TYPED), gettext_lazy(TYPED)):
        drawn = render_component("button", {"text": text})
        assert "<script>" not in drawn
        assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    "params",
    [
        {"html": TYPED},
        {"text": "x", "attributes": f'x="{TYPED}"'},
        {"label": {"html": TYPED}, "name": "x"},
        {"titleHtml": TYPED},
        {"rows": [[{"html": TYPED}]]},
        {"items": ({"conditional": {"html": TYPED}},)},
    ],
)
def test_html_is_taken_only_from_a_safe_string(params: dict) -> None:
    with pytest.raises(UnsafeHtmlError, match="SafeString"):
        render_component("button", params)


def test_html_that_is_vouched_for_is_kept() -> None:
    drawn = render_component("inset-text", {"html": format_html("<p>{}</p>", TYPED)})
    assert "<p>&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:x", "java\tscript:x", "\x01javascript:x", "data:x"]
)
def test_a_link_cannot_run_a_script(address: str) -> None:
    with pytest.raises(UnsafeAddressError):
        render_component("back-link", {"text": "x", "href": address})


@pytest.mark.parametrize("address", ["/x/?at=12:30", "#a", "?x=a:b", "https://x.test/", "tel:999", "mailto:a@b.test"])
def test_an_ordinary_link_is_kept(address: str) -> None:
    assert address in render_component("back-link", {"text": "x", "href": address})


@pytest.mark.parametrize("name", sorted(own_components()))
def test_our_own_components_escape_every_text(name: str) -> None:
    typed = {"text": TYPED, "title": TYPED, "label": TYPED, "href": "/x/"}
    params = {
        **typed,
        **dict.fromkeys(("name", "knownAs", "detail", "summary", "count", "landmarkLabel", "id"), TYPED),
        "items": [{**typed, "label": {"text": TYPED}, "byline": {"text": TYPED}, "datetime": {"text": TYPED}}],
        "tags": [{"text": TYPED}],
        "facts": [{"label": TYPED, "text": TYPED}],
        "actions": [{"text": TYPED, "href": "/"}],
        "links": [{"text": TYPED, "href": "/", "hidden": TYPED}],
        "selected": [{"text": TYPED, "href": "/"}],
        "keep": [{"name": TYPED, "value": TYPED}],
        "input": {"value": TYPED, "name": "q"},
        "previous": {"href": "/", "text": TYPED},
        "next": {"href": "/", "text": TYPED},
        "action": {"text": TYPED, "href": "/"},
    }
    if name in ("search", "filter", "identity-bar"):
        params |= {"label": {"text": TYPED}, "title": {"text": TYPED}, "heading": {"text": TYPED}, "action": "/"}
    drawn = render_component(name, params)
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_the_tag_reaches_into_nested_parameters() -> None:
    drawn = Template('{% component "input" name="town" label__text="Town" hint__text=hint %}').render(
        Context({"hint": TYPED})
    )
    assert ">Town<" in re.sub(r"\s+", "", drawn)
    assert "<script>" not in drawn


def test_the_tag_takes_a_dictionary_and_overrides() -> None:
    drawn = Template('{% component "button" params text="Send" %}').render(
        Context({"params": {"text": "Save", "name": "go"}})
    )
    assert "Send" in drawn
    assert 'name="go"' in drawn


def test_wrap_puts_a_piece_of_template_inside_and_escapes_it() -> None:
    drawn = Template('{% wrap "details" summaryText="More" %}<b>{{ typed }}</b>{% endwrap %}').render(
        Context({"typed": TYPED})
    )
    assert "<b>&lt;script&gt;" in drawn


def test_a_mistaken_tag_says_what_to_do() -> None:
    with pytest.raises(TemplateSyntaxError, match="name of a component"):
        Template("{% component %}")
    with pytest.raises(UnknownComponentError, match="no component 'buton'"):
        render_component("buton", {})


def test_there_is_one_environment_and_it_escapes() -> None:
    assert environment() is environment()
    assert environment().autoescape is True
    assert environment().auto_reload is False
