"""One request, one transaction, one identity."""

import re
from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase

from alongside.foundation.records.identity import set_identity

GetResponse = Callable[[HttpRequest], HttpResponseBase]
FIRST_KEY = re.compile(r"/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")


class RequestTransactionMiddleware:
    """Runs a request, its view and its rendering, in one transaction that carries who is asking.

    A server error rolls everything back; any other answer commits, so that a refused look is still logged.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            user = request.user
            set_identity(user.pk if user.is_authenticated else None, about=named_in(request.path_info))
            response = self.get_response(request)
            if response.status_code >= 500:
                connection.set_rollback(True)
        return response


def named_in(path: str) -> UUID | None:
    """The first key in an address: on the pages of a case, the case. It says what is looked at, never that one may."""
    found = FIRST_KEY.search(path)
    return UUID(found[1]) if found else None
