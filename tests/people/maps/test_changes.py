"""Adding relatives, and keeping every version of a network."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.erasure import Subject, erase
from alongside.foundation.work.models import Card, TimelineEntry
from alongside.people.maps.actions import (
    ElementChange,
    MapChangedError,
    NothingToUndoError,
    change_map,
    element_changes,
    say_still_right,
    undo,
)
from alongside.people.maps.changes import (
    Changes,
    NotOnMapError,
    Relation,
    Set,
    add_relative,
    connect_partners,
    current_partners_of,
    parents_of,
    partners_of,
    take_away,
)
from alongside.people.maps.elements import PLACES, ShapeError, Stored, as_network, from_data, to_data
from alongside.people.maps.models import Element, MapVersion
from alongside.people.maps.network import FamilyNetwork, Partnership, Person, Stretch
from alongside.people.maps.queries import differences, map_at
from alongside.people.maps.sample import sample_family
from alongside.people.maps.vocabulary import Gender, PartialDate, PartnershipKind, PartnershipStatus
from alongside.people.persons.models import Person as Supervised
from tests.factories import FamilyMemberFactory, PersonFactory, UserFactory

DAN = Person(id="dan", label="Dan", is_index=True)
JUST_DAN = FamilyNetwork(people=(DAN,))


def stored_parts(network: FamilyNetwork) -> list[Stored]:
    """Every part of a network as it is kept."""
    return [Stored(p.id, kind, to_data(p)) for kind, place in PLACES.items() for p in getattr(network, place)]


def applied(network: FamilyNetwork, changes: Changes) -> FamilyNetwork:
    """The network after changes, without a database."""
    stored = {
        part.id: Stored(part.id, kind, to_data(part))
        for kind, place in PLACES.items()
        for part in getattr(network, place)
    }
    for change in changes.sets:
        stored[change.key] = Stored(change.key, change.kind, to_data(change.part))
    for key in changes.takes:
        stored.pop(key, None)
    return as_network(stored.values())


def test_a_mother_and_a_father_become_a_couple() -> None:
    with_mother = applied(JUST_DAN, add_relative(JUST_DAN, of="dan", relation=Relation.MOTHER, label="Mam", key="mam"))
    both = applied(with_mother, add_relative(with_mother, of="dan", relation=Relation.FATHER, key="dad"))
    assert set(parents_of(both, "dan")) == {"mam", "dad"}
    assert partners_of(both, "mam") == ["dad"]
    assert (both.by_id["mam"].label, both.by_id["mam"].gender) == ("Mam", Gender.WOMAN)


def test_a_child_belongs_to_the_one_current_partner_too() -> None:
    couple = applied(JUST_DAN, add_relative(JUST_DAN, of="dan", relation=Relation.PARTNER, key="sian"))
    family = applied(couple, add_relative(couple, of="dan", relation=Relation.DAUGHTER, key="nia"))
    assert set(parents_of(family, "nia")) == {"dan", "sian"}


def test_a_child_with_a_former_partner_is_not_given_to_the_new_one() -> None:
    network = applied(JUST_DAN, add_relative(JUST_DAN, of="dan", relation=Relation.FORMER_PARTNER, key="kim"))
    network = applied(network, add_relative(network, of="dan", relation=Relation.PARTNER, key="sian"))
    assert current_partners_of(network, "dan") == ["sian"]
    network = applied(network, add_relative(network, of="dan", relation=Relation.SON, other_parent="kim", key="leo"))
    assert set(parents_of(network, "leo")) == {"dan", "kim"}
    network = applied(network, add_relative(network, of="dan", relation=Relation.SON, other_parent="", key="max"))
    assert parents_of(network, "max") == ["dan"]


def test_a_sibling_shares_the_parents_or_a_line_of_siblings() -> None:
    alone = applied(JUST_DAN, add_relative(JUST_DAN, of="dan", relation=Relation.SISTER, key="eve"))
    assert alone.siblings[0].members == ("dan", "eve")
    more = applied(alone, add_relative(alone, of="eve", relation=Relation.BROTHER, key="huw"))
    assert more.siblings[0].members == ("dan", "eve", "huw")
    with_mother = applied(JUST_DAN, add_relative(JUST_DAN, of="dan", relation=Relation.MOTHER, key="mam"))
    shared = applied(with_mother, add_relative(with_mother, of="dan", relation=Relation.SISTER, key="eve"))
    assert parents_of(shared, "eve") == ["mam"]


def test_someone_who_left_the_map_cannot_be_added_to() -> None:
    with pytest.raises(NotOnMapError, match="Look at the map again"):
        add_relative(JUST_DAN, of="gone", relation=Relation.MOTHER)


def test_nobody_is_their_own_partner() -> None:
    with pytest.raises(ValueError, match="two different people"):
        connect_partners(JUST_DAN, first="dan", second="dan", stretches=(Stretch(),))


@given(size=st.integers(2, 60), seed=st.integers(0, 10_000))
def test_every_part_of_a_network_survives_storage(size: int, seed: int) -> None:
    network = sample_family(size, seed=seed)
    assert as_network(stored_parts(network)) == network


def test_stretches_keep_their_dates() -> None:
    part = Partnership(
        id="p",
        first="a",
        second="b",
        stretches=(
            Stretch(PartnershipKind.MARRIAGE, PartnershipStatus.DIVORCED, PartialDate(1990), PartialDate(1999, 5)),
            Stretch(PartnershipKind.MARRIAGE, PartnershipStatus.CURRENT, PartialDate(2004, about=True)),
        ),
    )
    assert from_data(Stored("p", "partnership", to_data(part))) == part


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("dragon", {}),
        ("person", {"label": 7}),
        ("person", {"wings": True}),
        ("person", {"gender": "dragon"}),
        ("person", {"born": "yesterday"}),
        ("partnership", {"first": "a"}),
        ("partnership", {"first": "a", "second": "b", "stretches": [{"kind": "x"}]}),
    ],
)
def test_what_is_no_element_is_refused(kind: str, data: dict) -> None:
    with pytest.raises(ShapeError):
        from_data(Stored("k", kind, data))


@pytest.fixture
def user(db: None) -> User:
    return UserFactory(name="Olwen Owner")


@pytest.fixture
def dan(user: User) -> Supervised:
    return PersonFactory(given_names="Daniel")


def draw(person: Supervised, user: User, changes: Changes) -> MapVersion:
    view = map_at(person.pk)
    kinds = {stored.key: stored.kind for stored in view.elements}
    return change_map(
        by=user,
        person=person,
        seen_version=view.version,
        changes=element_changes(changes, kinds=kinds),
        summary=changes.summary,
    )


def begun(person: Supervised, user: User) -> str:
    key = str(uuid4())
    part = Person(id=key, label="Dan", is_index=True)
    draw(person, user, Changes(sets=(Set(key, "person", part),), summary="Began"))
    return key


def test_a_map_can_be_seen_as_it_was(dan: Supervised, user: User) -> None:
    key = begun(dan, user)
    draw(dan, user, add_relative(map_at(dan.pk).network, of=key, relation=Relation.MOTHER, label="Mam"))
    assert len(map_at(dan.pk).network.people) == 2
    assert len(map_at(dan.pk, 1).network.people) == 1
    assert map_at(dan.pk, 0).elements == ()
    assert [d.what for d in differences(dan.pk, 1, 2)] == ["added", "added"]


def test_undo_takes_the_last_change_back_and_the_one_before(dan: Supervised, user: User) -> None:
    key = begun(dan, user)
    draw(dan, user, add_relative(map_at(dan.pk).network, of=key, relation=Relation.MOTHER, label="Mam"))
    mother = next(person.id for person in map_at(dan.pk).network.people if not person.is_index)
    draw(dan, user, take_away(map_at(dan.pk).network, mother))
    before = map_at(dan.pk, 2)
    undo(by=user, person=dan)
    assert map_at(dan.pk).elements[0:] == before.elements
    undo(by=user, person=dan)
    assert len(map_at(dan.pk).network.people) == 1
    undo(by=user, person=dan)
    assert not map_at(dan.pk).network.people
    with pytest.raises(NothingToUndoError):
        undo(by=user, person=dan)
    assert MapVersion.objects.filter(case=dan.pk).count() == 6


def test_still_right_is_recorded_and_changes_nothing(dan: Supervised, user: User) -> None:
    begun(dan, user)
    before = map_at(dan.pk).elements
    say_still_right(by=user, person=dan)
    assert map_at(dan.pk).elements == before
    assert MapVersion.objects.get(number=2).still_right


def test_two_people_may_change_different_parts_and_not_the_same(dan: Supervised, user: User) -> None:
    key = begun(dan, user)
    seen = map_at(dan.pk).version
    network = map_at(dan.pk).network
    mine = element_changes(add_relative(network, of=key, relation=Relation.MOTHER), kinds={})
    theirs = element_changes(add_relative(network, of=key, relation=Relation.SISTER), kinds={})
    change_map(by=user, person=dan, seen_version=seen, changes=mine, summary="a")
    change_map(by=user, person=dan, seen_version=seen, changes=theirs, summary="b")
    renamed = [ElementChange(key, "person", {"label": "Danny", "is_index": True})]
    change_map(by=user, person=dan, seen_version=3, changes=renamed, summary="c")
    with pytest.raises(MapChangedError, match="as it is now"):
        change_map(by=user, person=dan, seen_version=3, changes=renamed, summary="d")


def test_a_map_tells_its_case_page_once_a_day(dan: Supervised, user: User) -> None:
    key = begun(dan, user)
    draw(dan, user, add_relative(map_at(dan.pk).network, of=key, relation=Relation.MOTHER))
    assert TimelineEntry.objects.filter(case=dan.pk).count() == 1
    assert Card.objects.get(case=dan.pk, key="maps").headline == "2 people on the map"


def test_erasing_a_relative_takes_their_lines_off_every_version(dan: Supervised, user: User) -> None:
    key = begun(dan, user)
    member = FamilyMemberFactory(person=dan)
    mother = add_relative(map_at(dan.pk).network, of=key, relation=Relation.MOTHER, label="Mam")
    change_map(
        by=user,
        person=dan,
        seen_version=1,
        changes=element_changes(mother, kinds={}, members={mother.new_person: member.pk}),
        summary="x",
    )
    erase(by=user, subject=Subject(dan.pk, member.pk), rule="family_member", ground="Due")
    assert list(Element.objects.filter(person=dan).values_list("kind", flat=True)) == ["person"]
    assert len(map_at(dan.pk, 2).network.people) == 1
