"""What limited access closes shows in no list, count, order or queue either (invariant 10)."""

from datetime import timedelta

import pytest

from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.people.families.actions import add_family_member, look_for_matches
from alongside.people.persons.actions import record_circumstance
from tests.cast import Cast, assemble
from tests.factories import (
    AllocationFactory,
    ExclusionFactory,
    PersonFactory,
    RestrictionFactory,
    UnconfirmedAccessFactory,
)
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def page(cast: Cast, name: str, address: str) -> str:
    return signed_in(cast.named(name)).get(address).content.decode()


def close(cast: Cast, how: str, name: str) -> None:
    if how == "exclusion":
        ExclusionFactory(person=cast.person, user=cast.named(name))
    else:
        RestrictionFactory(person=cast.person)


CLOSINGS = pytest.mark.parametrize("how", ["exclusion", "restriction"])


@CLOSINGS
@pytest.mark.parametrize("name", ["senior", "safeguarding"])
def test_a_closed_case_is_not_among_those_whose_access_is_to_be_confirmed(cast: Cast, name: str, how: str) -> None:
    row = UnconfirmedAccessFactory(person=cast.person)
    assert cast.person.crn in page(cast, name, "/access-to-confirm/")
    close(cast, how, name)
    assert cast.person.crn not in page(cast, name, "/access-to-confirm/")
    typed = {"case": str(row.pk), "ground": "Looked up"}
    signed_in(cast.named(name)).post("/access-to-confirm/", typed)
    row.refresh_from_db()
    assert row.confirmed_at is None


@CLOSINGS
def test_a_refused_look_does_not_tell_the_number_of_a_closed_case(cast: Cast, how: str) -> None:
    record_consultation(by=cast.outsider, what="casework.page", case_id=cast.person.pk, refused=True)
    assert cast.person.crn in page(cast, "data_protection", "/refused-looks/")
    close(cast, how, "data_protection")
    shown = page(cast, "data_protection", "/refused-looks/")
    assert cast.person.crn not in shown
    assert "A case with limited access" in shown


@CLOSINGS
def test_coverage_counts_no_case_that_is_closed_to_whoever_counts(cast: Cast, how: str) -> None:
    other = AllocationFactory(team=cast.team).person
    for person in (cast.person, other):
        record_circumstance(by=cast.owner, person=person, kind="parent", answer="yes", asked_on=today())
    close(cast, how, "senior")
    with_closed = page(cast, "senior", "/coverage/")
    cast.person.delete()
    assert steady_numbers(with_closed) == steady_numbers(page(cast, "senior", "/coverage/"))


def test_counts_for_those_who_see_no_names_hold_everyone(cast: Cast) -> None:
    before = page(cast, "commissioner", "/coverage/")
    RestrictionFactory(person=cast.person)
    assert steady_numbers(page(cast, "commissioner", "/coverage/")) == steady_numbers(before)


def steady_numbers(shown: str) -> str:
    return shown[shown.index("<main") : shown.index("</main")]


def test_a_match_with_a_closed_case_is_not_put_before_whom_it_is_closed_to(cast: Cast) -> None:
    other = PersonFactory(given_names="Kerry", family_name="Vaughan")
    member = add_family_member(
        by=cast.owner,
        person=cast.person,
        given_name="Kerry",
        family_name="Vaughan",
        relationship_id="relationship.SIS",
        notice_state="given",
        notice_on=today(),
    )
    look_for_matches(member=member)
    assert "Decide on a possible match" in page(cast, "safeguarding", "/")
    ExclusionFactory(person=other, user=cast.safeguarding)
    assert "Decide on a possible match" not in page(cast, "safeguarding", "/")


def test_what_is_to_be_done_by_others_neither_narrows_nor_orders_a_list(cast: Cast) -> None:
    other = AllocationFactory(team=cast.team, person=PersonFactory(family_name="Zephaniah")).person
    to_do = ToDoFacts(
        kind="tests.secret", title="Weigh a danger", due_on=today() - timedelta(9), right=Right.REVIEW_MATCHES
    )
    open_to_do(case_id=other.pk, to_do=to_do)
    assert "Zephaniah" not in page(cast, "colleague", "/cases/?whose=team&due=overdue")
    assert "Zephaniah" in page(cast, "safeguarding", "/cases/?whose=team&due=overdue")
    open_to_do(
        case_id=cast.person.pk,
        to_do=ToDoFacts(kind="tests.mine", title="Ring", due_on=today(), right=Right.SEE_CASE),
    )
    shown = page(cast, "colleague", "/cases/?whose=team&sort=next")
    assert shown.index("Achebe") < shown.index("Zephaniah")
