"""Sign-in through a provider: who gets in, and every way in which a provider or a stranger may lie."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc.jwk import ECKey, RSAKey

from alongside.foundation.accounts import provider as protocol
from alongside.foundation.accounts import signals
from alongside.foundation.accounts.actions import deactivate_user
from alongside.foundation.accounts.models import ExternalIdentity, User
from alongside.foundation.accounts.rules import SignInFailure, SignInMethod
from tests.factories import UserFactory
from tests.foundation.accounts import local_provider
from tests.foundation.accounts.local_provider import CLIENT_ID, Provider
from tests.foundation.accounts.support import heard, is_signed_in

pytestmark = pytest.mark.django_db
PERSON = {"sub": "248289761001", "email": "priya@example.org", "email_verified": True, "name": "Priya Shah"}


@pytest.fixture
def idp(settings, tmp_path: Path) -> Iterator[Provider]:
    key = ECKey.generate_key("P-256")
    path = tmp_path / "key.pem"
    path.write_bytes(key.as_pem(private=True))
    protocol.metadata.forget()
    with local_provider.running() as provider:
        provider.person, provider.client_key = dict(PERSON), key
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = provider.issuer, CLIENT_ID
        settings.OIDC_PRIVATE_KEY_PATH, settings.OIDC_ORIGINS = str(path), [provider.issuer]
        settings.LOCAL_SIGN_IN = False
        yield provider
    protocol.metadata.forget()


@pytest.fixture
def user() -> User:
    return UserFactory(email="priya@example.org", name="Priya Shah")


def leave(client: Client, **query: str) -> dict[str, str]:
    """Begin at our page; what the provider is asked."""
    response = client.get("/sign-in/provider/", query)
    assert response.status_code == 302
    return {name: values[-1] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def come_back(client: Client, provider: Provider, asked: dict[str, str], **changes: str | None):
    """Come back from the provider, perhaps with an answer that someone has changed."""
    answer = {name: values[-1] for name, values in parse_qs(urlsplit(provider.authorize(asked)).query).items()}
    given = {name: value for name, value in {**answer, **changes}.items() if value is not None}
    return client.get("/sign-in/provider/return/", given)


def sign_in(client: Client, provider: Provider):
    return come_back(client, provider, leave(client))


def test_someone_with_an_account_gets_in_and_is_linked(client: Client, idp: Provider, user: User) -> None:
    with heard(signals.signed_in) as told:
        response = come_back(client, idp, leave(client, next="/account/?a=1"))
    assert response["Location"] == "/account/?a=1"
    assert is_signed_in(client)
    assert [(one["user"], one["method"]) for one in told] == [(user, SignInMethod.PROVIDER)]
    identity = ExternalIdentity.objects.get()
    assert (identity.user, identity.issuer, identity.subject) == (user, idp.issuer, PERSON["sub"])


def test_request_carries_pkce_state_and_nonce_that_differ_each_time(client: Client, idp: Provider) -> None:
    first, second = leave(client), leave(client)
    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 40
        assert first[name] != second[name]


def test_linked_person_is_found_by_subject_when_their_address_changes(idp: Provider, user: User) -> None:
    sign_in(Client(), idp)
    idp.person |= {"email": "priya.new@example.org"}
    client = Client()
    sign_in(client, idp)
    assert is_signed_in(client)
    assert ExternalIdentity.objects.count() == 1


def test_client_may_prove_itself_with_rsa_or_a_secret(idp: Provider, user: User, settings, tmp_path: Path) -> None:
    key = RSAKey.generate_key(2048)
    (tmp_path / "rsa.pem").write_bytes(key.as_pem(private=True))
    settings.OIDC_PRIVATE_KEY_PATH, idp.client_key = str(tmp_path / "rsa.pem"), key
    client = Client()
    sign_in(client, idp)
    assert is_signed_in(client)
    settings.OIDC_PRIVATE_KEY_PATH, settings.OIDC_CLIENT_SECRET = "", "s3cret&=%"
    idp.client_key, idp.client_secret = None, "s3cret&=%"
    client = Client()
    sign_in(client, idp)
    assert is_signed_in(client)


def drop(*names: str):
    return lambda claims: {name: value for name, value in claims.items() if name not in names}


def put(**changes: object):
    return lambda claims: {**claims, **changes}


NOW = int(time.time())
LIES = {
    "another nonce": put(nonce="x" * 64),
    "no nonce": drop("nonce"),
    "nonce of another type": put(nonce=["x"]),
    "another audience": put(aud="someone-else"),
    "no audience": drop("aud"),
    "several audiences without a party": put(aud=[CLIENT_ID, "someone-else"]),
    "another party": put(azp="someone-else"),
    "another issuer": put(iss="https://evil.example"),
    "issuer with a slash": lambda claims: {**claims, "iss": claims["iss"] + "/"},
    "no issuer": drop("iss"),
    "out of date": put(exp=NOW - 3600),
    "no end": drop("exp"),
    "end in words": put(exp="tomorrow"),
    "end that is true": put(exp=True),
    "from the future": put(iat=NOW + 7200),
    "from long ago": put(iat=NOW - 7200),
    "not yet": put(nbf=NOW + 7200),
    "nobody": drop("sub"),
    "empty subject": put(sub=""),
    "subject of another type": put(sub={"a": 1}),
    "endless subject": put(sub="x" * 300),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_token_with_a_false_claim_is_refused(client: Client, idp: Provider, user: User, lie, caplog) -> None:
    idp.spoil = lie
    with heard(signals.sign_in_failed) as told:
        response = sign_in(client, idp)
    assert response.status_code == 400
    assert "Try again" in response.content.decode()
    assert not is_signed_in(client)
    assert [one["reason"] for one in told] == [SignInFailure.PROVIDER]
    assert "Sign-in at the provider failed: The token" in caplog.text


@pytest.mark.parametrize(
    ("forge", "refusal"),
    [
        (local_provider.unsigned, "signature does not hold"),
        (local_provider.signed_by_another, "signature does not hold"),
        (local_provider.signed_with_the_public_key_as_a_secret, "signature does not hold"),
        (local_provider.bringing_its_own_key, "signature does not hold"),
        (local_provider.altered, "signature does not hold"),
        (lambda provider, claims: "", "signature does not hold"),
        (lambda provider, claims: "a.b.c", "signature does not hold"),
        (lambda provider, claims: "x" * 60_000, "no ID token"),
        (lambda provider, claims: 17, "no ID token"),
    ],
)
@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_forged_token_is_refused(client: Client, idp: Provider, user: User, forge, refusal: str, caplog) -> None:
    idp.sign = forge
    assert sign_in(client, idp).status_code == 400
    assert refusal in caplog.text
    assert not is_signed_in(client)


def test_metadata_cannot_allow_unsigned_tokens(client: Client, idp: Provider, user: User) -> None:
    idp.metadata = {"id_token_signing_alg_values_supported": ["none", "HS256"]}
    idp.sign = local_provider.unsigned
    assert sign_in(client, idp).status_code == 400
    assert not is_signed_in(client)


def test_return_serves_once(client: Client, idp: Provider, user: User) -> None:
    asked = leave(client)
    come_back(client, idp, asked)
    client.post("/sign-out/")
    assert come_back(client, idp, asked).status_code == 400
    assert not is_signed_in(client)


def test_return_belongs_to_the_browser_that_left(idp: Provider, user: User) -> None:
    attacker, victim = Client(), Client()
    asked = leave(attacker)
    assert come_back(victim, idp, asked).status_code == 400
    assert not is_signed_in(victim)


@pytest.mark.parametrize(
    "change",
    [
        {"state": None},
        {"state": "x"},
        {"code": None},
        {"code": "x"},
        {"iss": None},
        {"iss": "https://evil.example"},
        {"error": "access_denied", "error_description": "<script>alert(1)</script>"},
    ],
)
def test_changed_return_is_refused(client: Client, idp: Provider, user: User, change) -> None:
    response = come_back(client, idp, leave(client), **change)
    assert response.status_code == 400
    assert b"<script>alert" not in response.content
    assert not is_signed_in(client)


def test_code_of_another_sign_in_does_not_fit(idp: Provider, user: User) -> None:
    """A code that an attacker got for themselves, put into someone else's return: PKCE and nonce refuse it."""
    attacker, victim = Client(), Client()
    theirs, mine = leave(attacker), leave(victim)
    stolen = parse_qs(urlsplit(idp.authorize(theirs)).query)["code"][-1]
    assert come_back(victim, idp, mine, code=stolen).status_code == 400
    assert not is_signed_in(victim)


