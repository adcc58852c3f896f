"""The order of blocks along each row, with few crossings.

A walk down from the oldest known ancestors of the index person gives a first order in which each line of descent stays
together (the father's side left, the mother's right, partners' families further out). Passes up and down the rows then
move blocks towards the middle of their parents and children; siblings always stay in order of age. The order with the
fewest crossings is kept.
"""

from __future__ import annotations

import heapq
from collections import deque

from alongside.people.maps.genogram.blocks import sibling_order, turn
from alongside.people.maps.genogram.crossings import count_crossings
from alongside.people.maps.genogram.place import Placer
from alongside.people.maps.genogram.plan import Block, Net, Plan
from alongside.people.maps.genogram.polish import Polisher

_POLISHED = 400


def order_rows(plan: Plan, *, effort: int) -> None:
    """Put the blocks of every row in order; `effort` is the number of passes."""
    _first_order(plan)
    _keep_siblings_in_order(plan)
    placer = Placer(plan)
    placer.start()
    placer.run(3)
    best = _remember(plan, count_crossings(plan))
    idle = 0
    for turn_number in range(effort):
        if best[0] == 0 or idle >= 4:
            break
        _sweep(plan, downward=turn_number % 2 == 0)
        _turn_couples(plan)
        placer = Placer(plan)
        placer.run(2)
        cost = count_crossings(plan)
        idle += 1
        if cost < best[0]:
            idle = 0
            best = _remember(plan, cost)
    _restore(plan, best)
    for _ in range(3):
        if best[0] == 0 or len(plan.spots) > _POLISHED or not Polisher(plan).run():
            return
        Placer(plan).run(2)
        cost = count_crossings(plan)
        if cost >= best[0]:
            _restore(plan, best)
            return
        best = _remember(plan, cost)


def _remember(plan: Plan, cost: int) -> tuple[int, list[list[Block]], dict[str, tuple[float, list[str]]]]:
    state = {b.id: (b.x, [s.id for s in b.spots]) for row in plan.rows for b in row}
    return cost, [list(row) for row in plan.rows], state


def _restore(plan: Plan, kept: tuple[int, list[list[Block]], dict[str, tuple[float, list[str]]]]) -> None:
    _, rows, state = kept
    plan.rows = [list(row) for row in rows]
    for row in plan.rows:
        for block in row:
            x, spots = state[block.id]
            if [s.id for s in block.spots] != spots:
                turn(block)
            block.x = x


class _Walk:
    """The first order: whole lines of descent, one after the other, each set left or right of what is there."""

    def __init__(self, plan: Plan) -> None:
        self.seen: set[str] = set()
        self.nets: set[str] = set()
        self.rows: list[deque[Block]] = [deque() for _ in plan.rows]
        self.waiting: deque[tuple[Net, bool]] = deque()
        self.blocks = [block for row in plan.rows for block in row]

    def all(self) -> None:
        index = [b for b in self.blocks if any(s.person.is_index for s in b.spots if not s.is_copy)]
        sizes = sorted(self.blocks, key=lambda b: (b.row, -len(b.nets()), b.id))
        for start in [*index, *sizes]:
            if start.id in self.seen:
                continue
            self.lineage(self.top(start), left=False, root=True, tag=start.id)
            while self.waiting:
                net, left = self.waiting.popleft()
                if net.id in self.nets:
                    continue
                block = net.union.parents[0].block if net.union else None
                if block is None or block.id in self.seen:
                    self.lineage_of_net(net, left=left, tag=start.id)
                else:
                    self.lineage(self.top(block), left=left, root=False, tag=start.id)

    def top(self, block: Block) -> Block:
        """The oldest ancestors above a block, by way of its leftmost member with parents."""
        climbed = {block.id}
        while True:
            ups = sorted(
                (
                    (child.spot.within, net.id, net.union.parents[0].block)
                    for child, net in block.ups
                    if child.primary and net.union and net.id not in self.nets
                ),
                key=lambda up: up[:2],
            )
            above = [b for _, _, b in ups if b is not None and b.id not in self.seen and b.id not in climbed]
            if not above:
                return block
            block = above[0]
            climbed.add(block.id)

    def lineage(self, block: Block, *, left: bool, root: bool, tag: str) -> None:
        self.walk([block], left=left, root=root, tag=tag)

    def lineage_of_net(self, net: Net, *, left: bool, tag: str) -> None:
        self.nets.add(net.id)
        self.walk([c.spot.block for c in net.children if c.spot.block], left=left, root=False, tag=tag)

    def walk(self, starts: list[Block], *, left: bool, root: bool, tag: str) -> None:
        segment: dict[int, list[Block]] = {}
        later: list[tuple[Net, bool]] = []
        stack = list(reversed(starts))
        while stack:
            block = stack.pop()
            if block.id in self.seen:
                continue
            self.seen.add(block.id)
            block.tag = tag
            segment.setdefault(block.row, []).append(block)
            below: list[Block] = []
            for union in sorted(block.unions, key=lambda u: (u.within, u.id)):
                for net in union.nets:
                    self.nets.add(net.id)
                    below += [c.spot.block for c in net.children if c.spot.block and c.primary]
                    below += [c.spot.block for c in net.children if c.spot.block and not c.primary]
            stack += reversed(below)
            later += self.aside(block, left=left, root=root)
        self.waiting += [(net, side) for net, side in later if net.id not in self.nets]
        for row, blocks in segment.items():
            if left:
                self.rows[row].extendleft(reversed(blocks))
            else:
                self.rows[row].extend(blocks)

    def aside(self, block: Block, *, left: bool, root: bool) -> list[tuple[Net, bool]]:
        """The families of those who married in, with the side on which they are to be put."""
        out = []
        known = [child.spot.within for child, net in block.ups if net.id in self.nets and child.primary]
        for child, net in block.ups:
            if net.id in self.nets:
                continue
            side = left
            if root:
                side = child.spot.within < known[0] if known else False
                side = _outward(block, default=side)
            out.append((net, side))
        return out


