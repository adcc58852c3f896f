"""Couples and chains of partners as blocks: who stands beside whom, and how far apart.

House rule: partners stand from left to right in order of time, with the person they share between them. In a couple of
a man and a woman he stands left; otherwise the older does. A couple may be turned about where that saves a crossing.
"""

from __future__ import annotations

from itertools import pairwise

from alongside.people.maps.genogram.cards import union_text_width
from alongside.people.maps.genogram.families import second_drawing
from alongside.people.maps.genogram.plan import Block, Plan, Spot, Union
from alongside.people.maps.vocabulary import Gender

_CARD_GAP = 16.0
_UNION_GAP = 26.0
_OVER_LANES = 3
_COUSIN_GAP = 36.0
_MOST_ROOM = 70.0


def make_blocks(plan: Plan) -> None:
    """Fill `plan.rows` with blocks; people whose place contradicts itself are drawn twice."""
    _form(plan, range(_depth(plan)))
    for row in range(len(plan.rows)):
        while tangled := _tangled(plan.rows[row]):
            _draw_apart(plan, tangled)
            _form(plan, [row])
    for blocks in reversed(plan.rows):
        for block in blocks:
            measure(block)


def _depth(plan: Plan) -> int:
    return max((spot.row for spot in plan.spots.values()), default=-1) + 1


def _form(plan: Plan, rows: range | list[int]) -> None:
    chosen = set(rows)
    plan.rows += [[] for _ in range(_depth(plan) - len(plan.rows))]
    root = {spot.id: spot.id for spot in plan.spots.values() if spot.row in chosen}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    unions = [u for _, u in sorted(plan.unions.items()) if u.row in chosen]
    for union in unions:
        first, last = sorted((find(union.parents[0].id), find(union.parents[-1].id)))
        root[last] = first
    for row in chosen:
        plan.rows[row] = []
    blocks: dict[str, Block] = {}
    for spot_id in sorted(root):
        spot = plan.spots[spot_id]
        block = blocks.setdefault(find(spot_id), Block(find(spot_id), spot.row, []))
        block.spots.append(spot)
        spot.block = block
    for union in unions:
        blocks[find(union.parents[0].id)].unions.append(union)
    for block in blocks.values():
        plan.rows[block.row].append(block)
    _hang_from_nets(plan, chosen)
    for block in blocks.values():
        block.spots = _in_order(block)


def _hang_from_nets(plan: Plan, chosen: set[int]) -> None:
    for _, net in sorted(plan.nets.items()):
        for child in net.children:
            if child.spot.row in chosen and child.spot.block:
                child.spot.block.ups.append((child, net))


def _in_order(block: Block) -> list[Spot]:
    if len(block.spots) == 1:
        return block.spots
    ties: dict[str, list[tuple[tuple[object, ...], Spot]]] = {spot.id: [] for spot in block.spots}
    for union in block.unions:
        if len(union.parents) == 2:
            a, b = union.parents
            ties[a.id].append((_since(union), b))
            ties[b.id].append((_since(union), a))
    for tied in ties.values():
        tied.sort(key=lambda pair: (pair[0], pair[1].id))
    if len(block.spots) == 2:
        return _couple(block)
    hung = {child.spot.id for child, _ in block.ups}
    root = min(block.spots, key=lambda s: (-len(ties[s.id]), s.is_copy, not s.person.is_index, s.id not in hung, s.id))
    return _walk(root, ties)


def _walk(root: Spot, ties: dict[str, list[tuple[tuple[object, ...], Spot]]]) -> list[Spot]:
    """Lay a tree of partners out in a line without recursion: earlier partners left of the root, later ones right."""
    seen = {root.id}
    tree: dict[str, list[Spot]] = {}
    queue = [root]
    for spot in queue:
        mine = [other for _, other in ties[spot.id] if other.id not in seen]
        tree[spot.id] = _unique(mine)
        seen |= {other.id for other in mine}
        queue += tree[spot.id]
    out: list[Spot] = []
    stack: list[tuple[Spot, int, bool]] = [(root, 0, False)]
    while stack:
        spot, side, ready = stack.pop()
        if ready:
            out.append(spot)
            continue
        below = tree[spot.id]
        split = len(below) // 2 if side == 0 else (len(below) if side < 0 else 0)
        parts = [(s, -1, False) for s in below[:split]] + [(spot, side, True)] + [(s, 1, False) for s in below[split:]]
        stack += reversed(parts)
    return out


def _unique(spots: list[Spot]) -> list[Spot]:
    return list({spot.id: spot for spot in spots}.values())


