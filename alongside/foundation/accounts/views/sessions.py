"""The session: how long it has, more time, what was typed when it ended, and signing out everywhere."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.foundation.accounts.actions import discard_kept_form, end_sessions
from alongside.foundation.accounts.kept_forms import ended_session, keep_typed, way_to_sign_in
from alongside.foundation.accounts.middleware import allowed_without_second_factor, not_activity
from alongside.foundation.accounts.paths import safe_path
from alongside.foundation.accounts.queries import factors_of, kept_answers, recovery_codes_left
from alongside.foundation.accounts.registry import may_manage_accounts
from alongside.foundation.accounts.rules import SignInMethod
from alongside.foundation.accounts.sessions import SEEN_AT, method_of, seconds_left
from alongside.foundation.accounts.views.helpers import page, user_of

NOT_TYPED = frozenset({"once", "counts_once", "version", "seen", "drawn"})
"""Fields that pages write for themselves: sent again with the rest, and nothing to read."""


@login_not_required
@not_activity
@never_cache
@require_safe
def state(request: HttpRequest) -> JsonResponse:
    """How many seconds the session has left, and what its forms carry now. Asking does not keep it alive."""
    return JsonResponse({"seconds_left": seconds_left(request), "csrf": get_token(request)})


@allowed_without_second_factor
@never_cache
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Start the idle clock again, because someone said that they are still there."""
    request.session[SEEN_AT] = timezone.now().timestamp()
    if request.headers.get("Accept", "").startswith("application/json"):
        now = timezone.now()
        until = now + timedelta(seconds=seconds_left(request))
        return JsonResponse({"now": now.isoformat(), "expires_at": until.isoformat()})
    return redirect(safe_path(request.POST.get("next", "")))


@login_not_required
@not_activity
@require_POST
def keep(request: HttpRequest) -> JsonResponse:
    """Keep what stands in a form whose session is ending. Sent by the page's script.

    Answers with `sign_in` where the session is over, and with `next` where it is not.
    """
    ended = ended_session(request)
    if ended is not None:
        return JsonResponse({"sign_in": way_to_sign_in(request, ended)})
    if not request.user.is_authenticated:
        return JsonResponse({"sign_in": settings.LOGIN_URL})
    return JsonResponse({"next": keep_typed(request, user_id=str(request.user.pk))})


@never_cache
@require_safe
def kept_form(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """Give back what someone had typed: to send now, or to forget. Someone else's is not there."""
    kept = kept_answers(user_of(request), kept_id)
    rows = [
        {"name": name.rsplit("-", 1)[-1].replace("_", " ").capitalize(), "value": value}
        for name, value in (kept.answers if kept else [])
        if value and name.rsplit("-", 1)[-1] not in NOT_TYPED
    ]
    return page(request, "kept_form", {"kept": kept, "rows": rows}, status=200 if kept else 404)


@require_POST
def discard(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """Forget what was kept."""
    discard_kept_form(user=user_of(request), kept_id=kept_id)
    messages.success(request, _("What you had typed was deleted."))
    return redirect("/")


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """How I sign in, and where to change it."""
    user = user_of(request)
    method = method_of(request.session)
    is_local = method is SignInMethod.LOCAL
    return page(
        request,
        "account",
        {
            "method": method,
            "factors": factors_of(user) if is_local else [],
            "codes_left": recovery_codes_left(user) if is_local else None,
            "provider_name": settings.OIDC_NAME,
            "manages_accounts": may_manage_accounts(user),
        },
    )


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every other session of mine."""
    user = user_of(request)
    end_sessions(user=user, by=user)
    update_session_auth_hash(request, user)
    messages.success(request, _("You were signed out everywhere else."))
    return redirect("accounts:account")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that is too old. Nothing was done."""
    return page(request, "csrf_failure", status=403)
