"""Changes of what is on a map already: people, lines between them, homes, twins. Pure, like `changes`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alongside.people.maps.changes import Changes, NotOnMapError, Set, new_key
from alongside.people.maps.elements import Stored, as_network, from_data, mentions, to_data
from alongside.people.maps.network import FamilyNetwork, Household, Parentage, Person, Quality, Twins
from alongside.people.maps.vocabulary import PartialDate, QualityKind, TwinKind

GONE = "That is not on the map any more. Look at the map again, then go on."
_GROUPS = frozenset({"siblings", "twins", "household"})


def kinds_of(elements: Iterable[Stored]) -> dict[str, str]:
    """The kind of each element by its key."""
    return {stored.key: stored.kind for stored in elements}


def applied(elements: Iterable[Stored], changes: Changes) -> tuple[Stored, ...]:
    """The elements as they stand after some changes."""
    standing = {stored.key: stored for stored in elements}
    for key in changes.takes:
        standing.pop(key, None)
    for part in changes.sets:
        standing[part.key] = Stored(part.key, part.kind, to_data(part.part))
    return tuple(standing.values())


def network_after(elements: Iterable[Stored], changes: Changes) -> FamilyNetwork:
    """The network as it stands after some changes."""
    return as_network(applied(elements, changes))


def joined(first: Changes, second: Changes) -> Changes:
    """Two changes as one; what the second sets stands."""
    sets = {part.key: part for part in (*first.sets, *second.sets)}
    return replace(
        first,
        sets=tuple(sets.values()),
        takes=tuple(dict.fromkeys((*first.takes, *second.takes))),
        new_person=second.new_person or first.new_person,
    )


def change_person(network: FamilyNetwork, person: Person) -> Changes:
    """Put a person in the place of the one with the same id. Raises NotOnMapError."""
    if person.id not in network.by_id:
        raise NotOnMapError(GONE)
    name = person.label.strip() or network.label(person.id)
    return Changes(sets=(Set(person.id, "person", person),), summary=f"Changed what the map says of {name}")


def take_off(elements: Iterable[Stored], key: str) -> Changes:
    """Take a person or a line off, with every line that hangs on them. Raises NotOnMapError."""
    standing = {stored.key: stored for stored in elements}
    if key not in standing:
        raise NotOnMapError(GONE)
    taken = standing[key]
    if taken.kind != "person":
        return Changes(takes=(key,), summary=f"Took {_called(taken)} off the map")
    sets, takes = [], [key]
    for stored in standing.values():
        if stored.kind == "person" or not mentions(stored, key):
            continue
        left = [member for member in stored.data.get("members", ()) if member != key]
        if stored.kind in _GROUPS and len(left) > (0 if stored.kind == "household" else 1):
            part = from_data(Stored(stored.key, stored.kind, {**stored.data, "members": left}))
            sets.append(Set(stored.key, stored.kind, part))
        else:
            takes.append(stored.key)
    label = str(taken.data.get("label", "")).strip() or "somebody whose name is not known"
    return Changes(sets=tuple(sets), takes=tuple(takes), summary=f"Took {label} off the map")


_LINES = {
    "partnership": "a partnership",
    "parentage": "a line from parent to child",
    "siblings": "a line between brothers and sisters",
    "twins": "a note on twins",
    "household": "a household",
    "quality": "a line on how two people get on",
}


def _called(stored: Stored) -> str:
    return _LINES.get(stored.kind, "a line")


def set_parentage(network: FamilyNetwork, key: str, row: Parentage) -> Changes:
    """Say in what way somebody is a parent. Raises NotOnMapError, ValueError for one's own parent."""
    if row.child not in network.by_id or row.parent not in network.by_id:
        raise NotOnMapError(GONE)
    if row.child == row.parent:
        raise ValueError("Nobody is their own parent. Choose two different people.")
    names = f"{network.label(row.parent)} is a parent of {network.label(row.child)}"
    return Changes(sets=(Set(key, "parentage", row),), summary=f"{names} ({row.kind.replace('_', ' ')})")


def set_household(network: FamilyNetwork, key: str, *, label: str, members: Iterable[str]) -> Changes:
    """Draw a home round some people, or take it away where nobody is left in it."""
    there = tuple(member for member in dict.fromkeys(members) if member in network.by_id)
    if not there:
        return Changes(takes=(key,), summary="Took a household off the map")
    part = Household(id=key or new_key(), label=label.strip(), members=there)
    return Changes(sets=(Set(part.id, "household", part),), summary=f"Household: {label.strip() or 'a home'}")


def set_twins(network: FamilyNetwork, key: str, *, members: Iterable[str], kind: TwinKind) -> Changes:
    """Say that children were born together. Raises ValueError for fewer than two."""
    there = tuple(member for member in dict.fromkeys(members) if member in network.by_id)
    if len(there) < 2:
        raise ValueError("Choose at least one other person who was born at the same time.")
    part = Twins(id=key or new_key(), members=there, kind=kind)
    names = " and ".join(network.label(member) for member in there)
    return Changes(sets=(Set(part.id, "twins", part),), summary=f"{names}: born together")


def add_quality(
    network: FamilyNetwork, *, first: str, second: str, kind: QualityKind, author: str, on: PartialDate, source: str
) -> Changes:
    """Note how two people get on, as somebody sees it. Raises NotOnMapError, ValueError for one person alone."""
    if first not in network.by_id or second not in network.by_id:
        raise NotOnMapError(GONE)
    if first == second:
        raise ValueError("Choose two different people.")
    part = Quality(id=new_key(), first=first, second=second, kind=kind, author=author, date=on, source=source.strip())
    return Changes(sets=(Set(part.id, "quality", part),), summary="Noted how two people get on")


def renamed(network: FamilyNetwork, keys: Mapping[str, str]) -> FamilyNetwork:
    """The same network under other keys, so that it can be brought in beside what is there."""
    return FamilyNetwork(
        people=tuple(replace(p, id=keys[p.id], is_index=False) for p in network.people),
        partnerships=tuple(
            replace(p, id=new_key(), first=keys[p.first], second=keys[p.second]) for p in network.partnerships
        ),
        parentage=tuple(replace(p, child=keys[p.child], parent=keys[p.parent]) for p in network.parentage),
        siblings=tuple(replace(g, id=new_key(), members=_all(keys, g.members)) for g in network.siblings),
        twins=tuple(replace(g, id=new_key(), members=_all(keys, g.members)) for g in network.twins),
        households=tuple(replace(h, id=new_key(), members=_all(keys, h.members)) for h in network.households),
    )


def _all(keys: Mapping[str, str], members: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(keys[member] for member in members)
