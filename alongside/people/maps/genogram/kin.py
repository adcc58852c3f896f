"""Who is related by blood, so that a couple of cousins gets its double line."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.people.maps.network import FamilyNetwork
from alongside.people.maps.vocabulary import ParentKind

_STEPS = 6


def related_pairs(network: FamilyNetwork, pairs: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Those of the pairs who share a birth ancestor within six generations, or of whom one is the other's ancestor."""
    parents: dict[str, list[str]] = {}
    for row in network.parentage:
        if row.kind is ParentKind.BIRTH:
            parents.setdefault(row.child, []).append(row.parent)
    siblings: dict[str, set[str]] = {}
    for group_id, members in network.births:
        for member in members:
            siblings.setdefault(member, set()).add(f"parents of {group_id}")
    known: dict[str, frozenset[str]] = {}

    def line(person: str) -> frozenset[str]:
        if person not in known:
            found, edge = {person}, {person}
            for _ in range(_STEPS):
                edge = {p for child in edge for p in (*parents.get(child, ()), *siblings.get(child, ()))} - found
                found |= edge
            known[person] = frozenset(found)
        return known[person]

    return {pair for pair in pairs if len(pair) == 2 and pair[0] != pair[1] and line(pair[0]) & line(pair[1])}
