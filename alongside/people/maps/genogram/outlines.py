"""Households as closed outlines round the people who live together; nobody else ever stands inside one."""

from __future__ import annotations

from alongside.people.maps.drawing.measure import shorten, text_width
from alongside.people.maps.genogram.scene import HouseholdOutline, Node, Point
from alongside.people.maps.network import Household

_SIDE = 8.0
_TOP = 13.0
_FOOT = 9.0
_LABEL_SIZE = 11.5
_MIN_CORRIDOR = 14.0

Band = tuple[float, float, float, float]


def household_outlines(
    households: tuple[Household, ...], nodes: tuple[Node, ...], with_children: set[str]
) -> tuple[HouseholdOutline, ...]:
    """The outlines of all households, in a fixed order; `with_children` names nodes with a line going down."""
    rows: dict[tuple[int, float], list[Node]] = {}
    for node in nodes:
        rows.setdefault((node.row, node.y), []).append(node)
    for line in rows.values():
        line.sort(key=lambda n: n.x)
    out = []
    seen: dict[str, int] = {}
    for household in households:
        members = set(household.members)
        inset = max((seen.get(m, 0) for m in members), default=0) * 3.0
        for m in members:
            seen[m] = seen.get(m, 0) + 1
        runs = [run for key in sorted(rows) for run in _runs(rows[key], members)]
        for number, chain in enumerate(_chains(runs)):
            bands = _bands(chain, min(inset, 6.0))
            people = tuple(sorted(n.person for run in chain for n in run))
            below = not any(n.id in with_children for n in chain[-1])
            label, at = _name_plate(household.label, bands, below=below)
            out.append(HouseholdOutline(f"{household.id}:{number}", label, people, _polygon(bands), at))
    return tuple(out)


def _name_plate(label: str, bands: list[Band], *, below: bool) -> tuple[str, Point]:
    """The name, under the last band where no line goes down from there, else over the first; cut to that width."""
    first, last = bands[0], bands[-1]
    if below or (text_width(label, _LABEL_SIZE) > first[1] - first[0] - 8 and last[1] - last[0] > first[1] - first[0]):
        return shorten(label, _LABEL_SIZE, last[1] - last[0] - 4), (last[0] + 4, last[3] + 13)
    return shorten(label, _LABEL_SIZE, first[1] - first[0] - 4), (first[0] + 4, first[2] - 5)


def _runs(row: list[Node], members: set[str]) -> list[list[Node]]:
    """Members who stand next to each other in a row."""
    runs: list[list[Node]] = []
    inside = False
    for node in row:
        mine = node.person in members and not node.is_copy
        if mine and inside:
            runs[-1].append(node)
        elif mine:
            runs.append([node])
        inside = mine
    return runs


def _chains(runs: list[list[Node]]) -> list[list[list[Node]]]:
    """Runs in neighbouring rows that overlap enough to be drawn as one."""
    chains: list[list[list[Node]]] = []
    for run in runs:
        best = None
        for chain in chains:
            last = chain[-1]
            if last[0].row + 1 == run[0].row and _overlap(last, run) >= _MIN_CORRIDOR and best is None:
                best = chain
        if best is not None:
            best.append(run)
        else:
            chains.append([run])
    return chains


def _ends(run: list[Node]) -> tuple[float, float]:
    return run[0].box[0], run[-1].box[2]


def _overlap(a: list[Node], b: list[Node]) -> float:
    (a0, a1), (b0, b1) = _ends(a), _ends(b)
    return min(a1, b1) - max(a0, b0)


def _bands(chain: list[list[Node]], inset: float) -> list[Band]:
    bands: list[Band] = []
    side = _SIDE - inset
    for run in chain:
        left, right = _ends(run)
        top = min(n.y - n.half for n in run) - _TOP + inset
        foot = max(n.bottom for n in run) + _FOOT - inset
        box = (left - side, right + side, top, foot)
        if bands:
            above = bands[-1]
            bands.append((max(above[0], box[0]), min(above[1], box[1]), above[3], top))
        bands.append(box)
    return bands


def _polygon(bands: list[Band]) -> tuple[Point, ...]:
    right = [point for x0, x1, top, foot in bands for point in ((x1, top), (x1, foot))]
    left = [point for x0, x1, top, foot in reversed(bands) for point in ((x0, foot), (x0, top))]
    points = [*right, *left]
    return tuple(p for i, p in enumerate(points) if p != points[i - 1])
