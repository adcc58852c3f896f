"""The demo exists only where everyone is invented, and ends the moment that someone is not."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from alongside.foundation.accounts import registry
from alongside.foundation.accounts.actions import AccountError, add_to_cast, mark_database_synthetic
from alongside.foundation.accounts.models import CastMember, DatabaseMark, User
from alongside.foundation.accounts.queries import demo_refusal, no_unmarked_person
from alongside.foundation.records.models import AppendOnlyError
from tests.factories import PersonFactory, UserFactory
from tests.foundation.accounts.support import PASSWORD, is_signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def star() -> User:
    """Someone in the cast of a database that is a demo."""
    mark_database_synthetic(seed=7)
    user = UserFactory(name="Priya Shah", password=PASSWORD)
    add_to_cast(user=user, role="Probation officer in Leeds", to_try="Open the case of Danny", position=1)
    PersonFactory(synthetic_mark=uuid4())
    return user


def become(client: Client, user: User):
    return client.post(f"/demo/{CastMember.objects.get(user=user).pk}/")


def test_one_click_makes_a_visitor_any_of_the_cast(client: Client, star: User) -> None:
    page = client.get("/demo/").content.decode()
    for words in ("Priya Shah", "Probation officer in Leeds", "Open the case of Danny"):
        assert words in page
    assert become(client, star)["Location"] == "/"
    assert is_signed_in(client)
    assert "Be someone else" in client.get("/account/").content.decode()
    assert "/demo/" in Client().get("/sign-in/").content.decode()


def add_someone_real() -> None:
    PersonFactory(synthetic_mark=None)


def forget_who_can_tell() -> None:
    registry._unmarked_people.clear()


@pytest.fixture
def registered_again():
    before = list(registry._unmarked_people)
    yield
    registry._unmarked_people[:] = before


@pytest.mark.usefixtures("registered_again")
@pytest.mark.parametrize("spoil", [add_someone_real, forget_who_can_tell])
def test_demo_is_gone_at_once_and_so_are_its_sessions(client: Client, star: User, spoil: Callable[[], None]) -> None:
    member = CastMember.objects.get(user=star)
    become(client, star)
    assert is_signed_in(client)
    spoil()
    assert client.get("/account/").status_code == 302
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{member.pk}/").status_code == 404
    assert "/demo/" not in Client().get("/sign-in/").content.decode()
    assert demo_refusal()
    assert not no_unmarked_person()


def test_real_sessions_go_on_when_the_demo_ends(client: Client, star: User) -> None:
    real = UserFactory()
    client.force_login(real)
    add_someone_real()
    assert is_signed_in(client)


def test_database_without_a_mark_is_no_demo(client: Client) -> None:
    user = UserFactory()
    CastMember.objects.create(user=user, role="x", to_try="y")
    assert client.get("/demo/").status_code == 404
    assert become(client, user).status_code == 404
    assert "not made by the synthesiser" in demo_refusal()


def test_lived_in_database_is_never_marked() -> None:
    UserFactory()
    with pytest.raises(AccountError, match="already has users"):
        mark_database_synthetic(seed=1)
    with pytest.raises(AccountError):
        add_to_cast(user=UserFactory(), role="x", to_try="y", position=1)


def test_mark_is_one_and_never_altered(star: User) -> None:
    mark = DatabaseMark.objects.get()
    with pytest.raises(AppendOnlyError):
        mark.save()
    table = DatabaseMark._meta.db_table
    for statement in (f"UPDATE {table} SET seed = 1", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_only_the_cast_can_be_become(client: Client, star: User) -> None:
    assert client.post(f"/demo/{uuid4()}/").status_code == 404
    outside = UserFactory()
    assert client.post(f"/demo/{outside.pk}/").status_code == 404
    closed = UserFactory(is_active=False)
    add_to_cast(user=closed, role="x", to_try="y", position=2)
    assert become(client, closed).status_code == 404


def test_click_has_to_be_a_click(client: Client, star: User) -> None:
    member = CastMember.objects.get(user=star)
    assert client.get(f"/demo/{member.pk}/").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"/demo/{member.pk}/").status_code == 403


def test_cast_cannot_change_how_they_sign_in(client: Client, star: User) -> None:
    become(client, star)
    for place in ("password", "second-factor", "second-factor/app", "second-factor/passkey", "recovery-codes"):
        assert client.get(f"/account/{place}/").status_code == 404
    assert "With one click" in client.get("/account/").content.decode()


def test_becoming_someone_else_leaves_nothing_of_the_first(client: Client, star: User) -> None:
    other = UserFactory()
    add_to_cast(user=other, role="x", to_try="y", position=2)
    become(client, star)
    session = client.session
    session["left"] = "behind"
    session.save()
    become(client, other)
    assert "left" not in client.session
    assert other.email in client.get("/account/").content.decode()
