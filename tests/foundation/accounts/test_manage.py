"""Managing accounts: for those who may, and not there for anyone else."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from alongside.foundation.accounts import registry, signals
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import factors_of
from tests.factories import UserFactory
from tests.foundation.accounts.support import heard, is_signed_in, make_secured_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    user = UserFactory(name="Maya Manager")
    before = list(registry._manages_accounts)
    registry.register_account_managers(lambda asking: asking.pk == user.pk)
    yield user
    registry._manages_accounts[:] = before


@pytest.fixture
def client(manager: User) -> Client:
    client = Client()
    client.force_login(manager)
    return client


def pages_about(holder: User) -> list[tuple[str, str]]:
    place = f"/accounts/{holder.pk}/"
    return [
        ("get", "/accounts/"),
        ("get", "/accounts/invite/"),
        ("post", "/accounts/invite/"),
        ("get", place),
        ("post", f"{place}link/"),
        ("get", f"{place}close/"),
        ("post", f"{place}close/"),
        ("post", f"{place}reset-second-factors/"),
        ("post", f"{place}end-sessions/"),
    ]


def test_pages_are_not_there_for_others(manager: User) -> None:
    holder = UserFactory()
    other = Client()
    other.force_login(UserFactory())
    for method, path in pages_about(holder):
        assert getattr(other, method)(path, {"reason": "x"}).status_code == 404, path
        assert getattr(Client(), method)(path).status_code == 302, path
    holder.refresh_from_db()
    assert holder.is_active


def test_nobody_manages_accounts_until_a_room_says_who() -> None:
    before = list(registry._manages_accounts)
    registry._manages_accounts.clear()
    try:
        assert not registry.may_manage_accounts(UserFactory())
    finally:
        registry._manages_accounts[:] = before


def test_invite_sends_a_link_and_shows_it_once(client: Client, manager: User) -> None:
    with heard(signals.user_invited) as told:
        response = client.post("/accounts/invite/", {"name": "Nia New", "email": "Nia@Example.org"})
    assert "http://testserver/invitation/" in response.content.decode()
    assert mail.outbox[-1].to == ["nia@example.org"]
    assert {one["by"] for one in told} == {manager}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": "", "email": "a@example.org"},
        {"name": "A", "email": "nonsense"},
        {"name": "A" * 200, "email": "a@example.org"},
        {"name": "A", "email": "TAKEN@example.org"},
        {"name": "A\x00", "email": "a@example.org"},
        {"name": "A", "email": "a@example.org", "delius_username": "x" * 100},
    ],
)
def test_wrong_invitation_keeps_what_was_typed(client: Client, data: dict[str, str]) -> None:
    UserFactory(email="taken@example.org")
    response = client.post("/accounts/invite/", data)
    assert response.status_code == 200
    page = response.content.decode()
    assert "There is a problem" in page
    assert not mail.outbox
    if data.get("email"):
        assert data["email"] in page


def test_closing_takes_a_reason_and_works_at_once(client: Client) -> None:
    holder = UserFactory()
    theirs = Client()
    theirs.force_login(holder)
    assert "Enter the reason" in client.post(f"/accounts/{holder.pk}/close/", {"reason": ""}).content.decode()
    assert is_signed_in(theirs)
    with heard(signals.user_deactivated) as told:
        client.post(f"/accounts/{holder.pk}/close/", {"reason": "left on 3 May"})
    assert [one["reason"] for one in told] == ["left on 3 May"]
    assert not is_signed_in(theirs)
    client.post(f"/accounts/{holder.pk}/close/", {"reason": "came back"})
    holder.refresh_from_db()
    assert holder.is_active


def test_managers_cannot_lock_themselves_out_or_weaken_their_own_sign_in(client: Client, manager: User) -> None:
    client.post(f"/accounts/{manager.pk}/close/", {"reason": "x"})
    client.post(f"/accounts/{manager.pk}/reset-second-factors/")
    manager.refresh_from_db()
    assert manager.is_active
    assert is_signed_in(client)


def test_resetting_factors_tells_the_holder_and_ends_their_sessions(client: Client) -> None:
    holder, _secret = make_secured_user()
    theirs = Client()
    theirs.force_login(holder)
    client.post(f"/accounts/{holder.pk}/reset-second-factors/")
    assert factors_of(holder) == []
    assert not is_signed_in(theirs)
    assert mail.outbox[-1].to == [holder.email]


def test_list_is_paged_and_searchable_in_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries
) -> None:
    UserFactory.create_batch(60)
    UserFactory(name="Zebedee Quill")
    with django_assert_max_num_queries(14):
        page = client.get("/accounts/").content.decode()
    assert "62 accounts" in page
    assert "Next page" in page
    found = client.get("/accounts/", {"q": "quill zeb"}).content.decode()
    assert "Zebedee Quill" in found
    assert "1 account<" in found
    assert "No account matches" in client.get("/accounts/", {"q": "\x00%_'"}).content.decode()
    assert client.get("/accounts/", {"page": "nonsense"}).status_code == 200


def test_unknown_account_is_not_there(client: Client) -> None:
    assert client.get(f"/accounts/{uuid4()}/").status_code == 404
