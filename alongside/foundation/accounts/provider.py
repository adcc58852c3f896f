"""Staff sign-in through an OpenID Connect provider: the protocol. Who a user is here is decided in `views.provider`.

Authorization code flow with PKCE, `state`, `nonce`, and a client that proves itself with a private key (or a secret).
authlib speaks to the provider; joserfc checks the signature; every claim is checked here, since a library that leaves
one out lets anyone in.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from alongside.foundation.accounts.sealing import SealBrokenError, seal, unseal

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures by a key that only the provider holds. Never "none", and never one made with a shared secret."""

TIMEOUT_SECONDS = 10
METADATA_SECONDS = 3600
KEYS_AT_MOST_EVERY_SECONDS = 60
SIGN_IN_SECONDS = 600
PENDING_AT_MOST = 5
LEEWAY_SECONDS = 60
LARGEST_TOKEN = 50_000
_PENDING = "oidc_pending"
_ID_TOKEN = "oidc_id_token"  # noqa: S105


class ProviderError(Exception):
    """The provider's answer is not one to act on. The message is for the log; whoever signs in is told what to do."""


class DeclinedError(ProviderError):
    """The provider says that this sign-in was refused or broken off."""


@dataclass(frozen=True)
class Vouched:
    """What a provider vouches for, with every check passed. `email` is empty unless the provider has verified it."""

    issuer: str
    subject: str
    email: str
    name: str
    id_token: str


def is_connected() -> bool:
    """Is a provider configured?"""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


class _Metadata:
    """What the provider publishes about itself, fetched once an hour; its keys also when a new one is used."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._issuer = ""
        self._document: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._document_at = self._keys_at = 0.0

    def forget(self) -> None:
        """Ask the provider again."""
        self.__init__()  # type: ignore[misc]

    def document(self) -> Mapping[str, Any]:
        """The discovery document. Raises ProviderError where it does not speak for the configured issuer."""
        issuer = str(settings.OIDC_ISSUER)
        with self._lock:
            if issuer != self._issuer or time.monotonic() - self._document_at > METADATA_SECONDS:
                document = _fetch_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                if document.get("issuer") != issuer:
                    raise ProviderError(f"The provider calls itself {document.get('issuer')!r}, not {issuer!r}.")
                self._issuer, self._document, self._document_at = issuer, document, time.monotonic()
                self._keys = None
            return self._document

    def endpoint(self, name: str) -> str:
        """One of the provider's addresses. Raises ProviderError where it is missing or not safe to use."""
        address = self.document().get(name)
        if not isinstance(address, str):
            raise ProviderError(f"The provider does not publish its {name}.")
        return _safe(address)

    def keys(self, *, again: bool = False) -> KeySet:
        """The provider's public keys; `again` where a token names one that we do not know, at most once a minute."""
        address = self.endpoint("jwks_uri")
        with self._lock:
            age = time.monotonic() - self._keys_at
            if self._keys is None or age > METADATA_SECONDS or (again and age > KEYS_AT_MOST_EVERY_SECONDS):
                try:
                    self._keys = KeySet.import_key_set(_fetch_json(address))  # type: ignore[arg-type]
                except (JoseError, ValueError, TypeError, KeyError) as error:
                    raise ProviderError("The provider's keys cannot be read.") from error
                self._keys_at = time.monotonic()
            return self._keys


metadata = _Metadata()


def sign_in_address(request: HttpRequest, *, next_path: str) -> str:
    """Where to send someone to sign in; what will check their return is kept in their session. Raises ProviderError."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    with _client(request) as client:
        address, _state = client.create_authorization_url(
            metadata.endpoint("authorization_endpoint"), state=state, nonce=nonce, code_verifier=verifier
        )
    pending = _pending(request.session)
    pending[state] = {"nonce": nonce, "verifier": verifier, "at": time.time(), "next": next_path}
    newest = sorted(pending, key=lambda key: pending[key]["at"])[-PENDING_AT_MOST:]
    request.session[_PENDING] = {key: pending[key] for key in newest}
    return str(address)


def finish_sign_in(request: HttpRequest) -> tuple[Vouched, str]:
    """Whom the provider vouches for, and where they were going. Raises ProviderError; a `state` serves once."""
    answer = request.GET
    pending = _pending(request.session)
    mine = pending.pop(answer.get("state", ""), None)
    request.session[_PENDING] = pending
    if mine is None or time.time() - mine["at"] > SIGN_IN_SECONDS:
        raise ProviderError("This return belongs to no sign-in that was begun here, or to one long ago.")
    document = metadata.document()
    said = answer.get("iss")
    if said != document["issuer"] and (said or document.get("authorization_response_iss_parameter_supported")):
        raise ProviderError(f"The return says that it comes from {said!r}.")
    if "error" in answer or not answer.get("code"):
        raise DeclinedError(f"The provider declined: {answer.get('error', 'no code')[:100]!r}.")
    token = _exchange(request, code=answer["code"], verifier=mine["verifier"])
    return _check(token, nonce=mine["nonce"]), str(mine["next"])


def remember_sign_in(session: SessionBase, vouched: Vouched) -> None:
    """Keep what the provider wants to see again when its user signs out."""
    session[_ID_TOKEN] = seal(vouched.id_token, purpose="id-token")


def sign_out_address(request: HttpRequest) -> str:
    """Where to go to be signed out at the provider too; empty where it offers none or cannot be reached."""
    try:
        address = metadata.endpoint("end_session_endpoint")
        hint = unseal(request.session[_ID_TOKEN], purpose="id-token")
    except (ProviderError, SealBrokenError, KeyError):
        return ""
    back = request.build_absolute_uri(reverse("accounts:signed_out"))
    query = {"id_token_hint": hint, "client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": back}
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(query)}"


def _pending(session: SessionBase) -> dict[str, dict[str, Any]]:
    return dict(session.get(_PENDING) or {})


def _client(request: HttpRequest) -> OAuth2Session:
    """authlib's client, which proves itself with the private key where there is one."""
    client = OAuth2Session(
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        scope=settings.OIDC_SCOPES,
        redirect_uri=request.build_absolute_uri(reverse("accounts:provider_return")),
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106
        default_timeout=TIMEOUT_SECONDS,
    )
    if settings.OIDC_PRIVATE_KEY_PATH:
        key, algorithm = _private_key(Path(settings.OIDC_PRIVATE_KEY_PATH))
        client.client_secret = key
        client.token_endpoint_auth_method = "private_key_jwt"  # noqa: S105
        client.register_client_auth_method(
            PrivateKeyJWT(
                metadata.endpoint("token_endpoint"),
                alg=algorithm,
                headers={"kid": key.thumbprint()},
                claims={"exp": int(time.time()) + 120, "jti": secrets.token_urlsafe(24)},
            )
        )
    return client


