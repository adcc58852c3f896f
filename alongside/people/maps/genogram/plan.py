"""The working pieces of a layout: who is drawn where (occurrences), as whose partner (unions), as whose child (nets).

These are changed as the layout proceeds; the result that leaves the package is the frozen `scene`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from alongside.people.maps.network import Parentage, Partnership, Person
from alongside.people.maps.vocabulary import ParentKind, TwinKind


@dataclass
class Spot:
    """One drawing of one person. `copy_of` names the person where this is a second drawing of them."""

    id: str
    person: Person
    row: int
    is_copy: bool = False
    half: float = 22
    half_card: float = 32
    name_lines: tuple[str, ...] = ()
    detail_lines: tuple[str, ...] = ()
    inner: str = ""
    block: Block | None = field(default=None, repr=False)
    within: float = 0

    @property
    def x(self) -> float:
        """Centre of the symbol across the picture."""
        return (self.block.x if self.block else 0) + self.within


@dataclass
class Union:
    """A couple, the two parents of a child, or one parent alone: where a line to children begins."""

    id: str
    row: int
    parents: tuple[Spot, ...]
    partnerships: list[Partnership] = field(default_factory=list)
    nets: list[Net] = field(default_factory=list, repr=False)
    over: bool = False
    lane: int = 0
    within: float = 0
    slack: tuple[float, float] = (0, 0)
    shift: float = 0

    @property
    def x(self) -> float:
        """Where the line to the children starts."""
        block = self.parents[0].block
        return (block.x if block else 0) + self.within + self.shift


@dataclass
class Child:
    """A child's place on a net."""

    spot: Spot
    kind: ParentKind
    rows: tuple[Parentage, ...] = ()
    primary: bool = True
    port: float = 0
    twins: str = ""

    @property
    def x(self) -> float:
        """Where the line meets the child."""
        return self.spot.x + self.port


@dataclass
class Net:
    """One family's lines between two rows: a stem from above (none for siblings alone), a bar, drops to children."""

    id: str
    row: int
    union: Union | None
    children: list[Child]
    track: int = 0

    @property
    def child_mid(self) -> float:
        """The middle of the children."""
        xs = [child.x for child in self.children]
        return (min(xs) + max(xs)) / 2

    def span(self) -> tuple[float, float]:
        """The bar from its left end to its right end."""
        xs = [child.x for child in self.children]
        if self.union:
            xs.append(self.union.x)
        return min(xs), max(xs)


@dataclass
class LongLink:
    """A parent's line that cannot run between two neighbouring rows and is led round."""

    parent: Spot
    child: Spot
    kind: ParentKind
    row: Parentage


@dataclass
class Block:
    """People of one row who are kept together because they are, or were, partners; moved as one."""

    id: str
    row: int
    spots: list[Spot]
    unions: list[Union] = field(default_factory=list)
    ups: list[tuple[Child, Net]] = field(default_factory=list, repr=False)
    x: float = 0
    left: float = 0
    right: float = 0
    tag: str = ""
    partners_of: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def width(self) -> float:
        """From the left edge of the first card to the right edge of the last."""
        return self.right - self.left

    def degrees(self) -> dict[str, int]:
        """How many partners each member has."""
        if not self.partners_of:
            for union in self.unions:
                for spot in union.parents if len(union.parents) == 2 else ():
                    self.partners_of[spot.id] = self.partners_of.get(spot.id, 0) + 1
        return self.partners_of

    def nets(self) -> list[Net]:
        """The families that begin in this block."""
        return [net for union in self.unions for net in union.nets]


@dataclass
class TwinGroup:
    """Twins drawn from one point."""

    id: str
    kind: TwinKind
    members: tuple[str, ...]


@dataclass
class Plan:
    """Everything that is to be drawn in the generations."""

    spots: dict[str, Spot] = field(default_factory=dict)
    unions: dict[str, Union] = field(default_factory=dict)
    nets: dict[str, Net] = field(default_factory=dict)
    long_links: list[LongLink] = field(default_factory=list)
    implied: list[Parentage] = field(default_factory=list)
    twins: list[TwinGroup] = field(default_factory=list)
    rows: list[list[Block]] = field(default_factory=list)
    copies: dict[str, list[Spot]] = field(default_factory=dict)
    channels: list[list[Net]] = field(default_factory=list)
