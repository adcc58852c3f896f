"""How often lines would cross: bars of one channel against each other, the better of the two of each pair above."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from alongside.people.maps.genogram.plan import Net, Plan

_TOUCH = 0.5


@dataclass
class Wire:
    """A net as the channel sees it: sorted drops, the stem if it has one, and the bar's ends."""

    net: Net
    drops: list[float]
    stem: float | None
    left: float
    right: float


def wire(net: Net) -> Wire:
    """A net's places as they stand now."""
    drops = sorted(child.x for child in net.children)
    stem = net.union.x if net.union else None
    ends = drops if stem is None else [*drops, stem]
    return Wire(net, drops, stem, min(ends), max(ends))


def cost_above(upper: Wire, lower: Wire) -> int:
    """Crossings between two nets if the first one's bar runs above the second's."""
    low, high = lower.left + _TOUCH, lower.right - _TOUCH
    crossings = max(0, bisect_left(upper.drops, high) - bisect_right(upper.drops, low))
    if lower.stem is not None and upper.left + _TOUCH < lower.stem < upper.right - _TOUCH:
        crossings += 1
    return crossings


def overlapping(wires: list[Wire], margin: float) -> list[tuple[int, int]]:
    """Pairs of wires whose bars lie over each other or nearly touch, by their places in the list."""
    order = sorted(range(len(wires)), key=lambda i: (wires[i].left, wires[i].right, i))
    open_: list[int] = []
    pairs = []
    for i in order:
        start = wires[i].left - margin
        open_ = [j for j in open_ if wires[j].right > start]
        pairs += [(j, i) for j in open_]
        open_.append(i)
    return pairs


def channels(plan: Plan) -> dict[int, list[Net]]:
    """The nets between each row and the next."""
    out: dict[int, list[Net]] = {}
    for _, net in sorted(plan.nets.items()):
        out.setdefault(net.row, []).append(net)
    return out


def count_crossings(plan: Plan) -> int:
    """Crossings of the whole plan at its present places."""
    total = 0
    for nets in channels(plan).values():
        wires = [wire(net) for net in nets]
        for i, j in overlapping(wires, 0):
            total += min(cost_above(wires[i], wires[j]), cost_above(wires[j], wires[i]))
    return total


def crossed_nets(plan: Plan) -> set[str]:
    """The nets that cross another, so that only these are drawn with a light edge."""
    out: set[str] = set()
    for nets in channels(plan).values():
        wires = [wire(net) for net in nets]
        for i, j in overlapping(wires, 0):
            if min(cost_above(wires[i], wires[j]), cost_above(wires[j], wires[i])):
                out |= {wires[i].net.id, wires[j].net.id}
    return out
