"""The life map: what happened when, in lanes for family, home, work, health and justice (R021).

The person decides what is on it: events they hide are left out of every copy that is not theirs, and sensitive ones can
be shown closed, as a mark without words. Scene, SVG and text twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from alongside.people.maps.drawing.measure import text_width, wrap
from alongside.people.maps.drawing.plain import plain
from alongside.people.maps.drawing.svg import (
    INK,
    LINE,
    MIST,
    PAPER,
    SOFT_LINE,
    TINT,
    Picture,
    element,
    number,
    tag,
    text,
)
from alongside.people.maps.drawing.words import Line, Section, Telling, one_of
from alongside.people.maps.vocabulary import PartialDate

_MARGIN, _LABELS, _ROW, _PAD = 26.0, 104.0, 40.0, 16.0
_LABEL_WIDTH = 150.0
CLOSED = "An event kept closed"


class Lane(StrEnum):
    """The part of life that an event belongs to."""

    FAMILY = "family"
    HOME = "home"
    WORK = "work"
    HEALTH = "health"
    JUSTICE = "justice"


LANE_WORDS = {
    Lane.FAMILY: "Family",
    Lane.HOME: "Home",
    Lane.WORK: "Work and learning",
    Lane.HEALTH: "Health",
    Lane.JUSTICE: "Justice",
}


@dataclass(frozen=True)
class LifeEvent:
    """Something that happened, on a day or over a time. `end` empty and `ongoing` set: it goes on."""

    id: str
    lane: Lane
    label: str
    begin: PartialDate
    end: PartialDate | None = None
    ongoing: bool = False
    sensitive: bool = False
    hidden: bool = False
    note: str = ""


@dataclass(frozen=True)
class Mark:
    """An event in the picture: a bar over a time or a point on a day, with its words."""

    id: str
    lane: str
    row: int
    x: float
    end_x: float
    y: float
    lines: tuple[str, ...]
    label_x: float
    point: bool
    ongoing: bool
    about: bool
    closed: bool


@dataclass(frozen=True)
class Band:
    """One lane across the picture."""

    lane: str
    words: str
    top: float
    bottom: float


@dataclass(frozen=True)
class LifeScene:
    """A laid-out life map."""

    width: float
    height: float
    title: str
    description: str
    bands: tuple[Band, ...]
    years: tuple[tuple[float, int, int | None], ...]
    marks: tuple[Mark, ...]
    today_x: float

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"version": 1, **plain(self)}


def _at(date: PartialDate, *, end: bool = False) -> float:
    """A date as a number of years; an unknown month is the middle of the year, or its end for an end."""
    month = (date.month - 1 + ((date.day or 15) - 1) / 31) / 12 if date.month else (1.0 if end else 0.5)
    return date.year + month


def shown_events(events: tuple[LifeEvent, ...], *, own_copy: bool) -> tuple[LifeEvent, ...]:
    """The events of a copy in order of time: those the person hides are on their own copy only."""
    kept = {e.id: e for e in sorted(events, key=repr, reverse=True) if own_copy or not e.hidden}
    return tuple(sorted(kept.values(), key=lambda e: (e.begin.sort_key, list(Lane).index(e.lane), e.id)))


def layout_lifemap(
    events: tuple[LifeEvent, ...],
    today: PartialDate,
    *,
    born: PartialDate | None = None,
    title: str = "",
    own_copy: bool = False,
    open_sensitive: bool = False,
) -> LifeScene:
    """Lay events out in lanes along the years. Labels never cover each other; all five lanes always stand."""
    events = shown_events(events, own_copy=own_copy)
    starts = [e.begin.year for e in events] + ([born.year] if born else [])
    first, last = min(starts, default=today.year), max([today.year, *(e.end.year for e in events if e.end)]) + 1
    year_width = max(24.0, min(90.0, 900 / max(1, last - first)))

    def place(years: float) -> float:
        return _MARGIN + _LABELS + (years - first) * year_width

    marks: list[Mark] = []
    bands: list[Band] = []
    top = _MARGIN + 26
    for lane in Lane:
        rows: list[float] = []
        for event in (e for e in events if e.lane is lane):
            closed = event.sensitive and not open_sensitive
            marks.append(_mark(event, place, place(_at(today)), rows, top, closed=closed))
        bottom = top + _PAD * 2 + _ROW * max(1, len(rows)) - 8
        bands.append(Band(str(lane), LANE_WORDS[lane], top, bottom))
        top = bottom
    right = max([place(last), *(m.label_x + _width(m.lines) for m in marks), *(m.end_x for m in marks)])
    step = 1 if year_width >= 44 else 2 if year_width >= 28 else 5
    years = tuple(
        (place(year), year, year - born.year if born and year >= born.year else None)
        for year in range(first, last + 1)
        if year % step == 0 or year == first
    )
    return LifeScene(
        round(right + _MARGIN, 1),
        round(top + 40, 1),
        title or "Life map",
        f"A life map with {one_of(len(events), 'event', 'events')} from {first} to {today.year}.",
        tuple(bands),
        years,
        tuple(marks),
        place(_at(today)),
    )


def _width(lines: tuple[str, ...]) -> float:
    return max((text_width(line, 12) for line in lines), default=0)


def _mark(event: LifeEvent, place: Any, now: float, rows: list[float], top: float, *, closed: bool) -> Mark:
    x = place(_at(event.begin))
    point = event.end is None and not event.ongoing
    end_x = x if point else now if event.end is None else max(x + 8, place(_at(event.end, end=True)))
    lines = (CLOSED,) if closed else wrap(event.label, 12, width=max(_LABEL_WIDTH, end_x - x - 12), lines=2)
    label_x = x + (12 if point else 0)
    reach = max(end_x, label_x + _width(lines))
    row = next((i for i, taken in enumerate(rows) if taken + 12 <= x - 8), len(rows))
    if row == len(rows):
        rows.append(reach)
    rows[row] = reach
    y = top + _PAD + _ROW * row + 8
    about = event.begin.about or bool(event.end and event.end.about)
    lane = str(event.lane)
    return Mark(event.id, lane, row, x, end_x, y, lines, label_x, point, event.ongoing, about, closed)


def render_lifemap(scene: LifeScene, *, id_prefix: str = "lifemap") -> str:
    """The scene as one SVG document."""
    picture = Picture(scene.width, scene.height, scene.title, scene.description, id_prefix, "lifemap")
    parts = [_draw_band(band, scene, place) for place, band in enumerate(scene.bands)]
    foot = scene.bands[-1].bottom
    for x, year, age in scene.years:
        parts.append(tag("path", d=f"M{number(x)} {number(scene.bands[0].top)}V{number(foot)}", stroke="#d5dade"))
        parts.append(text(str(year), x, scene.bands[0].top - 8, size=12, class_="lm-year"))
        if age is not None:
            parts.append(text(str(age), x, foot + 16, size=11, fill="#454f57", class_="lm-age"))
    if any(age is not None for _, _, age in scene.years):
        parts.append(text("Age", _MARGIN + 4, foot + 16, size=11, fill="#454f57", text_anchor="start"))
    today = f"M{number(scene.today_x)} {number(scene.bands[0].top - 4)}V{number(foot + 4)}"
    parts.append(tag("path", d=today, stroke=INK, stroke_width=1.6, stroke_dasharray="6 4"))
    parts.append(text("today", scene.today_x, foot + 30, size=11, font_weight="bold"))
    parts += [_draw_mark(mark) for mark in scene.marks]
    return picture.wrap("".join(parts))


def _draw_band(band: Band, scene: LifeScene, place: int) -> str:
    fill = MIST if place % 2 == 0 else PAPER
    width = scene.width - 2 * _MARGIN
    ground = tag("rect", x=_MARGIN, y=band.top, width=width, height=band.bottom - band.top, fill=fill)
    lines = wrap(band.words, 13, width=_LABELS - 20, lines=2, bold=True)
    y = band.top + 22
    words = "".join(
        text(line, _MARGIN + 10, y + 16 * i, size=13, text_anchor="start", font_weight="bold")
        for i, line in enumerate(lines)
    )
    return element("g", ground + words, class_=f"lm-lane lm-lane--{band.lane}")


def _draw_mark(mark: Mark) -> str:
    halo: dict[str, str | float | None] = {"stroke": PAPER, "stroke_width": 3.5, "paint_order": "stroke"}
    dash = "4 3" if mark.about else None
    if mark.point:
        shape = tag(
            "circle", cx=mark.x, cy=mark.y, r=6, fill=PAPER if mark.about else INK, stroke=INK, stroke_width=1.8
        )
    else:
        end = mark.end_x
        d = f"M{number(mark.x)} {number(mark.y - 5)}H{number(end)}V{number(mark.y + 5)}H{number(mark.x)}Z"
        if mark.ongoing:
            d = f"M{number(mark.x)} {number(mark.y - 5)}H{number(end - 6)}L{number(end)} {number(mark.y)}"
            d += f"L{number(end - 6)} {number(mark.y + 5)}H{number(mark.x)}Z"
        shape = tag("path", d=d, fill=TINT, stroke=LINE, stroke_width=1.4, stroke_dasharray=dash)
    style = "italic" if mark.closed else None
    colour = SOFT_LINE if mark.closed else INK
    y = mark.y + (4 if mark.point else 18)
    words = "".join(
        text(line, mark.label_x, y + 13 * i, size=12, text_anchor="start", font_style=style, fill=colour, **halo)
        for i, line in enumerate(mark.lines)
    )
    return element("g", shape + words, class_="lm-event")


def describe_lifemap(
    events: tuple[LifeEvent, ...], scene: LifeScene, *, own_copy: bool = False, open_sensitive: bool = False
) -> Telling:
    """The life map in words, lane by lane in order of time."""
    sections = []
    shown = shown_events(events, own_copy=own_copy)
    for lane, heading in LANE_WORDS.items():
        lines = tuple(Line(_event_words(e, closed=e.sensitive and not open_sensitive)) for e in shown if e.lane is lane)
        sections.append(Section(heading, lines or (Line("Nothing recorded"),)))
    return Telling(scene.title, scene.description, tuple(sections))


def _event_words(event: LifeEvent, *, closed: bool) -> str:
    when = event.begin.words
    if event.end:
        when = f"{when} to {event.end.words}"
    elif event.ongoing:
        when = f"{when} until now"
    if closed:
        return f"{when}: {CLOSED.lower()}"
    note = f" ({event.note})" if event.note else ""
    return f"{when}: {event.label}{note}"
