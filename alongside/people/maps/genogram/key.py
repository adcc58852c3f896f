"""The legend below a genogram, in columns, each sign drawn as it is drawn in the picture."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from alongside.people.maps.drawing.measure import text_width
from alongside.people.maps.drawing.svg import INK, LINE, MIST, PAPER, SOFT_LINE, element, tag, text
from alongside.people.maps.genogram.patterns import marks, quality_pattern
from alongside.people.maps.genogram.scene import LegendItem, Node, Scene
from alongside.people.maps.genogram.symbols import PARENT_DASH, PARENT_LETTER, PARTNERSHIP_DASH, STROKE, symbol

_ROW = 30.0
_SWATCH = 54.0
_SIZE = 12.0
_HEAD = 40.0
_SIDE = 28.0


def _columns(scene: Scene) -> tuple[int, float]:
    room = max(scene.width, 360.0) - 2 * _SIDE
    widest = max((text_width(item.words, _SIZE) for item in scene.legend), default=0) + _SWATCH + 28
    count = max(1, min(len(scene.legend), int(room // widest), 6))
    return count, min(room / count, widest + 30)


def legend_height(scene: Scene) -> float:
    """How much the legend adds to the height of the picture."""
    if not scene.legend:
        return 0
    count, _ = _columns(scene)
    return _HEAD + _ROW * ceil(len(scene.legend) / count) + 14


def draw_legend(scene: Scene) -> str:
    """The legend, column by column."""
    if not scene.legend:
        return ""
    count, width = _columns(scene)
    rows = ceil(len(scene.legend) / count)
    top = scene.height
    rule = tag("path", d=f"M{_SIDE:g} {top:g}H{max(scene.width, 360.0) - _SIDE:g}", stroke="#c9d0d6", stroke_width=1)
    head = text("What the signs mean", _SIDE, top + 24, size=13, text_anchor="start", font_weight="bold")
    drawn = [rule, head]
    for number, item in enumerate(scene.legend):
        x = _SIDE + (number // rows) * width
        y = top + _HEAD + (number % rows) * _ROW + _ROW / 2
        drawn.append(swatch(item, x, y))
        drawn.append(text(item.words, x + _SWATCH, y + 4, size=_SIZE, text_anchor="start", class_="gm-legend-words"))
    return element("g", "".join(drawn), class_="gm-legend")


def swatch(item: LegendItem, x: float, y: float) -> str:
    """The sign of one legend item, drawn small in the left of its row."""
    family, _, kind = item.sign.partition(":")
    if family in ("shape", "person", "kind"):
        return symbol(_example(family, kind, x + 22, y))
    if family == "couple":
        return _couple(kind, x, y)
    if family == "status":
        earlier = 1 if kind == "again" else 0
        return _line(x, y, None) + marks(kind, earlier, (x + 22, y))
    if family == "child":
        letter = PARENT_LETTER.get(kind, "")
        drawn = _line(x, y, PARENT_DASH[kind], colour=LINE)
        if not letter:
            return drawn
        disc = tag("circle", cx=x + 22, cy=y, r=7.5, fill=PAPER, stroke=LINE, stroke_width=1)
        return drawn + disc + text(letter, x + 22, y + 3.6, size=10)
    if family == "twins":
        bar = f"M{x + 15:g} {y:g}H{x + 29:g}" if kind == "identical" else ""
        return tag(
            "path",
            d=f"M{x + 22:g} {y - 10:g}L{x + 8:g} {y + 10:g}M{x + 22:g} {y - 10:g}L{x + 36:g} {y + 10:g}{bar}",
            **_PEN,
        )
    if family == "quality":
        return quality_pattern(kind, tuple((x + i, y) for i in range(0, 45, 2)))
    if family == "household":
        return tag(
            "rect",
            x=x + 4,
            y=y - 9,
            width=36,
            height=18,
            rx=7,
            fill=MIST,
            stroke=SOFT_LINE,
            stroke_width=1.3,
            stroke_dasharray="3 4",
        )
    return text(kind, x + 22, y + 4, size=12, font_style="italic")


_PEN: dict[str, str | float | None] = {"fill": "none", "stroke": LINE, "stroke_width": STROKE}


def _line(x: float, y: float, dash: str | None, *, colour: str = INK) -> str:
    return tag(
        "path", d=f"M{x:g} {y:g}H{x + 44:g}", fill="none", stroke=colour, stroke_width=STROKE, stroke_dasharray=dash
    )


def _couple(kind: str, x: float, y: float) -> str:
    if kind == "related":
        thick = tag("path", d=f"M{x:g} {y:g}H{x + 44:g}", stroke=INK, stroke_width=6.4)
        return thick + tag("path", d=f"M{x:g} {y:g}H{x + 44:g}", stroke=PAPER, stroke_width=2.8)
    soft = kind in ("unknown", "co_parents")
    return _line(x, y, PARTNERSHIP_DASH[kind], colour=SOFT_LINE if soft else INK)


def _example(family: str, kind: str, x: float, y: float) -> Node:
    node = Node("", "", 0, x, y, 9.5, "square", 10, y, (), (), "")
    if family == "shape":
        return replace(node, shape=kind, inner="")
    if family == "kind":
        half = 7.0 if kind in ("miscarriage", "termination") else 10.0 if kind == "stillbirth" else 9.5
        return replace(node, kind=kind, shape="square" if kind == "stillbirth" else "triangle", half=half)
    if kind == "index":
        return replace(node, index=True, half=7.5)
    if kind == "age":
        return replace(node, inner="34", half=11)
    if kind == "outside":
        return replace(node, outside=True)
    if kind == "copy":
        return replace(node, is_copy=True, number=1, x=x - 4, y=y + 2)
    return replace(node, dead=True)
