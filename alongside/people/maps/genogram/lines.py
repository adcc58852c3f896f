"""The lines of a genogram: couples, parents and children, twins, lines led round, and how people get on."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from alongside.people.maps.genogram.cards import status_of, union_lines
from alongside.people.maps.genogram.crossings import crossed_nets
from alongside.people.maps.genogram.kin import related_pairs
from alongside.people.maps.genogram.plan import Child, Net, Plan, Union
from alongside.people.maps.genogram.route import Heights, Way, way_points
from alongside.people.maps.genogram.scene import (
    Drop,
    FamilyLine,
    LedLine,
    Node,
    PartnershipLine,
    Point,
    QualityLine,
    TwinBar,
)
from alongside.people.maps.genogram.symbols import STILLBORN
from alongside.people.maps.network import FamilyNetwork
from alongside.people.maps.vocabulary import ParentKind, TwinKind


def top_of(node: Node, dx: float) -> float:
    """Where a line from above meets the symbol, a little left or right of its middle."""
    half = node.half
    if node.kind == "stillbirth":
        half *= STILLBORN
    dx = min(abs(dx), half)
    if node.index:
        half += 5
    if node.shape == "circle":
        return node.y - sqrt(max(0.0, half * half - dx * dx))
    if node.shape in ("diamond", "triangle"):
        slope = 1.0 if node.shape == "diamond" else 2.0
        return node.y - half + slope * dx * (1.08 if node.shape == "diamond" else 1)
    if node.shape == "hexagon":
        return node.y - half + max(0.0, dx - half * 0.5) * 1.7
    return node.y - half


def side_of(node: Node, *, right: bool, dy: float = 0) -> float:
    """Where a line meets the side of the symbol, above or below its middle by `dy`."""
    half = node.half + (5 if node.index else 0)
    if node.shape == "circle":
        half = sqrt(max(0.0, half * half - dy * dy))
    elif node.shape == "diamond":
        half = half * 1.08 - abs(dy)
    elif node.shape == "triangle":
        half = max(2.0, half * (node.y + half + dy - (node.y)) / (2 * half))
    return node.x + half if right else node.x - half


def partnership_lines(
    network: FamilyNetwork, plan: Plan, heights: Heights, nodes: dict[str, Node]
) -> tuple[PartnershipLine, ...]:
    """One line for each couple, recorded partners or parents of the same child."""
    related = related_pairs(network, [tuple(sorted(s.person.id for s in u.parents)) for u in plan.unions.values()])
    out = []
    for _, union in sorted(plan.unions.items()):
        if len(union.parents) < 2:
            continue
        left, right = sorted((nodes[s.id] for s in union.parents), key=lambda n: (n.x, n.id))
        kind, status, earlier = status_of(union)
        points, marks, text_at = _couple_points(union, left, right)
        out.append(
            PartnershipLine(
                id=f"p:{union.id}",
                first=left.id,
                second=right.id,
                points=points,
                kind=str(kind) if union.partnerships else "co_parents",
                status=str(status),
                earlier=earlier,
                related=tuple(sorted((left.person, right.person))) in related,
                marks_at=marks,
                text=union_lines(union),
                text_at=text_at,
                partnerships=tuple(p.id for p in union.partnerships),
            )
        )
    return tuple(out)


def _couple_points(union: Union, left: Node, right: Node) -> tuple[tuple[Point, ...], Point, Point]:
    y = left.y
    stem = union.x
    if not union.over:
        start, end = side_of(left, right=True), side_of(right, right=False)
        middle = (start + end) / 2
        marks = ((stem + end) / 2 if union.nets else middle, y)
        return ((start, y), (end, y)), marks, (middle, y - 7)
    hub, outer = (left, right) if abs(stem - right.x) < abs(stem - left.x) else (right, left)
    sign = 1 if outer is right else -1
    leave = hub.x + sign * min(hub.half - 6, 6 + 5 * union.lane)
    over = y - hub.half - 8 - 10 * union.lane
    end = side_of(outer, right=outer is left)
    points = ((leave, top_of(hub, leave - hub.x)), (leave, over), (stem, over), (stem, y), (end, y))
    middle = (stem + end) / 2
    return points, (middle, y), (middle, y - 7)


def family_lines(plan: Plan, heights: Heights, nodes: dict[str, Node]) -> tuple[FamilyLine, ...]:
    """Stem, bar and drops of each net."""
    crossed = crossed_nets(plan)
    return tuple(
        replace(_family(net, heights, nodes), crossed=net.id in crossed) for _, net in sorted(plan.nets.items())
    )


def _family(net: Net, heights: Heights, nodes: dict[str, Node]) -> FamilyLine:
    bar_y = heights.track_y[net.row, net.track]
    zone = heights.drop_zone[net.row]
    drops = []
    ends = []
    for child in net.children:
        node = nodes[child.spot.id]
        end = (child.x, top_of(node, child.port))
        twins = [c for c in net.children if c.twins and c.twins == child.twins]
        if len(twins) > 1:
            apex = _apex(twins)
            ends.append(apex)
            points: tuple[Point, ...] = ((apex, bar_y), (apex, zone), end)
        else:
            ends.append(child.x)
            points = ((child.x, bar_y), end)
        ids = tuple(sorted(row.id for row in child.rows))
        drops.append(Drop(child.spot.id, str(child.kind), points, child.twins if len(twins) > 1 else "", ids))
    stem: tuple[Point, ...] = ()
    if net.union:
        stem = ((net.union.x, _stem_top(net.union, nodes)), (net.union.x, bar_y))
        ends.append(net.union.x)
    kinds = {child.kind for child in net.children}
    kind = str(kinds.pop()) if len(kinds) == 1 else str(ParentKind.BIRTH)
    return FamilyLine(
        id=net.id,
        parents=tuple(s.id for s in net.union.parents) if net.union else (),
        stem=stem,
        bar=(min(ends), max(ends), bar_y),
        drops=tuple(drops),
        kind=kind if net.union else "siblings",
    )


def _stem_top(union: Union, nodes: dict[str, Node]) -> float:
    node = nodes[union.parents[0].id]
    return node.bottom + 3 if len(union.parents) == 1 else node.y


def _apex(twins: list[Child]) -> float:
    xs = [child.x for child in twins]
    return (min(xs) + max(xs)) / 2


def twin_bars(plan: Plan, heights: Heights, nodes: dict[str, Node]) -> tuple[TwinBar, ...]:
    """A sign for each set of twins drawn from one point: a bar between the lines where they are identical."""
    groups = {group.id: group for group in plan.twins}
    out = []
    for _, net in sorted(plan.nets.items()):
        for group_id in sorted({c.twins for c in net.children if c.twins}):
            twins = [c for c in net.children if c.twins == group_id]
            group = groups[group_id]
            if len(twins) < 2:
                continue
            zone, apex = heights.drop_zone[net.row], _apex(twins)
            first, last = twins[0], twins[-1]
            low = min(top_of(nodes[c.spot.id], c.port) for c in twins)
            y = zone + (low - zone) * 0.55
            share = (y - zone) / max(1.0, low - zone)
            ends = tuple((apex + (c.x - apex) * share, y) for c in (first, last))
            points = ends if group.kind is TwinKind.IDENTICAL else ()
            members = tuple(c.spot.id for c in twins)
            out.append(TwinBar(f"{net.id}:{group_id}", str(group.kind), members, points))
    return tuple(out)


def led_lines(ways: list[Way], heights: Heights, nodes: dict[str, Node]) -> tuple[LedLine, ...]:
    """Parents' lines that are led round."""
    out = []
    for way in ways:
        parent, child = nodes[way.link.parent.id], nodes[way.link.child.id]
        end = top_of(child, way.xs[-1] - child.x)
        points = way_points(way, heights, parent.bottom + 3, end)
        out.append(LedLine(way.link.row.id, parent.id, child.id, str(way.link.kind), points))
    return tuple(out)


