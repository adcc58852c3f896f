"""Today says what is due soon and where to begin, for those who hold cases, lead a team, or are given people."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from tests.cast import Cast, assemble
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db


def due(cast: Cast, title: str, *, days: int) -> None:
    facts = ToDoFacts(kind=f"test.{days}", title=title, due_on=today() + timedelta(days=days), right=Right.SEE_CASE)
    open_to_do(case_id=cast.person.pk, to_do=facts)


def start_page(cast: Cast, name: str, query: str = "") -> str:
    return signed_in(cast.named(name)).get(reverse("casework:today") + query).content.decode()


def test_what_is_due_within_a_fortnight_stands_first_and_the_rest_is_one_press_away() -> None:
    cast = assemble()
    due(cast, "Ring the school", days=14)
    due(cast, "Review the summer", days=15)
    soon = start_page(cast, "owner")
    assert "Ring the school" in soon
    assert "Review the summer" not in soon
    assert "1 more is due later" in soon
    assert "Review the summer" in start_page(cast, "owner", "?due=all")


def test_an_officer_with_nothing_due_soon_is_told_of_what_comes_later() -> None:
    cast = assemble()
    due(cast, "Review the summer", days=40)
    assert "See the 1 that is due later" in start_page(cast, "owner")


def test_a_senior_begins_with_the_team() -> None:
    cast = assemble()
    page = start_page(cast, "senior")
    assert "See the cases of my team" in page
    assert "You hold no cases yet" not in page
    cases = signed_in(cast.senior).get(reverse("casework:caseload")).content.decode()
    assert cast.person.name in cases


def test_someone_who_is_given_people_sees_them_at_once() -> None:
    cast = assemble()
    assert cast.person.name in start_page(cast, "family_worker")


@pytest.mark.parametrize(
    ("name", "address"),
    [("editor", "editorial:items"), ("data_protection", "oversight:trails"), ("administrator", "staff:members")],
)
def test_whoever_has_a_task_finds_it_on_the_start_page(name: str, address: str) -> None:
    assert f'<a class="govuk-link" href="{reverse(address)}">' in start_page(assemble(), name)


def test_nobody_meets_an_empty_page() -> None:
    assert "When a relative or friend comes to you" in start_page(assemble(), "reception")
