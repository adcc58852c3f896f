"""Passwords: changing one, choosing a new one by email, and the first one from an invitation."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.foundation.accounts.actions import (
    AccountError,
    accept_invitation,
    change_password,
    digest_of,
    request_password_reset,
)
from alongside.foundation.accounts.forms import ChangePasswordForm, NewPasswordForm, ResetPasswordForm
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import open_invitation
from alongside.foundation.accounts.rules import PasswordChange
from alongside.foundation.accounts.views.helpers import (
    base_url,
    local_account,
    local_sign_in,
    page,
    posted,
    too_many,
    too_often,
    user_of,
)

_RESET_KEY = "reset_key"
_INVITATION = "invitation_digest"
_IN_SESSION = "choose"


@local_account
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Change one's own password. Other sessions end; this one goes on."""
    user = user_of(request)
    form = ChangePasswordForm(posted(request), user=user)
    if request.method == "POST":
        if too_often(request, "change_password", user=user):
            return too_many(request)
        if form.is_valid():
            change_password(user=user, password=form.cleaned_data["new_password"], how=PasswordChange.CHANGED)
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password was changed, and you were signed out everywhere else."))
            return redirect("accounts:account")
    return page(request, "change_password", {"form": form})


@login_not_required
@local_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a new password. Says the same, in the same time, whether or not the address is known."""
    form = ResetPasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"].lower()
        if too_often(request, "reset_password", key=address):
            return too_many(request)
        request_password_reset(address=address, base_url=base_url(request))
        return redirect("accounts:reset_sent")
    return page(request, "reset_password", {"form": form})


@login_not_required
@local_sign_in
@require_http_methods(["GET", "HEAD"])
def reset_sent(request: HttpRequest) -> HttpResponse:
    """What happens after asking for a link."""
    return page(request, "reset_sent", {"minutes": settings.PASSWORD_RESET_TIMEOUT // 60})


@login_not_required
@local_sign_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reset_with_key(request: HttpRequest, user_key: str, key: str) -> HttpResponse:
    """Choose a new password. The key moves from the address into the session, so that no other site can see it."""
    if too_often(request, "reset_password_from_key"):
        return too_many(request)
    if key != _IN_SESSION:
        request.session[_RESET_KEY] = key
        return redirect("accounts:reset_with_key", user_key, _IN_SESSION)
    user = _user_from_key(user_key)
    if user is None or not default_token_generator.check_token(user, str(request.session.get(_RESET_KEY, ""))):
        return page(request, "link_expired", {"what": "reset"}, status=410)
    form = NewPasswordForm(posted(request), user=user)
    if request.method == "POST" and form.is_valid():
        change_password(user=user, password=form.cleaned_data["new_password"], how=PasswordChange.RESET)
        del request.session[_RESET_KEY]
        messages.success(request, _("Your password was changed. Sign in with it now."))
        return redirect("account_login")
    return page(request, "choose_password", {"form": form, "email": user.email})


def _user_from_key(user_key: str) -> User | None:
    try:
        pk = urlsafe_base64_decode(user_key).decode()
        return User.objects.filter(pk=pk, is_active=True).first()
    except (ValueError, ValidationError):
        return None


@login_not_required
@local_sign_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation by choosing a password, and go on to the second factor."""
    if request.user.is_authenticated:
        return page(request, "already_signed_in", status=409)
    if token != _IN_SESSION:
        request.session[_INVITATION] = digest_of(token)
        return redirect("accounts:invitation", _IN_SESSION)
    invited = open_invitation(str(request.session.get(_INVITATION, "")), now=timezone.now())
    if invited is None:
        return page(request, "link_expired", {"what": "invitation"}, status=410)
    form = NewPasswordForm(posted(request), user=invited.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(invitation=invited, password=form.cleaned_data["new_password"])
        except AccountError:
            return page(request, "link_expired", {"what": "invitation"}, status=410)
        del request.session[_INVITATION]
        record_authentication(request, user, method="password", email=user.email)
        response: HttpResponse = perform_login(request, Login(user=user, redirect_url="/"))
        return response
    return page(request, "welcome", {"form": form, "name": invited.user.name, "email": invited.user.email})
