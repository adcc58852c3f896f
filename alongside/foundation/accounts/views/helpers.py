"""What the pages of this room share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.registry import may_manage_accounts
from alongside.foundation.accounts.rules import SignInMethod
from alongside.foundation.accounts.sessions import method_of

View = Callable[..., HttpResponseBase]


def user_of(request: HttpRequest) -> User:
    """Who is signed in. Raises PermissionDenied where nobody is, which the sign-in middleware does not let happen."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def local_account(view: View) -> View:
    """Only for those who signed in with a local account: elsewhere the provider keeps passwords and factors."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if method_of(request.session) is not SignInMethod.LOCAL:
            raise Http404
        return view(request, *args, **kwargs)

    return run


def local_sign_in(view: View) -> View:
    """Only where passwords are used at all."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.LOCAL_SIGN_IN:
            raise Http404
        return view(request, *args, **kwargs)

    return run


def account_manager(view: View) -> View:
    """Only for those who manage accounts; to everyone else the page is not there."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_accounts(user_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return run


def base_url(request: HttpRequest) -> str:
    """The address of this service, as links in emails need it."""
    return f"{request.scheme}://{request.get_host()}"


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, also where that is nothing."""
    return request.POST if request.method == "POST" else None


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to one place, or one account, that asks too often."""
    response = page(request, "too_many", status=429)
    response["Retry-After"] = "60"
    return response


def page(request: HttpRequest, name: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Draw one of this room's templates."""
    return render(request, f"foundation/accounts/{name}.html", context, status=status)


def confirmed(view: View) -> View:
    """Only for those who have just proved again who they are: asks for password, code or passkey, and comes back."""
    guarded: View = reauthentication_required(app="allauth.mfa")(view)
    return guarded


def too_often(request: HttpRequest, action: str, *, key: str | None = None, user: User | None = None) -> bool:
    """Counts one more try of `action`; whether there have been too many."""
    return not consume(request, app="allauth.account", action=action, key=key, user=user, limit_get=False)
