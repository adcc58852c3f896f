"""The neutral scene: everything in a genogram with its place, ready for any renderer, and the same on every run.

Units are SVG user units (a CSS pixel at full size), y grows downwards. `as_json` gives plain values that JSON can hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from alongside.people.maps.drawing.plain import plain

Point = tuple[float, float]
SCENE_VERSION = 1


@dataclass(frozen=True)
class Node:
    """A symbol with its label. `number` is set on every drawing of somebody who is drawn more than once."""

    id: str
    person: str
    row: int
    x: float
    y: float
    half: float
    shape: str
    half_card: float
    bottom: float
    name: tuple[str, ...]
    details: tuple[str, ...]
    inner: str
    index: bool = False
    dead: bool = False
    outside: bool = False
    kind: str = "person"
    is_copy: bool = False
    number: int | None = None
    badge_left: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The card: left, top, right, bottom."""
        return self.x - self.half_card, self.y - self.half, self.x + self.half_card, self.bottom


@dataclass(frozen=True)
class PartnershipLine:
    """A couple line: its points, how it is drawn, what is written over it, marks for separation and divorce."""

    id: str
    first: str
    second: str
    points: tuple[Point, ...]
    kind: str
    status: str
    earlier: int
    related: bool
    marks_at: Point
    text: tuple[str, ...]
    text_at: Point
    anchor: str = "middle"
    partnerships: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drop:
    """One child's part of a family line: from the bar to the symbol, by way of the apex for twins."""

    child: str
    kind: str
    points: tuple[Point, ...]
    twins: str = ""
    parentage: tuple[str, ...] = ()


@dataclass(frozen=True)
class FamilyLine:
    """Stem, bar and drops of one set of parents."""

    id: str
    parents: tuple[str, ...]
    stem: tuple[Point, ...]
    bar: tuple[float, float, float]
    drops: tuple[Drop, ...]
    kind: str
    crossed: bool = False


@dataclass(frozen=True)
class TwinBar:
    """The bar between the lines of identical twins."""

    id: str
    kind: str
    members: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class LedLine:
    """A parent's line led round other people because the two do not stand in neighbouring rows."""

    id: str
    parent: str
    child: str
    kind: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class QualityLine:
    """How two people get on, in somebody's opinion."""

    id: str
    first: str
    second: str
    kind: str
    points: tuple[Point, ...]
    source: str


@dataclass(frozen=True)
class HouseholdOutline:
    """One closed outline of a household; a household of people who stand apart has several."""

    id: str
    label: str
    members: tuple[str, ...]
    points: tuple[Point, ...]
    label_at: Point


@dataclass(frozen=True)
class Caption:
    """A heading inside the picture."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class LegendItem:
    """A sign that this picture uses, and what it means."""

    sign: str
    words: str


@dataclass(frozen=True)
class Scene:
    """A laid-out genogram."""

    width: float
    height: float
    title: str
    description: str
    nodes: tuple[Node, ...] = ()
    partnerships: tuple[PartnershipLine, ...] = ()
    families: tuple[FamilyLine, ...] = ()
    twins: tuple[TwinBar, ...] = ()
    led: tuple[LedLine, ...] = ()
    qualities: tuple[QualityLine, ...] = ()
    households: tuple[HouseholdOutline, ...] = ()
    captions: tuple[Caption, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    implied: tuple[str, ...] = field(default=())
    crossings: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values, coordinates to a tenth of a unit."""
        return {"version": SCENE_VERSION, **plain(self)}
