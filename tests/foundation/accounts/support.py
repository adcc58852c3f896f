"""What the tests of this room share: people with factors, and the signals that were sent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.dispatch import Signal
from django.test import Client

from alongside.foundation.accounts.models import User
from tests.factories import UserFactory

PASSWORD = "lighthouse-marmalade-otter"
NEW_PASSWORD = "violin-harbour-thistle"


def code_for(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app with this secret shows now, or some steps of half a minute from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def make_user(**fields: Any) -> User:
    return UserFactory(password=PASSWORD, **fields)


def make_secured_user(**fields: Any) -> tuple[User, str]:
    """Someone with a password and an authenticator app, and the app's secret."""
    user, secret = make_user(**fields), generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret


def sign_in(client: Client, user: User, secret: str, **data: Any) -> Any:
    """Sign in through the pages, both steps."""
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD, **data})
    return client.post("/sign-in/second-step/", {"code": code_for(secret)})


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@contextmanager
def heard(signal: Signal) -> Iterator[list[dict[str, Any]]]:
    """What is sent with `signal` meanwhile."""
    calls: list[dict[str, Any]] = []

    def listen(**kwargs: Any) -> None:
        calls.append(kwargs)

    signal.connect(listen, weak=False)
    try:
        yield calls
    finally:
        signal.disconnect(listen)
