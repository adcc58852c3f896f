"""Signing in and out: who gets in, what everyone else is told, and how often they may try."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.hashers import BasePasswordHasher
from django.test import Client

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.rules import SignInFailure, SignInMethod
from alongside.foundation.accounts.sessions import ASSURED
from tests.foundation.accounts.support import (
    PASSWORD,
    code_for,
    heard,
    is_signed_in,
    make_secured_user,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db


def words_of(response) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    for field in main.find_all("input"):
        field.attrs.pop("value", None)
    return main.get_text(" ", strip=True)


def test_password_and_code_sign_in(client: Client) -> None:
    user, secret = make_secured_user()
    with heard(signals.signed_in) as told:
        response = sign_in(client, user, secret)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert is_signed_in(client)
    assert [(one["user"], one["method"]) for one in told] == [(user, SignInMethod.LOCAL)]


def test_password_alone_does_not_sign_in_someone_with_a_factor(client: Client) -> None:
    user, _secret = make_secured_user()
    response = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert response["Location"] == "/sign-in/second-step/"
    assert not is_signed_in(client)


def test_address_is_taken_in_any_case_and_with_spaces(client: Client) -> None:
    user, _secret = make_secured_user()
    response = client.post("/sign-in/", {"login": f"  {user.email.upper()} ", "password": PASSWORD})
    assert response["Location"] == "/sign-in/second-step/"


def test_unknown_address_is_answered_as_a_wrong_password(client: Client) -> None:
    user, closed, invited = make_user(), make_user(is_active=False), make_user()
    invited.set_unusable_password()
    invited.save()
    answers = {
        words_of(client.post("/sign-in/", {"login": address, "password": "wrong-wrong-wrong"}))
        for address in (user.email, closed.email, invited.email, "nobody@example.org")
    }
    assert len(answers) == 1
    assert "not right" in answers.pop()


@pytest.mark.parametrize("address", ["known", "unknown", "without password"])
def test_every_address_takes_the_same_work(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user(email="known@example.org")
    other = make_user(email="passwordless@example.org")
    other.set_unusable_password()
    other.save()
    addresses = {"known": user.email, "unknown": "nobody@example.org", "without password": other.email}
    from django.contrib.auth import hashers

    hasher: BasePasswordHasher = hashers.get_hasher()
    rounds = []
    encode = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda self, *args: rounds.append(1) or encode(self, *args))
    client.post("/sign-in/", {"login": addresses[address], "password": "wrong-wrong-wrong"})
    assert len(rounds) == 1


def test_closed_account_is_told_so_only_with_its_password(client: Client) -> None:
    closed = make_user(is_active=False)
    response = client.post("/sign-in/", {"login": closed.email, "password": PASSWORD})
    assert response["Location"] == "/sign-in/closed/"
    assert not is_signed_in(client)
    assert client.get("/sign-in/closed/").status_code == 403


def test_failures_are_told_with_their_reason(client: Client) -> None:
    user, _secret = make_secured_user()
    with heard(signals.sign_in_failed) as told:
        client.post("/sign-in/", {"login": user.email, "password": "wrong"})
        client.post("/sign-in/", {"login": "nobody@example.org", "password": "wrong"})
        client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
        client.post("/sign-in/second-step/", {"code": "000000"})
    assert [(one["user"], one["reason"]) for one in told] == [
        (user, SignInFailure.PASSWORD),
        (None, SignInFailure.PASSWORD),
        (user, SignInFailure.SECOND_FACTOR),
    ]


def test_account_is_locked_after_five_failures_and_says_what_to_do(client: Client) -> None:
    user, _secret = make_secured_user()
    for _ in range(5):
        client.post("/sign-in/", {"login": user.email, "password": "wrong"})
    with heard(signals.sign_in_failed) as told:
        response = client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    assert "Wait 10 minutes" in words_of(response)
    assert [one["reason"] for one in told] == [SignInFailure.THROTTLED]


def test_lock_of_one_account_leaves_others_and_says_nothing_of_who_exists(client: Client) -> None:
    user, secret = make_secured_user()
    for _ in range(6):
        locked = client.post("/sign-in/", {"login": "nobody@example.org", "password": "wrong"})
    assert "Wait 10 minutes" in words_of(locked)
    assert sign_in(client, user, secret)["Location"] == "/"


def test_codes_are_throttled_too(client: Client) -> None:
    user, secret = make_secured_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    for _ in range(5):
        client.post("/sign-in/second-step/", {"code": "000000"})
    response = client.post("/sign-in/second-step/", {"code": code_for(secret)})
    assert "too many attempts" in words_of(response)
    assert not is_signed_in(client)


def test_one_place_that_asks_too_often_is_sent_away_politely(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        client.post("/sign-in/", {"login": "a@example.org", "password": "x"})
    response = client.post("/sign-in/", {"login": "b@example.org", "password": "x"})
    assert response.status_code == 429
    assert response["Retry-After"]
    assert "Wait 10 minutes" in words_of(response)


def test_code_serves_once(client: Client) -> None:
    user, secret = make_secured_user()
    code = code_for(secret)
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/sign-in/second-step/", {"code": code})
    other = Client()
    other.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    other.post("/sign-in/second-step/", {"code": f" {code[:3]} {code[3:]}"})
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_session_gets_a_new_key_at_sign_in(client: Client) -> None:
    user, secret = make_secured_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    before = client.session.session_key
    client.post("/sign-in/second-step/", {"code": code_for(secret)})
    assert client.session.session_key != before
    assert client.session[ASSURED]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/account/password/", "/account/password/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_sign_in_leads_back_only_within_this_site(client: Client, asked: str, given: str) -> None:
    user, secret = make_secured_user()
    assert sign_in(client, user, secret, next=asked)["Location"] == given


def test_page_asked_for_is_where_sign_in_leads(client: Client) -> None:
    assert client.get("/account/?a=1")["Location"] == "/sign-in/?next=/account/%3Fa%3D1"


def test_second_step_without_a_first_leads_to_the_first(client: Client) -> None:
    assert client.get("/sign-in/second-step/")["Location"] == "/sign-in/"
    assert client.post("/sign-in/second-step/", {"code": "123456"})["Location"] == "/sign-in/"


def test_second_step_can_be_left(client: Client) -> None:
    user, _secret = make_secured_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    client.post("/sign-in/start-again/")
    assert client.get("/sign-in/second-step/")["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"login": "", "password": ""},
        {"login": "not an address", "password": "x"},
        {"login": "a" * 300 + "@example.org", "password": "x"},
        {"login": "a@example.org", "password": "x" * 5000},
        {"login": "a\x00@example.org", "password": "x\x00"},
    ],
)
def test_hostile_input_is_answered_with_the_field_and_the_way_out(client: Client, data: dict[str, str]) -> None:
    response = client.post("/sign-in/", data)
    assert response.status_code == 200
    assert "There is a problem" in words_of(response)


def test_passwords_never_come_back(client: Client) -> None:
    response = client.post("/sign-in/", {"login": "a@example.org", "password": "my-very-secret-words"})
    assert b"my-very-secret-words" not in response.content


def test_sign_out_asks_first_and_ends_the_session(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    assert client.get("/sign-out/").status_code == 200
    assert is_signed_in(client)
    with heard(signals.signed_out) as told:
        assert client.post("/sign-out/")["Location"] == "/sign-in/?signed-out"
    assert [one["user"] for one in told] == [user]
    assert not is_signed_in(client)


def test_nobody_can_sign_up() -> None:
    from alongside.foundation.accounts.adapters import AccountAdapter

    assert AccountAdapter().is_open_for_signup(None) is False


def test_everything_needs_signing_in_unless_it_says_otherwise(client: Client) -> None:
    for path in ("/account/", "/accounts/", "/account/second-factor/", f"/session/kept/{uuid4()}/"):
        assert client.get(path).status_code == 302


def test_passwords_are_off_where_only_the_provider_signs_in(client: Client, settings) -> None:
    settings.LOCAL_SIGN_IN = False
    user = make_user()
    assert client.post("/sign-in/", {"login": user.email, "password": PASSWORD}).status_code == 404
    assert client.get("/password/").status_code == 404
    assert b'name="password"' not in client.get("/sign-in/").content
