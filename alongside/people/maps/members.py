"""Family members and the map: whoever is named on the map is somebody whom the person names (R017, R034).

A node without a name, one that stands for a pregnancy, and somebody who has died stay on the map alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded, coded_list
from alongside.people.families.actions import add_family_member, change_family_member, end_family_member
from alongside.people.families.models import FamilyMember, NoticeState
from alongside.people.families.queries import current_members
from alongside.people.maps import network as maps
from alongside.people.maps.actions import change_map, element_changes, undo
from alongside.people.maps.changes import Changes
from alongside.people.maps.edits import applied, joined, kinds_of, network_after
from alongside.people.maps.elements import refuse_nul, to_data
from alongside.people.maps.kinship import relationship_code
from alongside.people.maps.models import MapVersion
from alongside.people.maps.placing import Named, place, start_with
from alongside.people.maps.queries import MapView, map_at, members_not_on_map
from alongside.people.maps.vocabulary import Gender, PartialDate, PersonKind, Standing
from alongside.people.persons.models import Person

NOTICE_REVIEW = timedelta(days=28)
MISTAKE = "member_end_reason.MISTAKE"
GROWN_UP = frozenset(
    (
        "PART",
        "HUS",
        "WIFE",
        "SPOUSE",
        "CIVP",
        "CLH",
        "CLW",
        "EXPART",
        "EXHUS",
        "EXWIFE",
        "EXCIVP",
        "COPAR",
        "MOT",
        "FA",
        "PARENT",
        "SMOT",
        "SFA",
        "STPAR",
        "ADPAR",
        "FOP",
        "KINC",
        "SPGUA",
        "GUA",
        "ILP",
        "GMOT",
        "GFA",
        "GPAR",
        "GGPAR",
        "AUNT",
        "UN",
        "AUNTUN",
    )
)
"""Who is an adult by what they are to an adult. Of others who are drawn nobody has said so: a son may be a child."""
GENDERS = {"F": Gender.WOMAN, "M": Gender.MAN, "NB": Gender.NON_BINARY, "NS": Gender.OTHER}
_CODES = {gender: code for code, gender in GENDERS.items()}


def gender_of(gender_id: object) -> Gender:
    """The map's word for a coded gender; unknown where none is recorded."""
    return GENDERS.get(str(gender_id or "").partition(".")[2], Gender.UNKNOWN)


def age_bands() -> list[tuple[str, str]]:
    """The age bands of children as words on the map, with the id of each."""
    return [(band.id, band.label("en")) for band in coded_list("age_band") if not band.attributes.get("unborn")]


def as_named(members: Iterable[FamilyMember], keys: Mapping[UUID, str]) -> list[Named]:
    """Family members as placing takes them. `keys` gives each the key of their node."""
    named = []
    for member in members:
        relationship = coded(str(member.relationship_id))
        facts = relationship.attributes
        named.append(
            Named(
                key=keys[member.pk],
                label=member.called,
                code=relationship.code,
                words=member.relationship_note or relationship.label(),
                kin=str(facts.get("kin", "other")),
                bond=str(facts.get("bond", "")),
                form=str(facts.get("gender", "")),
                gender=gender_of(member.gender_id),
                year_of_birth=member.year_of_birth,
                age_band=coded(str(member.age_band_id)).label("en") if member.age_band_id else "",
                deceased=member.deceased,
            )
        )
    return named


def belongs_among_members(person: maps.Person) -> bool:
    """Whether somebody on the map is to be kept as a family member too."""
    return bool(
        person.label.strip()
        and not person.is_index
        and not person.is_dead
        and person.kind is PersonKind.PERSON
        and person.standing is not Standing.PROFESSIONAL
    )


@action
def draw(
    *,
    by: User | None,
    person: Person,
    view: MapView,
    seen_version: int,
    changes: Changes,
    together: bool = False,
    members: Mapping[str, UUID] | None = None,
    name_everyone: bool = True,
) -> MapVersion:
    """Change the map, and keep whoever is newly named on it as a family member. Raises what `change_map` raises.

    `name_everyone` is False for people who come out of a file: a family tree names many whom the person does not.
    """
    linked = {**view.members, **(members or {})}
    after = network_after(view.elements, changes)
    for part in changes.sets:
        refuse_nul(to_data(part.part))
        node = part.part
        if not isinstance(node, maps.Person):
            continue
        if node.id in linked:
            if node.id in view.members:
                _keep_in_step(by=by, member_id=linked[node.id], node=node, before=view.network.by_id.get(node.id))
        elif name_everyone and belongs_among_members(node):
            code = relationship_code(after, node.id)
            known = _known_already(person, node, code, linked.values())
            linked[node.id] = known or _add(by=by, person=person, node=node, code=code).pk
    rows = element_changes(changes, kinds=kinds_of(view.elements), members=linked)
    return change_map(
        by=by, person=person, seen_version=seen_version, changes=rows, summary=changes.summary, together=together
    )