def _since(union: Union) -> tuple[object, ...]:
    begin = min((p.begin_key for p in union.partnerships), default=(9999, 0, 0))
    born = [child.spot.person.born.sort_key for net in union.nets for child in net.children if child.spot.person.born]
    eldest = min(born, default=(9999, 0, 0))
    return (min(begin, eldest), union.id)


def _couple(block: Block) -> list[Spot]:
    a, b = block.spots
    shared = [
        net
        for child, net in block.ups
        if child.spot is a
        for other, same in block.ups
        if same is net and other.spot is b
    ]
    if shared:
        places = [child.spot.id for child in shared[0].children]
        return sorted(block.spots, key=lambda s: places.index(s.id))

    def place(spot: Spot) -> tuple[object, ...]:
        person = spot.person
        return (
            spot.is_copy,
            pair == {Gender.MAN, Gender.WOMAN} and person.gender is Gender.WOMAN,
            person.born.sort_key if person.born else (9999, 0, 0),
            spot.id,
        )

    pair = {a.person.gender, b.person.gender}
    return sorted(block.spots, key=place)


def _tangled(blocks: list[Block]) -> Block | None:
    """A block that stands both before and after another by the ages of its members' siblings, if there is one."""
    after: dict[str, set[str]] = {block.id: set() for block in blocks}
    before: dict[str, set[str]] = {block.id: set() for block in blocks}
    by_id = {block.id: block for block in blocks}
    for block in blocks:
        nets = [net.id for child, net in block.ups if child.primary]
        if len(block.spots) > 2 and len(nets) != len(set(nets)):
            return block
    for a, b in sibling_order(blocks):
        after[a.id].add(b.id)
        before[b.id].add(a.id)
    core = set(by_id)
    loose = [key for key in core if not after[key] or not before[key]]
    while loose:
        key = loose.pop()
        if key not in core:
            continue
        core.discard(key)
        for other in after[key]:
            before[other].discard(key)
            if not before[other]:
                loose.append(other)
        for other in before[key]:
            after[other].discard(key)
            if not after[other]:
                loose.append(other)
    double = [by_id[key] for key in core if len([1 for child, _ in by_id[key].ups if child.primary]) > 1]
    return min(double, key=lambda block: block.id, default=None)


def sibling_order(blocks: list[Block]) -> list[tuple[Block, Block]]:
    """Which block must stand before which, because siblings stand oldest first."""
    nets = {net.id: net for block in blocks for child, net in block.ups if child.primary}
    out = []
    for _, net in sorted(nets.items()):
        row = [child.spot.block for child in net.children if child.primary and child.spot.block]
        out += [(a, b) for a, b in pairwise(row) if a is not b]
    return out


def _draw_apart(plan: Plan, block: Block) -> None:
    """Take one member out of a block, leaving a second drawing of them beside each partner."""
    nets = [net.id for child, net in block.ups if child.primary]
    twice = {net for net in nets if nets.count(net) > 1}
    hung = {child.spot.id for child, net in block.ups if child.primary and (net.id in twice or not twice)}
    ties = {s.id: sum(1 for u in block.unions if len(u.parents) == 2 and s in u.parents) for s in block.spots}
    out = max(
        (s for s in block.spots if s.id in hung and ties[s.id]),
        key=lambda s: (not s.person.is_index, -ties[s.id], s.id),
    )
    for union in block.unions:
        if len(union.parents) == 2 and out in union.parents:
            other = next(s for s in union.parents if s is not out)
            copy = second_drawing(plan, out, other.id, out.row)
            union.parents = tuple(sorted((other, copy), key=lambda s: s.id))


def measure(block: Block) -> None:
    """Set the places of people and lines inside a block, around its middle; rows below must be measured already."""
    place = {spot.id: i for i, spot in enumerate(block.spots)}
    needs = [_CARD_GAP] * (len(block.spots) - 1)
    crowd = [0] * (len(block.spots) - 1)
    for union in block.unions:
        _ask_for_room(union, block.spots, place, needs, crowd)
    _stand(block, place, needs, crowd)
    if len(block.nets()) > 1 and _make_room_for_children(block, place, needs):
        _stand(block, place, needs, crowd)


def _stand(block: Block, place: dict[str, int], needs: list[float], crowd: list[int]) -> None:
    at = 0.0
    for i, spot in enumerate(block.spots):
        if i:
            crowded = 14 * (crowd[i - 1] - 1) if crowd[i - 1] > 1 else 0
            at += block.spots[i - 1].half_card + needs[i - 1] + crowded + spot.half_card
        spot.within = at
    left = block.spots[0].within - block.spots[0].half_card
    right = block.spots[-1].within + block.spots[-1].half_card
    for spot in block.spots:
        spot.within -= (left + right) / 2
    block.left, block.right = -(right - left) / 2, (right - left) / 2
    _place_lines(block, place, crowd)


