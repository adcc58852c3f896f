"""How fast the genogram engine is, and how its pictures compare with a simple layered layout and with other people's.

Part of `python -m bench`; alone, with every figure as JSON: `python -m bench.bench_maps [--sizes 10,50] [--no-peers]`.
Peers are npm packages; install them with `npm ci` in `bench/peers`, or they are skipped with a word.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import click

from alongside.people.maps.genogram import Scene, layout, render
from alongside.people.maps.genogram.generations import generations
from alongside.people.maps.network import FamilyNetwork, only
from alongside.people.maps.sample import sample_descendants, sample_family
from alongside.people.maps.vocabulary import Gender
from bench.frame import Measure, Setting, benchmark

SIZES = (10, 50, 200, 1000, 5000)
KINDS = {"family on all sides": sample_family, "descendants of one couple": sample_descendants}
PEERS = Path(__file__).parent / "peers"
Line = tuple[float, float, float, float]


def middle_time(work: Callable[[], Any], rounds: int) -> float:
    """The middle of several rounds in milliseconds of processor time, so that other work on the machine counts less."""
    work()
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return round(median(times), 2)


def speed(size: int, seed: int = 1) -> dict[str, Any]:
    """Times and memory for one size."""
    network = sample_family(size, seed)
    rounds = 15 if size <= 50 else 5 if size <= 200 else 3 if size <= 1000 else 1
    scene = layout(network)
    tracemalloc.start()
    layout(network)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "people": size,
        "layout_ms": middle_time(lambda: layout(network), rounds),
        "render_ms": middle_time(lambda: render(scene), rounds),
        "peak_memory_mb": round(peak / 1e6, 2),
        "svg_kb": round(len(render(scene)) / 1000, 1),
    }


def lines_of(scene: Scene) -> list[Line]:
    """The family lines of a scene as straight pieces, child lines only, as the peers are measured."""
    out: list[Line] = []
    for family in scene.families:
        runs = [family.stem, ((family.bar[0], family.bar[2]), (family.bar[1], family.bar[2]))]
        runs += [drop.points for drop in family.drops]
        out += [(a[0], a[1], b[0], b[1]) for run in runs for a, b in pairwise(run)]
    out += [(a[0], a[1], b[0], b[1]) for led in scene.led for a, b in pairwise(led.points)]
    for couple in scene.partnerships:
        out += [(a[0], a[1], b[0], b[1]) for a, b in pairwise(couple.points)]
    return out


def crossings(lines: list[Line]) -> int:
    """How often pieces properly cross one another (a shared end or a touch is no crossing)."""
    flat = sorted({(min(a, c), b, max(a, c)) for a, b, c, d in lines if abs(b - d) < 1e-6 and abs(a - c) > 1e-6})
    upright = sorted({(a, min(b, d), max(b, d)) for a, b, c, d in lines if abs(a - c) < 1e-6 and abs(b - d) > 1e-6})
    slant = [line for line in lines if abs(line[0] - line[2]) > 1e-6 and abs(line[1] - line[3]) > 1e-6]
    total = sum(
        1
        for x, top, low in upright
        for left, y, right in flat
        if left + 1e-6 < x < right - 1e-6 and top + 1e-6 < y < low - 1e-6
    )
    slanted = set(slant)
    rest = [line for line in set(lines) if line not in slanted]
    total += sum(1 for s in slanted for r in rest if _cross(s, r))
    ordered = sorted(slanted)
    return total + sum(1 for i, s in enumerate(ordered) for r in ordered[i + 1 :] if _cross(s, r))


def _cross(p: Line, q: Line) -> bool:
    def side(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> float:
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    one, two = side(*p, q[0], q[1]), side(*p, q[2], q[3])
    three, four = side(*q, p[0], p[1]), side(*q, p[2], p[3])
    return one * two < 0 and three * four < 0 and min(abs(one), abs(two), abs(three), abs(four)) > 1e-7


def overlaps(lines: list[Line]) -> int:
    """Pairs of level pieces of different families that lie on each other, so that nobody can tell them apart."""
    rows: dict[float, list[tuple[float, float]]] = {}
    for a, b, c, d in lines:
        if abs(b - d) < 1e-6 and abs(a - c) > 1e-6:
            rows.setdefault(round(b, 3), []).append((min(a, c), max(a, c)))
    count = 0
    for pieces in rows.values():
        pieces.sort()
        count += sum(1 for (_, end), (start, _) in pairwise(pieces) if start < end - 1e-6)
    return count


def through_people(lines: list[Line], people: list[tuple[float, float]]) -> int:
    """How often a level line runs straight over somebody's symbol."""
    rows: dict[float, list[float]] = {}
    for x, y in people:
        rows.setdefault(round(y, 3), []).append(x)
    level = {(min(a, c), b, max(a, c)) for a, b, c, d in lines if abs(b - d) < 1e-6}
    return sum(1 for low, y, high in level for x in rows.get(round(y, 3), ()) if low + 1e-6 < x < high - 1e-6)


