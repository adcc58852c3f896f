"""Changes of a network, as the elements that they set and take away. Pure: nothing here stores anything.

Each function answers with a `Changes`: what to set (element by key), what to take away, and a line that says it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

from alongside.people.maps.network import (
    FamilyNetwork,
    Household,
    Parentage,
    Partnership,
    Person,
    Quality,
    Siblings,
    Stretch,
    Twins,
)
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
    Standing,
)

Part = Person | Partnership | Parentage | Siblings | Twins | Household | Quality


class Relation(StrEnum):
    """What someone new is to someone who is on the map already."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    PARTNER = "partner"
    FORMER_PARTNER = "former_partner"
    DAUGHTER = "daughter"
    SON = "son"
    CHILD = "child"
    SISTER = "sister"
    BROTHER = "brother"
    SIBLING = "sibling"
    PREGNANCY = "pregnancy"
    FRIEND = "friend"
    PROFESSIONAL = "professional"


GENDER_OF = {
    Relation.MOTHER: Gender.WOMAN,
    Relation.FATHER: Gender.MAN,
    Relation.DAUGHTER: Gender.WOMAN,
    Relation.SON: Gender.MAN,
    Relation.SISTER: Gender.WOMAN,
    Relation.BROTHER: Gender.MAN,
}
PARENTS = frozenset({Relation.MOTHER, Relation.FATHER, Relation.PARENT})
PARTNERS = frozenset({Relation.PARTNER, Relation.FORMER_PARTNER})
CHILDREN = frozenset({Relation.DAUGHTER, Relation.SON, Relation.CHILD, Relation.PREGNANCY})
SIBLINGS = frozenset({Relation.SISTER, Relation.BROTHER, Relation.SIBLING})
MOST_PARENTS_BY_BIRTH = 2


class NotOnMapError(ValueError):
    """Somebody whom a change needs is not on the map, perhaps because it was taken back meanwhile."""


@dataclass(frozen=True)
class Set:
    """An element to bring, or to put in place of the one with the same key."""

    key: str
    kind: str
    part: Part


@dataclass(frozen=True)
class Changes:
    """What to set, what to take away, and what it says in words."""

    sets: tuple[Set, ...] = ()
    takes: tuple[str, ...] = ()
    summary: str = ""
    new_person: str = ""
    warnings: tuple[str, ...] = field(default=())


def new_key() -> str:
    """A key for a new element."""
    return str(uuid4())


def parents_of(network: FamilyNetwork, child: str, *kinds: ParentKind) -> list[str]:
    """A child's parents of these kinds, or of any, in the order in which the network lists them."""
    return [row.parent for row in network.parentage if row.child == child and (not kinds or row.kind in kinds)]


def partners_of(network: FamilyNetwork, person: str) -> list[str]:
    """Everyone who is or was somebody's partner."""
    return [
        row.second if row.first == person else row.first
        for row in network.partnerships
        if person in (row.first, row.second)
    ]


def current_partners_of(network: FamilyNetwork, person: str) -> list[str]:
    """Those with whom the last stretch of a partnership has not ended."""
    ended = {
        PartnershipStatus.SEPARATED,
        PartnershipStatus.DIVORCED,
        PartnershipStatus.ANNULLED,
        PartnershipStatus.ENDED,
        PartnershipStatus.WIDOWED,
    }
    return [
        row.second if row.first == person else row.first
        for row in network.partnerships
        if person in (row.first, row.second) and row.stretches[-1].status not in ended
    ]


def add_relative(
    network: FamilyNetwork,
    *,
    of: str,
    relation: Relation,
    label: str = "",
    gender: Gender | None = None,
    other_parent: str | None = None,
    parent_kind: ParentKind = ParentKind.BIRTH,
    key: str | None = None,
) -> Changes:
    """Someone new beside someone on the map.

    A second parent becomes the partner of the first. A child belongs to the one current partner too, unless
    `other_parent` names somebody else or is empty. A sibling shares the parents, or a line of siblings where no parent
    is known. Raises NotOnMapError where `of` or `other_parent` is not on the map.
    """
    if of not in network.by_id or (other_parent and other_parent not in network.by_id):
        raise NotOnMapError("That person is not on the map any more. Look at the map again, then add them.")
    person = Person(
        id=key or new_key(),
        label=label.strip(),
        gender=gender or GENDER_OF.get(relation, Gender.UNKNOWN),
        kind=PersonKind.PREGNANCY if relation is Relation.PREGNANCY else PersonKind.PERSON,
        standing=_standing(relation),
    )
    sets = [Set(person.id, "person", person), *_belonging(network, person.id, of, relation, other_parent, parent_kind)]
    said = label.strip() or relation.value.replace("_", " ")
    return Changes(
        sets=tuple(sets),
        summary=f"Added {said} ({relation.value.replace('_', ' ')} of {network.label(of)})",
        new_person=person.id,
    )


