"""Heights: which track each family's bar runs on, how tall each row and channel is, and where long lines find a way."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import pairwise

from alongside.people.maps.genogram.cards import label_height, union_lines
from alongside.people.maps.genogram.crossings import Wire, channels, cost_above, overlapping, wire
from alongside.people.maps.genogram.plan import LongLink, Net, Plan
from alongside.people.maps.genogram.scene import Point

_BAR_MARGIN = 9.0
_TRACK = 14.0
_NEAR = 4.0
_NUDGES = (7.0, -7.0, 14.0, -14.0)


@dataclass
class Heights:
    """Where rows and channels lie. Channel `r` is between row `r` and the next; channel -1 is above the first row."""

    symbol_y: list[float] = field(default_factory=list)
    label_bottom: list[float] = field(default_factory=list)
    track_y: dict[tuple[int, int], float] = field(default_factory=dict)
    drop_zone: dict[int, float] = field(default_factory=dict)
    bottom: float = 0


@dataclass
class Way:
    """The course of a long line: channel and track of each horizontal, x of each vertical."""

    link: LongLink
    xs: list[float]
    channels: list[int]
    tracks: list[int] = field(default_factory=list)


def straighten(plan: Plan) -> None:
    """Give each child its ports, and each line to children the start that needs the least bend."""
    ports: dict[str, list[Net]] = {}
    for _, net in sorted(plan.nets.items()):
        for child in net.children:
            ports.setdefault(child.spot.id, []).append(net)
    for spot_id, nets in ports.items():
        if len(nets) > 1:
            _share_top(spot_id, nets)
    for union in plan.unions.values():
        if len(union.nets) == 1:
            net = union.nets[0]
            union.shift = 0
            wanted = (net.children[0].x if len(net.children) == 1 else net.child_mid) - union.x
            union.shift = min(union.slack[1], max(union.slack[0], wanted))
    for nets in channels(plan).values():
        _part_verticals(nets)


def _share_top(spot_id: str, nets: list[Net]) -> None:
    """The child's own family arrives in the middle of the symbol, others on the side they come from."""
    hung = [(net, child) for net in nets for child in net.children if child.spot.id == spot_id]
    own = next((pair for pair in hung if pair[1].primary), hung[0])
    middle = own[0].union.x if own[0].union else own[1].spot.x
    for side in (-1, 1):
        others = [
            pair
            for pair in hung
            if pair is not own and ((pair[0].union.x if pair[0].union else 0) < middle) == (side < 0)
        ]
        others.sort(key=lambda pair: (abs((pair[0].union.x if pair[0].union else 0) - middle), pair[0].id))
        step = min(11.0, 20.0 / max(1, len(others)))
        for place, (_, child) in enumerate(others, start=1):
            child.port = side * place * step


