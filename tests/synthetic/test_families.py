"""Families hang together: generations, dates, and what the product would have said of them."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.reference.sources import read_lists
from alongside.synthetic.invent import rows
from alongside.synthetic.invent.chance import Chance
from alongside.synthetic.invent.kin import Kin, kin_of
from alongside.synthetic.invent.offices import invent_office, places
from alongside.synthetic.invent.people import Someone, invent_person
from alongside.synthetic.invent.rows import Sheets
from tests.synthetic.invented import TODAY, Caseload, five_thousand, setting

OLDER = {"MOT": 17, "FA": 18, "SFA": 17, "SMOT": 17, "GMOT": 33, "GFA": 33, "FOP": 20, "KINC": 20}
YOUNGER = {"SON": 15, "DAU": 15, "SSON": 18, "SDAU": 18, "GSON": 40, "GDAU": 40, "KINCHILD": 18}
ADULTS = {"PART", "WIFE", "HUS", "GIF", "BOF", "CLW", "CLH", "EXPART", "COPAR", "EXWIFE", "EXHUS", "FRI", "MIL", "FIL"}
FEMALE = {"MOT", "SMOT", "GMOT", "AUNT", "SIS", "HSIS", "DAU", "SDAU", "GDAU", "WIFE", "GIF", "NIE", "MIL", "EXWIFE"}
MALE = {"FA", "SFA", "GFA", "UN", "BRO", "HBRO", "SON", "SSON", "GSON", "HUS", "BOF", "NEP", "FIL", "EXHUS"}


@pytest.fixture(scope="module")
def caseload() -> Caseload:
    return five_thousand()


def family_of(seed: int) -> tuple[Someone, list[Kin]]:
    here = setting(seed=seed)
    office = invent_office(setting(), next(places()))
    chance = Chance(seed, "person/0")
    someone = invent_person(chance, index=0, office=office, setting=here, sheets=Sheets())
    return someone, list(kin_of(chance, someone))


@given(st.integers(0, 2**62))
@settings(max_examples=150, deadline=None)
def test_generations_stand_in_order(seed: int) -> None:
    someone, family = family_of(seed)
    mother = next((kin.age for kin in family if kin.relationship == "MOT"), None)
    for kin in family:
        if kin.relationship in OLDER:
            assert kin.age >= someone.age + OLDER[kin.relationship]
        if kin.relationship in YOUNGER and kin.age > 0:
            assert kin.age <= someone.age - YOUNGER[kin.relationship]
        if kin.relationship in ADULTS:
            assert kin.age >= 18
        if kin.relationship in ("BRO", "SIS") and mother is not None:
            assert kin.age <= mother - 15
        if kin.relationship == "GMOT" and mother is not None:
            assert kin.age >= mother + 17
        assert kin.age <= 94


@given(st.integers(0, 2**62))
@settings(max_examples=100, deadline=None)
def test_a_relationship_that_names_a_sex_is_held_by_that_sex(seed: int) -> None:
    _someone, family = family_of(seed)
    for kin in family:
        if kin.relationship in FEMALE:
            assert kin.sex == "F"
        if kin.relationship in MALE:
            assert kin.sex == "M"


def test_every_relationship_is_on_the_coded_list(caseload: Caseload) -> None:
    known = {f"relationship.{value.code}" for one in read_lists() if one.name == "relationship" for value in one.values}
    assert {row.relationship_id for row in caseload[rows.FamilyMemberRow]} <= known


def test_one_mother_at_most(caseload: Caseload) -> None:
    mothers = Counter(
        row.person_id for row in caseload[rows.FamilyMemberRow] if row.relationship_id == "relationship.MOT"
    )
    assert set(mothers.values()) == {1}


def test_parents_are_those_with_children(caseload: Caseload) -> None:
    """Whoever said that they are a parent, and names anyone, names a child; who said no names none of their own."""
    own = {"relationship.SON", "relationship.DAU"}
    with_children = {
        row.person_id for row in caseload[rows.FamilyMemberRow] if row.relationship_id in own and row.age_band_id
    }
    naming = {row.person_id for row in caseload[rows.FamilyMemberRow]}
    for row in caseload[rows.CircumstanceRow]:
        if row.kind == "parent" and row.answer == "yes" and row.person_id in naming:
            assert row.person_id in with_children
        if row.kind == "parent" and row.answer == "no":
            assert row.person_id not in with_children


def test_children_have_a_band_and_no_year_and_nothing_to_reach_them_by(caseload: Caseload) -> None:
    children = {row.id: row for row in caseload[rows.FamilyMemberRow] if row.age_band_id}
    assert all(row.year_of_birth is None and row.age_band_on for row in children.values())
    assert not any(row.family_member_id in children for row in caseload[rows.ContactPointRow])


def test_nothing_is_dated_after_today_that_has_happened(caseload: Caseload) -> None:
    for row in caseload[rows.FamilyMemberRow]:
        happened = [row.added_at.date(), row.notice_on, row.ended_on, row.age_band_on]
        assert max(day for day in happened if day) <= TODAY
    for row in caseload[rows.TimelineRow]:
        assert row.at.date() <= TODAY


def test_nobody_is_added_before_their_person_arrived(caseload: Caseload) -> None:
    arrived: dict[str, date] = {row.id: row.added_at.date() for row in caseload[rows.PersonRow]}
    assert all(row.added_at.date() >= arrived[row.person_id] for row in caseload[rows.FamilyMemberRow])


def test_numbers_and_addresses_lead_to_nobody(caseload: Caseload) -> None:
    """Ranges that are kept for drama, domains that are kept for examples, half a postcode."""
    for row in caseload[rows.ContactPointRow]:
        if row.kind == "mobile":
            assert row.value.startswith("07700 900")
        elif row.kind == "phone":
            assert row.value.startswith("01632 960")
        elif row.kind == "email":
            assert row.value.rpartition("@")[2] in {"example.org", "example.com", "example.net"}
        else:
            assert len(row.value.rpartition(", ")[2]) <= 4


def test_people_are_called_what_their_families_call_them(caseload: Caseload) -> None:
    phrases = {row.phrase for row in caseload[rows.FamilyMemberRow]}
    assert {"Mum", "Nan", "Mam", "Ammi", "Babcia", "Granny", "Hooyo", "Bunica"} <= phrases