def shape(scene: Scene) -> dict[str, Any]:
    """What makes a picture easy or hard to read."""
    slot = 100.0
    offsets = [
        abs(f.stem[0][0] - sum(d.points[-1][0] for d in f.drops) / len(f.drops)) / slot
        for f in scene.families
        if f.stem
    ]
    lines = lines_of(scene)
    length = sum(abs(a - c) + abs(b - d) for a, b, c, d in lines)
    return {
        "people": len({n.person for n in scene.nodes}),
        "crossings": crossings(lines),
        "lines_on_each_other": overlaps(lines),
        "lines_through_people": through_people(lines, [(n.x, n.y) for n in scene.nodes]),
        "mean_parent_child_offset_slots": round(sum(offsets) / max(1, len(offsets)), 2),
        "total_line_length": round(length),
        "width": round(scene.width),
    }


def simple_layered(network: FamilyNetwork) -> dict[str, Any]:
    """The layout anyone would write first: rows by generation, order by the middle of the parents, even spacing.

    Its lines run straight from the middle of the parents to each child.
    """
    level, _ = generations(network)
    parents: dict[str, list[str]] = {}
    for row in network.parentage:
        parents.setdefault(row.child, []).append(row.parent)
    partner = {a: b for p in network.partnerships for a, b in (p.pair, p.pair[::-1])}
    rows: dict[int, list[str]] = {}
    for person in sorted(level):
        rows.setdefault(level[person], []).append(person)
    x: dict[str, float] = {}
    for number in sorted(rows):

        def key(person: str) -> tuple[float, str]:
            above = [x[p] for p in parents.get(person, []) if p in x]
            other = [x[p] for p in parents.get(partner.get(person, ""), []) if p in x]
            places = above or other
            return (sum(places) / len(places) if places else 0.0, person)

        for i, person in enumerate(sorted(rows[number], key=key)):
            x[person] = float(i)
    lines: list[Line] = []
    offsets = []
    for child, above in sorted(parents.items()):
        places = [x[p] for p in above]
        middle = sum(places) / len(places)
        y = float(level[child])
        top = max(float(level[p]) for p in above)
        offsets.append(abs(middle - x[child]))
        lines.append((middle, top, x[child], y))
    lines += [(x[a], float(level[a]), x[b], float(level[b])) for a, b in sorted({p.pair for p in network.partnerships})]
    return {
        "crossings": crossings(lines),
        "lines_through_people": through_people(lines, [(x[p], float(level[p])) for p in x]),
        "mean_parent_child_offset_slots": round(sum(offsets) / max(1, len(offsets)), 2),
        "total_line_length": round(sum(abs(a - c) + abs(b - d) for a, b, c, d in lines) * 100),
        "width": round(max(x.values(), default=0) * 100),
    }


def for_peers(network: FamilyNetwork) -> dict[str, Any]:
    """A family in the terms that the peers know: two genders, two parents, blood or marriage."""
    parents: dict[str, list[str]] = {}
    children: dict[str, list[str]] = {}
    for row in network.parentage:
        if len(parents.setdefault(row.child, [])) < 2:
            parents[row.child].append(row.parent)
            children.setdefault(row.parent, []).append(row.child)
    spouses: dict[str, list[str]] = {}
    for partnership in network.partnerships:
        a, b = partnership.pair
        spouses.setdefault(a, []).append(b)
        spouses.setdefault(b, []).append(a)
    together: dict[tuple[str, ...], list[str]] = {}
    for child, pair in sorted(parents.items()):
        together.setdefault(tuple(sorted(pair)), []).append(child)
    siblings = {child: [s for s in group if s != child] for group in together.values() for child in group}
    people = [
        {
            "id": p.id,
            "gender": "M" if p.gender is Gender.MAN else "F",
            "parents": parents.get(p.id, []),
            "children": children.get(p.id, []),
            "spouses": sorted(set(spouses.get(p.id, []))),
            "siblings": siblings.get(p.id, []),
        }
        for p in network.people
    ]
    root = network.index.id if network.index else network.people[0].id
    return {"root": root, "people": people}


