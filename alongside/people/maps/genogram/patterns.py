"""Marks on couple lines, and the patterns of relationship-quality lines (B1.2, B1.4)."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt

from alongside.people.maps.drawing.svg import INK, PAPER, number, tag
from alongside.people.maps.genogram.scene import Point, QualityLine

OPINION = "#5a2d82"
_WIDTH = 1.6
_HARM = ("harm_physical", "harm_emotional", "harm_sexual")
_WAVE = {"harm_emotional": 4.0, "harm_physical": 5.5, "harm_sexual": 5.5, "conflict": 5.0, "close_conflict": 4.0}


def marks(status: str, earlier: int, at: Point) -> str:
    """One stroke for separated, two for divorced, a ring for ended, ANN for annulled; crossed where they came back."""
    x, y = at
    strokes = {"separated": 1, "divorced": 2, "annulled": 3, "ended": 1}.get(status, 0)
    parts = []
    for i in range(strokes):
        sx = x + (i - (strokes - 1) / 2) * 6
        if status == "ended":
            parts.append(f"M{number(sx)} {number(y - 7)}V{number(y + 7)}")
        else:
            parts.append(f"M{number(sx - 4)} {number(y + 8)}L{number(sx + 4)} {number(y - 8)}")
    if earlier and not strokes:
        parts += [f"M{number(x + dx - 4)} {number(y + 8)}L{number(x + dx + 4)} {number(y - 8)}" for dx in (-3, 3)]
        parts.append(f"M{number(x - 8)} {number(y - 7)}L{number(x + 8)} {number(y + 7)}")
    if not parts:
        return ""
    return tag("path", d="".join(parts), fill="none", stroke=INK, stroke_width=1.7, class_=f"gm-mark gm-mark--{status}")


def quality(line: QualityLine) -> str:
    """One quality line in its pattern."""
    return f'<g class="gm-quality gm-quality--{line.kind}">{quality_pattern(line.kind, line.points)}</g>'


def quality_pattern(kind: str, points: tuple[Point, ...]) -> str:
    """The pattern of a kind of relationship drawn along the points."""
    if kind == "close":
        return _lines(points, (-2.4, 2.4))
    if kind == "fused":
        return _lines(points, (-4.2, 0, 4.2))
    if kind == "distant":
        return _stroke(points, dash="2 6")
    if kind == "close_conflict":
        return _lines(points, (-5.5, 5.5)) + _stroke(_zigzag(points, 3.6))
    if kind == "conflict":
        return _stroke(_zigzag(points, 5))
    if kind in ("cut_off", "repaired"):
        return _broken(points, repaired=kind == "repaired")
    if kind in _HARM:
        return _harm(kind, points)
    arrow = _arrow(points, hollow=kind == "caretaker")
    bars = _bars(points, 0.12, (0,)) if kind == "caretaker" else ""
    return _stroke(_cut(points, 9.0)) + arrow + bars


def _harm(kind: str, points: tuple[Point, ...]) -> str:
    body = _cut(points, 11.0)
    width = {"harm_emotional": 1.3, "harm_physical": 2.4, "harm_sexual": 1.6}[kind]
    drawn = _stroke(_zigzag(body, _WAVE[kind]), width=width)
    if kind == "harm_sexual":
        drawn += _lines(body, (-7.5, 7.5))
    return drawn + _arrow(points, hollow=kind == "harm_emotional")


def _cut(points: tuple[Point, ...], short: float) -> tuple[Point, ...]:
    """The line without its last stretch, which the arrowhead covers."""
    ex, ey = points[-1]
    kept = [p for p in points if (p[0] - ex) ** 2 + (p[1] - ey) ** 2 > short**2]
    return tuple(kept) if len(kept) > 1 else points[:2]


def _stroke(points: tuple[Point, ...] | list[Point], *, dash: str | None = None, width: float = _WIDTH) -> str:
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return tag(
        "path", d=d, fill="none", stroke=OPINION, stroke_width=width, stroke_dasharray=dash, stroke_linejoin="round"
    )


def _normals(points: tuple[Point, ...]) -> list[tuple[float, float]]:
    out = []
    for i in range(len(points)):
        ax, ay = points[max(0, i - 1)]
        bx, by = points[min(len(points) - 1, i + 1)]
        dx, dy = bx - ax, by - ay
        length = sqrt(dx * dx + dy * dy) or 1.0
        out.append((-dy / length, dx / length))
    return out


def _lines(points: tuple[Point, ...], offsets: tuple[float, ...]) -> str:
    normals = _normals(points)
    drawn = ""
    for offset in offsets:
        moved = [(x + nx * offset, y + ny * offset) for (x, y), (nx, ny) in zip(points, normals, strict=True)]
        drawn += _stroke(moved)
    return drawn


def along(points: tuple[Point, ...], step: float) -> list[tuple[float, float, float, float]]:
    """Points at even steps along a line, each with its normal."""
    out: list[tuple[float, float, float, float]] = []
    carried = 0.0
    for (ax, ay), (bx, by) in pairwise(points):
        dx, dy = bx - ax, by - ay
        length = sqrt(dx * dx + dy * dy)
        if length == 0:
            continue
        at = carried
        while at < length:
            out.append((ax + dx * at / length, ay + dy * at / length, -dy / length, dx / length))
            at += step
        carried = at - length
    return out


def _zigzag(points: tuple[Point, ...], reach: float) -> list[Point]:
    places = along(points, 5.5)
    out = [points[0]]
    for i, (x, y, nx, ny) in enumerate(places[1:-1]):
        side = reach if i % 2 else -reach
        out.append((x + nx * side, y + ny * side))
    return [*out, points[-1]]


def _bars(points: tuple[Point, ...], share: float, offsets: tuple[float, ...]) -> str:
    places = along(points, 2.0)
    if not places:
        return ""
    x, y, nx, ny = places[min(len(places) - 1, int(len(places) * share))]
    d = ""
    for offset in offsets:
        cx, cy = x + ny * offset, y - nx * offset
        d += f"M{number(cx - nx * 8)} {number(cy - ny * 8)}L{number(cx + nx * 8)} {number(cy + ny * 8)}"
    return tag("path", d=d, fill="none", stroke=OPINION, stroke_width=1.8)


def _broken(points: tuple[Point, ...], *, repaired: bool) -> str:
    places = along(points, 2.0)
    middle = len(places) // 2
    first = [(x, y) for x, y, _, _ in places[: max(2, middle - 3)]]
    last = [(x, y) for x, y, _, _ in places[min(len(places) - 2, middle + 3) :]]
    drawn = _stroke(first) + _stroke(last) if len(places) > 8 else _stroke(points)
    drawn += _bars(points, 0.5, (-5, 5))
    if repaired and places:
        x, y, _, _ = places[middle]
        drawn += tag("circle", cx=x, cy=y, r=4.5, fill=PAPER, stroke=OPINION, stroke_width=1.6)
    return drawn


def _arrow(points: tuple[Point, ...], *, hollow: bool) -> str:
    (ax, ay), (bx, by) = _cut(points, 12.0)[-1], points[-1]
    dx, dy = bx - ax, by - ay
    length = sqrt(dx * dx + dy * dy) or 1.0
    ux, uy = dx / length, dy / length
    base = (bx - ux * 12, by - uy * 12)
    corners = [(bx, by), (base[0] - uy * 5.5, base[1] + ux * 5.5), (base[0] + uy * 5.5, base[1] - ux * 5.5)]
    return tag(
        "polygon",
        points=" ".join(f"{number(x)},{number(y)}" for x, y in corners),
        fill=PAPER if hollow else OPINION,
        stroke=OPINION,
        stroke_width=1.5,
    )
