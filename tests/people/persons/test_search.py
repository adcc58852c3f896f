"""Search forgives what people do to names."""

import pytest
from django.db import connection

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


@pytest.fixture
def people() -> None:
    for given, family in (
        ("Daniel", "Achebe"),
        ("Siân Mair", "Pritchard-Jones"),
        ("Kelly", "Smith"),
        ("Aoife", "O’Brien"),
        ("Mohammed", "Hussain"),
        ("Zofia", "Wiśniewska"),
        ("Tyrone", "Campbell"),
    ):
        PersonFactory(given_names=given, family_name=family)


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("danial achibe", "Achebe"),
        ("ACHEBE", "Achebe"),
        ("achebe daniel", "Achebe"),
        ("smyth", "Smith"),
        ("sian pritchard", "Pritchard-Jones"),
        ("Pritchard Jones", "Pritchard-Jones"),
        ("o'brien", "O’Brien"),
        ("obrien", "O’Brien"),
        ("mohamed hussein", "Hussain"),
        ("wisniewska", "Wiśniewska"),
        ("campbel", "Campbell"),
    ],
)
@pytest.mark.usefixtures("people")
def test_finds_first_whom_one_meant(typed: str, family: str) -> None:
    found = list(matching_name(Person.objects.all(), typed))
    assert found
    assert found[0].family_name == family


@pytest.mark.parametrize("typed", ["qqqq", "x", "%", "'; DROP TABLE", "🙂", "a" * 200, "\\"])
@pytest.mark.usefixtures("people")
def test_anything_else_finds_nobody_and_breaks_nothing(typed: str) -> None:
    assert list(matching_name(Person.objects.all(), typed)) == []


def test_the_index_serves_the_search() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "persons_search_name" in matching_name(Person.objects.all(), "danial achibe").explain()
