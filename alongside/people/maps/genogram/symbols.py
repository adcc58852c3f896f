"""Symbols of people, and how lines are stroked. Shape, pattern and letter carry the meaning, never colour."""

from __future__ import annotations

from alongside.people.maps.drawing.svg import ACCENT, INK, PAPER, SOFT_LINE, TINT, number, tag, text
from alongside.people.maps.genogram.scene import Node

STROKE = 1.9
STILLBORN = 0.55
PARTNERSHIP_DASH: dict[str, str | None] = {
    "marriage": None,
    "civil_partnership": None,
    "living_together": "9 5",
    "relationship": "4 4",
    "engaged": "1 5",
    "brief": "9 4 1 4",
    "unknown": None,
    "co_parents": "2 5",
}
PARENT_DASH: dict[str, str | None] = {
    "birth": None,
    "second_parent": None,
    "adoptive": "9 4",
    "foster": "2 4",
    "kinship": "9 4 2 4",
    "guardian": "9 4 2 4 2 4",
    "step": "5 5",
    "donor": "1 5",
    "surrogate": "6 5 1 5",
    "unknown": "3 6",
    "siblings": "3 4",
}
PARENT_LETTER = {
    "second_parent": "2",
    "adoptive": "A",
    "foster": "F",
    "kinship": "K",
    "guardian": "G",
    "step": "S",
    "donor": "D",
    "surrogate": "Su",
}


def outline(shape: str, x: float, y: float, half: float, **values: str | float | None) -> str:
    """The bare shape of a symbol."""
    if shape == "circle":
        return tag("circle", cx=x, cy=y, r=half, **values)
    if shape == "square":
        return tag("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, rx=1.5, **values)
    return tag(
        "polygon", points=" ".join(f"{number(px)},{number(py)}" for px, py in corners(shape, x, y, half)), **values
    )


def corners(shape: str, x: float, y: float, half: float) -> list[tuple[float, float]]:
    """The corners of a shape that has some."""
    if shape == "diamond":
        wide = half * 1.08
        return [(x, y - wide), (x + wide, y), (x, y + wide), (x - wide, y)]
    if shape == "triangle":
        return [(x, y - half), (x + half, y + half * 0.85), (x - half, y + half * 0.85)]
    side = half * 0.5
    return [
        (x - side, y - half),
        (x + side, y - half),
        (x + half, y),
        (x + side, y + half),
        (x - side, y + half),
        (x - half, y),
    ]


def symbol(node: Node) -> str:
    """A symbol with all its marks, without its label."""
    parts = []
    dash = "3 3" if node.is_copy else "6 4" if node.outside else None
    fill = TINT if node.index and not node.is_copy else PAPER
    if node.index:
        grown = 6.5 if node.shape == "diamond" else 5
        parts.append(
            outline(node.shape, node.x, node.y, node.half + grown, fill=PAPER, stroke=ACCENT, stroke_width=STROKE)
        )
    colour = ACCENT if node.index else SOFT_LINE if node.is_copy else INK
    width = STROKE if node.half > 15 else 1.6
    drawn_half = node.half * STILLBORN if node.kind == "stillbirth" else node.half
    parts.append(
        outline(
            node.shape, node.x, node.y, drawn_half, fill=fill, stroke=colour, stroke_width=width, stroke_dasharray=dash
        )
    )
    parts.append(_cross(node))
    if node.inner:
        parts.append(_inner(node))
    if node.number is not None:
        parts.append(_badge(node))
    return "".join(parts)


def _cross(node: Node) -> str:
    if not node.dead and node.kind not in ("miscarriage", "termination", "stillbirth"):
        return ""
    reach = node.half
    if node.kind == "stillbirth":
        reach = node.half * 0.9
    elif node.kind != "person":
        reach = node.half + 2
    elif node.shape == "circle":
        reach = node.half * 0.7071
    elif node.shape == "diamond":
        reach = node.half * 0.54
    elif node.shape == "hexagon":
        reach = node.half * 0.7
    x, y = node.x, node.y + (2 if node.shape == "triangle" else 0)
    lines = f"M{number(x - reach)} {number(y - reach)}L{number(x + reach)} {number(y + reach)}"
    lines += f"M{number(x + reach)} {number(y - reach)}L{number(x - reach)} {number(y + reach)}"
    if node.kind == "termination":
        lines += f"M{number(x - reach - 3)} {number(y)}H{number(x + reach + 3)}"
    return tag("path", d=lines, stroke=INK, stroke_width=1.3, fill="none")


def _inner(node: Node) -> str:
    size = 18 if node.inner == "?" else 14
    halo: dict[str, str | float | None] = {}
    if node.dead:
        halo = {"stroke": PAPER, "stroke_width": 5.0, "paint_order": "stroke", "stroke_linejoin": "round"}
    return text(node.inner, node.x, node.y + size * 0.36, size=size, class_="gm-age", **halo)


def _badge(node: Node) -> str:
    side = -1 if node.badge_left else 1
    x, y = node.x + side * (node.half + 3), node.y - node.half + 2
    disc = tag("circle", cx=x, cy=y, r=9, fill=INK, stroke=PAPER, stroke_width=2)
    return disc + text(str(node.number), x, y + 4, size=11, fill=PAPER, font_weight="bold", class_="gm-number")