def quality_lines(network: FamilyNetwork, nodes: tuple[Node, ...]) -> tuple[QualityLine, ...]:
    """A bowed line between two people for each opinion of how they get on."""
    at = {node.person: node for node in sorted(nodes, key=lambda n: n.is_copy, reverse=True)}
    out = []
    taken: dict[tuple[str, str], list[float]] = {}
    for quality in network.qualities:
        a, b = at[quality.first], at[quality.second]
        used = taken.setdefault((min(a.id, b.id), max(a.id, b.id)), [])
        others = [n for n in nodes if n is not a and n is not b and _near(n, a, b)]
        bend = min(
            (x for x in _BENDS if x not in used), key=lambda x: (_struck(_bow(a, b, x), others), abs(x), x), default=0.0
        )
        used.append(bend)
        said = [quality.author, quality.date.words if quality.date else "", quality.source]
        source = ", ".join(part for part in said if part)
        out.append(QualityLine(quality.id, a.id, b.id, str(quality.kind), _bow(a, b, bend), source))
    return tuple(out)


_BENDS = (16.0, -16.0, 40.0, -40.0, 70.0, -70.0, 110.0, -110.0, 160.0, -160.0)


def _near(node: Node, a: Node, b: Node) -> bool:
    return min(a.x, b.x) - 180 < node.x < max(a.x, b.x) + 180 and min(a.y, b.y) - 180 < node.y < max(a.y, b.y) + 180


def _struck(points: tuple[Point, ...], others: list[Node]) -> int:
    """How much of a line runs over other people's cards."""
    count = 0
    for node in others:
        left, top, right, bottom = node.box
        count += sum(1 for x, y in points if left - 4 < x < right + 4 and top - 4 < y < bottom + 2)
    return count


def _bow(a: Node, b: Node, bend: float) -> tuple[Point, ...]:
    """Points along a gentle curve from the edge of one symbol to the edge of the other."""
    if (a.x, a.y, a.id) > (b.x, b.y, b.id):
        return tuple(reversed(_bow(b, a, bend)))
    dx, dy = b.x - a.x, b.y - a.y
    length = max(1.0, sqrt(dx * dx + dy * dy))
    cx, cy = (a.x + b.x) / 2 + dy / length * bend * 2, (a.y + b.y) / 2 - dx / length * bend * 2
    steps = max(24, min(160, int(length / 4)))
    curve = [
        (
            (1 - t) ** 2 * a.x + 2 * t * (1 - t) * cx + t * t * b.x,
            (1 - t) ** 2 * a.y + 2 * t * (1 - t) * cy + t * t * b.y,
        )
        for t in (i / steps for i in range(steps + 1))
    ]
    gap_a, gap_b = a.half + 8, b.half + 8
    kept = [
        (x, y)
        for x, y in curve
        if (x - a.x) ** 2 + (y - a.y) ** 2 >= gap_a**2 and (x - b.x) ** 2 + (y - b.y) ** 2 >= gap_b**2
    ]
    return tuple(kept) if len(kept) > 5 else ((a.x, a.y), (b.x, b.y))
