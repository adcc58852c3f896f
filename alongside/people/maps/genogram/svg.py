"""A scene as SVG. Everything typed by a person is escaped; there is no script, no style and nothing fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alongside.people.maps.drawing.svg import (
    ACCENT,
    INK,
    LINE,
    MIST,
    PAPER,
    SOFT_LINE,
    TINT,
    Picture,
    element,
    number,
    safe_id,
    tag,
    text,
)
from alongside.people.maps.genogram.cards import DETAIL_SIZE, LINE_TEXT_SIZE, NAME_SIZE
from alongside.people.maps.genogram.key import draw_legend, legend_height
from alongside.people.maps.genogram.patterns import marks, quality
from alongside.people.maps.genogram.scene import FamilyLine, HouseholdOutline, Node, PartnershipLine, Point, Scene
from alongside.people.maps.genogram.symbols import PARENT_DASH, PARENT_LETTER, PARTNERSHIP_DASH, STROKE, symbol

_CORNER = 9.0
_DETAIL = "#454f57"


@dataclass(frozen=True)
class RenderOptions:
    """How a scene is written out. `href` gives the address of a person's page, or None for no link.

    `chosen` is the person whom the page is about at the moment.
    """

    id_prefix: str = "genogram"
    legend: bool = True
    href: Callable[[str], str | None] | None = None
    chosen: str = ""


def render(scene: Scene, options: RenderOptions | None = None) -> str:
    """The scene as one SVG document that can stand alone or inside a page."""
    options = options or RenderOptions()
    height = scene.height + (legend_height(scene) if options.legend else 0)
    picture = Picture(
        max(scene.width, 360.0),
        height,
        scene.title,
        scene.description,
        id_prefix=options.id_prefix,
        role="group" if options.href else "img",
    )
    return picture.wrap(body(scene, options))


def body(scene: Scene, options: RenderOptions) -> str:
    """The inside of the picture, back to front."""
    layers = [
        ("gm-households", [_household(h) for h in scene.households]),
        ("gm-families", [*(_led(line.points, line.kind) for line in scene.led), *map(_family, scene.families)]),
        ("gm-twins", [_polyline(t.points, "gm-twin") for t in scene.twins if t.points]),
        ("gm-partnerships", [_partnership(p) for p in scene.partnerships]),
        ("gm-qualities", [quality(q) for q in scene.qualities]),
        ("gm-people", [_person(n, options, _HALO if scene.qualities else {}) for n in scene.nodes]),
        ("gm-household-names", [_household_name(h) for h in scene.households]),
        ("gm-letters", _letters(scene)),
        ("gm-captions", [_caption(c.text, c.x, c.y) for c in scene.captions]),
    ]
    drawn = "".join(element("g", "".join(parts), class_=name) for name, parts in layers if parts)
    return drawn + (draw_legend(scene) if options.legend else "")


def _path(d: str, **values: str | float | None) -> str:
    values.setdefault("stroke", LINE)
    values.setdefault("stroke_width", STROKE)
    return tag("path", d=d, fill="none", stroke_linecap="butt", **values)


def _polyline(points: tuple[Point, ...], name: str) -> str:
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return _path(d, class_=name)


def rounded(points: tuple[Point, ...], corner: float = _CORNER, *, closed: bool = False) -> str:
    """Path data through the points, with rounded corners."""
    count = len(points)
    if count < 3:
        return "M" + "L".join(map(_pair, points))
    out = []
    for i, point in enumerate(points):
        if not closed and i in (0, count - 1):
            out.append(("M" if i == 0 else "L") + _pair(point))
            continue
        before = _towards(*point, *points[i - 1], corner)
        after = _towards(*point, *points[(i + 1) % count], corner)
        out.append(("M" if closed and i == 0 else "L") + f"{_pair(before)}Q{_pair(point)} {_pair(after)}")
    return "".join(out) + ("Z" if closed else "")


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _towards(x: float, y: float, to_x: float, to_y: float, corner: float) -> Point:
    length = max(abs(to_x - x), abs(to_y - y), 0.001)
    share = min(corner, length / 2) / length
    return x + (to_x - x) * share, y + (to_y - y) * share


def _household(outline: HouseholdOutline) -> str:
    return tag(
        "path",
        d=rounded(outline.points, 14, closed=True),
        class_="gm-household",
        fill=MIST,
        stroke=SOFT_LINE,
        stroke_width=1.3,
        stroke_dasharray="3 4",
    )


def _household_name(outline: HouseholdOutline) -> str:
    x, y = outline.label_at
    return text(
        outline.label, x, y, size=DETAIL_SIZE, text_anchor="start", fill=_DETAIL, class_="gm-household-name", **_HALO
    )


def _led(points: tuple[Point, ...], kind: str) -> str:
    d = rounded(points)
    casing = _path(d, stroke=PAPER, stroke_width=5.0)
    return casing + _path(d, stroke_dasharray=PARENT_DASH[kind], class_=f"gm-led gm-parent--{kind}")


def _family(family: FamilyLine) -> str:
    """The lines of one family, with a light edge so that a crossing line visibly passes behind or in front."""
    paths = _family_paths(family)
    casing = "".join(_path(d, stroke=PAPER, stroke_width=5.0) for d, _ in paths) if family.crossed else ""
    return casing + "".join(
        _path(d, stroke_dasharray=PARENT_DASH[kind], class_=f"gm-parent gm-parent--{kind}") for d, kind in paths
    )


def _family_paths(family: FamilyLine) -> list[tuple[str, str]]:
    left, right, y = family.bar
    if right - left < 0.6:
        start = family.stem[:1] or ((left, y),)
        return [(rounded((*start, *drop.points[1:]), 0.01), _kind(drop.kind, family)) for drop in family.drops]
    corner = min(_CORNER, (right - left) / 2)
    stem_x = family.stem[0][0] if family.stem else None
    ends = {x: _turn(x, family) for x in (left, right)}
    paths = [(_bar(left, right, y, corner, ends), family.kind)]
    if family.stem and stem_x is not None:
        foot = y - corner if ends.get(_snap(stem_x, left, right), 0) < 0 else y
        paths.append((f"M{number(stem_x)} {number(family.stem[0][1])}V{number(foot)}", family.kind))
    started: set[str] = set()
    for drop in family.drops:
        x = drop.points[0][0]
        head = y + corner if ends.get(_snap(x, left, right), 0) > 0 else y
        kind = _kind(drop.kind, family)
        if not drop.twins:
            paths.append((f"M{number(x)} {number(head)}V{number(drop.points[-1][1])}", kind))
            continue
        (_, _), (ax, ay), (bx, by) = drop.points
        if drop.twins not in started:
            paths.append((f"M{number(x)} {number(head)}V{number(ay)}", kind))
            started.add(drop.twins)
        paths.append((f"M{number(ax)} {number(ay)}L{number(bx)} {number(by)}", kind))
    return paths


def _kind(kind: str, family: FamilyLine) -> str:
    return kind if family.parents else family.kind


def _snap(x: float, left: float, right: float) -> float:
    return left if abs(x - left) < 0.06 else right if abs(x - right) < 0.06 else x


def _turn(x: float, family: FamilyLine) -> int:
    """At an end of the bar: 1 where the line turns down to a child, -1 where it turns up to the stem, 0 for both."""
    down = any(abs(drop.points[0][0] - x) < 0.06 for drop in family.drops)
    up = bool(family.stem) and abs(family.stem[0][0] - x) < 0.06
    return (1 if down else 0) - (1 if up else 0)


def _bar(left: float, right: float, y: float, corner: float, ends: dict[float, int]) -> str:
    start, finish = f"M{_pair((left, y))}", f"H{number(right)}"
    if ends[left]:
        start = f"M{_pair((left, y + corner * ends[left]))}Q{_pair((left, y))} {_pair((left + corner, y))}"
    if ends[right]:
        finish = f"H{number(right - corner)}Q{_pair((right, y))} {_pair((right, y + corner * ends[right]))}"
    return start + finish


def _partnership(line: PartnershipLine) -> str:
    dash = PARTNERSHIP_DASH[line.kind]
    ended = line.kind in ("unknown", "co_parents")
    d = rounded(line.points, 7)
    parts = [_path(d, stroke=PAPER, stroke_width=5.0)] if len(line.points) > 2 else []
    classes = f"gm-partnership gm-partnership--{line.kind} gm-partnership--{line.status}"
    colour, width = (SOFT_LINE, 1.5) if ended else (INK, STROKE)
    if line.related:
        parts.append(_path(d, stroke=colour, stroke_width=6.4, stroke_dasharray=dash, class_=classes))
        parts.append(_path(d, stroke=PAPER, stroke_width=2.8))
    else:
        parts.append(_path(d, stroke=colour, stroke_width=width, stroke_dasharray=dash, class_=classes))
    strokes = marks(line.status, line.earlier, line.marks_at)
    parts.append(strokes)
    x, y = line.text_at
    y -= _CLEAR_OF_MARKS if strokes else 0
    for number_, words in enumerate(reversed(line.text)):
        parts.append(text(words, x, y - 12 * number_, size=LINE_TEXT_SIZE, fill=_DETAIL, class_="gm-dates", **_HALO))
    return "".join(parts)


_CLEAR_OF_MARKS = 4.0
"""How far dates stand higher over a line with strokes through it."""
_HALO: dict[str, str | float | None] = {
    "stroke": PAPER,
    "stroke_width": 3.5,
    "paint_order": "stroke",
    "stroke_linejoin": "round",
}


def _person(node: Node, options: RenderOptions, halo: dict[str, str | float | None]) -> str:
    chosen = node.person == options.chosen
    drawn = [_highlight(node), symbol(node)] if chosen else [symbol(node)]
    y = node.y + node.half + 4
    for line in node.name:
        y += 16 if line is not node.name[0] else 13
        weight = "bold" if node.index else None
        drawn.append(text(line, node.x, y, size=NAME_SIZE, font_weight=weight, class_="gm-name", **halo))
    for line in node.details:
        y += 14
        drawn.append(text(line, node.x, y, size=DETAIL_SIZE, fill=_DETAIL, class_="gm-detail", **halo))
    group = element("g", "".join(drawn), class_="gm-person", id=f"{safe_id(options.id_prefix)}-p-{safe_id(node.id)}")
    address = options.href(node.person) if options.href else None
    if not address:
        return group
    return element(
        "a",
        group,
        href=address,
        class_="gm-link",
        data_person=node.person,
        data_x=node.x,
        data_y=node.y,
        aria_current="true" if chosen else None,
    )


def _highlight(node: Node) -> str:
    left, top, right, bottom = node.box
    return tag(
        "rect",
        class_="gm-chosen",
        x=left - 6,
        y=top - 8,
        width=right - left + 12,
        height=bottom - top + 16,
        rx=10,
        fill=TINT,
        stroke=ACCENT,
        stroke_width=2,
    )


def _letters(scene: Scene) -> list[str]:
    """A letter on each child line that is not by birth, so that the pattern need not be told apart by eye."""
    places: dict[str, list[tuple[float, float, str]]] = {}
    for family in scene.families:
        for drop in family.drops:
            if family.parents and (letter := PARENT_LETTER.get(drop.kind)):
                (ax, ay), (bx, by) = drop.points[-2:]
                x, y = ((ax + bx) / 2, (ay + by) / 2) if drop.twins else (bx, by - 12)
                places.setdefault(drop.child, []).append((x, y, letter))
    for line in scene.led:
        if letter := PARENT_LETTER.get(line.kind):
            x, y = line.points[-1]
            places.setdefault(line.child, []).append((x, y - 12, letter))
    out = []
    for _, letters in sorted(places.items()):
        lifted, last = 0.0, None
        for x, y, letter in sorted(letters):
            lifted = 17.0 if last is not None and x - last < 16 and not lifted else 0.0
            out.append(_letter(letter, x, y - lifted))
            last = x
    return out


def _letter(letter: str, x: float, y: float) -> str:
    disc = tag("circle", cx=x, cy=y, r=7.5, fill=PAPER, stroke=LINE, stroke_width=1)
    return disc + text(letter, x, y + 3.6, size=10, fill=INK, class_="gm-letter")


def _caption(words: str, x: float, y: float) -> str:
    return text(words, x, y, size=14, text_anchor="start", font_weight="bold", class_="gm-caption")