@action
def take_back(*, by: User | None, person: Person, together: bool = False) -> MapVersion:
    """Undo the last change. Whoever that very change made a family member was recorded by mistake, and is ended so.

    Such a family member has the id of their node, unless they were taken back before; raises what `undo` raises.
    """
    version = undo(by=by, person=person, together=together)
    then, now = (map_at(person.pk, number).members for number in (version.undoes, version.number))
    born_here = [pk for key, pk in then.items() if str(pk) == key and pk not in now.values()]
    mistaken = FamilyMember.objects.filter(pk__in=born_here, version=1, ended_on=None)
    for member in mistaken:
        end_family_member(by=by, member=member, seen_version=1, ended_on=today(), reason_id=MISTAKE)
    return version


def beginning(person: Person, view: MapView, *, named: bool) -> tuple[Changes, dict[str, UUID]]:
    """How a map begins, or goes on: with the person, and, where `named`, with everybody named who is not on it yet.

    The second is which family member each new node stands for.
    """
    changes, elements = Changes(), view.elements
    if view.network.index is None:
        born = PartialDate(person.date_of_birth.year)
        changes = start_with(label=person.called, gender=gender_of(person.gender_id), born=born)
        elements = applied(elements, changes)
    waiting = list(members_not_on_map(person.pk, view)) if named else []
    if not waiting:
        return changes, {}
    keys = {member.pk: str(uuid4()) for member in waiting}
    placed = place(elements, as_named(waiting, keys))
    both = joined(changes, placed)
    words = placed.summary if not changes.sets else f"Began the map. {placed.summary}"
    return Changes(both.sets, both.takes, words, both.new_person), {key: pk for pk, key in keys.items()}


def _known_already(person: Person, node: maps.Person, code: str, placed: Iterable[UUID]) -> UUID | None:
    """The one family member whom this must mean: named alike, related alike, and on the map nowhere yet."""
    called = node.label.strip().casefold()
    alike = [
        member.pk
        for member in current_members(person.pk).filter(relationship=f"relationship.{code}").exclude(pk__in=placed)
        if called in {member.called.casefold(), member.given_name.casefold(), member.name.casefold()}
    ]
    return alike[0] if len(alike) == 1 else None


def _add(*, by: User | None, person: Person, node: maps.Person, code: str) -> FamilyMember:
    given, _, family = node.label.strip().partition(" ")
    gender = _CODES.get(node.gender)
    own = UUID(node.id)
    return add_family_member(
        by=by,
        person=person,
        key=None if FamilyMember.objects.filter(pk=own).exists() else own,
        given_name=given[:100],
        family_name=family.strip()[:100],
        relationship_id=f"relationship.{code}",
        gender_id=f"gender.{gender}" if gender else None,
        notice_state=NoticeState.DEFERRED,
        notice_on=today(),
        notice_ground_id=f"privacy_notice_ground.{'CHILD' if node.age_band else 'FIRSTMEET'}",
        notice_review_on=today() + NOTICE_REVIEW,
        **({"age_said": code in GROWN_UP} | _age(node)),
    )


def _age(node: maps.Person) -> dict[str, Any]:
    band = next((value for value, words in age_bands() if words == node.age_band), None)
    if band:
        return {"age_band_id": band, "age_band_on": today(), "year_of_birth": None, "age_said": True}
    if node.born and not node.born.about:
        return {"year_of_birth": node.born.year, "age_said": True}
    return {}


def _keep_in_step(*, by: User | None, member_id: UUID, node: maps.Person, before: maps.Person | None) -> None:
    """What the map now says of a family member is said of them everywhere: what they are called, age, death."""
    if before is None:
        return
    values: dict[str, Any] = {}
    if node.label != before.label and node.label.strip():
        values["phrase"] = node.label.strip()[:60]
    if (node.age_band, node.born) != (before.age_band, before.born):
        values |= {"age_band_id": None, "age_band_on": None, **_age(node)}
    unsaid = "age_band_id" in values and not _age(node)
    if node.is_dead != before.is_dead:
        values["deceased"] = node.is_dead
    member = FamilyMember.objects.filter(pk=member_id).first() if values else None
    if member is not None:
        if unsaid:
            grown_up = str(member.relationship_id).partition(".")[2] in GROWN_UP
            values |= {"year_of_birth": None, "age_said": grown_up}
        change_family_member(by=by, member=member, seen_version=member.version, **values)