def ask_peers(network: FamilyNetwork) -> dict[str, Any]:
    """What the peers draw of a family; a word where they are not installed or fail."""
    node = shutil.which("node")
    if node is None or not (PEERS / "node_modules").exists():
        return {"skipped": "peers are not installed: run npm ci in bench/peers"}
    done = subprocess.run(
        [node, str(PEERS / "peers.mjs")],
        input=json.dumps(for_peers(network)),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        return {"skipped": done.stderr.strip()[-300:]}
    answers: dict[str, Any] = json.loads(done.stdout)
    return {name: _judge(network, answer) for name, answer in answers.items()}


def _judge(network: FamilyNetwork, answer: dict[str, Any]) -> dict[str, Any]:
    if "error" in answer:
        return answer
    drawn = {p["id"] for p in answer["people"]}
    lines = list({tuple(line) for line in answer["lines"]})
    ours = layout(only(network, drawn))
    return {
        "people_drawn": len(drawn),
        "people_left_out": len(network.people) - len(drawn),
        "drawn_twice": len(answer["people"]) - len(drawn),
        "layout_ms": round(answer["seconds"] * 1000, 2),
        "crossings": crossings(lines),
        "lines_on_each_other": overlaps(lines),
        "lines_through_people": through_people(lines, [(p["x"], p["y"]) for p in answer["people"]]),
        "ours_on_the_same_people": {
            "crossings": crossings(lines_of(ours)),
            "lines_on_each_other": overlaps(lines_of(ours)),
        },
    }


AIMS = {50: 20.0, 1000: 1000.0}
# Lengths and widths in hundredths of the room that one person takes.
COMPARED = {
    "crossings": "",
    "lines_through_people": "",
    "mean_parent_child_offset_slots": "slots",
    "total_line_length": "",
    "width": "",
}


@benchmark("family maps: speed and memory", needs_database=False)
def family_maps(setting: Setting) -> Iterable[Measure]:
    """Layout and drawing from 10 people to 5,000."""
    for size in SIZES:
        row = speed(size)
        yield Measure(f"layout, {size} people", row["layout_ms"], "ms", aim=AIMS.get(size))
        yield Measure(f"drawing, {size} people", row["render_ms"], "ms")
        yield Measure(f"peak memory, {size} people", row["peak_memory_mb"], "MB")


@benchmark("family maps: how easy the pictures are to read", needs_database=False)
def family_pictures(setting: Setting) -> Iterable[Measure]:
    """Beside a simple layered layout on everybody, and beside the peers on the people that each of them draws."""
    for kind, make in KINDS.items():
        for size in (50, 200):
            networks = [make(size, seed) for seed in (1, 2, 3)]
            ours = [shape(layout(network)) for network in networks]
            simple = [simple_layered(network) for network in networks]
            for name, unit in COMPARED.items():
                mine, theirs = sum(o[name] for o in ours), sum(o[name] for o in simple)
                words = name.replace("_", " ")
                yield Measure(f"{words}, 3 x {size}, {kind}", round(mine, 2), unit, beside={"simple": round(theirs, 2)})
            answers = [ask_peers(network) for network in networks]
            for word in sorted({answer["skipped"] for answer in answers if "skipped" in answer}):
                click.echo(f"Left out: {word}", err=True)
            yield from _beside_peers(kind, size, answers)


def _beside_peers(kind: str, size: int, answers: list[dict[str, Any]]) -> Iterable[Measure]:
    """Crossings and lines that lie on each other, on the same people; a peer that fails on a family is counted so.

    Lines that lie on each other are no crossing, and yet nobody can follow them: a peer may have few of the one and
    many of the other.
    """
    for peer in sorted({name for answer in answers for name in answer if name != "skipped"}):
        drawn = [a[peer] for a in answers if "crossings" in a.get(peer, {})]
        for name in ("crossings", "lines_on_each_other"):
            mine = sum(a["ours_on_the_same_people"][name] for a in drawn)
            words = f"{name.replace('_', ' ')}, 3 x {size}, {kind}, whom {peer} draws"
            yield Measure(words, mine, "", beside={peer: sum(a[name] for a in drawn)})
        yield Measure(f"people {peer} leaves out, 3 x {size}, {kind}", sum(a["people_left_out"] for a in drawn), "")
        if len(drawn) < len(answers):
            yield Measure(f"families {peer} fails on, 3 x {size}, {kind}", len(answers) - len(drawn), "")


def report(sizes: tuple[int, ...] = SIZES, *, peers: bool = True, seeds: tuple[int, ...] = (1, 2, 3)) -> dict[str, Any]:
    """Everything this benchmark measures."""
    rows = [speed(size) for size in sizes]
    growth = [
        {"from": a["people"], "to": b["people"], "times_slower": round(b["layout_ms"] / max(a["layout_ms"], 0.001), 1)}
        for a, b in pairwise(rows)
    ]
    quality = []
    for size in [s for s in sizes if s <= 1000]:
        for seed, (kind, make) in ((s, k) for s in seeds for k in KINDS.items()):
            network = make(size, seed)
            row = {
                "people": size,
                "kind": kind,
                "seed": seed,
                "ours": shape(layout(network)),
                "simple_layered": simple_layered(network),
            }
            if peers:
                row["peers"] = ask_peers(network)
            quality.append(row)
    return {"speed": rows, "growth": growth, "pictures": quality}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--no-peers", action="store_true")
    asked = parser.parse_args()
    sizes = tuple(int(size) for size in asked.sizes.split(","))
    json.dump(report(sizes, peers=not asked.no_peers), sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
