"""The clocks of a session, what happens when they run out, and the second factor that everyone needs."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.kept_forms import EndedSession, ended_session, way_to_sign_in
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.rules import SessionEnd, session_end
from alongside.foundation.accounts.sessions import ASSURED, SEEN_AT, is_signed_in, limits, times_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

RECORDED_EVERY_SECONDS = 60
"""How often a session in use is written to, so that reading pages writes nothing."""

NOT_ACTIVITY = "is_not_activity"
WITHOUT_SECOND_FACTOR = "allowed_without_second_factor"


def not_activity(view: View) -> View:
    """Mark a view whose being asked for does not keep a session alive."""
    setattr(view, NOT_ACTIVITY, True)
    return view


def allowed_without_second_factor(view: View) -> View:
    """Mark a view that someone who has yet to set up a second factor may use."""
    setattr(view, WITHOUT_SECOND_FACTOR, True)
    return view


class SessionLimitsMiddleware:
    """Ends sessions that have lain idle or lasted too long, before anything else can see who they belonged to.

    Stands between the session and the request's transaction. Reads nothing but the session itself, and writes at most
    once a minute.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_signed_in(request.session):
            return self.get_response(request)
        reason = session_end(times_of(request.session), limits=limits(), now=timezone.now())
        if reason:
            self._end(request, reason=reason)
        response = self.get_response(request)
        # What someone signed in was shown is not to be had from the browser once they have gone.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Record that the session is in use, before the page is drawn, so that its clock counts this visit."""
        if getattr(view, NOT_ACTIVITY, False) or not is_signed_in(request.session):
            return
        now = timezone.now()
        if now.timestamp() - float(request.session.get(SEEN_AT, 0)) < RECORDED_EVERY_SECONDS:
            return
        if request.user.is_authenticated:
            request.session[SEEN_AT] = now.timestamp()
            User.objects.filter(pk=request.user.pk).update(last_seen_at=now)

    def _end(self, request: HttpRequest, *, reason: SessionEnd) -> None:
        user_id = str(request.session[SESSION_KEY])
        with transaction.atomic():
            signals.session_expired.send(sender=User, user_id=user_id, request=request, reason=reason)
            request.session.flush()
        request.ended_session = EndedSession(user_id=user_id, reason=reason)  # type: ignore[attr-defined]


class EndedSessionMiddleware:
    """Tells whoever comes back to an ended session what happened, and keeps what they had typed until they are back.

    Whoever signed out in another window is told that what they sent was not kept: nobody knows any more whose it is.

    Stands after the CSRF check, so that nobody else's form is kept, and before the one that asks for sign-in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        ended = ended_session(request)
        if not getattr(view, "login_required", True):
            return None
        if ended is None and request.method == "POST" and not is_signed_in(request.session):
            ended = EndedSession(user_id="", reason=SessionEnd.UNKNOWN)
        if ended is None:
            return None
        way = way_to_sign_in(request, ended)
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"ended": ended.reason, "sign_in": way}, status=401)
        return HttpResponseRedirect(way)


class SecondFactorMiddleware:
    """Leads someone who has only a password to set up a second factor, and lets them do nothing else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not is_signed_in(request.session) or request.session.get(ASSURED):
            return None
        if getattr(view, WITHOUT_SECOND_FACTOR, False) or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return None
        return HttpResponseRedirect(reverse("accounts:second_factor"))
