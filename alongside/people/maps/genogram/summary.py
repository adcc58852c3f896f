"""A genogram in two sentences, for the description of the picture."""

from __future__ import annotations

from alongside.people.maps.network import FamilyNetwork
from alongside.people.maps.vocabulary import PersonKind, Standing


def counted(number: int, one: str, many: str) -> str:
    """ "1 person", "3 people"."""
    return f"{number} {one if number == 1 else many}"


def describe_in_short(network: FamilyNetwork, rows: int) -> str:
    """How many people, partnerships, households and generations the picture holds."""
    people = [p for p in network.people if p.kind is PersonKind.PERSON]
    family = sum(1 for p in people if p.standing is Standing.FAMILY)
    others = len(people) - family
    parts = [counted(family, "family member", "family members")]
    if others:
        parts.append(counted(others, "friend or professional", "friends or professionals"))
    if rows:
        parts.append(counted(rows, "generation", "generations"))
    if network.partnerships:
        parts.append(counted(len(network.partnerships), "partnership", "partnerships"))
    if network.households:
        parts.append(counted(len(network.households), "household", "households"))
    text = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    whose = f" Drawn for {network.label(network.index.id)}." if network.index else ""
    return f"A family map with {text}.{whose} The same is said in words beside the picture."