def _outward(block: Block, *, default: bool) -> bool:
    for child, net in block.ups:
        if child.primary and len(net.children) > 2:
            place = net.children.index(child) + 0.5
            middle = len(net.children) / 2
            if abs(place - middle) >= 1:
                return place < middle
    return default


def _first_order(plan: Plan) -> None:
    walk = _Walk(plan)
    walk.all()
    plan.rows = [list(row) for row in walk.rows]


def _keep_siblings_in_order(plan: Plan) -> None:
    for i, row in enumerate(plan.rows):
        plan.rows[i] = _topological(row)


def _topological(row: list[Block]) -> list[Block]:
    """The row in its given order as far as the ages of siblings allow."""
    place = {block.id: i for i, block in enumerate(row)}
    after: dict[str, list[Block]] = {}
    waits = dict.fromkeys(place, 0)
    broken = False
    for a, b in sibling_order(row):
        after.setdefault(a.id, []).append(b)
        waits[b.id] += 1
        broken = broken or place[a.id] > place[b.id]
    if not broken:
        return row
    ready = [(place[b.id], b.id) for b in row if not waits[b.id]]
    heapq.heapify(ready)
    by_id = {block.id: block for block in row}
    out = []
    while ready:
        _, key = heapq.heappop(ready)
        out.append(by_id[key])
        for b in after.get(key, ()):
            waits[b.id] -= 1
            if not waits[b.id]:
                heapq.heappush(ready, (place[b.id], b.id))
    return out


def _sweep(plan: Plan, *, downward: bool) -> None:
    numbers = range(len(plan.rows)) if downward else range(len(plan.rows) - 1, -1, -1)
    for number in numbers:
        row = plan.rows[number]
        keys = {b.id: _key_from_above(b) if downward else _key_from_below(b) for b in row}
        _agree_with_siblings(row, keys)
        row.sort(key=lambda b: (keys[b.id], b.x, b.id))
        plan.rows[number] = _topological(row)
        _spread(plan.rows[number])


def _spread(row: list[Block]) -> None:
    """After a change of order, keep each row's x in that order so that the next row can go by it."""
    xs = sorted(b.x for b in row)
    for block, x in zip(row, xs, strict=True):
        block.x = x


def _key_from_above(block: Block) -> float:
    stems = [(net.union.x, 1.0 if child.primary else 0.2) for child, net in block.ups if net.union]
    return sum(x * w for x, w in stems) / sum(w for _, w in stems) if stems else block.x


def _key_from_below(block: Block) -> float:
    nets = block.nets()
    if nets:
        return sum(net.child_mid for net in nets) / len(nets)
    for child, net in block.ups:
        mids = [n.child_mid for c in net.children if c.spot.block for n in c.spot.block.nets()]
        if child.primary and mids:
            return sum(mids) / len(mids)
    return _key_from_above(block)


def _agree_with_siblings(row: list[Block], keys: dict[str, float]) -> None:
    """Even out keys that would put siblings out of order (pool adjacent violators along each family)."""
    nets = {net.id: net for block in row for child, net in block.ups if child.primary}
    for _, net in sorted(nets.items()):
        blocks = [c.spot.block for c in net.children if c.primary and c.spot.block]
        pools: list[tuple[float, list[Block]]] = []
        for block in blocks:
            value, members = keys[block.id], [block]
            while pools and pools[-1][0] > value:
                before, earlier = pools.pop()
                value = (before * len(earlier) + value * len(members)) / (len(earlier) + len(members))
                members = earlier + members
            pools.append((value, members))
        for value, members in pools:
            for block in members:
                keys[block.id] = value


def _turn_couples(plan: Plan) -> None:
    """Turn a couple about where each partner's parents stand on the other's side."""
    for row in plan.rows:
        for block in row:
            if len(block.spots) != 2 or len(block.ups) < 2:
                continue
            stems = {c.spot.id: net.union.x for c, net in block.ups if c.primary and net.union}
            xs = [stems[s.id] for s in block.spots if s.id in stems]
            same = len({net.id for c, net in block.ups if c.primary}) < 2
            if len(xs) == 2 and xs[0] > xs[1] and not same:
                turn(block)