def test_old_return_is_refused(client: Client, idp: Provider, user: User) -> None:
    asked = leave(client)
    session = client.session
    pending = session["oidc_pending"]
    pending[asked["state"]]["at"] -= 3600
    session["oidc_pending"] = pending
    session.save()
    assert come_back(client, idp, asked).status_code == 400


def test_only_a_few_sign_ins_stand_open(client: Client, idp: Provider) -> None:
    for _ in range(12):
        leave(client)
    assert len(client.session["oidc_pending"]) == protocol.PENDING_AT_MOST


@pytest.mark.parametrize("verified", [False, "true", None, 1])
def test_address_that_the_provider_has_not_verified_links_nobody(
    client: Client, idp: Provider, user: User, verified: object
) -> None:
    idp.person |= {"email_verified": verified}
    response = sign_in(client, idp)
    assert response.status_code == 403
    assert "You have no account here yet" in response.content.decode()
    assert not is_signed_in(client)
    assert not ExternalIdentity.objects.exists()


def test_stranger_is_told_whom_to_ask_and_nothing_is_made(client: Client, idp: Provider) -> None:
    with heard(signals.sign_in_failed) as told:
        response = sign_in(client, idp)
    page = response.content.decode()
    assert response.status_code == 403
    assert "priya@example.org" in page
    assert "Ask whoever manages accounts" in page
    assert [one["reason"] for one in told] == [SignInFailure.UNKNOWN_AT_PROVIDER]
    assert not User.objects.exists()


