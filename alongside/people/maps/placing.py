"""A first map from the people whom the person has named already. Pure.

Only what their relationship says for certain becomes a line. A grandmother may be on either side: she is put on the map
without a line, with what she is written under her name, until somebody connects her.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from alongside.people.maps.changes import (
    Changes,
    Part,
    Relation,
    Set,
    add_relative,
    connect_partners,
    current_partners_of,
    new_key,
)
from alongside.people.maps.edits import applied, joined
from alongside.people.maps.elements import Stored, as_network
from alongside.people.maps.network import FamilyNetwork, Person, Stretch
from alongside.people.maps.vocabulary import (
    Gender,
    ParentKind,
    PartialDate,
    PartnershipKind,
    PartnershipStatus,
    PersonKind,
    Standing,
)


@dataclass(frozen=True)
class Named:
    """Somebody whom the person names: what they are called, and what they are to the person (code and attributes)."""

    key: str
    label: str
    code: str
    words: str
    kin: str
    bond: str
    gender: Gender = Gender.UNKNOWN
    form: str = ""
    year_of_birth: int | None = None
    age_band: str = ""
    deceased: bool = False


_BY_FORM = {
    ("parent", "female"): Relation.MOTHER,
    ("parent", "male"): Relation.FATHER,
    ("child", "female"): Relation.DAUGHTER,
    ("child", "male"): Relation.SON,
    ("sibling", "female"): Relation.SISTER,
    ("sibling", "male"): Relation.BROTHER,
}
_BY_KIN = {
    "parent": Relation.PARENT,
    "child": Relation.CHILD,
    "sibling": Relation.SIBLING,
    "partner": Relation.PARTNER,
    "ex_partner": Relation.FORMER_PARTNER,
}
_KINDS = {
    "ADPAR": ParentKind.ADOPTIVE,
    "ADCHILD": ParentKind.ADOPTIVE,
    "FOP": ParentKind.FOSTER,
    "FOCHILD": ParentKind.FOSTER,
    "KINC": ParentKind.KINSHIP,
    "KINCHILD": ParentKind.KINSHIP,
    "SPGUA": ParentKind.GUARDIAN,
    "GUA": ParentKind.GUARDIAN,
    "ILP": ParentKind.GUARDIAN,
    "WARD": ParentKind.GUARDIAN,
}
_MARRIED = frozenset({"HUS", "WIFE", "SPOUSE", "EXHUS", "EXWIFE"})
_CIVIL = frozenset({"CIVP", "EXCIVP"})
_APART = frozenset({"friend", "chosen_family", "community", "housemate", "none"})
_ORDER = ("parent", "carer", "partner", "ex_partner", "sibling", "child", "in_law")


def start_with(*, label: str, gender: Gender, born: PartialDate | None) -> Changes:
    """A map that holds the person alone."""
    person = Person(id=new_key(), label=label, gender=gender, born=born, is_index=True)
    return Changes(
        sets=(Set(person.id, "person", person),), summary=f"Began the map with {label}", new_person=person.id
    )


def place(elements: Iterable[Stored], people: Iterable[Named]) -> Changes:
    """Everybody named, beside the person the map is about. Raises ValueError where the map has no such person."""
    elements = tuple(elements)
    index = as_network(elements).index
    if index is None:
        raise ValueError("Begin the map with the person it is about, then place the others.")
    all_of_it, count = Changes(), 0
    for named in sorted(people, key=_rank):
        one = _one(as_network(applied(elements, all_of_it)), index.id, named)
        all_of_it, count = joined(all_of_it, one), count + 1
    words = "the person" if count == 1 else f"{count} people"
    return replace(all_of_it, new_person=index.id, summary=f"Placed {words} already named")


def _rank(named: Named) -> int:
    return _ORDER.index(named.kin) if named.kin in _ORDER else len(_ORDER)


def _one(network: FamilyNetwork, index: str, named: Named) -> Changes:
    relation, of = _how(network, index, named)
    changes = _added(network, of, relation, named) if relation else _apart(named)
    sets = tuple(replace(s, part=_dressed(s.part, named, placed=relation is not None)) for s in changes.sets)
    return replace(changes, sets=sets)


def _how(network: FamilyNetwork, index: str, named: Named) -> tuple[Relation | None, str]:
    if named.code in ("MIL", "FIL", "PIL"):
        partners = current_partners_of(network, index)
        form = _BY_FORM.get(("parent", named.form), Relation.PARENT)
        return (form, partners[0]) if len(partners) == 1 else (None, index)
    kin = "parent" if named.code in _KINDS and named.kin == "carer" else named.kin
    if kin == "sibling" and named.bond != "blood":
        return None, index
    if named.code == "UNBORN":
        return Relation.PREGNANCY, index
    if named.code == "PARTCHILD":
        partners = current_partners_of(network, index)
        return (Relation.CHILD, partners[0]) if len(partners) == 1 else (None, index)
    relation = _BY_FORM.get((kin, named.form)) or _BY_KIN.get(kin)
    return relation, index


def _added(network: FamilyNetwork, of: str, relation: Relation, named: Named) -> Changes:
    kind = _KINDS.get(named.code, ParentKind.STEP if named.bond == "step" else ParentKind.BIRTH)
    if named.code == "PARTCHILD":
        kind = ParentKind.BIRTH
    changes = add_relative(
        network,
        of=of,
        relation=relation,
        label=named.label,
        gender=None,
        other_parent="",
        parent_kind=kind,
        key=named.key,
    )
    if kind is not ParentKind.BIRTH:
        # Nothing says that an adoptive, foster or step-parent and a parent by birth are a couple.
        changes = replace(changes, sets=tuple(s for s in changes.sets if s.kind != "partnership"))
    bond = PartnershipKind.MARRIAGE if named.code in _MARRIED else PartnershipKind.CIVIL_PARTNERSHIP
    if named.code in _MARRIED | _CIVIL:
        ended = named.kin == "ex_partner"
        status = PartnershipStatus.ENDED if ended else PartnershipStatus.CURRENT
        couple = next(s for s in changes.sets if s.kind == "partnership")
        with_both = replace(
            network, people=(*network.people, *(s.part for s in changes.sets if isinstance(s.part, Person)))
        )
        changes = joined(
            changes,
            connect_partners(with_both, first=named.key, second=of, stretches=(Stretch(bond, status),), key=couple.key),
        )
    return changes


def _apart(named: Named) -> Changes:
    standing = Standing.FRIEND if named.kin in _APART else Standing.FAMILY
    return Changes(sets=(Set(named.key, "person", Person(id=named.key, label=named.label, standing=standing)),))


def _dressed(part: Part, named: Named, *, placed: bool) -> Part:
    if not isinstance(part, Person) or part.id != named.key:
        return part
    gender = named.gender if named.gender is not Gender.UNKNOWN else part.gender
    born = PartialDate(named.year_of_birth) if named.year_of_birth and not named.age_band else None
    unborn = part.kind is PersonKind.PREGNANCY
    return replace(
        part,
        label="" if unborn and named.label == named.words else part.label,
        gender=gender,
        born=born,
        deceased=named.deceased,
        age_band="" if unborn else named.age_band,
        role="" if placed else named.words,
    )