def _private_key(path: Path) -> tuple[RSAKey | ECKey, str]:
    try:
        pem = path.read_bytes()
        key = load_pem_private_key(pem, password=None)
    except (OSError, ValueError, TypeError) as error:
        raise ProviderError(f"The private key at OIDC_PRIVATE_KEY_PATH cannot be read: {error}") from error
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 2048:
        return RSAKey.import_key(pem), "RS256"
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name == "secp256r1":
        return ECKey.import_key(pem), "ES256"
    raise ProviderError("The private key has to be RSA of 2048 bits or more, or on the curve P-256.")


def _exchange(request: HttpRequest, *, code: str, verifier: str) -> str:
    """Trade the code for an ID token."""
    try:
        with _client(request) as client:
            answer = client.fetch_token(
                metadata.endpoint("token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                timeout=TIMEOUT_SECONDS,
            )
    except (requests.RequestException, AuthlibBaseError, JoseError, ValueError) as error:
        raise ProviderError(f"The provider gave no token: {type(error).__name__}.") from error
    token = answer.get("id_token")
    if not isinstance(token, str) or len(token) > LARGEST_TOKEN:
        raise ProviderError("The provider sent no ID token.")
    return token


def _check(token: str, *, nonce: str) -> Vouched:
    """Every check that OpenID Connect asks for on an ID token, each of them refusing."""
    claims = _verified_claims(token)
    issuer, subject = claims.get("iss"), claims.get("sub")
    if issuer != settings.OIDC_ISSUER:
        raise ProviderError("The token was issued by someone else.")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise ProviderError("The token names nobody.")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or settings.OIDC_CLIENT_ID not in audiences:
        raise ProviderError("The token is meant for someone else.")
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID or (
        len(audiences) > 1 and "azp" not in claims
    ):
        raise ProviderError("The token was asked for by someone else.")
    said = claims.get("nonce")
    if not isinstance(said, str) or not secrets.compare_digest(said.encode(), nonce.encode()):
        raise ProviderError("The token answers another sign-in.")
    _check_times(claims)
    verified = claims.get("email_verified") is True and isinstance(claims.get("email"), str)
    return Vouched(
        issuer=str(issuer),
        subject=subject,
        email=str(claims["email"]).strip().lower() if verified else "",
        name=str(claims.get("name") or "")[:120],
        id_token=token,
    )


def _check_times(claims: Mapping[str, Any]) -> None:
    now = time.time()
    expires, issued, begins = (_moment(claims, name) for name in ("exp", "iat", "nbf"))
    if expires is None or issued is None:
        raise ProviderError("The token does not say how long it holds.")
    if expires <= now - LEEWAY_SECONDS:
        raise ProviderError("The token is out of date.")
    if max(issued, begins or 0) > now + LEEWAY_SECONDS or issued < now - SIGN_IN_SECONDS:
        raise ProviderError("The token was not made now.")


def _moment(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProviderError(f"The token's {name} is not a time.")
    return float(value)


def _verified_claims(token: str) -> Mapping[str, Any]:
    try:
        try:
            return jwt.decode(token, metadata.keys(), algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:
            return jwt.decode(token, metadata.keys(again=True), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderError(f"The token's signature does not hold: {type(error).__name__}.") from error


def _fetch_json(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(_safe(address), timeout=TIMEOUT_SECONDS, allow_redirects=False)
        if answer.status_code != requests.codes.ok:
            raise ProviderError(f"The provider answered {answer.status_code} at {address}.")
        document = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderError(f"The provider cannot be read at {address}: {type(error).__name__}.") from error
    if not isinstance(document, dict):
        raise ProviderError(f"The provider's document at {address} is not one.")
    return document


def _safe(address: str) -> str:
    """`address`, which must be encrypted on its way unless it never leaves this machine. Raises ProviderError."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}):
        return address
    raise ProviderError(f"The provider's address {address!r} is not safe: it has to begin with https.")
