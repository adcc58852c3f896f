"""Whoever is brought into a demonstration is said to be made up, and it goes on. Elsewhere nobody is asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.foundation.accounts.actions import add_to_cast, mark_database_synthetic
from alongside.foundation.accounts.models import CastMember, DatabaseMark, User
from alongside.foundation.accounts.queries import demo_stands
from alongside.people.arrivals.actions import check_file, take_file
from alongside.people.arrivals.models import Arrival
from alongside.people.persons.models import Person
from tests.cast import Cast, assemble
from tests.people.arrivals.files import as_csv, crn_of, row_of

pytestmark = pytest.mark.django_db

MADE_UP = "Confirm that you made this up"


@pytest.fixture
def cast() -> Cast:
    mark_database_synthetic(seed=7)
    cast = assemble()
    Person.objects.update(synthetic_mark=DatabaseMark.objects.get().pk)
    return cast


def visitor(user: User) -> Client:
    """Someone who chose to be this user with a click."""
    add_to_cast(user=user, role="Tries it", to_try="Add somebody", position=1)
    client = Client()
    client.post(f"/demo/{CastMember.objects.get(user=user).pk}/")
    return client


def by_hand(client: Client, cast: Cast, **more: str) -> str:
    born = {"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "1990"}
    typed = {"crn": crn_of(1), "given_names": "Wren", "family_name": "Osei", "team": str(cast.team.pk)} | born | more
    return client.post(reverse("casework:add_person"), typed, follow=True).content.decode()


def by_file(client: Client, cast: Cast, **more: str) -> str:
    file = SimpleUploadedFile("caseload.csv", as_csv([row_of(cast.team, number=2)]))
    answer = client.post(reverse("arrivals:new"), {"file": file} | more).content.decode()
    for arrival in Arrival.objects.all():
        take_file(by=cast.administrator, arrival=check_file(by=cast.administrator, arrival=arrival))
    return answer


def test_whom_a_visitor_adds_is_said_to_be_made_up_and_the_demonstration_goes_on(cast: Cast) -> None:
    client = visitor(cast.owner)
    assert MADE_UP in by_hand(client, cast)
    assert not Person.objects.filter(crn=crn_of(1)).exists()

    assert "Wren" in by_hand(client, cast, invented="on")
    assert Person.objects.get(crn=crn_of(1)).synthetic_mark == DatabaseMark.objects.get().pk
    assert demo_stands()


def test_a_file_that_a_visitor_brings_is_said_to_be_made_up_and_the_demonstration_goes_on(cast: Cast) -> None:
    client = visitor(cast.administrator)
    assert MADE_UP in by_file(client, cast)
    assert not Arrival.objects.exists()

    by_file(client, cast, invented="on")
    assert Person.objects.get(crn=crn_of(2)).synthetic_mark == DatabaseMark.objects.get().pk
    assert demo_stands()


def test_who_signed_in_as_themselves_is_not_asked_and_cannot_say_it(cast: Cast) -> None:
    """A mark that anyone could set would let real people stand beside a way in without a password."""
    client = Client()
    client.force_login(cast.owner)
    assert "made this up" not in client.get(reverse("casework:add_person")).content.decode()
    by_hand(client, cast, invented="on")
    assert Person.objects.get(crn=crn_of(1)).synthetic_mark is None
    client.force_login(cast.administrator)
    by_file(client, cast, invented="on")
    assert Person.objects.get(crn=crn_of(2)).synthetic_mark is None
    assert not demo_stands()
