"""What a session says about itself: how it began, when it was last used, and whether a second factor backs it."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from alongside.foundation.accounts.backends import DemoBackend, ProviderBackend
from alongside.foundation.accounts.rules import SessionLimits, SessionTimes, SignInMethod, ends_at

BEGUN_AT = "begun_at"
SEEN_AT = "seen_at"
ASSURED = "assured"
"""Truthy once more than a password stands behind the session."""
SETTING_UP = "setting_up"
"""Truthy in the session in which someone sets up their first second factor, until they have their recovery codes."""

_METHODS = {
    f"{ProviderBackend.__module__}.{ProviderBackend.__qualname__}": SignInMethod.PROVIDER,
    f"{DemoBackend.__module__}.{DemoBackend.__qualname__}": SignInMethod.DEMO,
}


def limits() -> SessionLimits:
    """The limits that are set here."""
    return SessionLimits(
        idle=settings.SESSION_IDLE, absolute=settings.SESSION_ABSOLUTE, warning=settings.SESSION_WARNING
    )


def begin(session: SessionBase, *, now: datetime) -> None:
    """Start the clocks of a session that has just been signed in to."""
    session[BEGUN_AT] = session[SEEN_AT] = now.timestamp()
    if method_of(session) is not SignInMethod.LOCAL:
        session[ASSURED] = True


def times_of(session: SessionBase) -> SessionTimes | None:
    """When the session began and was last used; None where it does not say so."""
    try:
        begun, seen = float(session[BEGUN_AT]), float(session[SEEN_AT])
        return SessionTimes(begun_at=_moment(begun), seen_at=_moment(seen))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def method_of(session: SessionBase) -> SignInMethod:
    """How the session was signed in to."""
    return _METHODS.get(session.get(BACKEND_SESSION_KEY, ""), SignInMethod.LOCAL)


def is_signed_in(session: SessionBase) -> bool:
    """Whether the session names a user. Costs no query beyond loading the session."""
    return SESSION_KEY in session


def seconds_left(request: HttpRequest) -> int:
    """How many seconds the session has left if nothing more happens in it; 0 where there is none."""
    times = times_of(request.session) if is_signed_in(request.session) else None
    if times is None:
        return 0
    return max(0, int((ends_at(times, limits()) - timezone.now()).total_seconds()))


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone())
