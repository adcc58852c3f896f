"""When a session ends, and what may be kept of a form that met its end. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SignInMethod(StrEnum):
    """How someone proved who they are."""

    LOCAL = "local"
    PROVIDER = "provider"
    DEMO = "demo"


class SignInFailure(StrEnum):
    """Why a sign-in did not succeed. For the trail; the person at the keyboard is told less."""

    PASSWORD = "password"  # noqa: S105
    SECOND_FACTOR = "second_factor"
    THROTTLED = "throttled"
    PROVIDER = "provider"
    UNKNOWN_AT_PROVIDER = "unknown_at_provider"


class PasswordChange(StrEnum):
    """How a password came to change."""

    INVITED = "invited"
    CHANGED = "changed"
    RESET = "reset"


class SessionEnd(StrEnum):
    """Why a session ended by itself."""

    IDLE = "idle"
    ABSOLUTE = "absolute"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SessionLimits:
    """How long a session may lie idle, how long it may last at all, and how long before its end to warn."""

    idle: timedelta
    absolute: timedelta
    warning: timedelta


@dataclass(frozen=True)
class SessionTimes:
    """When a session began and when it was last seen in use."""

    begun_at: datetime
    seen_at: datetime


def ends_at(times: SessionTimes, limits: SessionLimits) -> datetime:
    """When the session ends if nothing more happens in it."""
    return min(times.seen_at + limits.idle, times.begun_at + limits.absolute)


def session_end(times: SessionTimes | None, *, limits: SessionLimits, now: datetime) -> SessionEnd | None:
    """Why the session has ended, or None while it lives. A session without times, or from the future, has ended."""
    if times is None or times.begun_at > times.seen_at or times.seen_at > now + timedelta(minutes=5):
        return SessionEnd.UNKNOWN
    if now >= times.begun_at + limits.absolute:
        return SessionEnd.ABSOLUTE
    if now >= times.seen_at + limits.idle:
        return SessionEnd.IDLE
    return None


KEPT_FORM_SIZE = 200_000
KEPT_FORMS_EACH = 5
KEPT_FORM_LIFE = timedelta(hours=24)
_SECRET_WORDS = ("password", "passcode", "passphrase", "secret", "token", "credential")
_SECRET_NAMES = frozenset({"code", "otp", "pin", "csrfmiddlewaretoken"})


def is_secret_field(name: str) -> bool:
    """Whether a field of this name may never be kept: passwords, codes, keys and tokens."""
    lowered = name.lower()
    last = lowered.rsplit("-", 1)[-1]
    return last in _SECRET_NAMES or any(word in last for word in _SECRET_WORDS)


def keepable(fields: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """The names and values of a form that may be kept until its writer is back, in order; empty where too large."""
    pairs = [(name, value) for name, values in fields.items() if not is_secret_field(name) for value in values]
    size = sum(len(name) + len(value) for name, value in pairs)
    return pairs if size <= KEPT_FORM_SIZE else []