def take_away(network: FamilyNetwork, key: str) -> Changes:
    """Take somebody, or one line, off the map, and whatever hangs on them alone."""
    takes = [key]
    if key in network.by_id:
        takes += [row.id for row in network.partnerships if key in (row.first, row.second)]
        takes += [row.id for row in network.qualities if key in (row.first, row.second)]
        takes += [row.id for row in network.ties if key == row.other]
    label = network.label(key) if key in network.by_id else "a line"
    return Changes(takes=tuple(takes), summary=f"Took {label} off the map")


def connect_partners(
    network: FamilyNetwork, *, first: str, second: str, stretches: tuple[Stretch, ...], key: str | None = None
) -> Changes:
    """Make two people partners, or say anew how their partnership went. Raises NotOnMapError, ValueError."""
    _both_on_map(network, first, second)
    standing = next(
        (row.id for row in network.partnerships if row.pair == (min(first, second), max(first, second))), None
    )
    part = Partnership(id=key or standing or new_key(), first=first, second=second, stretches=stretches)
    return Changes(
        sets=(Set(part.id, "partnership", part),),
        summary=f"{network.label(first)} and {network.label(second)}: partnership",
    )


def connect_parent(
    network: FamilyNetwork, *, parent: str, child: str, kind: ParentKind, key: str | None = None
) -> Changes:
    """Make one person a parent of another. Raises NotOnMapError, ValueError for one's own parent."""
    _both_on_map(network, parent, child)
    part = Parentage(child=child, parent=parent, kind=kind)
    return Changes(
        sets=(Set(key or new_key(), "parentage", part),),
        summary=f"{network.label(parent)} is a parent of {network.label(child)}",
    )


def _both_on_map(network: FamilyNetwork, first: str, second: str) -> None:
    if first not in network.by_id or second not in network.by_id:
        raise NotOnMapError("One of them is not on the map any more. Look at the map again, then choose both.")
    if first == second:
        raise ValueError("Choose two different people.")


def _standing(relation: Relation) -> Standing:
    return {Relation.FRIEND: Standing.FRIEND, Relation.PROFESSIONAL: Standing.PROFESSIONAL}.get(
        relation, Standing.FAMILY
    )


def _belonging(
    network: FamilyNetwork, new: str, of: str, relation: Relation, other_parent: str | None, parent_kind: ParentKind
) -> list[Set]:
    if relation in PARENTS:
        return _as_parent(network, new, of, parent_kind)
    if relation in PARTNERS:
        status = PartnershipStatus.CURRENT if relation is Relation.PARTNER else PartnershipStatus.ENDED
        return [_couple(new, of, status)]
    if relation in CHILDREN:
        return _as_child(network, new, of, other_parent, parent_kind)
    if relation in SIBLINGS:
        return _as_sibling(network, new, of)
    return []


def _as_parent(network: FamilyNetwork, new: str, of: str, kind: ParentKind) -> list[Set]:
    sets = [_parent(new, of, kind)]
    standing = parents_of(network, of, ParentKind.BIRTH)
    if kind is ParentKind.BIRTH and len(standing) == 1:
        sets.append(_couple(standing[0], new, PartnershipStatus.UNKNOWN))
    return sets


def _as_child(network: FamilyNetwork, new: str, of: str, other_parent: str | None, kind: ParentKind) -> list[Set]:
    current = current_partners_of(network, of)
    other = other_parent if other_parent is not None else (current[0] if len(current) == 1 else "")
    sets = [_parent(of, new, kind)]
    if other:
        sets.append(_parent(other, new, kind))
        if other not in partners_of(network, of):
            sets.append(_couple(of, other, PartnershipStatus.UNKNOWN))
    return sets


def _as_sibling(network: FamilyNetwork, new: str, of: str) -> list[Set]:
    shared = [row for row in network.parentage if row.child == of and row.kind is ParentKind.BIRTH]
    if shared:
        return [_parent(row.parent, new, ParentKind.BIRTH) for row in shared[:MOST_PARENTS_BY_BIRTH]]
    group = next((row for row in network.siblings if of in row.members), None)
    members = (*group.members, new) if group else (of, new)
    part = Siblings(id=group.id if group else new_key(), members=members)
    return [Set(part.id, "siblings", part)]


def _parent(parent: str, child: str, kind: ParentKind) -> Set:
    return Set(new_key(), "parentage", Parentage(child=child, parent=parent, kind=kind))


def _couple(first: str, second: str, status: PartnershipStatus) -> Set:
    part = Partnership(id=new_key(), first=first, second=second, stretches=(Stretch(PartnershipKind.UNKNOWN, status),))
    return Set(part.id, "partnership", part)
