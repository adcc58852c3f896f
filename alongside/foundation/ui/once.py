"""A form that is sent twice counts once, whatever it writes: a double click, or back and send again.

A form draws a key of its own. Where the same user sends the very same form again, and it was answered by sending them
on, they are sent on again and nothing is done. Whoever goes back and changes a word sends another form. Rooms whose new
row can take the key as its id use `OnceField` and `insert_once` instead, which hold for as long as the row does.
"""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

NAME = "counts_once"
REMEMBERED = 24 * 60 * 60
_KEY = "_counts_once_key"
TWICE = "This was sent twice, and counts once."


class CountsOnceMiddleware:
    """Answers a form that was sent before as it was answered then. Runs within the request's transaction.

    Asked once the token of the form has been checked; a view that checks it itself, to judge the size of a file before
    anything is read, is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        key: str | None = getattr(request, _KEY, None)
        if key is not None and isinstance(response, HttpResponseRedirect):
            cache.set(key, response.url, REMEMBERED)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The earlier answer where this very form was answered before; None where the view is to be asked."""
        key = None if getattr(view, "csrf_exempt", False) else _key_of(request)
        if key is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        earlier = cache.get(key)
        if earlier is None:
            setattr(request, _KEY, key)
            return None
        messages.info(request, TWICE)
        return redirect(earlier)


def drawn_key() -> SafeString:
    """The hidden field that lets a form count once; another each time that the form is drawn."""
    return format_html('<input type="hidden" name="{}" value="{}">', NAME, uuid4())


def _key_of(request: HttpRequest) -> str | None:
    """What the form is known by: who sends it, where to, and every word and file of it; None where it has no key."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    try:
        UUID(request.POST.get(NAME, ""))
    except ValueError:
        return None
    told = [str(request.user.pk), request.get_full_path()]
    told += [
        f"{name}={value}"
        for name, values in sorted(request.POST.lists())
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    told += [f"{name}:{file.name}:{file.size}" for name, files in sorted(request.FILES.lists()) for file in files]
    return "once:" + hashlib.sha256("\0".join(told).encode()).hexdigest()
