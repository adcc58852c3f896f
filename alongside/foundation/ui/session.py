"""The clock of a session, as the layout shows it. The room that keeps sessions says how long is left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest


@dataclass(frozen=True)
class SessionClock:
    """When the session ends if nothing happens, and where to go. `now` is the server's time, since clocks differ.

    `state_url` answers with `seconds_left`, since another window may have kept the session alive; `keep_url` keeps
    what was last typed until its writer is back. Either may be empty. `whose` tells sessions of different people apart
    in the windows of one browser, and tells nothing else.
    """

    now: datetime
    expires_at: datetime
    extend_url: str
    sign_out_url: str
    expired_url: str
    warn_seconds: int = 120
    state_url: str = ""
    keep_url: str = ""
    whose: str = ""


_clocks: list[Callable[[HttpRequest], SessionClock | None]] = []


def register_clock(clock: Callable[[HttpRequest], SessionClock | None]) -> None:
    """Names the function that knows when a request's session ends; the last one registered is asked."""
    _clocks[:] = [clock]


def clock_of(request: HttpRequest) -> SessionClock | None:
    """The clock of the request's session; None where nobody is signed in or no room keeps sessions."""
    return _clocks[0](request) if _clocks else None
