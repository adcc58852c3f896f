"""The last improvement of the order: neighbours change places, and couples turn about, where that saves crossings."""

from __future__ import annotations

from alongside.people.maps.genogram.blocks import turn
from alongside.people.maps.genogram.crossings import Wire, channels, cost_above, wire
from alongside.people.maps.genogram.plan import Block, Net, Plan

_ROUNDS = 4


class Polisher:
    """Tries small changes at the present places and keeps those that lower the number of crossings."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.channels = channels(plan)
        self.wires: dict[str, Wire] = {net.id: wire(net) for nets in self.channels.values() for net in nets}

    def run(self) -> bool:
        """True when anything was changed."""
        changed = False
        for _ in range(_ROUNDS):
            better = [self._round(row) for row in self.plan.rows]
            if not any(better):
                break
            changed = True
        return changed

    def _round(self, row: list[Block]) -> bool:
        better = False
        for i in range(len(row) - 1):
            better = self._swap(row, i) or better
        for block in row:
            better = self._turn(block) or better
        return better

    def _swap(self, row: list[Block], i: int) -> bool:
        a, b = row[i], row[i + 1]
        mine = {net.id for child, net in a.ups if child.primary}
        if any(net.id in mine for child, net in b.ups if child.primary):
            return False
        nets = _touched(a) | _touched(b)
        before = self._cost(nets)
        if before == 0:
            return False
        ax, bx = a.x, b.x
        b.x, a.x = a.x + a.left - b.left, b.x + b.right - a.right
        if self._cost(nets, fresh=True) < before:
            row[i], row[i + 1] = b, a
            self._keep(nets)
            return True
        a.x, b.x = ax, bx
        return False

    def _turn(self, block: Block) -> bool:
        if len(block.spots) != 2 or len(block.ups) < 1:
            return False
        primary = [net.id for child, net in block.ups if child.primary]
        if len(primary) != len(set(primary)):
            return False
        nets = _touched(block)
        before = self._cost(nets)
        if before == 0:
            return False
        turn(block)
        if self._cost(nets, fresh=True) < before:
            self._keep(nets)
            return True
        turn(block)
        return False

    def _keep(self, nets: set[str]) -> None:
        for key in nets:
            self.wires[key] = wire(self.plan.nets[key])

    def _cost(self, nets: set[str], *, fresh: bool = False) -> int:
        mine = {key: wire(self.plan.nets[key]) for key in nets} if fresh else {key: self.wires[key] for key in nets}
        total = 0
        for key, own in mine.items():
            for net in self.channels[own.net.row]:
                total += self._pair(own, net, mine, key)
        return total

    def _pair(self, own: Wire, net: Net, mine: dict[str, Wire], key: str) -> int:
        if net.id in mine and net.id <= key:
            return 0
        other = mine.get(net.id) or self.wires[net.id]
        if other.right <= own.left or other.left >= own.right:
            return 0
        return min(cost_above(own, other), cost_above(other, own))


def _touched(block: Block) -> set[str]:
    return {net.id for _, net in block.ups} | {net.id for net in block.nets()}
