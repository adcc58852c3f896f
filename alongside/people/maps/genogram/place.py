"""Places across the picture: parents over the middle of their children, nobody closer than their cards allow.

The aim is the quadratic one of pedigree drawing (the middle of the children under the middle of the parents). It is
reached by passes over the rows; in each, one row is solved exactly for its neighbours by isotonic regression (pool
adjacent violators), which keeps the order and the distances by construction.
"""

from __future__ import annotations

from alongside.people.maps.genogram.plan import Block, Net, Plan

_SIBLING_GAP = 18.0
_FAMILY_GAP = 34.0
_STRANGER_GAP = 64.0


def gap_between(left: Block, right: Block) -> float:
    """Room between two neighbouring blocks: little between siblings, more between families, most between strangers."""
    mine = {net.id for _, net in left.ups}
    if any(net.id in mine for _, net in right.ups):
        return _SIBLING_GAP
    return _FAMILY_GAP if left.tag == right.tag else _STRANGER_GAP


def settle(blocks: list[Block], targets: list[float], weights: list[float], gaps: list[float]) -> None:
    """Move the blocks of a row as near to their targets as order and distances allow (weighted least squares)."""
    values: list[float] = []
    heft: list[float] = []
    counts: list[int] = []
    offset = 0.0
    offsets: list[float] = []
    for i, block in enumerate(blocks):
        if i:
            offset += blocks[i - 1].right + gaps[i - 1] - block.left
        offsets.append(offset)
        value, weight, count = targets[i] - offset, weights[i], 1
        while values and values[-1] > value:
            total = heft[-1] + weight
            value = (values.pop() * heft[-1] + value * weight) / total
            weight = total
            heft.pop()
            count += counts.pop()
        values.append(value)
        heft.append(weight)
        counts.append(count)
    at = 0
    for value, count in zip(values, counts, strict=True):
        for i in range(at, at + count):
            blocks[i].x = value + offsets[i]
        at += count


class Placer:
    """Passes over the rows of a plan whose order is settled."""

    def __init__(self, plan: Plan) -> None:
        self.rows = [row for row in plan.rows if row]
        self.gaps = [[gap_between(a, b) for a, b in zip(row, row[1:], strict=False)] for row in self.rows]
        self.ideal: dict[str, dict[int, float]] = {}
        for row in self.rows:
            for block in row:
                for _, net in block.ups:
                    if net.id not in self.ideal:
                        self.ideal[net.id] = _packed(net)

    def start(self) -> None:
        """Pack every row around the middle."""
        for row, gaps in zip(self.rows, self.gaps, strict=True):
            settle(row, [0.0] * len(row), [1.0] * len(row), gaps)

    def run(self, passes: int) -> None:
        """Go up and down so many times, then once more to centre parents finely."""
        for turn in range(passes):
            pull = 0.35 if turn < passes // 2 else 0.1
            for row, gaps in zip(reversed(self.rows), reversed(self.gaps), strict=True):
                self._pass(row, gaps, up=pull, down=1.0)
            for row, gaps in zip(self.rows, self.gaps, strict=True):
                self._pass(row, gaps, up=1.0, down=1.0 if turn > 1 else 0.3)
        for row, gaps in zip(reversed(self.rows), reversed(self.gaps), strict=True):
            self._pass(row, gaps, up=0.05, down=1.0)
        for row, gaps in zip(self.rows, self.gaps, strict=True):
            self._settle_leaves(row, gaps)

    def _settle_leaves(self, row: list[Block], gaps: list[float]) -> None:
        """Bring people without children exactly under their parents; everybody else stays."""
        targets, weights = [], []
        for block in row:
            target, weight = block.x, 1000.0
            ups = [(c, n) for c, n in block.ups if c.primary and n.union] or [(c, n) for c, n in block.ups if n.union]
            if ups and not block.nets():
                child, net = ups[0]
                start = net.union.x if net.union else 0.0
                target = start + self.ideal[net.id].get(id(child), 0.0) - child.x + block.x
                weight = 6.0 if len(net.children) == 1 else 1.0
            targets.append(target)
            weights.append(weight)
        settle(row, targets, weights, gaps)

    def _pass(self, row: list[Block], gaps: list[float], *, up: float, down: float) -> None:
        targets, weights = [], []
        for block in row:
            total, weight = block.x * 0.02, 0.02
            for child, net in block.ups:
                if net.union is None:
                    continue
                share = up * (1.0 if child.primary else 0.25)
                total += share * (net.union.x + self.ideal[net.id].get(id(child), 0.0) - child.x + block.x)
                weight += share
            for union in block.unions:
                for net in union.nets:
                    share = down * (1.0 + 0.15 * len(net.children))
                    total += share * (net.child_mid - union.x + block.x)
                    weight += share
            targets.append(total / weight)
            weights.append(weight)
        settle(row, targets, weights, gaps)


def _packed(net: Net) -> dict[int, float]:
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
    return {id(child): place - middle for child, place in places}
