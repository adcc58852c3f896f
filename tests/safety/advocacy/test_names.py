"""Names cannot be tried out: asking costs the same and answers the same, and only victim liaison learns anything."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.records.identity import identity, set_identity
from alongside.safety.advocacy.actions.referring import ask_about_name
from alongside.safety.advocacy.models import Clash, NameCheck
from alongside.safety.advocacy.rules import name_keys
from tests.cast import Cast, assemble
from tests.safety.advocacy.support import known_victim, named, said_by, taken_on
from tests.support.jobs import do_waiting_jobs


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    set_identity(None)
    return cast


def asked(cast: Cast, name: str) -> tuple[str, list[str]]:
    """What the asker gets for a name, and the kinds of statement that it took; all of it is taken back."""
    client = Client()
    client.force_login(cast.owner)
    address = reverse("advocacy:ask_name", args=[cast.person.pk])
    typed = {"name": name, "year_of_birth": "1990", "reason": "She rang us"}
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, typed, follow=True)
        transaction.set_rollback(True)
    assert answer.status_code == 200
    return said_by(answer.content), [query["sql"].split(" ")[0] for query in queries]


def clashes(cast: Cast) -> list[Clash]:
    with identity(cast.victim_liaison.pk):
        return list(Clash.objects.order_by("found_at"))


def ask(cast: Cast, name: str) -> None:
    """Ask about a name, and let the worker compare it."""
    with identity(cast.owner.pk):
        ask_about_name(by=cast.owner, person=cast.person, name=name, year_of_birth=1990, reason="She rang us")
        do_waiting_jobs()


def test_the_asker_gets_the_same_answer_at_the_same_cost_whether_or_not_there_is_a_clash(cast: Cast) -> None:
    known_victim(cast)
    hit, miss = asked(cast, "Kelly Invented"), asked(cast, "Moira Nobody")
    assert hit == miss
    assert "Passed on. Nothing is answered here" in hit[0]


def test_victim_liaison_alone_learns_of_a_clash(cast: Cast) -> None:
    known_victim(cast)
    for name in ("Kelly Invented", "Moira Nobody"):
        ask(cast, name)
    assert [clash.typed_name for clash in clashes(cast)] == ["Kelly Invented"]


def test_the_name_that_was_typed_is_not_kept(cast: Cast) -> None:
    known_victim(cast)
    for name in ("Kelly Invented", "Moira Nobody"):
        ask(cast, name)
    assert set(NameCheck.objects.values_list("name", "year_of_birth", "reason")) == {(None, None, None)}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"given_name": "Kelly", "family_name": "Invented", "year_of_birth": 1990}, True),
        ({"given_name": "KELLY", "family_name": "Invented", "year_of_birth": None}, True),
        ({"given_name": "Kelly", "family_name": "Invented", "year_of_birth": 1991}, True),
        ({"given_name": "Kelly", "family_name": "Invented", "year_of_birth": 1970}, False),
        ({"given_name": "Kelly", "family_name": "", "year_of_birth": 1990}, False),
        ({"given_name": "Kellie", "family_name": "Invented", "year_of_birth": 1990}, False),
        ({"given_name": "Zoë", "family_name": "Olden", "year_of_birth": 1990}, True),
    ],
)
@pytest.mark.parametrize("known_first", [True, False])
def test_a_family_member_is_compared_whichever_comes_first(cast: Cast, values, found: bool, known_first: bool) -> None:
    if known_first:
        known_victim(cast, other_names="Zoe Olden")
        named(cast, **values)
    else:
        named(cast, **values)
        known_victim(cast, other_names="Zoe Olden")
    assert bool(clashes(cast)) is found


def test_the_one_who_was_referred_is_no_clash_with_herself(cast: Cast) -> None:
    member = named(cast)
    taken_on(cast, member=member)
    do_waiting_jobs()
    assert clashes(cast) == []


def test_one_whom_an_adviser_supports_clashes_with_the_same_name_elsewhere(cast: Cast) -> None:
    taken_on(cast)
    do_waiting_jobs()
    named(cast)
    assert [clash.known_by for clash in clashes(cast)] == ["adviser"]


@pytest.mark.django_db
@given(given=st.text(max_size=20), family=st.text(max_size=20))
def test_python_and_the_database_fold_names_alike(given: str, family: str) -> None:
    """What is compared in one is compared in the other, so that no accent hides a victim."""
    given, family = given.replace("\x00", ""), family.replace("\x00", "")
    if len(given.split()) != 1 or len(family.split()) != 1 or not f"{given}{family}".isprintable():
        return
    latin = f"{given}{family}".isascii() or all("LATIN" in _name(letter) for letter in f"{given}{family}")
    if not latin:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT advocacy_fold(%s)", [f"{given} {family}"])
        folded = cursor.fetchone()[0]
    keys = name_keys(f"{given} {family}")
    assert keys in ([folded], [])


def _name(letter: str) -> str:
    import unicodedata

    return unicodedata.name(letter, "")