def test_closed_account_stays_closed(idp: Provider, user: User) -> None:
    client = Client()
    sign_in(client, idp)
    deactivate_user(user=user, by=None, reason="left")
    assert not is_signed_in(client)
    assert sign_in(Client(), idp).status_code == 403


def test_address_of_someone_linked_already_is_not_taken_over(idp: Provider, user: User) -> None:
    sign_in(Client(), idp)
    idp.person |= {"sub": "another person with a recycled address"}
    client = Client()
    assert sign_in(client, idp).status_code == 403
    assert not is_signed_in(client)


def test_accounts_are_made_only_where_that_is_set(client: Client, idp: Provider, settings) -> None:
    settings.OIDC_CREATE_USERS = True
    sign_in(client, idp)
    assert is_signed_in(client)
    made = User.objects.get()
    assert (made.email, made.name, made.has_usable_password()) == ("priya@example.org", "Priya Shah", False)
    idp.person = {"sub": "2", "email": "x@example.org", "email_verified": False}
    assert sign_in(Client(), idp).status_code == 403


def test_provider_that_speaks_for_another_is_not_believed(client: Client, idp: Provider, user: User) -> None:
    idp.metadata = {"issuer": "https://evil.example"}
    assert client.get("/sign-in/provider/").status_code == 503


@pytest.mark.parametrize(
    "metadata",
    [
        {"authorization_endpoint": None},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "ftp://x"},
    ],
)
def test_provider_with_unsafe_addresses_is_not_used(client: Client, idp: Provider, metadata) -> None:
    idp.metadata = metadata
    assert client.get("/sign-in/provider/").status_code == 503


def test_provider_that_is_away_says_so(client: Client, idp: Provider, settings) -> None:
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    response = client.get("/sign-in/provider/")
    assert response.status_code == 503
    assert "We could not sign you in" in response.content.decode()


def test_new_key_of_the_provider_is_fetched_once(idp: Provider, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(Client(), idp)
    monkeypatch.setattr(protocol, "KEYS_AT_MOST_EVERY_SECONDS", 0)
    idp.keys.append(RSAKey.generate_key(2048, {"kid": "second", "use": "sig"}))
    client = Client()
    sign_in(client, idp)
    assert is_signed_in(client)
    assert idp.requests.count("/keys") == 2
    assert idp.requests.count("/.well-known/openid-configuration") == 1


def test_signing_out_goes_on_to_the_provider(client: Client, idp: Provider, user: User) -> None:
    sign_in(client, idp)
    token = client.session["oidc_id_token"]
    assert token.count(".") == 0, "kept sealed"
    address = client.post("/sign-out/")["Location"]
    query = {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{idp.issuer}/end?")
    assert query["post_logout_redirect_uri"] == "http://testserver/signed-out/"
    assert query["id_token_hint"].count(".") == 2
    assert not is_signed_in(client)
    assert client.get("/signed-out/")["Location"] == "/sign-in/?signed-out"


def test_signing_out_works_when_the_provider_cannot_be_followed(idp: Provider, user: User, settings) -> None:
    client = Client()
    sign_in(client, idp)
    settings.OIDC_ORIGINS = []
    page = client.post("/sign-out/")
    assert f'href="{idp.issuer}/end?' in page.content.decode()
    assert not is_signed_in(client)
    protocol.metadata.forget()
    idp.metadata = {"end_session_endpoint": None}
    sign_in(client, idp)
    assert client.post("/sign-out/")["Location"] == "/sign-in/?signed-out"


def test_provider_account_has_no_password_or_factor_here(client: Client, idp: Provider, user: User) -> None:
    sign_in(client, idp)
    assert client.get("/account/password/").status_code == 404
    assert client.get("/account/second-factor/app/").status_code == 404
    assert "Your password and second factor are kept there" in client.get("/account/").content.decode()


def test_sign_in_page_leads_to_the_provider(client: Client, idp: Provider, settings) -> None:
    settings.OIDC_NAME = "Riverside sign-in"
    page = client.get("/sign-in/?next=/account/").content.decode()
    assert "Sign in with Riverside sign-in" in page
    assert "/sign-in/provider/?next=/account/" in page
    assert client.get("/sign-in/provider/return/").status_code == 400


def test_without_a_provider_its_pages_are_not_there(client: Client) -> None:
    assert client.get("/sign-in/provider/").status_code == 404
    assert client.get("/sign-in/provider/return/").status_code == 404
