"""Whether this process can serve, for load balancers and for `make demo`."""

import json
from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

ADDRESS = "/health/"


class HealthMiddleware:
    """Answers `/health/` before anything else does: 200 where the database answers, 503 where it does not.

    It stands first, since sessions and the transaction of a request need the very database that may be away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == ADDRESS and request.method in ("GET", "HEAD"):
            return health()
        return self.get_response(request)


def health() -> HttpResponse:
    """The state of the database, as JSON."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        connection.close()
        return _answer("unavailable", status=503)
    return _answer("available", status=200)


def _answer(database: str, *, status: int) -> HttpResponse:
    answer = HttpResponse(json.dumps({"database": database}), content_type="application/json", status=status)
    answer["Cache-Control"] = "no-store"
    return answer
