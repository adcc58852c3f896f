"""The caseload as a stream: repeatable, steady for more people, and whole."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.access.roles import RoleCode
from alongside.people.persons.rules import searchable
from alongside.synthetic.invent import rows
from alongside.synthetic.invent.offices import PEOPLE_A_TEAM
from tests.synthetic.invented import Caseload, five_thousand


@given(st.integers(0, 2**62))
@settings(max_examples=8, deadline=None)
def test_the_same_seed_gives_the_same_rows(seed: int) -> None:
    assert Caseload(people=60, seed=seed).rows == Caseload(people=60, seed=seed).rows


def test_another_seed_gives_other_people() -> None:
    one, two = (Caseload(people=60, seed=seed)[rows.PersonRow] for seed in (1, 2))
    assert not {row.id for row in one} & {row.id for row in two}
    assert [row.search_name for row in one] != [row.search_name for row in two]


@pytest.mark.parametrize("people", [40, PEOPLE_A_TEAM, PEOPLE_A_TEAM + 5])
def test_a_larger_caseload_begins_with_a_smaller_one(people: int) -> None:
    small, large = Caseload(people=people), five_thousand()
    for kind in (rows.PersonRow, rows.FamilyMemberRow, rows.AllocationRow, rows.CardRow, rows.TimelineRow):
        assert large[kind][: len(small[kind])] == small[kind]


def test_every_id_is_used_once() -> None:
    ids = Counter(row.id for kind in rows.KINDS for row in five_thousand()[kind])
    assert ids.most_common(1)[0][1] == 1


def test_every_role_is_held_by_someone() -> None:
    assert {row.role for row in five_thousand()[rows.PostRow]} == {role.value for role in RoleCode}


def test_officers_have_caseloads_of_a_likely_size() -> None:
    held = Counter(row.member_id for row in five_thousand()[rows.AllocationRow] if row.until_date is None)
    unallocated = held.pop(None)
    assert 0.004 < unallocated / 5000 < 0.02
    assert 25 < sum(held.values()) / len(held) < 60


def test_allocations_follow_one_another_without_a_gap() -> None:
    spells: dict[str, list[rows.AllocationRow]] = {}
    for row in five_thousand()[rows.AllocationRow]:
        spells.setdefault(row.person_id, []).append(row)
    assert len(spells) == 5000
    for person in spells.values():
        assert person[-1].until_date is None
        for before, after in pairwise(person):
            assert before.from_date < before.until_date == after.from_date


def test_a_case_without_word_on_limited_access_is_kept_closed() -> None:
    checked = {row.person_id for row in five_thousand()[rows.CheckRow] if row.matter == "limited_access"}
    unconfirmed = {row.person_id for row in five_thousand()[rows.UnconfirmedRow]}
    assert not checked & unconfirmed
    assert len(checked | unconfirmed) == 5000


def test_search_names_are_as_the_product_writes_them() -> None:
    others: dict[str, list[str]] = {}
    for row in five_thousand()[rows.OtherNameRow]:
        others.setdefault(row.person_id, []).append(row.name)
    for row in five_thousand()[rows.PersonRow]:
        names = (row.given_names, row.family_name, row.known_as, *sorted(others.get(row.id, ())))
        assert row.search_name == searchable(*names)
