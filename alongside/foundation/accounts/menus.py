"""What this room puts into the layout: the user's own menu, and the clock of the session."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alongside.foundation.accounts.rules import SessionEnd, SignInMethod
from alongside.foundation.accounts.sessions import is_signed_in, method_of, seconds_left
from alongside.foundation.ui.navigation import Menu, NavigationItem, register
from alongside.foundation.ui.session import SessionClock, register_clock


def register_menus() -> None:
    """Called once, when the product starts."""
    register(Menu.ACCOUNT, NavigationItem(_("My account"), "accounts:account", order=10))
    register(Menu.ACCOUNT, NavigationItem(_("Be someone else"), "accounts:demo", order=15, visible=is_demo))
    register(Menu.ACCOUNT, NavigationItem(_("Sign out"), "account_logout", order=20, method="post"))
    register_clock(clock)


def is_demo(request: HttpRequest) -> bool:
    """Whether this session was begun with a click in a demo."""
    return hasattr(request, "session") and method_of(request.session) is SignInMethod.DEMO


def clock(request: HttpRequest) -> SessionClock | None:
    """When this session ends if nothing more happens in it."""
    if not hasattr(request, "session") or not is_signed_in(request.session):
        return None
    now = timezone.now()
    return SessionClock(
        now=now,
        expires_at=now + timedelta(seconds=seconds_left(request)),
        extend_url=reverse("accounts:extend_session"),
        sign_out_url=reverse("account_logout"),
        expired_url=f"{settings.LOGIN_URL}?{urlencode({'ended': SessionEnd.IDLE, 'next': _way_back(request)})}",
        state_url=reverse("accounts:session"),
        keep_url=reverse("accounts:keep_form"),
        whose=str(UUID(bytes=salted_hmac("accounts.whose", str(request.session[SESSION_KEY])).digest()[:16])),
        warn_seconds=int(settings.SESSION_WARNING.total_seconds()),
    )


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else "/"