def _part_verticals(nets: list[Net]) -> None:
    """Shift a stem a little where it would run along another family's drop."""
    taken: dict[int, list[tuple[float, str]]] = {}

    def busy(x: float, net: Net) -> bool:
        cells = range(int(x // 8) - 1, int(x // 8) + 2)
        return any(abs(x - at) < _NEAR and owner != net.id for cell in cells for at, owner in taken.get(cell, ()))

    for net in nets:
        for child in net.children:
            taken.setdefault(int(child.x // 8), []).append((child.x, net.id))
    for net in nets:
        union = net.union
        if union is None:
            continue
        if busy(union.x, net) and len(union.parents) == 2:
            start = union.shift
            for nudge in _NUDGES:
                union.shift = start + nudge
                if not busy(union.x, net):
                    break
            else:
                union.shift = start
        taken.setdefault(int(union.x // 8), []).append((union.x, net.id))


def assign_tracks(plan: Plan) -> dict[int, int]:
    """Give every net its track, top down, with few crossings; returns the number of tracks of each channel."""
    counts: dict[int, int] = {}
    for channel, nets in channels(plan).items():
        wires = [w for w in map(wire, nets) if w.right - w.left > 1 or w.stem is None]
        counts[channel] = _tracks(wires)
    return counts


def _tracks(wires: list[Wire]) -> int:
    above: list[dict[int, int]] = [{} for _ in wires]
    near: list[list[int]] = [[] for _ in wires]
    for i, j in overlapping(wires, _BAR_MARGIN):
        near[i].append(j)
        near[j].append(i)
        first, second = cost_above(wires[i], wires[j]), cost_above(wires[j], wires[i])
        if first < second:
            above[j][i] = second - first
        elif second < first:
            above[i][j] = first - second
    penalty = [sum(a.values()) for a in above]
    heap = [(penalty[i], wires[i].right - wires[i].left, wires[i].net.id, i) for i in range(len(wires))]
    heapq.heapify(heap)
    placed: dict[int, int] = {}
    while heap:
        cost, _, _, i = heapq.heappop(heap)
        if i in placed or cost != penalty[i]:
            continue
        placed[i] = 1 + max((placed[j] for j in near[i] if j in placed), default=-1)
        wires[i].net.track = placed[i]
        for j in near[i]:
            if j not in placed and i in above[j]:
                penalty[j] -= above[j].pop(i)
                heapq.heappush(heap, (penalty[j], wires[j].right - wires[j].left, wires[j].net.id, j))
    return 1 + max(placed.values(), default=-1)


def find_ways(plan: Plan, counts: dict[int, int]) -> list[Way]:
    """A way for each long line through the gaps between people; its horizontals get tracks of their own."""
    ways = []
    used: dict[tuple[int, int], int] = {}
    busy: dict[int, list[tuple[float, float, int]]] = {}
    base = dict(counts)
    for link in sorted(plan.long_links, key=lambda k: k.row.id):
        start, goal = link.parent.row, link.child.row - 1
        step = 1 if goal >= start else -1
        passed = list(range(start + 1, goal + 1)) if step > 0 else list(range(start, goal, -1))
        xs = [link.parent.x + 9]
        xs += [_gap_x(plan, row, link.child.x, used) for row in passed]
        xs.append(link.child.x + _free_port(link, plan))
        course = [start, *(row if step > 0 else row - 1 for row in passed)]
        way = Way(link, xs, course)
        for number, channel in enumerate(course):
            way.tracks.append(_free_track(busy, base, channel, xs[number], xs[number + 1]))
            counts[channel] = max(counts.get(channel, 0), way.tracks[-1] + 1)
        ways.append(way)
    return ways


def _free_port(link: LongLink, plan: Plan) -> float:
    """Beside the lines that come straight from above: right, then left, then further out."""
    before = sum(1 for k in plan.long_links if k.child is link.child and k.row.id < link.row.id)
    taken = [abs(c.port) for net in plan.nets.values() for c in net.children if c.spot is link.child]
    reach = max(taken, default=0.0) + 11 + 5 * (before // 2)
    return min(reach, 20.0) * (-1 if before % 2 else 1)


def _free_track(
    busy: dict[int, list[tuple[float, float, int]]], base: dict[int, int], channel: int, a: float, b: float
) -> int:
    left, right = min(a, b) - _BAR_MARGIN, max(a, b) + _BAR_MARGIN
    taken = {track for low, high, track in busy.get(channel, ()) if low < right and high > left}
    track = base.get(channel, 0)
    while track in taken:
        track += 1
    busy.setdefault(channel, []).append((left, right, track))
    return track


def _gap_x(plan: Plan, row: int, wanted: float, used: dict[tuple[int, int], int]) -> float:
    """A place to pass through a row: the gap between two blocks that is nearest to where the line wants to go."""
    blocks = plan.rows[row] if 0 <= row < len(plan.rows) else []
    if not blocks:
        return wanted
    gaps = [(blocks[0].x + blocks[0].left - 14, 0)]
    gaps += [((a.x + a.right + b.x + b.left) / 2, i + 1) for i, (a, b) in enumerate(pairwise(blocks))]
    gaps.append((blocks[-1].x + blocks[-1].right + 14, len(blocks)))
    x, place = min(gaps, key=lambda gap: (abs(gap[0] - wanted) + 12 * used.get((row, gap[1]), 0), gap[1]))
    number = used.get((row, place), 0)
    used[row, place] = number + 1
    outward = -1 if place == 0 else 1
    spread = (number + 1) // 2 * (1 if number % 2 else -1)
    return x + (outward * 6 * number if place in (0, len(blocks)) else 5.0 * spread)


def set_heights(plan: Plan, counts: dict[int, int], *, top: float, roomy: bool) -> Heights:
    """Lay rows and channels below each other, each as tall as it needs to be."""
    heights = Heights()
    twins = {net.row for net in plan.nets.values() if any(child.twins for child in net.children)}
    y = _channel(heights, -1, counts.get(-1, 0), top, twins=-1 in twins)
    air = 16.0 if roomy else 0.0
    for number, row in enumerate(plan.rows):
        spots = [spot for block in row for spot in block.spots]
        lanes = max((u.lane for block in row for u in block.unions), default=0)
        text = max((len(union_lines(u)) for block in row for u in block.unions), default=0)
        above = max(lanes * 10.0 + 6 if lanes else 0.0, 13.0 * (text - 1) - 10)
        half = max((spot.half for spot in spots), default=22.0)
        heights.symbol_y.append(y + air + above + half)
        heights.label_bottom.append(heights.symbol_y[-1] + half + max(map(label_height, spots), default=0.0))
        y = _channel(heights, number, counts.get(number, 0), heights.label_bottom[-1] + air, twins=number in twins)
    heights.bottom = heights.label_bottom[-1] + air if plan.rows else y
    return heights


def _channel(heights: Heights, channel: int, tracks: int, y: float, *, twins: bool) -> float:
    pitch = _TRACK if tracks <= 14 else 10.0
    start = y + 15
    for track in range(max(1, tracks)):
        heights.track_y[channel, track] = start + track * pitch
    if channel == -1 and not tracks:
        heights.drop_zone[channel] = y
        return y
    zone = start + max(0, tracks - 1) * pitch + (8 if twins else 6)
    heights.drop_zone[channel] = zone
    return zone + (28 if twins else 16)


def way_points(way: Way, heights: Heights, start_y: float, end_y: float) -> tuple[Point, ...]:
    """The corners of a long line, from under the parent to the top of the child."""
    points: list[Point] = [(way.xs[0], start_y)]
    for number, channel in enumerate(way.channels):
        y = heights.track_y[channel, way.tracks[number]]
        points += [(way.xs[number], y), (way.xs[number + 1], y)]
    points.append((way.xs[-1], end_y))
    return tuple(points)
