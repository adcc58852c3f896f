"""Which generation everybody stands in.

Each tie says how far apart two people stand: a child one row below a parent, partners and siblings on one row. Ties
are taken strongest first and joined in a union-find that keeps the distances; a tie that contradicts stronger ones (an
uncle who marries his niece, an ancestor of himself) is left to the drawing, which then shows somebody twice or draws a
longer line. Nearly linear in the number of ties, and the same whatever their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median_low

from alongside.people.maps.network import FamilyNetwork
from alongside.people.maps.vocabulary import ParentKind

_YEARS_IN_A_GENERATION = 27
_STRONG_PARENTS = (ParentKind.BIRTH, ParentKind.SECOND)


class _Distances:
    """A union-find in which each member knows its distance from the root."""

    def __init__(self, members: list[str]) -> None:
        self.root = {m: m for m in members}
        self.offset = dict.fromkeys(members, 0)
        self.size = dict.fromkeys(members, 1)

    def find(self, member: str) -> tuple[str, int]:
        """The root of a member, and how many rows below it the member stands."""
        path = []
        while self.root[member] != member:
            path.append(member)
            member = self.root[member]
        below = 0
        for step in reversed(path):
            below += self.offset[step]
            self.root[step] = member
            self.offset[step] = below
        return member, below

    def join(self, upper: str, lower: str, rows: int) -> None:
        """Say that `lower` stands so many rows below `upper`, unless that is already settled otherwise."""
        upper_root, upper_at = self.find(upper)
        lower_root, lower_at = self.find(lower)
        if upper_root == lower_root:
            return
        shift = upper_at + rows - lower_at
        if self.size[upper_root] < self.size[lower_root]:
            upper_root, lower_root, shift = lower_root, upper_root, -shift
        self.root[lower_root] = upper_root
        self.offset[lower_root] = shift
        self.size[upper_root] += self.size[lower_root]


def _ties(network: FamilyNetwork) -> Iterator[tuple[int, str, str, int]]:
    for row in network.parentage:
        if row.kind in _STRONG_PARENTS:
            yield 0, row.parent, row.child, 1
        elif row.kind is ParentKind.ADOPTIVE:
            yield 3, row.parent, row.child, 1
        else:
            yield 4, row.parent, row.child, 1
    for _, members in network.births:
        for member in members[1:]:
            yield 1, members[0], member, 0
    for partnership in network.partnerships:
        yield 2, *partnership.pair, 0


def generations(network: FamilyNetwork) -> tuple[dict[str, int], dict[str, str]]:
    """The row of every person (0 at the top), and the name of the connected family that each belongs to."""
    ids = sorted(network.by_id)
    distances = _Distances(ids)
    for _, upper, lower, rows in sorted(set(_ties(network))):
        distances.join(upper, lower, rows)
    found = {person: distances.find(person) for person in ids}
    families: dict[str, list[str]] = {}
    for person, (root, _) in found.items():
        families.setdefault(root, []).append(person)
    level = {person: at for person, (_, at) in found.items()}
    for members in families.values():
        top = min(level[m] for m in members)
        for m in members:
            level[m] -= top
    named = {m: members[0] for members in families.values() for m in members}
    _line_up_families(network, level, named)
    return level, named


def _line_up_families(network: FamilyNetwork, level: dict[str, int], family: dict[str, str]) -> None:
    """Stand unconnected families side by side so that people born about the same time share a row."""
    members: dict[str, list[str]] = {}
    for person, name in family.items():
        members.setdefault(name, []).append(person)
    index = network.index
    main = family[index.id] if index else max(members, key=lambda f: (len(members[f]), f), default="")
    base = _birth_base(network, members.get(main, []), level)
    for name, people in members.items():
        here = _birth_base(network, people, level)
        if name == main or base is None or here is None:
            continue
        shift = round((here - base) / _YEARS_IN_A_GENERATION)
        for person in people:
            level[person] += max(-8, min(8, shift))
    top = min(level.values(), default=0)
    for person in level:
        level[person] -= top


def _birth_base(network: FamilyNetwork, people: list[str], level: dict[str, int]) -> int | None:
    years = [
        born.year - _YEARS_IN_A_GENERATION * level[p] for p in people if (born := network.by_id[p].born) is not None
    ]
    return median_low(years) if years else None
