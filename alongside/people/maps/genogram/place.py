"""Places across the picture: parents over the middle of their children, nobody closer than their cards allow.

The aim is the quadratic one of pedigree drawing (the middle of the children under the middle of the parents). It is
reached by passes over the rows; in each, one row is solved exactly for its neighbours by isotonic regression (pool
adjacent violators), which keeps the order and the distances by construction. Places are held in one flat list while
the passes run: this is the innermost loop of the whole layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.people.maps.genogram.plan import Block, Child, Net, Plan

_SIBLING_GAP = 18.0
_FAMILY_GAP = 34.0
_STRANGER_GAP = 64.0
_INERTIA = 0.02

Anchor = tuple[int, float]


@dataclass
class _Row:
    """One row as the passes see it: places in the flat list, least distances from the first, pulls on each block."""

    first: int
    offsets: list[float]
    ups: list[list[tuple[int, float, float]]]
    downs: list[list[tuple[int, float, int, float, float, float]]]
    leaf_pull: list[tuple[int, float, float] | None]


def _gap(left: Block, right: Block) -> float:
    """Room between two neighbouring blocks: little between siblings, more between families, most between strangers."""
    mine = {net.id for _, net in left.ups}
    if mine and any(net.id in mine for _, net in right.ups):
        return _SIBLING_GAP
    return _FAMILY_GAP if left.tag == right.tag else _STRANGER_GAP


def settle(targets: list[float], weights: list[float], offsets: list[float]) -> list[float]:
    """The places nearest to the targets (weighted least squares) that keep at least these distances, in this order."""
    values: list[float] = []
    heft: list[float] = []
    counts: list[int] = []
    last = float("-inf")
    for target, weight, offset in zip(targets, weights, offsets, strict=True):
        value, count = target - offset, 1
        while last > value:
            before = heft.pop()
            total = before + weight
            value = (values.pop() * before + value * weight) / total
            weight = total
            count += counts.pop()
            last = values[-1] if values else float("-inf")
        values.append(value)
        heft.append(weight)
        counts.append(count)
        last = value
    if len(values) == len(offsets):
        return [value + offset for value, offset in zip(values, offsets, strict=True)]
    out: list[float] = []
    for value, count in zip(values, counts, strict=True):
        start = len(out)
        out += [value + offset for offset in offsets[start : start + count]]
    return out


class Placer:
    """Passes over the rows of a plan whose order is settled."""

    def __init__(self, plan: Plan) -> None:
        self.blocks = [block for row in plan.rows for block in row]
        self.number = {block.id: i for i, block in enumerate(self.blocks)}
        self.ideal: dict[int, float] = {}
        for _, net in sorted(plan.nets.items()):
            _pack(net, self.ideal)
        self.rows: list[_Row] = []
        first = 0
        for row in plan.rows:
            if row:
                self.rows.append(self._row(row, first))
                first += len(row)
        self.xs = [block.x for block in self.blocks]

    def _row(self, row: list[Block], first: int) -> _Row:
        offsets, at = [], 0.0
        for i, block in enumerate(row):
            if i:
                at += row[i - 1].right + _gap(row[i - 1], block) - block.left
            offsets.append(at)
        ups = [[pull for child, net in block.ups if (pull := self._up(child, net))] for block in row]
        downs = [[self._down(net) for net in block.nets()] for block in row]
        leaves = [self._leaf(block, pulls) for block, pulls in zip(row, ups, strict=True)]
        return _Row(first, offsets, ups, downs, leaves)

    def _up(self, child: Child, net: Net) -> tuple[int, float, float] | None:
        """Where a child's parents want it: the parents' block, how far from it, how strongly."""
        if net.union is None or net.union.parents[0].block is None:
            return None
        parent = net.union.parents[0].block
        distance = net.union.x - parent.x + self.ideal[id(child)] - child.spot.within - child.port
        return self.number[parent.id], distance, 1.0 if child.primary else 0.25

    def _down(self, net: Net) -> tuple[int, float, int, float, float, float]:
        """The outermost children of a net (order never changes here), where its stem is, and how strongly it pulls."""
        ends = sorted(
            (self.number[c.spot.block.id], c.spot.within + c.port) for c in net.children if c.spot.block is not None
        )
        block = net.union.parents[0].block if net.union else None
        stem = net.union.x - block.x if net.union and block else 0.0
        (left, left_at), (right, right_at) = ends[0], ends[-1]
        return left, left_at, right, right_at, stem, 1.0 + 0.15 * len(net.children)

    def _leaf(self, block: Block, pulls: list[tuple[int, float, float]]) -> tuple[int, float, float] | None:
        if block.nets() or not pulls:
            return None
        best = max(pulls, key=lambda pull: pull[2])
        alone = any(len(net.children) == 1 for _, net in block.ups)
        return best[0], best[1], 6.0 if alone else 1.0

    def start(self) -> None:
        """Pack every row around the middle."""
        for row in self.rows:
            size = len(row.offsets)
            self.xs[row.first : row.first + size] = settle([0.0] * size, [1.0] * size, row.offsets)

    def run(self, passes: int) -> None:
        """Go up and down so many times, then centre parents finely and bring leaves under them."""
        for turn in range(passes):
            pull = 0.35 if turn < passes // 2 else 0.1
            for row in reversed(self.rows):
                self._pass(row, pull, 1.0)
            for row in self.rows:
                self._pass(row, 1.0, 1.0 if turn > 1 else 0.3)
        for row in reversed(self.rows):
            self._pass(row, 0.05, 1.0)
        for row in self.rows:
            self._settle_leaves(row)
        for block, x in zip(self.blocks, self.xs, strict=True):
            block.x = x

    def _pass(self, row: _Row, up: float, down: float) -> None:
        xs = self.xs
        targets, weights = [], []
        at = row.first
        for ups, downs in zip(row.ups, row.downs, strict=True):
            total, weight = xs[at] * _INERTIA, _INERTIA
            for parent, distance, strength in ups:
                share = up * strength
                total += share * (xs[parent] + distance)
                weight += share
            for left, left_at, right, right_at, stem, strength in downs:
                share = down * strength
                total += share * ((xs[left] + left_at + xs[right] + right_at) / 2 - stem)
                weight += share
            targets.append(total / weight)
            weights.append(weight)
            at += 1
        xs[row.first : at] = settle(targets, weights, row.offsets)

    def _settle_leaves(self, row: _Row) -> None:
        """Bring people without children exactly under their parents; everybody else stays."""
        xs = self.xs
        targets, weights = [], []
        for at, pull in enumerate(row.leaf_pull, start=row.first):
            targets.append(xs[at] if pull is None else xs[pull[0]] + pull[1])
            weights.append(1000.0 if pull is None else pull[2])
        xs[row.first : row.first + len(targets)] = settle(targets, weights, row.offsets)


def _pack(net: Net, ideal: dict[int, float]) -> None:
    """Where each child of a net would stand beside its siblings, seen from the middle of them."""
    at, places = 0.0, []
    last: Block | None = None
    for child in net.children:
        block = child.spot.block
        if block is None:
            continue
        if last is not None and block is not last:
            at += last.right + _SIBLING_GAP - block.left
        places.append((child, at + child.spot.within))
        last = block
    middle = (places[0][1] + places[-1][1]) / 2 if places else 0.0
    for child, place in places:
        ideal[id(child)] = place - middle
