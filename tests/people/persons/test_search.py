"""Search forgives what people do to names."""

import pytest

from alongside.people.persons.models import Person
from alongside.people.persons.queries import matching_name
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "Jordan Pugh",
        "pugh jordan",
        "Jordon Pugh",
        "Jordan Pew",
        "Jordon Puhg",
        "Jordn Pue",
        "jordan",
        "PUGH",
        "Jorden Pughe",
        "Jordan\x00Pugh",
    ],
)
def test_a_name_is_found_however_it_is_spelt(typed: str) -> None:
    wanted = PersonFactory(given_names="Jordan", family_name="Pugh")
    for given, family in (("Aled", "Rees"), ("Samantha", "Okafor"), ("Mohammed", "Iqbal"), ("Gordon", "Hughes")):
        PersonFactory(given_names=given, family_name=family)
    assert matching_name(Person.objects.all(), typed).first() == wanted


@pytest.mark.parametrize(("kept", "typed"), [("Zoë Ŵyn-Jones", "zoe wyn jones"), ("Siân O’Neill", "sian o'neil")])
def test_accents_and_apostrophes_do_not_matter(kept: str, typed: str) -> None:
    given, family = kept.split(" ", 1)
    wanted = PersonFactory(given_names=given, family_name=family)
    PersonFactory(given_names="Peter", family_name="Ashworth")
    assert matching_name(Person.objects.all(), typed).first() == wanted


def test_a_name_unlike_any_finds_nobody() -> None:
    PersonFactory(given_names="Peter", family_name="Ashworth")
    assert not matching_name(Person.objects.all(), "Xzqw Vkkp").exists()