def _make_room_for_children(block: Block, place: dict[str, int], needs: list[float]) -> bool:
    """Move partners a little apart where the children of two partnerships would otherwise not fit under their lines."""
    widened = False
    unions = sorted((u for u in block.unions if u.nets), key=lambda u: (u.within, u.id))
    for a, b in pairwise(unions):
        wanted = (_width_below(a) + _width_below(b)) / 2 + _COUSIN_GAP
        short = wanted - (b.within - a.within)
        if not 0 < short <= _MOST_ROOM:
            continue
        gaps = {_inner_gap(u, place) for u in (a, b) if len(u.parents) == 2}
        for gap in gaps:
            needs[gap] += short if len(gaps) == 2 else 2 * short
            widened = True
    return widened


def _width_below(union: Union) -> float:
    blocks = {c.spot.block.id: c.spot.block for net in union.nets for c in net.children if c.primary and c.spot.block}
    return sum(block.width for block in blocks.values()) + 18 * max(0, len(blocks) - 1)


def _ask_for_room(union: Union, spots: list[Spot], place: dict[str, int], needs: list[float], crowd: list[int]) -> None:
    if len(union.parents) == 1:
        return
    i, j = sorted(place[s.id] for s in union.parents)
    union.over = j - i > 1
    text = union_text_width(union)
    gap = _inner_gap(union, place)
    crowd[gap] += 1
    near, far = spots[gap], spots[gap + 1]
    if union.over:
        outer = near if gap == i else far
        needs[gap] = max(needs[gap], 44, 2 * (text + 14 - (outer.half_card - outer.half)))
    else:
        spare = near.half_card - near.half + far.half_card - far.half
        needs[gap] = max(needs[gap], _UNION_GAP, text + 18 - spare, 54 - spare)


def _hub(union: Union, place: dict[str, int]) -> int:
    """Of two partners who do not stand side by side, the place of the one the line starts from."""
    block = union.parents[0].block
    degree = block.degrees() if block else {}
    best = min(union.parents, key=lambda s: (-degree.get(s.id, 0), place[s.id]))
    return place[best.id]


def _inner_gap(union: Union, place: dict[str, int]) -> int:
    """The gap in which a partnership's line to children goes down: beside the partner further out."""
    i, j = sorted(place[s.id] for s in union.parents)
    if j - i == 1:
        return i
    return j - 1 if _hub(union, place) == i else i


def _place_lines(block: Block, place: dict[str, int], crowd: list[int]) -> None:
    used: dict[int, int] = {}
    for union in sorted(block.unions, key=lambda u: (u.over, u.id)):
        if len(union.parents) == 1:
            union.within, union.slack = union.parents[0].within, (0, 0)
            continue
        gap = _inner_gap(union, place)
        near, far = block.spots[gap], block.spots[gap + 1]
        low, high = near.within + near.half_card + 4, far.within - far.half_card - 4
        middle = (low + high) / 2
        if crowd[gap] > 1:
            step = (high - low) / crowd[gap]
            outer_right = union.over and _hub(union, place) <= gap
            order = crowd[gap] - 1 - used.get(gap, 0) if outer_right or not union.over else used.get(gap, 0)
            middle, low, high = low + step * (order + 0.5), 0, 0
            used[gap] = used.get(gap, 0) + 1
        union.within = middle
        union.slack = (low - middle, high - middle) if high > low and not union.over else (0, 0)
    _lanes(block, place)


def _lanes(block: Block, place: dict[str, int]) -> None:
    """Lines that pass over somebody get a lane each; from four on one side they share one."""
    sides: dict[tuple[int, bool], list[Union]] = {}
    for union in block.unions:
        if union.over:
            hub = _hub(union, place)
            sides.setdefault((hub, min(place[s.id] for s in union.parents) == hub), []).append(union)
    shared = [group for group in sides.values() if len(group) > _OVER_LANES]
    groups = shared + [[union] for group in sides.values() if len(group) <= _OVER_LANES for union in group]
    done: list[tuple[int, int, int]] = []
    for low, high, group in sorted(((*_reach(g, place), g) for g in groups), key=lambda r: (r[1] - r[0], r[2][0].id)):
        lane = 1 + max((taken for a, b, taken in done if a < high and b > low), default=0)
        done.append((low, high, lane))
        for union in group:
            union.lane = lane


def _reach(group: list[Union], place: dict[str, int]) -> tuple[int, int]:
    places = [place[s.id] for union in group for s in union.parents]
    return min(places), max(places)


def turn(block: Block) -> None:
    """Turn a block about, left to right."""
    block.spots.reverse()
    measure(block)
