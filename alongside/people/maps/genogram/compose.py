"""From a network to a scene: plan families, form blocks, order rows, set places and heights, draw the lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alongside.people.maps.genogram.blocks import make_blocks
from alongside.people.maps.genogram.cards import dress
from alongside.people.maps.genogram.crossings import count_crossings
from alongside.people.maps.genogram.families import plan_families
from alongside.people.maps.genogram.legend import legend_for
from alongside.people.maps.genogram.lines import family_lines, led_lines, partnership_lines, quality_lines, twin_bars
from alongside.people.maps.genogram.nodes import node_of, outside_nodes
from alongside.people.maps.genogram.order import order_rows
from alongside.people.maps.genogram.outlines import household_outlines
from alongside.people.maps.genogram.place import Placer
from alongside.people.maps.genogram.plan import Plan
from alongside.people.maps.genogram.route import assign_tracks, find_ways, set_heights, straighten
from alongside.people.maps.genogram.scene import Node, Point, Scene
from alongside.people.maps.genogram.summary import describe_in_short
from alongside.people.maps.network import FamilyNetwork, canonical
from alongside.people.maps.vocabulary import PartialDate

_MARGIN = 28.0


@dataclass(frozen=True)
class Options:
    """What a genogram is to show. Relationship-quality lines are off unless a right-holder asks for them."""

    title: str = ""
    as_of: PartialDate | None = None
    qualities: bool = False
    households: bool = True


def layout(network: FamilyNetwork, options: Options | None = None) -> Scene:
    """Lay out a network. The same network gives the same scene, in whatever order its parts are listed.

    Every person appears; somebody who must be drawn twice carries the same number at each drawing.
    """
    options = options or Options()
    network = canonical(network)
    plan = plan_families(network, options.as_of)
    for spot in plan.spots.values():
        dress(spot, options.as_of)
    make_blocks(plan)
    _arrange(plan)
    counts = assign_tracks(plan)
    ways = find_ways(plan, counts)
    shown = network.households if options.households else ()
    heights = set_heights(plan, counts, top=_MARGIN + (8 if shown else 0), roomy=bool(shown))
    numbers = _numbers(plan)
    nodes = [node_of(s, heights, numbers.get(s.person.id)) for _, s in sorted(plan.spots.items())]
    by_id = {node.id: node for node in nodes}
    families, bars = family_lines(plan, heights, by_id), twin_bars(plan, heights, by_id)
    partnerships = partnership_lines(network, plan, heights, by_id)
    right_taken = {p.first for p in partnerships} - {p.second for p in partnerships}
    nodes = [replace(n, badge_left=n.number is not None and n.id in right_taken) for n in nodes]
    led = led_lines(ways, heights, by_id)
    left = min([0.0, *(n.box[0] for n in nodes), *(x for line in led for x, _ in line.points)])
    right = max([0.0, *(n.box[2] for n in nodes), *(x for line in led for x, _ in line.points)])
    outside, captions, bottom = outside_nodes(network, plan, options.as_of, left, right, heights.bottom)
    everyone = (*nodes, *outside)
    outlines = household_outlines(shown, everyone, {i for f in families for i in f.parents})
    qualities = quality_lines(network, everyone) if options.qualities else ()
    title = options.title or (f"Family map of {network.label(network.index.id)}" if network.index else "Family map")
    scene = Scene(
        width=0,
        height=0,
        title=title,
        description=describe_in_short(network, len({n.row for n in nodes})),
        nodes=tuple(sorted(everyone, key=lambda n: (n.row, n.x, n.id))),
        partnerships=partnerships,
        families=families,
        twins=bars,
        led=led,
        qualities=qualities,
        households=outlines,
        captions=captions,
        implied=tuple(sorted(row.id for row in plan.implied)),
        crossings=count_crossings(plan),
    )
    scene = _framed(scene, bottom)
    return replace(scene, legend=legend_for(scene))


def _arrange(plan: Plan) -> None:
    size = len(plan.spots)
    order_rows(plan, effort=24 if size <= 400 else 16 if size <= 2000 else 10)
    placer = Placer(plan)
    placer.run(8 if size <= 2000 else 6)
    straighten(plan)


def _numbers(plan: Plan) -> dict[str, int]:
    """People drawn more than once, numbered."""
    return {person: number for number, person in enumerate(sorted(plan.copies), start=1)}


def _framed(scene: Scene, bottom: float) -> Scene:
    """The scene moved so that everything stands inside its frame, with a margin."""
    boxes = [n.box for n in scene.nodes]
    xs = [x for outline in scene.households for x, _ in outline.points] + [
        x for led in scene.led for x, _ in led.points
    ]
    ys = [y for outline in scene.households for _, y in outline.points] + [
        y for led in scene.led for _, y in led.points
    ]
    xs += [x for q in scene.qualities for x, _ in q.points] + [x for line in scene.partnerships for x, _ in line.points]
    ys += [y for q in scene.qualities for _, y in q.points] + [y for line in scene.partnerships for _, y in line.points]
    left = min([*(b[0] for b in boxes), *xs], default=0)
    right = max([*(b[2] for b in boxes), *xs], default=0)
    top = min([*(b[1] for b in boxes), *ys, _MARGIN], default=0)
    low = max([*(b[3] for b in boxes), *ys, bottom], default=0)
    return _moved(scene, _MARGIN - left, _MARGIN - top, right - left + 2 * _MARGIN, low - top + 2 * _MARGIN)


def _moved(scene: Scene, dx: float, dy: float, width: float, height: float) -> Scene:
    def points(line: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple((round(x + dx, 2), round(y + dy, 2)) for x, y in line)

    def node(n: Node) -> Node:
        return replace(n, x=round(n.x + dx, 2), y=round(n.y + dy, 2), bottom=round(n.bottom + dy, 2))

    return replace(
        scene,
        width=round(width, 1),
        height=round(height, 1),
        nodes=tuple(map(node, scene.nodes)),
        partnerships=tuple(
            replace(p, points=points(p.points), marks_at=points((p.marks_at,))[0], text_at=points((p.text_at,))[0])
            for p in scene.partnerships
        ),
        families=tuple(
            replace(
                f,
                stem=points(f.stem),
                bar=(round(f.bar[0] + dx, 2), round(f.bar[1] + dx, 2), round(f.bar[2] + dy, 2)),
                drops=tuple(replace(d, points=points(d.points)) for d in f.drops),
            )
            for f in scene.families
        ),
        twins=tuple(replace(t, points=points(t.points)) for t in scene.twins),
        led=tuple(replace(line, points=points(line.points)) for line in scene.led),
        qualities=tuple(replace(q, points=points(q.points)) for q in scene.qualities),
        households=tuple(
            replace(h, points=points(h.points), label_at=points((h.label_at,))[0]) for h in scene.households
        ),
        captions=tuple(replace(c, x=round(c.x + dx, 2), y=round(c.y + dy, 2)) for c in scene.captions),
    )
