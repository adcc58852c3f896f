"""The button exercise: places stay as they were put, and two runs can be compared."""

from __future__ import annotations

from math import atan2, isclose
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.people.maps.closeness import (
    RINGS,
    Run,
    Token,
    compare,
    describe_closeness,
    layout_closeness,
    render_closeness,
)
from alongside.people.maps.vocabulary import PartialDate

EARLIER = Run(
    (Token("a", "Mum", 0.1, 0.1), Token("b", "Dad", 0.8, 0), Token("c", "Sis", 0.5, 0.5)), PartialDate(2025, 3)
)
LATER = Run((Token("a", "Mum", 0.1, 0.12), Token("b", "Dad", 0.2, 0, reason="He came"), Token("d", "Jo", 0.9, 0)))


def test_changes_are_named() -> None:
    words = {change.label: change.words for change in compare(EARLIER, LATER)}
    assert words == {
        "Dad": "Nearer: from far away to close",
        "Mum": "About as close as before (closest)",
        "Sis": "No longer placed (was further away)",
        "Jo": "New: far away",
    }
    assert compare(EARLIER, LATER)[0].label == "Dad"


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_token_stands_where_it_was_put(x: float, y: float) -> None:
    token = Token("a", "A", x, y)
    scene = layout_closeness(Run((token,)))
    disc = scene.discs[0]
    dx, dy = disc.x - scene.centre[0], disc.y - scene.centre[1]
    if token.distance > 0.01:
        turned = abs(atan2(dy, dx) - atan2(y, x))
        assert turned < 0.02 or isclose(turned, 6.283, abs_tol=0.02)
    assert 0 <= token.ring < len(RINGS)
    reach = (dx * dx + dy * dy) ** 0.5
    assert isclose((reach - 27) / (320 - 27), token.distance, abs_tol=0.01)


def test_words_give_ring_reason_and_change() -> None:
    scene = layout_closeness(LATER, EARLIER)
    text = describe_closeness(LATER, scene, EARLIER).as_text()
    assert "What changed since March 2025" in text
    assert "In their words: He came" in text
    assert "Dad: Nearer" in text


@pytest.mark.parametrize(("me", "inside"), [("Me", True), ("Nia Bevan", False)])
def test_a_name_that_does_not_fit_the_middle_stands_below_it(me: str, inside: bool) -> None:
    scene = layout_closeness(Run(tokens=(), label=me))
    written = next(part for part in render_closeness(scene).split("<text")[1:] if f">{me}</text>" in part)
    assert (f'y="{scene.centre[1] + 5:g}"' in written) is inside


def test_svg_is_safe_and_patterns_are_defined_once() -> None:
    run = Run(
        (
            Token("<a>", "<script>", 0.1, 0, pattern="dots", colour="pink"),
            Token("b", "B", 0.2, 0, pattern="dots", colour="pink"),
            Token("c", "C", 1, 1, size=9, pattern="?", colour="?"),
        )
    )
    svg = render_closeness(layout_closeness(run), id_prefix="<p>")
    assert "<script" not in svg
    root = ElementTree.fromstring(svg)
    assert len(root.findall(".//{http://www.w3.org/2000/svg}pattern")) == 1
