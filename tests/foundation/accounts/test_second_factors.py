"""Second factors: everyone has one, it is theirs to change, and changing it takes proof."""

import re
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.actions import AccountError, add_passkey, remove_factor, renew_recovery_codes
from alongside.foundation.accounts.queries import factors_of, has_second_factor
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
SETUP = "/account/second-factor/"


def secret_on(response) -> str:
    key = BeautifulSoup(response.content, "html.parser").select_one(".app-key")
    return key.get_text().replace(" ", "")


def codes_on(response) -> list[str]:
    return [one.get_text() for one in BeautifulSoup(response.content, "html.parser").select(".app-codes li")]


def test_someone_without_a_factor_can_do_nothing_but_set_one_up(client: Client) -> None:
    user = make_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    for path in ("/account/", "/account/password/", "/accounts/", f"/session/kept/{uuid4()}/"):
        assert client.get(path)["Location"] == SETUP
        assert client.post(path)["Location"] == SETUP
    assert client.get(SETUP).status_code == 200


def test_app_is_set_up_right_after_first_sign_in_without_the_password_again(client: Client) -> None:
    user = make_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    secret = secret_on(client.get(f"{SETUP}app/"))
    with heard(signals.factor_added) as told:
        response = client.post(f"{SETUP}app/", {"code": code_for(secret)})
    assert response["Location"] == "/account/recovery-codes/"
    assert [(one["user"], one["kind"]) for one in told] == [(user, "totp")]
    assert is_signed_in(client)
    assert mail.outbox[-1].to == [user.email]


def test_recovery_codes_are_shown_once_and_each_signs_in_once(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    confirm(client, secret)
    codes = codes_on(client.post("/account/recovery-codes/"))
    assert len(set(codes)) == 10
    assert not codes_on(client.get("/account/recovery-codes/"))
    for expected in (True, False):
        other = Client()
        other.post("/sign-in/", {"login": user.email, "password": PASSWORD})
        other.post("/sign-in/second-step/", {"code": codes[0]})
        assert is_signed_in(other) is expected


def test_wrong_first_code_keeps_the_same_key(client: Client) -> None:
    user = make_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    secret = secret_on(client.get(f"{SETUP}app/"))
    response = client.post(f"{SETUP}app/", {"code": "000000"})
    assert "not right" in response.content.decode()
    assert secret_on(response) == secret
    assert not has_second_factor(user)


def confirm(client: Client, secret: str) -> None:
    client.post("/account/confirm/?next=/account/", {"password": PASSWORD})


@pytest.mark.parametrize("path", [f"{SETUP}app/", f"{SETUP}passkey/", "/account/recovery-codes/"])
def test_changing_factors_takes_proof_again(client: Client, path: str) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/confirm/")
    confirm(client, secret)
    assert client.get(path).status_code in (200, 302)
    assert not client.get(path).get("Location", "").startswith("/account/confirm/")


def test_wrong_password_does_not_confirm(client: Client) -> None:
    user, secret = make_secured_user()
    sign_in(client, user, secret)
    response = client.post("/account/confirm/?next=/account/", {"password": "wrong"})
    assert response.status_code == 200
    assert client.get("/account/recovery-codes/")["Location"].startswith("/account/confirm/")


def test_session_with_a_password_alone_of_someone_with_a_factor_is_ended(client: Client) -> None:
    user = make_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    other, _secret = make_secured_user()
    Authenticator.objects.filter(user=other).update(user=user)
    assert client.get(SETUP)["Location"] == "/sign-in/"
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_last_factor_stays(client: Client) -> None:
    user, secret = make_secured_user()
    [only] = factors_of(user)
    with pytest.raises(AccountError, match="only second factor"):
        remove_factor(user=user, factor_id=only.id)
    sign_in(client, user, secret)
    confirm(client, secret)
    client.post(f"{SETUP}{only.id}/remove/")
    assert has_second_factor(user)


def test_one_of_two_factors_can_go() -> None:
    user, _secret = make_secured_user()
    add_passkey(user=user, name="Blue key", credential={})
    app, _key = factors_of(user)
    with heard(signals.factor_removed) as told:
        remove_factor(user=user, factor_id=app.id)
    assert [one.name for one in factors_of(user)] == ["Blue key"]
    assert [one["kind"] for one in told] == ["totp"]


def test_nobody_removes_the_factor_of_someone_else(client: Client) -> None:
    user, secret = make_secured_user()
    other, _secret = make_secured_user()
    [theirs] = factors_of(other)
    sign_in(client, user, secret)
    confirm(client, secret)
    client.post(f"{SETUP}{theirs.id}/remove/")
    with pytest.raises(AccountError, match="no longer there"):
        remove_factor(user=user, factor_id=theirs.id)
    assert has_second_factor(other)


def test_secrets_are_sealed_in_the_database() -> None:
    user, secret = make_secured_user()
    codes = renew_recovery_codes(user=user)
    stored = " ".join(str(row.data) for row in Authenticator.objects.filter(user=user))
    assert secret not in stored
    assert not any(code in stored for code in codes)
    assert not re.search(r"'seed': '[0-9a-f]{80}'", stored)


@pytest.mark.parametrize("credential", ["", "{", "[]", "null", '{"id": 1}', '"x"', "x" * 30_000])
def test_hostile_passkey_is_refused_politely(client: Client, credential: str) -> None:
    user = make_user()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    client.get(f"{SETUP}passkey/")
    response = client.post(f"{SETUP}passkey/", {"name": "x", "credential": credential})
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    anonymous = Client()
    anonymous.get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert anonymous.post("/sign-in/passkey/", {"credential": credential})["Location"] == "/sign-in/?passkey-failed"
    assert not has_second_factor(user)
