"""What is shown when the product itself has failed. Neither page touches the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

SECONDS_TO_WAIT = "30"
# Connection lost or refused, server stopping or starting, out of disk, memory or connections. No state: never reached.
UNAVAILABLE_STATES = ("08", "57P", "53")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: 503 where the database cannot answer, and 500 where the fault is in the product."""
    if database_is_unavailable(sys.exc_info()[1]):
        page = HttpResponse(loader.get_template("503.html").render(), status=503)
        page["Retry-After"] = SECONDS_TO_WAIT
        return page
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def database_is_unavailable(error: BaseException | None) -> bool:
    """Whether an error means that the database is away or full, so that the same request may work later."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(UNAVAILABLE_STATES)
