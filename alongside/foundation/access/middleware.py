"""One request, one transaction, one identity."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase

from alongside.foundation.records.identity import set_identity

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestTransactionMiddleware:
    """Runs a request, its view and its rendering, in one transaction that carries who is asking.

    A server error rolls everything back; any other answer commits, so that a refused look is still logged.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            user = request.user
            set_identity(user.pk if user.is_authenticated else None)
            response = self.get_response(request)
            if response.status_code >= 500:
                connection.set_rollback(True)
        return response
