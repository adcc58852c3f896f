"""The button exercise: the person puts a token for each person as near or far as they feel, and says why (R020).

Rings are equal steps of distance. Size, pattern and colour are the person's own choice and mean only what they say they
mean: nothing is read into them. Two runs can be laid over each other. Scene, SVG and text twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, sin, sqrt
from typing import Any

from alongside.people.maps.drawing.measure import text_width, wrap
from alongside.people.maps.drawing.plain import plain
from alongside.people.maps.drawing.svg import INK, PAPER, SOFT_LINE, Picture, element, number, safe_id, tag, text
from alongside.people.maps.drawing.words import Line, Section, Telling, one_of
from alongside.people.maps.vocabulary import PartialDate

PATTERNS = ("plain", "dots", "stripes", "checks", "rings", "waves")
COLOURS = {
    "white": "#ffffff",
    "blue": "#bcd6ee",
    "green": "#c6e3c6",
    "yellow": "#f7e9a8",
    "pink": "#f3c9dc",
    "orange": "#f6d3ae",
    "purple": "#d7c8ea",
    "grey": "#d9dde1",
}
RINGS = ("Closest", "Close", "In between", "Further away", "Far away")
SIZES = {1: 13.0, 2: 18.0, 3: 24.0}
_REACH, _MARGIN, _ME = 320.0, 34.0, 27.0


@dataclass(frozen=True)
class Token:
    """A token as the person placed it: x and y from -1 to 1 with the person at 0, 0."""

    person: str
    label: str
    x: float
    y: float
    size: int = 2
    pattern: str = "plain"
    colour: str = "white"
    reason: str = ""

    @property
    def distance(self) -> float:
        """How far from the middle, 0 to 1."""
        return min(1.0, sqrt(self.x * self.x + self.y * self.y))

    @property
    def ring(self) -> int:
        """The ring it stands in, 0 the closest."""
        return min(len(RINGS) - 1, int(self.distance * len(RINGS)))


@dataclass(frozen=True)
class Run:
    """One time the exercise was done."""

    tokens: tuple[Token, ...]
    date: PartialDate | None = None
    label: str = "Me"

    def by_person(self) -> dict[str, Token]:
        """The tokens by person."""
        return {token.person: token for token in sorted(self.tokens, key=lambda t: (t.person, repr(t)))}


@dataclass(frozen=True)
class Disc:
    """A token in the picture."""

    person: str
    x: float
    y: float
    radius: float
    pattern: str
    colour: str
    lines: tuple[str, ...]
    label_x: float
    label_y: float
    anchor: str
    ghost: bool = False


@dataclass(frozen=True)
class Move:
    """From where a token stood last time to where it stands now."""

    person: str
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True)
class ClosenessScene:
    """A laid-out closeness map."""

    width: float
    height: float
    title: str
    description: str
    centre: tuple[float, float]
    me: str
    rings: tuple[tuple[float, str], ...]
    discs: tuple[Disc, ...]
    moves: tuple[Move, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"version": 1, **plain(self)}


@dataclass(frozen=True)
class Change:
    """What became of one person between two runs."""

    person: str
    label: str
    words: str
    steps: float


def compare(earlier: Run, later: Run) -> tuple[Change, ...]:
    """Who came nearer, went further, is new or is no longer there; those who moved most come first."""
    before, now = earlier.by_person(), later.by_person()
    out = []
    for person in sorted(before | now):
        old, new = before.get(person), now.get(person)
        if old is None and new is not None:
            out.append(Change(person, new.label, f"New: {RINGS[new.ring].lower()}", 0))
        elif new is None and old is not None:
            out.append(Change(person, old.label, f"No longer placed (was {RINGS[old.ring].lower()})", 0))
        elif old is not None and new is not None:
            steps = round((new.distance - old.distance) * len(RINGS), 1)
            out.append(Change(person, new.label, _moved(old, new, steps), steps))
    return tuple(sorted(out, key=lambda c: (-abs(c.steps), c.label.casefold(), c.person)))


def _moved(old: Token, new: Token, steps: float) -> str:
    if abs(steps) < 0.25:
        return f"About as close as before ({RINGS[new.ring].lower()})"
    way = "Nearer" if steps < 0 else "Further away"
    if old.ring == new.ring:
        return f"{way}, within {RINGS[new.ring].lower()}"
    return f"{way}: from {RINGS[old.ring].lower()} to {RINGS[new.ring].lower()}"


def layout_closeness(run: Run, earlier: Run | None = None, *, title: str = "") -> ClosenessScene:
    """Places in the picture: tokens exactly where they were put, labels beside them where they cover nothing."""
    middle = _REACH + _MARGIN + 46
    tokens = [run.by_person()[key] for key in sorted(run.by_person())]
    old = earlier.by_person() if earlier else {}
    taken: list[tuple[float, float, float, float]] = [(middle - _ME, middle - _ME, middle + _ME, middle + _ME)]
    spots = {t.person: _place(t, middle) for t in tokens}
    for token in tokens:
        x, y = spots[token.person]
        r = SIZES.get(token.size, 18.0)
        taken.append((x - r, y - r, x + r, y + r))
    moves = []
    for token in tokens:
        before = old.get(token.person)
        if before and abs(before.distance - token.distance) * len(RINGS) >= 0.25:
            moves.append(Move(token.person, _place(before, middle), spots[token.person]))
    taken += [box for move in moves for box in _along(move)]
    discs = [Disc(m.person, *m.start, 8.0, "plain", "white", (), 0, 0, "middle", ghost=True) for m in moves]
    discs += [_disc(token, *spots[token.person], taken) for token in tokens]
    width = 2 * middle
    return ClosenessScene(
        width,
        width,
        title or "How close people feel",
        f"A closeness map with {one_of(len(tokens), 'person', 'people')} around {run.label}.",
        (middle, middle),
        run.label,
        tuple((_ME + (_REACH - _ME) * (i + 1) / len(RINGS), name) for i, name in enumerate(RINGS)),
        tuple(discs),
        tuple(moves),
        _note(earlier) if moves else "",
    )


def _note(earlier: Run | None) -> str:
    when = f" in {earlier.date.words}" if earlier and earlier.date else " last time"
    return f"Dashed ring: where somebody stood{when}. Only those who moved have one."


def _along(move: Move) -> list[tuple[float, float, float, float]]:
    """Small boxes along an arrow, so that labels keep off it."""
    (ax, ay), (bx, by) = move.start, move.end
    places = [(ax + (bx - ax) * i / 12, ay + (by - ay) * i / 12) for i in range(13)]
    return [(x - 5, y - 5, x + 5, y + 5) for x, y in places]


def _place(token: Token, middle: float) -> tuple[float, float]:
    angle = atan2(token.y, token.x)
    reach = _ME + (_REACH - _ME) * token.distance
    return round(middle + reach * cos(angle), 2), round(middle + reach * sin(angle), 2)


def _disc(token: Token, x: float, y: float, taken: list[tuple[float, float, float, float]]) -> Disc:
    radius = SIZES.get(token.size, 18.0)
    lines = wrap(token.label, 13, width=110, lines=2)
    wide = max((text_width(line, 13) for line in lines), default=0)
    tall = 16.0 * len(lines)
    places = [
        (x, y + radius + 15, "middle", (x - wide / 2, y + radius + 3, x + wide / 2, y + radius + 3 + tall)),
        (x + radius + 5, y + 4, "start", (x + radius + 5, y - 8, x + radius + 5 + wide, y - 8 + tall)),
        (x - radius - 5, y + 4, "end", (x - radius - 5 - wide, y - 8, x - radius - 5, y - 8 + tall)),
        (x, y - radius - 5 - tall + 16, "middle", (x - wide / 2, y - radius - 5 - tall, x + wide / 2, y - radius - 5)),
    ]
    best = min(places, key=lambda place: (_covered(place[3], taken), places.index(place)))
    taken.append(best[3])
    pattern = token.pattern if token.pattern in PATTERNS else "plain"
    colour = token.colour if token.colour in COLOURS else "white"
    return Disc(token.person, x, y, radius, pattern, colour, lines, best[0], best[1], best[2])


def _covered(box: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]]) -> float:
    area = 0.0
    for left, top, right, bottom in taken:
        wide, tall = min(box[2], right) - max(box[0], left), min(box[3], bottom) - max(box[1], top)
        area += wide * tall if wide > 0 and tall > 0 else 0
    return round(area, 1)


def render_closeness(scene: ClosenessScene, *, id_prefix: str = "closeness") -> str:
    """The scene as one SVG document."""
    picture = Picture(scene.width, scene.height, scene.title, scene.description, id_prefix, "closeness")
    cx, cy = scene.centre
    prefix = safe_id(id_prefix)
    used = sorted({(d.pattern, d.colour) for d in scene.discs if d.pattern != "plain"})
    defs = "".join(_pattern(f"{prefix}-{p}-{c}", p, COLOURS[c]) for p, c in used)
    halo: dict[str, str | float | None] = {"stroke": PAPER, "stroke_width": 4.0, "paint_order": "stroke"}
    rings = [
        tag("circle", cx=cx, cy=cy, r=r, fill="none", stroke=SOFT_LINE, stroke_dasharray="2 5") for r, _ in scene.rings
    ]
    names = [text(words, cx, cy - r + 14, size=11, fill="#454f57", **halo) for r, words in scene.rings]
    me = tag("circle", cx=cx, cy=cy, r=_ME, fill=INK)
    if text_width(scene.me, 14, bold=True) <= 2 * _ME - 6:
        me += text(scene.me, cx, cy + 5, size=14, fill=PAPER, font_weight="bold")
    else:
        me += text(scene.me, cx, cy + _ME + 16, size=14, fill=INK, font_weight="bold", **halo)
    moves = [_arrow(move) for move in scene.moves]
    discs = [_draw_disc(disc, prefix, halo) for disc in scene.discs]
    note = text(scene.note, cx, scene.height - 12, size=12) if scene.note else ""
    return picture.wrap("".join([*rings, *names, me, *moves, *discs, note]), defs=defs)


def _draw_disc(disc: Disc, prefix: str, halo: dict[str, str | float | None]) -> str:
    if disc.ghost:
        return tag("circle", cx=disc.x, cy=disc.y, r=disc.radius, fill=PAPER, stroke=SOFT_LINE, stroke_dasharray="3 3")
    fill = COLOURS[disc.colour] if disc.pattern == "plain" else f"url(#{prefix}-{disc.pattern}-{disc.colour})"
    drawn = tag("circle", cx=disc.x, cy=disc.y, r=disc.radius, fill=fill, stroke=INK, stroke_width=1.8)
    for place, line in enumerate(disc.lines):
        drawn += text(line, disc.label_x, disc.label_y + 16 * place, size=13, text_anchor=disc.anchor, **halo)
    return element("g", drawn, class_="cl-token")


def _arrow(move: Move) -> str:
    (ax, ay), (bx, by) = move.start, move.end
    length = sqrt((bx - ax) ** 2 + (by - ay) ** 2) or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    tip = (bx - ux * 22, by - uy * 22)
    start = (ax + ux * 8, ay + uy * 8)
    line = f"M{number(start[0])} {number(start[1])}L{number(tip[0])} {number(tip[1])}"
    head = f"M{number(tip[0] - ux * 9 - uy * 5)} {number(tip[1] - uy * 9 + ux * 5)}L{number(tip[0])} {number(tip[1])}"
    head += f"L{number(tip[0] - ux * 9 + uy * 5)} {number(tip[1] - uy * 9 - ux * 5)}"
    return tag("path", d=line + head, fill="none", stroke=INK, stroke_width=1.6) if length > 34 else ""


def _pattern(pattern_id: str, pattern: str, colour: str) -> str:
    marks = {
        "dots": tag("circle", cx=4, cy=4, r=1.7, fill=INK),
        "stripes": tag("path", d="M0 8L8 0", stroke=INK, stroke_width=1.4),
        "checks": tag("path", d="M0 0H4V4H0ZM4 4H8V8H4Z", fill=INK, fill_opacity=0.55),
        "rings": tag("circle", cx=4, cy=4, r=2.6, fill="none", stroke=INK, stroke_width=1.1),
        "waves": tag("path", d="M0 4Q2 1 4 4T8 4", fill="none", stroke=INK, stroke_width=1.3),
    }
    ground = tag("rect", width=8, height=8, fill=colour)
    return element("pattern", ground + marks[pattern], id=pattern_id, width=8, height=8, patternUnits="userSpaceOnUse")


def describe_closeness(run: Run, scene: ClosenessScene, earlier: Run | None = None) -> Telling:
    """The map in words: ring by ring, with the reason given; then what changed since the earlier run."""
    sections = []
    tokens = sorted(run.tokens, key=lambda t: (t.distance, t.label.casefold(), t.person))
    for number_, ring in enumerate(RINGS):
        lines = tuple(Line(_token_words(t)) for t in tokens if t.ring == number_)
        if lines:
            sections.append(Section(ring, lines))
    if earlier:
        since = f" since {earlier.date.words}" if earlier.date else ""
        lines = tuple(Line(f"{c.label}: {c.words}") for c in compare(earlier, run))
        sections.append(Section(f"What changed{since}", lines))
    return Telling(scene.title, scene.description, tuple(sections))


def _token_words(token: Token) -> str:
    size = {1: "small", 2: "middle-sized", 3: "large"}.get(token.size, "middle-sized")
    look = " ".join(part for part in (size, token.colour, token.pattern) if part)
    hour = round((degrees(atan2(token.x, -token.y)) % 360) / 30) or 12
    where = f"at {hour} o'clock" if token.distance > 0.02 else "in the middle"
    reason = f". In their words: {token.reason}" if token.reason else ""
    return f"{token.label}, {round(token.distance * 100)} of 100 from the middle, {where}, {look} token{reason}"
