"""One box finds a name or a whole number; beyond remit a number tells no more than whom to ring, and guessing stops."""

import pytest

from alongside.foundation.audit.models import Consultation
from alongside.foundation.work.models import ToDo
from alongside.people.casework.numbers import MOST
from tests.cast import Cast, assemble
from tests.factories import RestrictionFactory, UnconfirmedAccessFactory
from tests.people.casework.asking import signed_in

pytestmark = pytest.mark.django_db
SECRETS = ("Daniel", "Achebe", "1990")


@pytest.fixture
def cast() -> Cast:
    return assemble()


def search(cast: Cast, name: str, text: str) -> str:
    response = signed_in(cast.named(name)).get("/cases/", {"q": text})
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("typed", ["X100001", "x100001", " X 100001 ", "Ｘ１００００１"])
def test_a_visible_number_leads_to_the_case(cast: Cast, typed: str) -> None:
    response = signed_in(cast.owner).get("/cases/", {"q": typed})
    assert response.headers["Location"] == f"/cases/{cast.person.pk}/"


def test_a_number_elsewhere_says_team_officer_and_telephone_and_no_more(cast: Cast) -> None:
    page = search(cast, "outsider", "X100001")
    assert all(words in page for words in ("Harbour team", "Olwen Owner", "01632 960123"))
    assert not any(secret in page for secret in SECRETS)


def test_an_exclusion_gives_the_stored_message_alone(cast: Cast) -> None:
    page = search(cast, "excluded", "X100001")
    assert "You are excluded from this case. Speak to your senior." in page
    assert not any(secret in page for secret in (*SECRETS, "Harbour team", "Olwen Owner"))


def test_a_restriction_says_whom_to_speak_to(cast: Cast) -> None:
    RestrictionFactory(person=cast.person)
    page = search(cast, "colleague", "X100001")
    assert "Public protection, 01632 960999" in page
    assert not any(secret in page for secret in SECRETS)


def test_a_case_that_nobody_confirmed_stays_closed_to_the_team(cast: Cast) -> None:
    UnconfirmedAccessFactory(person=cast.person)
    page = search(cast, "colleague", "X100001")
    assert "Nobody has confirmed yet" in page
    assert not any(secret in page for secret in SECRETS)


def test_a_number_of_nobody_says_so(cast: Cast) -> None:
    assert "Nobody in Alongside has this number" in search(cast, "owner", "X999999")


def test_a_wrong_number_is_a_name_that_nobody_has(cast: Cast) -> None:
    assert "Nobody with a name like that" in search(cast, "owner", "X1000011")


def test_a_name_beyond_remit_finds_nobody(cast: Cast) -> None:
    for name in ("outsider", "excluded", "adviser"):
        assert str(cast.person.pk) not in search(cast, name, "Daniel Achebe")


def test_guessing_stops_and_a_safeguarding_lead_is_told_once(cast: Cast) -> None:
    client = signed_in(cast.colleague)
    for number in range(MOST):
        assert client.get("/cases/", {"q": f"X9000{number:02d}"}).status_code == 200
    for _ in range(2):
        assert client.get("/cases/", {"q": "X900099"}).status_code == 429
    assert client.get("/cases/", {"q": "X100001"}).status_code == 429
    assert client.get("/cases/", {"q": "Achebe"}).status_code == 200
    told = ToDo.objects.get(kind="casework.numbers.guessed")
    assert (told.for_user, told.subject) == (cast.safeguarding.pk, cast.colleague.pk)
    assert "many case numbers" in signed_in(cast.safeguarding).get("/").content.decode()
    assert "Colin Colleague" in signed_in(cast.safeguarding).get("/refused-looks/").content.decode()


def test_numbers_of_one_s_own_cases_are_never_guessing(cast: Cast) -> None:
    client = signed_in(cast.owner)
    for _ in range(MOST + 5):
        assert client.get("/cases/", {"q": "X100001"}).status_code == 302
    assert Consultation.objects.filter(refused=True).count() == 0


def test_each_empty_list_says_what_it_is_and_what_to_do(cast: Cast) -> None:
    assert "You cover for nobody today" in signed_in(cast.owner).get("/cases/?whose=cover").content.decode()
    assert "No case is given to you today" in signed_in(cast.adviser).get("/cases/").content.decode()
    assert (
        "Nobody here fits all of that" in signed_in(cast.owner).get("/cases/?whose=mine&due=overdue").content.decode()
    )
