"""Keeping a page to those with a right. What belongs to a case is guarded by the case; this is for everything else."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def user_of(request: HttpRequest) -> User:
    """Whoever is asking. Raises PermissionDenied where nobody is signed in, which a guard has made impossible."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user


def signed_in(view: View[P]) -> View[P]:
    """Send whoever is not signed in to sign in, and back here afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def needs(right: Right) -> Callable[[View[P]], View[P]]:
    """Let in only someone who holds `right`; anyone else who is signed in is told that they may not."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not holding_of(request.user).may(right):
                raise PermissionDenied(f"Only someone who may {right.value} can open this page.")
            return view(request, *args, **kwargs)

        return guarded

    return guard
