"""A small OpenID Connect provider on this machine, which can also be told to misbehave."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT_ID = "alongside"
Claims = dict[str, Any]


@dataclass
class Provider:
    """The provider's state. `spoil` changes the claims of the next ID token, `sign` how it is signed."""

    issuer: str = ""
    keys: list[RSAKey] = field(default_factory=lambda: [RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})])
    client_key: ECKey | RSAKey | None = None
    client_secret: str = ""
    person: Claims = field(default_factory=dict)
    spoil: Callable[[Claims], Claims] = lambda claims: claims
    sign: "Callable[[Provider, Claims], str] | None" = None
    metadata: Claims = field(default_factory=dict)
    token_answer: Claims = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    seen_assertions: set[str] = field(default_factory=set)

    def discovery(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }

    def public_keys(self) -> Claims:
        return KeySet(self.keys).as_dict(private=False)

    def authorize(self, query: dict[str, str]) -> str:
        """Sign the person in and answer with the address that their browser is sent back to."""
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        answer = {"code": code, "state": query["state"], "iss": self.issuer}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, Claims]:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if asked["code_challenge_method"] != "S256" or challenge.rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant", "error_description": "PKCE"}
        if not self.client_is_proved(form, authorization):
            return 401, {"error": "invalid_client"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.person,
        }
        token = (self.sign or honest)(self, self.spoil(claims))
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": token, **self.token_answer}

    def client_is_proved(self, form: dict[str, str], authorization: str) -> bool:
        if self.client_key is None:
            expected = base64.b64encode(f"{CLIENT_ID}:{self.client_secret}".encode()).decode()
            return authorization == f"Basic {expected}"
        proof = jwt.decode(form["client_assertion"], self.client_key, algorithms=["RS256", "ES256"])
        claims = proof.claims
        fresh = claims["jti"] not in self.seen_assertions and time.time() < claims["exp"] < time.time() + 600
        self.seen_assertions.add(claims["jti"])
        return fresh and claims["iss"] == claims["sub"] == CLIENT_ID and claims["aud"] == f"{self.issuer}/token"


def honest(provider: Provider, claims: Claims) -> str:
    return jwt.encode({"alg": "RS256", "kid": provider.keys[-1].kid}, claims, provider.keys[-1])


def part(value: Claims) -> str:
    """One part of a token made by hand."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def unsigned(provider: Provider, claims: Claims) -> str:
    return f"{part({'alg': 'none'})}.{part(claims)}."


def signed_by_another(provider: Provider, claims: Claims) -> str:
    stranger = RSAKey.generate_key(2048, {"kid": provider.keys[-1].kid})
    return jwt.encode({"alg": "RS256", "kid": stranger.kid}, claims, stranger)


def signed_with_the_public_key_as_a_secret(provider: Provider, claims: Claims) -> str:
    signed = f"{part({'alg': 'HS256', 'kid': provider.keys[-1].kid})}.{part(claims)}"
    mac = hmac.new(provider.keys[-1].as_pem(private=False), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def bringing_its_own_key(provider: Provider, claims: Claims) -> str:
    stranger = RSAKey.generate_key(2048)
    header = {"alg": "RS256", "jwk": stranger.as_dict(private=False)}
    return jwt.encode(header, claims, stranger)


def altered(provider: Provider, claims: Claims) -> str:
    head, _body, signature = honest(provider, claims).split(".")
    return f"{head}.{part({**claims, 'email': 'head@example.org'})}.{signature}"


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, answering on this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.requests.append(parts.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
                return
            documents = {"/.well-known/openid-configuration": provider.discovery, "/keys": provider.public_keys}
            self.answer(200, documents[parts.path]()) if parts.path in documents else self.answer(404, {})

        def do_POST(self) -> None:
            provider.requests.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[-1] for name, values in parse_qs(body).items()}
            self.answer(*provider.exchange(form, self.headers.get("Authorization", "")))

        def answer(self, status: int, document: Claims) -> None:
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
