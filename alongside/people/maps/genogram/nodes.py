"""Symbols with their places: people in the generations, and those who stand outside them."""

from __future__ import annotations

from alongside.people.maps.drawing.measure import text_width
from alongside.people.maps.genogram.cards import dress, label_height
from alongside.people.maps.genogram.plan import Plan, Spot
from alongside.people.maps.genogram.route import Heights
from alongside.people.maps.genogram.scene import Caption, Node
from alongside.people.maps.network import FamilyNetwork, Person
from alongside.people.maps.vocabulary import Gender, PartialDate, PersonKind, Standing

SHAPES = {
    Gender.WOMAN: "circle",
    Gender.MAN: "square",
    Gender.NON_BINARY: "diamond",
    Gender.OTHER: "diamond",
    Gender.UNKNOWN: "hexagon",
}
_MIN_STRIP = 560.0
_SPACE = 18.0
OUTSIDE_ROW = 100_000


def shape_of(person: Person) -> str:
    """The shape: the gender that the person gives; a triangle for a pregnancy or early loss."""
    if person.kind in (PersonKind.PREGNANCY, PersonKind.MISCARRIAGE, PersonKind.TERMINATION):
        return "triangle"
    return SHAPES[person.gender]


def make_node(spot: Spot, x: float, y: float, *, row: int, number: int | None = None) -> Node:
    """The node of a spot at a place."""
    person = spot.person
    dead = person.is_dead and person.kind is PersonKind.PERSON
    return Node(
        id=spot.id,
        person=person.id,
        row=row,
        x=x,
        y=y,
        half=spot.half,
        shape=shape_of(person),
        half_card=spot.half_card,
        bottom=y + spot.half + label_height(spot),
        name=spot.name_lines,
        details=spot.detail_lines,
        inner=spot.inner,
        index=person.is_index,
        dead=dead,
        outside=person.standing is not Standing.FAMILY,
        kind=str(person.kind),
        is_copy=spot.is_copy,
        number=number,
    )


def node_of(spot: Spot, heights: Heights, number: int | None) -> Node:
    """The node of somebody in the generations."""
    return make_node(spot, spot.x, heights.symbol_y[spot.row], row=spot.row, number=number)


def outside_nodes(
    network: FamilyNetwork, plan: Plan, as_of: PartialDate | None, left: float, right: float, bottom: float
) -> tuple[tuple[Node, ...], tuple[Caption, ...], float]:
    """People without a tie in the generations, in rows below: friends, professionals, family not yet placed."""
    headings = {
        Standing.FAMILY: "Family, not yet placed",
        Standing.FRIEND: "Friends",
        Standing.PROFESSIONAL: "Professionals",
    }
    groups = []
    for standing, heading in headings.items():
        people = [p for p in network.people if p.id not in plan.spots and p.standing is standing]
        spots = [Spot(p.id, p, OUTSIDE_ROW) for p in sorted(people, key=lambda p: (p.label.casefold(), p.id))]
        for spot in spots:
            dress(spot, as_of)
        if spots:
            groups.append((heading, spots))
    return _strips(groups, left, max(right - left, _MIN_STRIP), bottom + (44 if plan.spots and groups else 0))


def _strips(
    groups: list[tuple[str, list[Spot]]], left: float, width: float, y: float
) -> tuple[tuple[Node, ...], tuple[Caption, ...], float]:
    """Each group under its heading; groups stand side by side while there is room."""
    nodes: list[Node] = []
    captions: list[Caption] = []
    x, low = left, y
    for heading, spots in groups:
        needed = max(text_width(heading, 14, bold=True), sum(2 * s.half_card + _SPACE for s in spots) - _SPACE)
        if x > left and x + needed > left + width:
            x, y = left, low + 40
        captions.append(Caption(heading, x, y))
        placed, foot = _strip(spots, x, max(left + width - x, 1.0), y + 14)
        nodes += placed
        low = max(low, foot)
        x += needed + 48
    return tuple(nodes), tuple(captions), low


def _strip(spots: list[Spot], left: float, width: float, y: float) -> tuple[list[Node], float]:
    nodes: list[Node] = []
    x, row_bottom = left, y
    for spot in spots:
        if x > left and x + 2 * spot.half_card > left + width:
            x, y = left, row_bottom + _SPACE
        node = make_node(spot, x + spot.half_card, y + 26, row=OUTSIDE_ROW)
        nodes.append(node)
        row_bottom = max(row_bottom, node.bottom)
        x += 2 * spot.half_card + _SPACE
    return nodes, row_bottom
