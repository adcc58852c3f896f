"""Second factors: setting up the first, adding, removing, recovery codes."""

import base64
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.accounts.actions import (
    AccountError,
    add_authenticator_app,
    add_passkey,
    remove_factor,
    renew_recovery_codes,
)
from alongside.foundation.accounts.forms import AddAppForm, AddPasskeyForm
from alongside.foundation.accounts.middleware import allowed_without_second_factor
from alongside.foundation.accounts.queries import factors_of, has_second_factor, recovery_codes_left
from alongside.foundation.accounts.sessions import ASSURED, SETTING_UP
from alongside.foundation.accounts.views.helpers import confirmed, local_account, page, posted, user_of


@allowed_without_second_factor
@local_account
@never_cache
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where someone who has only a password chooses their second factor; everyone else sees the ones they have."""
    user = user_of(request)
    if request.session.get(ASSURED):
        return page(
            request,
            "factors",
            {
                "factors": factors_of(user),
                "codes_left": recovery_codes_left(user),
                "can_remove": len(factors_of(user)) > 1,
            },
        )
    if _lacks_its_factor(request):
        logout(request)
        return redirect("account_login")
    return page(request, "choose_factor")


def _lacks_its_factor(request: HttpRequest) -> bool:
    """A session with a password alone, of someone who has a second factor, did not come through the front door."""
    return not request.session.get(ASSURED) and has_second_factor(user_of(request))


@allowed_without_second_factor
@local_account
@never_cache
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app by its QR code or by typing its key."""
    user = user_of(request)
    if _lacks_its_factor(request):
        return redirect("accounts:second_factor")
    if any(factor.kind == "totp" for factor in factors_of(user)):
        messages.info(request, _("You already have an authenticator app. Remove it first to set up another."))
        return redirect("accounts:second_factor")
    form = AddAppForm(posted(request), user=user)
    if request.method == "POST" and form.is_valid():
        add_authenticator_app(user=user, secret=form.secret)
        clear_totp_secret(request)
        return _after_adding(request)
    adapter = get_adapter()
    address = adapter.build_totp_url(user, form.secret)
    picture = base64.b64encode(adapter.build_totp_svg(address).encode()).decode()
    key = " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4))
    return page(request, "add_app", {"form": form, "picture": f"data:image/svg+xml;base64,{picture}", "key": key})


@allowed_without_second_factor
@local_account
@never_cache
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey_page(request: HttpRequest) -> HttpResponse:
    """Add a passkey: the browser makes it, this page keeps what it answers."""
    user = user_of(request)
    if _lacks_its_factor(request):
        return redirect("accounts:second_factor")
    form = AddPasskeyForm(posted(request), user=user, initial={"name": ""})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"].strip() or _("Passkey")
        add_passkey(user=user, name=name, credential=form.cleaned_data["credential"])
        return _after_adding(request)
    options = webauthn.begin_registration(user, passwordless=False)
    return page(request, "add_passkey", {"form": form, "options": _prefer_discoverable(options)})


def _prefer_discoverable(options: dict[str, Any]) -> dict[str, Any]:
    """Ask for a passkey that can also sign in by itself, without refusing a security key that cannot."""
    selection = dict(options["publicKey"].get("authenticatorSelection") or {})
    selection |= {"residentKey": "preferred", "requireResidentKey": False}
    return {"publicKey": {**options["publicKey"], "authenticatorSelection": selection}}


def _after_adding(request: HttpRequest) -> HttpResponse:
    request.session[ASSURED] = True
    if recovery_codes_left(user_of(request)) is None:
        return redirect("accounts:recovery_codes")
    messages.success(request, _("Your new way to sign in is ready to use."))
    return redirect("accounts:second_factor")


@local_account
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Remove one second factor, after asking. The last one stays."""
    user = user_of(request)
    factor = next((one for one in factors_of(user) if one.id == factor_id), None)
    if factor is None:
        return redirect("accounts:second_factor")
    if request.method != "POST":
        return page(request, "remove_factor", {"factor": factor})
    try:
        remove_factor(user=user, factor_id=factor_id)
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(name)s” was removed.") % {"name": factor.name})
    return redirect("accounts:second_factor")


@local_account
@never_cache
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once, in answer to a button."""
    user = user_of(request)
    if request.method != "POST":
        return page(request, "recovery_codes", {"codes_left": recovery_codes_left(user)})
    codes = renew_recovery_codes(user=user)
    request.session.pop(SETTING_UP, None)
    return page(request, "recovery_codes", {"codes": codes})
