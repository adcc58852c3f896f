"""From a request that meets the end of its session to a form that is kept for its writer."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from alongside.foundation.accounts.actions import keep_form
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.paths import safe_path
from alongside.foundation.accounts.rules import SessionEnd

_KEPT_PATH = "kept-path"
_NEVER_KEPT = ("/account/", "/sign-", "/password/", "/invitation/")


@dataclass(frozen=True)
class EndedSession:
    """A session that a request came with and that is over."""

    user_id: str
    reason: SessionEnd


def ended_session(request: HttpRequest) -> EndedSession | None:
    """The session that this request came with, if it is over."""
    ended: EndedSession | None = getattr(request, "ended_session", None)
    return ended


def way_to_sign_in(request: HttpRequest, ended: EndedSession) -> str:
    """Where someone signs in again and then goes on: to the page they asked for, or to what they had typed."""
    target, kept = request.get_full_path(), "no"
    if request.method == "POST":
        place = keep_typed(request, user_id=ended.user_id)
        target, kept = place or "/", "yes" if place else "nothing"
    query = urlencode({"ended": ended.reason, "kept": kept, "next": target})
    return f"{settings.LOGIN_URL}?{query}"


def keep_typed(request: HttpRequest, *, user_id: str) -> str:
    """Keep what this request carries, and answer with where its writer finds it again; empty where nothing is kept.

    A page's script names with `kept-path` where its form was going; any other form was going where it went.
    """
    asked = request.POST.get(_KEPT_PATH)
    path = request.get_full_path() if asked is None else safe_path(asked, otherwise="")
    if not user_id or not path or path.startswith(_NEVER_KEPT) or not User.objects.filter(pk=user_id).exists():
        return ""
    fields = {name: [str(one) for one in values] for name, values in request.POST.lists() if name != _KEPT_PATH}
    form = keep_form(user_id=user_id, path=path, fields=fields, files_lost=bool(request.FILES))
    return reverse("accounts:kept_form", args=[form.pk]) if form else ""
