"""Drawing together: while a session sits beside the person, nothing but the one map can be reached with it.

The session carries a flag from the moment the screen is turned to the person. Every other address of the product, also
one that does not exist, answers with the page on leaving; leaving ends the session, so that going on asks who it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

FLAG = "maps.together"
_MARK = "may_be_asked_together"
LEAVING = "maps:leaving"


def together_too(view: View) -> View:
    """Mark a view that may be asked for while drawing together, for the person beside."""
    setattr(view, _MARK, True)
    return view


def person_beside(request: HttpRequest) -> str:
    """The id of the person who sits beside; empty where nobody does."""
    return str(request.session.get(FLAG, ""))


def is_together(request: HttpRequest, person_id: UUID) -> bool:
    """Whether this session is drawing together with this person."""
    return person_beside(request) == str(person_id)


def begin(request: HttpRequest, person_id: UUID) -> None:
    """Turn the screen to the person."""
    request.session[FLAG] = str(person_id)


class TogetherMiddleware:
    """Keeps a session that is drawing together to its map, and keeps what it drew out of the browser's memory.

    Stands outside the request's transaction, so that an answer it puts aside has been rolled back or kept already.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        beside = person_beside(request)
        if not beside:
            return self.get_response(request)
        leaving = reverse(LEAVING, args=[beside])
        if not _may_be_asked(request, beside):
            return _unkept(HttpResponseRedirect(leaving))
        response = self.get_response(request)
        if response.status_code >= 400 and request.path != leaving:
            return _unkept(HttpResponseRedirect(leaving))
        return _unkept(response)


def _may_be_asked(request: HttpRequest, beside: str) -> bool:
    try:
        found: Any = resolve(request.path_info)
    except Resolver404:
        return False
    return bool(getattr(found.func, _MARK, False)) and str(found.kwargs.get("person_id", "")) == beside


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing of the answer is kept: going back in the browser asks again, and is sent to the page on leaving."""
    response["Cache-Control"] = "no-store"
    return response
