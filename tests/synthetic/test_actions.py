"""Nobody is invented beside anyone real, and never by accident."""

import pytest

from alongside.foundation.accounts.models import DatabaseMark
from alongside.people.persons.models import Person
from alongside.people.staff.models import Team
from alongside.synthetic.actions import RefusedError, make_caseload
from alongside.synthetic.demo import load_if_empty
from alongside.synthetic.invent.offices import PEOPLE_A_TEAM
from tests.factories import PersonFactory, UserFactory
from tests.synthetic.invented import TODAY

pytestmark = pytest.mark.django_db


def invent(people: int = 20, *, seed: int = 3, add: bool = False, vignettes: bool = False) -> None:
    make_caseload(people=people, seed=seed, today=TODAY, add=add, vignettes=vignettes)


def test_a_database_with_someone_real_is_refused() -> None:
    PersonFactory(synthetic_mark=None)
    with pytest.raises(RefusedError, match=r"not invented.*Use an empty database"):
        invent(add=True)
    assert Person.objects.count() == 1


def test_a_database_with_staff_and_no_mark_is_refused() -> None:
    UserFactory()
    with pytest.raises(RefusedError, match="already has users"):
        invent()
    assert not DatabaseMark.objects.exists()


def test_invented_people_are_added_to_only_on_purpose() -> None:
    invent()
    with pytest.raises(RefusedError, match=r"already holds 20 invented people.*--add"):
        invent()
    invent(30, seed=8, add=True)
    assert Person.objects.count() == 50


def test_further_people_get_teams_of_their_own() -> None:
    invent(PEOPLE_A_TEAM + 1)
    invent(5, seed=9, add=True)
    assert Team.objects.count() == 3


def test_more_people_than_there_are_numbers_are_refused() -> None:
    with pytest.raises(RefusedError, match="No more than 999,000"):
        invent(999_500)


def test_the_demo_is_loaded_once() -> None:
    said: list[str] = []
    make_caseload(people=3, seed=1, vignettes=False)
    assert not load_if_empty(say=said.append)
    assert said == []


def test_a_database_in_use_is_left_to_the_demo_to_refuse() -> None:
    UserFactory()
    assert not load_if_empty(say=lambda words: None)
    assert not Person.objects.exists()
