"""The three ways in: a local account, a provider, and, in a demo alone, a click."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import users_while_demo_stands


class LocalBackend(AuthenticationBackend):
    """Password sign-in, by allauth: same answer and same work whether or not the address is known."""

    def get_user(self, user_id: Any) -> User | None:
        return _active(user_id)


class ProviderBackend(BaseBackend):
    """Users whom a provider vouched for. Only the provider's own page signs anyone in with it."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: Any) -> User | None:
        return _active(user_id)


class DemoBackend(BaseBackend):
    """The cast of a demo. Asks on each request, in the query that finds the user, whether the demo still stands.

    So the moment a real person is in the database, every session that began with a click is over.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: Any) -> User | None:
        return users_while_demo_stands().filter(pk=user_id, is_active=True).first()


def _active(user_id: UUID) -> User | None:
    return User.objects.filter(pk=user_id, is_active=True).first()
