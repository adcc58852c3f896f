"""The ecomap: the person or household in the middle, and round it the systems of a life, tied more or less strongly.

Thick lines are strong ties, dashed ones tenuous, a break is a broken tie, cross-strokes mean stress, arrowheads show
which way help and energy run (B1.6, R024, R036). Scene, SVG and text twin; where support is missing is said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt
from typing import Any

from alongside.people.maps.drawing.measure import wrap
from alongside.people.maps.drawing.plain import plain
from alongside.people.maps.drawing.svg import INK, PAPER, SOFT_LINE, TINT, Picture, element, number, tag, text
from alongside.people.maps.drawing.words import Line, Section, Telling, listed, one_of
from alongside.people.maps.network import FamilyNetwork, LifeSystem, Tie, canonical
from alongside.people.maps.vocabulary import Flow, SystemKind, TieStrength

KIND_WORDS = {
    SystemKind.KIN: "Family",
    SystemKind.FRIENDS: "Friends",
    SystemKind.SERVICE: "Services",
    SystemKind.WORK: "Work",
    SystemKind.EDUCATION: "Learning",
    SystemKind.HEALTH: "Health",
    SystemKind.FAITH: "Faith",
    SystemKind.CLUB: "Clubs and interests",
    SystemKind.NEIGHBOURHOOD: "Neighbourhood",
    SystemKind.JUSTICE: "Justice",
    SystemKind.OTHER: "Other",
}
STRENGTH_WORDS = {
    TieStrength.STRONG: "strong tie",
    TieStrength.ORDINARY: "tie",
    TieStrength.TENUOUS: "weak or uncertain tie",
    TieStrength.BROKEN: "broken tie",
}
FLOW_WORDS = {
    Flow.NONE: "",
    Flow.TO_CENTRE: "gives help or energy",
    Flow.FROM_CENTRE: "takes help or energy",
    Flow.BOTH: "gives and takes",
}
_RADIUS, _CENTRE, _FIRST, _STEP, _MARGIN = 50.0, 74.0, 205.0, 132.0, 26.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Circle:
    """A system, or the centre."""

    id: str
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    kind: str
    centre: bool = False


@dataclass(frozen=True)
class TieLine:
    """A tie from the edge of one circle to the edge of another; `words` names the person it belongs to."""

    id: str
    points: tuple[Point, ...]
    strength: str
    stressful: bool
    flow: str
    words: str


@dataclass(frozen=True)
class EcomapScene:
    """A laid-out ecomap."""

    width: float
    height: float
    title: str
    description: str
    circles: tuple[Circle, ...]
    ties: tuple[TieLine, ...]
    legend: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"version": 1, **plain(self)}


def layout_ecomap(network: FamilyNetwork, *, title: str = "", centre: str = "") -> EcomapScene:
    """Lay out the systems on one ring (up to 6), two (up to 12) or three, none over another, each tie in the clear."""
    network = canonical(network)
    kinds = list(SystemKind)
    systems = sorted(network.systems, key=lambda s: (kinds.index(s.kind), s.label.casefold(), s.id))
    systems = _neighbours(systems, network)
    name = centre or (network.label(network.index.id) if network.index else "Our household")
    circles = {"": Circle("", 0, 0, _CENTRE, wrap(name, 15, width=_CENTRE * 1.6, lines=3, bold=True), "", centre=True)}
    for place, system in enumerate(systems):
        circles[system.id] = _circle(system, place, len(systems))
    ties = [line for tie in network.ties if (line := _tie_line(tie, circles, network))]
    xs = [x for c in circles.values() for x in (c.x - c.radius, c.x + c.radius)] + [
        x for t in ties for x, _ in t.points
    ]
    ys = [y for c in circles.values() for y in (c.y - c.radius, c.y + c.radius)] + [
        y for t in ties for _, y in t.points
    ]
    left, right, top, low = min(xs) - _MARGIN, max(xs) + _MARGIN, min(ys) - _MARGIN, max(ys) + _MARGIN + 18
    return EcomapScene(
        round(right - left, 1),
        round(low - top, 1),
        title or f"Ecomap of {name}",
        f"An ecomap of {name} with {one_of(len(systems), 'system', 'systems')} and {one_of(len(ties), 'tie', 'ties')}.",
        tuple(_moved_circle(c, -left, -top) for c in circles.values()),
        tuple(_moved_tie(t, -left, -top) for t in ties),
        tuple(_legend(ties)),
    )


def _neighbours(systems: list[LifeSystem], network: FamilyNetwork) -> list[LifeSystem]:
    """Systems that are tied to each other stand side by side."""
    out = list(systems)
    by_id = {system.id: system for system in systems}
    moved: set[str] = set()
    for tie in network.ties:
        if tie.system in by_id and tie.other in by_id and tie.system != tie.other and tie.other not in moved:
            out.remove(by_id[tie.other])
            out.insert(out.index(by_id[tie.system]) + 1, by_id[tie.other])
            moved |= {tie.system, tie.other}
    return out


def _circle(system: LifeSystem, place: int, count: int) -> Circle:
    rings = 1 if count <= 6 else 2 if count <= 12 else 3
    apart = 2 * pi / max(count, 1)
    first = _FIRST if rings == 1 else max(_FIRST, (_RADIUS + 16) / sin(min(apart, pi / 2)))
    step = (0, 2, 1)[place % 3] if rings == 3 else place % rings
    if rings == 3 and place == count - 1 and place % 3 == 0:
        step = 2  # otherwise the last would stand beside the first on the inner ring
    distance = first + step * _STEP
    angle = -pi / 2 + place * apart
    lines = wrap(system.label or KIND_WORDS[system.kind], 13, width=_RADIUS * 1.62, lines=3)
    return Circle(system.id, distance * cos(angle), distance * sin(angle), _RADIUS, lines, str(system.kind))


def _tie_line(tie: Tie, circles: dict[str, Circle], network: FamilyNetwork) -> TieLine | None:
    if tie.system not in circles or not tie.system:
        return None
    between = bool(tie.other) and tie.other in circles
    start, end = (circles[tie.other], circles[tie.system]) if between else (circles[""], circles[tie.system])
    if start is end:
        return None
    words = network.label(tie.other) if tie.other in network.by_id else ""
    others = [c for c in circles.values() if c is not start and c is not end]
    points = _straight(start, end) if not between else _clearest_bow(start, end, others)
    return TieLine(tie.id, points, str(tie.strength), tie.stressful, str(tie.flow), words)


def _straight(a: Circle, b: Circle) -> tuple[Point, ...]:
    dx, dy = b.x - a.x, b.y - a.y
    length = sqrt(dx * dx + dy * dy) or 1.0
    near, far = (a.radius + 5) / length, 1 - (b.radius + 5) / length
    steps = 24
    shares = [near + (far - near) * i / steps for i in range(steps + 1)]
    return tuple((a.x + dx * t, a.y + dy * t) for t in shares)


def _clearest_bow(a: Circle, b: Circle, others: list[Circle]) -> tuple[Point, ...]:
    """Between two systems: the flattest bow away from the middle that runs over nobody else."""
    bows = [_bow(a, b, reach) for reach in (0.2, 0.32, 0.45, -0.12)]
    return min(bows, key=lambda bow: (sum(_inside(point, c) for point in bow for c in others), bows.index(bow)))


def _inside(point: Point, circle: Circle) -> bool:
    return (point[0] - circle.x) ** 2 + (point[1] - circle.y) ** 2 < (circle.radius + 8) ** 2


def _bow(a: Circle, b: Circle, bend: float) -> tuple[Point, ...]:
    mx, my = (a.x + b.x) / 2, (a.y + b.y) / 2
    away = sqrt(mx * mx + my * my) or 1.0
    reach = 2 * bend * sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)
    cx, cy = mx + mx / away * reach, my + my / away * reach
    curve = [
        (
            (1 - t) ** 2 * a.x + 2 * t * (1 - t) * cx + t * t * b.x,
            (1 - t) ** 2 * a.y + 2 * t * (1 - t) * cy + t * t * b.y,
        )
        for t in (i / 60 for i in range(61))
    ]
    clear = [p for p in curve if all((p[0] - c.x) ** 2 + (p[1] - c.y) ** 2 > (c.radius + 5) ** 2 for c in (a, b))]
    return tuple(clear) if len(clear) > 2 else ((a.x, a.y), (b.x, b.y))


def _moved_circle(c: Circle, dx: float, dy: float) -> Circle:
    return Circle(c.id, round(c.x + dx, 2), round(c.y + dy, 2), c.radius, c.lines, c.kind, c.centre)


def _moved_tie(t: TieLine, dx: float, dy: float) -> TieLine:
    points = tuple((round(x + dx, 2), round(y + dy, 2)) for x, y in t.points)
    return TieLine(t.id, points, t.strength, t.stressful, t.flow, t.words)


def _legend(ties: list[TieLine]) -> list[str]:
    signs = [f"strength:{s}" for s in TieStrength if any(t.strength == s for t in ties)]
    if any(t.stressful for t in ties):
        signs.append("stress")
    if any(t.flow != "none" for t in ties):
        signs.append("flow")
    return signs


def render_ecomap(scene: EcomapScene, *, id_prefix: str = "ecomap", legend: bool = True) -> str:
    """The scene as one SVG document."""
    below = 30 + 26 * ceil(len(scene.legend) / 2) if legend and scene.legend else 0
    picture = Picture(max(scene.width, 420), scene.height + below, scene.title, scene.description, id_prefix, "ecomap")
    ties = "".join(_draw_tie(t.points, t.strength, t.flow, t.words, stressful=t.stressful) for t in scene.ties)
    parts = [element("g", ties, class_="em-ties")]
    parts.append(element("g", "".join(map(_draw_circle, scene.circles)), class_="em-systems"))
    if below:
        parts.append(_draw_legend(scene))
    return picture.wrap("".join(parts))


def _draw_circle(circle: Circle) -> str:
    width = 2.4 if circle.centre else 1.6
    fill = TINT if circle.centre else PAPER
    drawn = [tag("circle", cx=circle.x, cy=circle.y, r=circle.radius, fill=fill, stroke=INK, stroke_width=width)]
    size, weight = (15, "bold") if circle.centre else (13, None)
    kind = "" if circle.centre else KIND_WORDS[SystemKind(circle.kind)]
    shown = kind if kind and (kind,) != circle.lines else ""
    y = circle.y - (len(circle.lines) - 1) * 8 + 4.5 - (6 if shown else 0)
    for line in circle.lines:
        drawn.append(text(line, circle.x, y, size=size, font_weight=weight))
        y += 16
    if shown:
        drawn.append(text(shown, circle.x, y + 1, size=10, fill="#454f57"))
    return element("g", "".join(drawn), class_="em-system")


def _draw_tie(points: tuple[Point, ...], strength: str, flow: str, words: str, *, stressful: bool) -> str:
    heads = ((points[1], points[0]), (points[-2], points[-1]))
    points = _shortened(points, start=flow in (Flow.TO_CENTRE, Flow.BOTH), end=flow in (Flow.FROM_CENTRE, Flow.BOTH))
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    if strength == TieStrength.BROKEN:
        d = _with_gap(points)
    width = {"strong": 5.0, "ordinary": 2.0, "tenuous": 1.6, "broken": 2.0}[strength]
    dash = "5 6" if strength == TieStrength.TENUOUS else None
    drawn = [tag("path", d=d, fill="none", stroke=INK, stroke_width=width, stroke_dasharray=dash)]
    if strength == TieStrength.BROKEN:
        drawn.append(_bars(points, len(points) // 2, (-5.0, 5.0)))
    if stressful:
        drawn.append(_strokes(points))
    if flow in (Flow.TO_CENTRE, Flow.BOTH):
        drawn.append(_head(*heads[0]))
    if flow in (Flow.FROM_CENTRE, Flow.BOTH):
        drawn.append(_head(*heads[1]))
    if words:
        x, y = points[len(points) // 3]
        drawn.append(
            text(
                words, x, y - 6, size=11, stroke=PAPER, stroke_width=4.0, paint_order="stroke", stroke_linejoin="round"
            )
        )
    return element("g", "".join(drawn), class_=f"em-tie em-tie--{strength}")


def _shortened(points: tuple[Point, ...], *, start: bool, end: bool) -> tuple[Point, ...]:
    """The line without the stretch that an arrowhead covers."""

    def far(point: Point, tip: Point) -> bool:
        return (point[0] - tip[0]) ** 2 + (point[1] - tip[1]) ** 2 > 11**2

    kept = tuple(p for p in points if (not start or far(p, points[0])) and (not end or far(p, points[-1])))
    return kept if len(kept) > 3 else points


def _with_gap(points: tuple[Point, ...]) -> str:
    middle = len(points) // 2
    first, last = points[:middle], points[middle + 1 :]
    return "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in part) for part in (first, last) if part)


def _unit(points: tuple[Point, ...], at: int) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = points[max(0, at - 1)], points[min(len(points) - 1, at + 1)]
    length = sqrt((bx - ax) ** 2 + (by - ay) ** 2) or 1.0
    return points[at][0], points[at][1], (bx - ax) / length, (by - ay) / length


def _bars(points: tuple[Point, ...], at: int, offsets: tuple[float, ...]) -> str:
    x, y, ux, uy = _unit(points, at)
    d = ""
    for offset in offsets:
        cx, cy = x + ux * offset, y + uy * offset
        d += f"M{number(cx - uy * 8)} {number(cy + ux * 8)}L{number(cx + uy * 8)} {number(cy - ux * 8)}"
    return tag("path", d=d, fill="none", stroke=INK, stroke_width=2)


def _strokes(points: tuple[Point, ...]) -> str:
    d, gone, last = "", 0.0, points[0]
    for at, (x, y) in enumerate(points[1:-1], start=1):
        gone += sqrt((x - last[0]) ** 2 + (y - last[1]) ** 2)
        last = (x, y)
        if gone >= 11:
            gone = 0.0
            _, _, ux, uy = _unit(points, at)
            d += f"M{number(x - uy * 7 - ux * 3)} {number(y + ux * 7 - uy * 3)}"
            d += f"L{number(x + uy * 7 + ux * 3)} {number(y - ux * 7 + uy * 3)}"
    return tag("path", d=d or "M0 0", fill="none", stroke=INK, stroke_width=1.6)


def _head(behind: Point, tip: Point) -> str:
    length = sqrt((tip[0] - behind[0]) ** 2 + (tip[1] - behind[1]) ** 2) or 1.0
    ux, uy = (tip[0] - behind[0]) / length, (tip[1] - behind[1]) / length
    base = (tip[0] - ux * 14, tip[1] - uy * 14)
    corners = [tip, (base[0] - uy * 7, base[1] + ux * 7), (base[0] + uy * 7, base[1] - ux * 7)]
    return tag("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in corners), fill=INK, stroke=PAPER)


def _draw_legend(scene: EcomapScene) -> str:
    width = max(scene.width, 420)
    drawn = [tag("path", d=f"M{_MARGIN:g} {number(scene.height)}H{number(width - _MARGIN)}", stroke=SOFT_LINE)]
    for place, sign in enumerate(scene.legend):
        x = _MARGIN + (place % 2) * (width - 2 * _MARGIN) / 2
        y = scene.height + 26 + 26 * (place // 2)
        points = tuple((x + 4 * i, y) for i in range(15))
        family, _, kind = sign.partition(":")
        if family == "strength":
            drawn.append(_draw_tie(points, kind, "none", "", stressful=False))
            words = STRENGTH_WORDS[TieStrength(kind)].capitalize()
        elif family == "stress":
            drawn.append(_draw_tie(points, "ordinary", "none", "", stressful=True))
            words = "Stress"
        else:
            drawn.append(_draw_tie(points, "ordinary", "from_centre", "", stressful=False))
            words = "Which way help or energy goes"
        drawn.append(text(words, x + 68, y + 4, size=12, text_anchor="start"))
    return element("g", "".join(drawn), class_="em-legend")


def describe_ecomap(network: FamilyNetwork, scene: EcomapScene) -> Telling:
    """The ecomap in words: each system under its kind, with its ties; then where support is missing."""
    network = canonical(network)
    names = {s.id: s.label or KIND_WORDS[s.kind] for s in network.systems}
    sections = []
    for kind, heading in KIND_WORDS.items():
        systems = [s for s in network.systems if s.kind is kind]
        lines = tuple(
            Line(names[s.id], tuple(Line(_tie_words(t, network, names)) for t in network.ties if t.system == s.id))
            for s in systems
        )
        if lines:
            sections.append(Section(heading, lines))
    gaps = support_gaps(network)
    if gaps:
        sections.append(Section("Where support is missing or strained", tuple(Line(words) for words in gaps)))
    return Telling(scene.title, scene.description, tuple(sections))


def _tie_words(tie: Tie, network: FamilyNetwork, names: dict[str, str]) -> str:
    parts = [("stressful " if tie.stressful else "") + STRENGTH_WORDS[tie.strength], FLOW_WORDS[tie.flow], tie.note]
    if tie.other in network.by_id:
        parts.insert(1, f"for {network.label(tie.other)}")
    elif tie.other in names:
        parts.insert(1, f"with {names[tie.other]}")
    words = ", ".join(part for part in parts if part)
    return words[0].upper() + words[1:]


def support_gaps(network: FamilyNetwork) -> tuple[str, ...]:
    """Kinds of support with no tie at all, and those where every tie is broken, weak or stressful (R024)."""
    ties: dict[str, list[Tie]] = {}
    for tie in network.ties:
        ties.setdefault(tie.system, []).append(tie)
    missing, strained = [], []
    for kind in SystemKind:
        mine = [t for s in network.systems if s.kind is kind for t in ties.get(s.id, ())]
        if not mine and kind not in (SystemKind.OTHER, SystemKind.JUSTICE):
            missing.append(KIND_WORDS[kind].lower())
        elif mine and all(t.stressful or t.strength in (TieStrength.BROKEN, TieStrength.TENUOUS) for t in mine):
            strained.append(KIND_WORDS[kind].lower())
    out = []
    if missing:
        out.append(f"Nothing on the map for: {listed(missing)}")
    if strained:
        out.append(f"Only weak, broken or stressful ties: {listed(strained)}")
    return tuple(out)
