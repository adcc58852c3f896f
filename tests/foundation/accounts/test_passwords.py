"""Passwords: changing one, choosing a new one by email, and the first one from an invitation."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.actions import INVITATION_LIFE, deactivate_user, invite_user, send_invitation
from alongside.foundation.accounts.models import Invitation, User
from alongside.foundation.accounts.rules import PasswordChange
from tests.foundation.accounts.support import (
    NEW_PASSWORD,
    PASSWORD,
    heard,
    is_signed_in,
    make_secured_user,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db


def link_in_mail() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def ask_for_reset(client: Client, address: str):
    return client.post("/password/", {"email": address})


def test_reset_says_the_same_to_every_address(client: Client) -> None:
    closed, passwordless = make_user(is_active=False), make_user()
    passwordless.set_unusable_password()
    passwordless.save()
    for address in (make_user().email, closed.email, passwordless.email, "nobody@example.org"):
        response = ask_for_reset(client, address)
        assert response["Location"] == "/password/sent/"
    assert len(mail.outbox) == 4
    assert [("link" in one.body) for one in mail.outbox] == [True, False, False, False]


def test_reset_link_serves_once_and_never_shows_its_key_to_other_sites(client: Client) -> None:
    user = make_user()
    ask_for_reset(client, user.email)
    link = link_in_mail()
    moved = client.get(link)
    assert moved["Location"].endswith("/choose/")
    with heard(signals.password_changed) as told:
        response = client.post(moved["Location"], {"new_password": NEW_PASSWORD})
    assert response["Location"] == "/sign-in/"
    assert [one["how"] for one in told] == [PasswordChange.RESET]
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    again = Client()
    assert again.get(again.get(link)["Location"]).status_code == 410


def test_reset_still_asks_for_the_second_factor(client: Client) -> None:
    user, _secret = make_secured_user()
    ask_for_reset(client, user.email)
    client.post(client.get(link_in_mail())["Location"], {"new_password": NEW_PASSWORD})
    assert not is_signed_in(client)
    response = client.post("/sign-in/", {"login": user.email, "password": NEW_PASSWORD})
    assert response["Location"] == "/sign-in/second-step/"


def test_reset_ends_sessions(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    other = Client()
    ask_for_reset(other, user.email)
    other.post(other.get(link_in_mail())["Location"], {"new_password": NEW_PASSWORD})
    assert not is_signed_in(client)


def test_reset_link_of_another_user_does_not_fit(client: Client) -> None:
    mine, theirs = make_user(), make_user()
    ask_for_reset(client, mine.email)
    ask_for_reset(client, theirs.email)
    keys = [re.search(r"/password/([^/]+)/([^/]+)/", one.body) for one in mail.outbox]
    mixed = client.get(f"/password/{keys[1][1]}/{keys[0][2]}/")
    assert client.get(mixed["Location"]).status_code == 410
    for nonsense in ("/password/x/y/", "/password/MQ/choose/", "/password/____/a-b/"):
        response = client.get(nonsense)
        assert client.get(response["Location"] if response.status_code == 302 else nonsense).status_code == 410


@pytest.mark.parametrize("password", ["", "short", "password1234", "12345678901234"])
def test_weak_password_is_refused_with_what_to_do(client: Client, password: str) -> None:
    user = make_user()
    ask_for_reset(client, user.email)
    response = client.post(client.get(link_in_mail())["Location"], {"new_password": password})
    assert response.status_code == 200
    assert b"There is a problem" in response.content


def test_changing_a_password_keeps_this_session_and_ends_others(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    other = Client()
    other.force_login(user)
    response = client.post("/account/password/", {"current_password": PASSWORD, "new_password": NEW_PASSWORD})
    assert response["Location"] == "/account/"
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert "changed" in mail.outbox[-1].subject


def test_changing_a_password_takes_the_one_in_use(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    response = client.post("/account/password/", {"current_password": "wrong", "new_password": NEW_PASSWORD})
    assert "That is not your password" in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_guesses_at_the_password_in_use_are_throttled(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    answers = [
        client.post("/account/password/", {"current_password": "wrong", "new_password": NEW_PASSWORD}).status_code
        for _ in range(6)
    ]
    assert answers[-1] == 429


def test_invitation_leads_to_password_and_second_factor(client: Client) -> None:
    invited = invite_user(email="New@Example.org", name="Nia New", by=None, base_url="http://testserver")
    assert invited.user.email == "new@example.org"
    assert not invited.user.has_usable_password()
    moved = client.get(link_in_mail())
    assert "Nia New" in client.get(moved["Location"]).content.decode()
    with heard(signals.password_changed) as told:
        response = client.post(moved["Location"], {"new_password": NEW_PASSWORD})
    assert response.status_code == 302
    assert [one["how"] for one in told] == [PasswordChange.INVITED]
    assert client.get("/account/")["Location"] == "/account/second-factor/"


def test_invitation_serves_once_and_not_for_ever() -> None:
    first = invite_user(email="a@example.org", name="A", by=None, base_url="http://testserver")
    Client().post(Client().get(link_in_mail())["Location"], {"new_password": NEW_PASSWORD})
    client = Client()
    place = client.get(first.link.removeprefix("http://testserver"))["Location"]
    client.post(place, {"new_password": NEW_PASSWORD})
    other = Client()
    assert other.get(other.get(first.link.removeprefix("http://testserver"))["Location"]).status_code == 410
    old = invite_user(email="b@example.org", name="B", by=None, base_url="http://testserver")
    Invitation.objects.filter(user=old.user).update(expires_at=timezone.now())
    assert other.get(other.get(old.link.removeprefix("http://testserver"))["Location"]).status_code == 410


def test_new_link_ends_the_old_one() -> None:
    first = invite_user(email="a@example.org", name="A", by=None, base_url="http://testserver")
    second = send_invitation(user=first.user, by=None, base_url="http://testserver")
    client = Client()
    assert client.get(client.get(first.link.removeprefix("http://testserver"))["Location"]).status_code == 410
    assert client.get(client.get(second.link.removeprefix("http://testserver"))["Location"]).status_code == 200
    assert second.expires_at - timezone.now() <= INVITATION_LIFE


def test_closing_an_account_withdraws_its_invitation() -> None:
    invited = invite_user(email="a@example.org", name="A", by=None, base_url="http://testserver")
    deactivate_user(user=invited.user, by=None, reason="made by mistake")
    client = Client()
    assert client.get(client.get(invited.link.removeprefix("http://testserver"))["Location"]).status_code == 410


def test_token_itself_is_never_stored() -> None:
    invited = invite_user(email="a@example.org", name="A", by=None, base_url="http://testserver")
    token = invited.link.rstrip("/").rsplit("/", 1)[-1]
    assert token not in str(Invitation.objects.values_list())
    assert User.objects.count() == 1


def test_invitation_is_not_for_someone_who_is_signed_in(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    invited = invite_user(email="a@example.org", name="A", by=None, base_url="http://testserver")
    assert client.get(invited.link.removeprefix("http://testserver")).status_code == 409
