"""What someone on the map is to the person the map is about, as a code of the list of relationships. Pure.

Derived from the lines alone, and only where they leave no doubt; otherwise "another relative".
"""

from __future__ import annotations

from alongside.people.maps.changes import current_partners_of, parents_of, partners_of
from alongside.people.maps.network import FamilyNetwork, Person
from alongside.people.maps.vocabulary import Gender, ParentKind, PartnershipKind, PersonKind, Standing

OTHER_RELATIVE = "OTHREL"
_BIRTH = (ParentKind.BIRTH, ParentKind.SECOND, ParentKind.UNKNOWN)
_PARENT = {
    ParentKind.ADOPTIVE: "ADPAR",
    ParentKind.FOSTER: "FOP",
    ParentKind.KINSHIP: "KINC",
    ParentKind.GUARDIAN: "GUA",
}
_CHILD = {
    ParentKind.ADOPTIVE: "ADCHILD",
    ParentKind.FOSTER: "FOCHILD",
    ParentKind.KINSHIP: "KINCHILD",
    ParentKind.GUARDIAN: "WARD",
}


def relationship_code(network: FamilyNetwork, key: str) -> str:
    """The code for someone on the map, seen from the person it is about."""
    person, index = network.by_id.get(key), network.index
    if person is None or index is None or person.id == index.id:
        return OTHER_RELATIVE
    if person.standing is Standing.FRIEND:
        return "FRI"
    for find in (_partner, _parent, _child, _sibling, _by_two_steps, _by_marriage):
        code = find(network, index.id, person)
        if code:
            return code
    return OTHER_RELATIVE


def _by_gender(person: Person, woman: str, man: str, either: str) -> str:
    return {Gender.WOMAN: woman, Gender.MAN: man}.get(person.gender, either)


def _kind(network: FamilyNetwork, *, parent: str, child: str) -> ParentKind | None:
    return next((row.kind for row in network.parentage if row.child == child and row.parent == parent), None)


def _children_of(network: FamilyNetwork, parent: str) -> list[str]:
    return [row.child for row in network.parentage if row.parent == parent]


def siblings_of(network: FamilyNetwork, key: str) -> set[str]:
    """Brothers and sisters by birth: a shared parent, or a line that says so."""
    shared = {
        child
        for parent in parents_of(network, key, *_BIRTH)
        for child in _children_of(network, parent)
        if _kind(network, parent=parent, child=child) in _BIRTH
    }
    grouped = {member for _, members in network.births if key in members for member in members}
    return (shared | grouped) - {key}


def _partner(network: FamilyNetwork, index: str, person: Person) -> str:
    if person.id not in partners_of(network, index):
        return ""
    if person.id not in current_partners_of(network, index):
        return "EXPART"
    pair = (min(index, person.id), max(index, person.id))
    kind = next(row.stretches[-1].kind for row in network.partnerships if row.pair == pair)
    if kind is PartnershipKind.MARRIAGE:
        return _by_gender(person, "WIFE", "HUS", "SPOUSE")
    return "CIVP" if kind is PartnershipKind.CIVIL_PARTNERSHIP else "PART"


def _parent(network: FamilyNetwork, index: str, person: Person) -> str:
    kind = _kind(network, parent=person.id, child=index)
    if kind in _BIRTH:
        return _by_gender(person, "MOT", "FA", "PARENT")
    if kind is ParentKind.STEP:
        return _by_gender(person, "SMOT", "SFA", "STPAR")
    return _PARENT.get(kind, OTHER_RELATIVE) if kind else ""


def _child(network: FamilyNetwork, index: str, person: Person) -> str:
    kind = _kind(network, parent=index, child=person.id)
    if kind in _BIRTH:
        if person.kind is PersonKind.PREGNANCY:
            return "UNBORN"
        return _by_gender(person, "DAU", "SON", "CHILD")
    if kind is ParentKind.STEP:
        return _by_gender(person, "SDAU", "SSON", "STCHILD")
    return _CHILD.get(kind, OTHER_RELATIVE) if kind else ""


def _sibling(network: FamilyNetwork, index: str, person: Person) -> str:
    if person.id not in siblings_of(network, index):
        return ""
    mine, theirs = set(parents_of(network, index, *_BIRTH)), set(parents_of(network, person.id, *_BIRTH))
    if len(mine) == len(theirs) == 2 and len(mine & theirs) == 1:
        return _by_gender(person, "HSIS", "HBRO", "HSIB")
    return _by_gender(person, "SIS", "BRO", "SIB")


def _by_two_steps(network: FamilyNetwork, index: str, person: Person) -> str:
    parents, children = parents_of(network, index, *_BIRTH), _children_of(network, index)
    grandparents = [up for parent in parents for up in parents_of(network, parent, *_BIRTH)]
    if person.id in grandparents:
        return _by_gender(person, "GMOT", "GFA", "GPAR")
    if any(person.id in parents_of(network, up, *_BIRTH) for up in grandparents):
        return "GGPAR"
    if any(person.id in _children_of(network, child) for child in children):
        return _by_gender(person, "GDAU", "GSON", "GCHILD")
    aunts = {aunt for parent in parents for aunt in siblings_of(network, parent)}
    if person.id in aunts:
        return _by_gender(person, "AUNT", "UN", "AUNTUN")
    if any(person.id in _children_of(network, sibling) for sibling in siblings_of(network, index)):
        return _by_gender(person, "NIE", "NEP", "NIENEP")
    return "COU" if any(person.id in _children_of(network, aunt) for aunt in aunts) else ""


def _by_marriage(network: FamilyNetwork, index: str, person: Person) -> str:
    partners = current_partners_of(network, index)
    if any(person.id in parents_of(network, partner, *_BIRTH) for partner in partners):
        return _by_gender(person, "MIL", "FIL", "PIL")
    if any(person.id in _children_of(network, partner) for partner in partners):
        return "PARTCHILD"
    if any(person.id in current_partners_of(network, child) for child in _children_of(network, index)):
        return _by_gender(person, "DIL", "SONIL", "CIL")
    if any(person.id in current_partners_of(network, parent) for parent in parents_of(network, index, *_BIRTH)):
        return _by_gender(person, "SMOT", "SFA", "STPAR")
    beside = {s for partner in partners for s in siblings_of(network, partner)}
    beside |= {p for sibling in siblings_of(network, index) for p in current_partners_of(network, sibling)}
    return _by_gender(person, "SISIL", "BIL", "SIBIL") if person.id in beside else ""
