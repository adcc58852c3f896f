"""Signing in and out."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from alongside.foundation.accounts import provider
from alongside.foundation.accounts.adapters import tell_of_failure
from alongside.foundation.accounts.forms import (
    ConfirmByCodeForm,
    ConfirmByPasskeyForm,
    ConfirmByPasswordForm,
    PasskeySecondFactorForm,
    PasskeySignInForm,
    SecondFactorForm,
    SignInForm,
)
from alongside.foundation.accounts.middleware import allowed_without_second_factor
from alongside.foundation.accounts.paths import safe_path
from alongside.foundation.accounts.queries import demo_stands
from alongside.foundation.accounts.rules import SessionEnd, SignInFailure, SignInMethod
from alongside.foundation.accounts.sessions import method_of
from alongside.foundation.accounts.views.helpers import local_account, page
from alongside.foundation.accounts.views.provider import leads_there

_PLACE = "foundation/accounts/"


class SignInPage(LoginView):
    """Address and password, a passkey, or the provider: whichever this service uses."""

    form_class = SignInForm
    template_name = _PLACE + "sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.LOCAL_SIGN_IN:
            raise Http404
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        reason = asked.get("ended", "")
        return {
            **super().get_context_data(**kwargs),
            "local_sign_in": settings.LOCAL_SIGN_IN,
            "provider_name": settings.OIDC_NAME if provider.is_connected() else "",
            "has_demo": demo_stands(),
            "ended": reason if reason in set(SessionEnd) else "",
            "kept": asked.get("kept", ""),
            "signed_out": "signed-out" in asked,
            "passkey_failed": "passkey-failed" in asked,
            "idle_minutes": int(settings.SESSION_IDLE.total_seconds() // 60),
            "next": safe_path(asked.get("next", ""), otherwise=""),
        }


class PasskeySignInPage(LoginWebAuthnView):
    """A passkey in place of password and code. Answers scripts with a challenge, and the form with a sign-in."""

    form_class = PasskeySignInForm

    def form_invalid(self, form: Any) -> HttpResponse:
        tell_of_failure(self.request, address="", reason=SignInFailure.SECOND_FACTOR)
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?passkey-failed")

    def form_valid(self, form: Any) -> HttpResponse:
        if not settings.LOCAL_SIGN_IN:
            raise Http404
        answer: HttpResponse = super().form_valid(form)
        return answer


class SecondFactorPage(AuthenticateView):
    """The second step: a code or a passkey."""

    form_class = SecondFactorForm
    webauthn_form_class = PasskeySecondFactorForm
    template_name = _PLACE + "second_step.html"


class ConfirmPage(ReauthenticateView):
    """The password again, before how someone signs in changes."""

    form_class = ConfirmByPasswordForm
    template_name = _PLACE + "confirm_password.html"


class ConfirmByCodePage(CodeReauthenticateView):
    """A code again, before how someone signs in changes."""

    form_class = ConfirmByCodeForm
    template_name = _PLACE + "confirm_code.html"


class ConfirmByPasskeyPage(ReauthenticateWebAuthnView):
    """A passkey again, before how someone signs in changes."""

    form_class = ConfirmByPasskeyForm
    template_name = _PLACE + "confirm_passkey.html"


class SignOutPage(LogoutView):
    """Sign out here and, where a provider vouched, there too. Asks first where someone only follows a link."""

    template_name = _PLACE + "sign_out.html"

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        was_provider = self.request.user.is_authenticated and method_of(self.request.session) is SignInMethod.PROVIDER
        farewell = provider.sign_out_address(self.request) if was_provider else ""
        self.logout()
        if farewell and not leads_there(farewell):
            return page(self.request, "signed_out_here", {"farewell": farewell, "provider_name": settings.OIDC_NAME})
        return HttpResponseRedirect(farewell or f"{settings.LOGIN_URL}?signed-out")


sign_in = SignInPage.as_view()
sign_in_by_passkey = login_not_required(PasskeySignInPage.as_view())
second_step = SecondFactorPage.as_view()
confirm_by_password = allowed_without_second_factor(local_account(ConfirmPage.as_view()))
confirm_by_code = local_account(ConfirmByCodePage.as_view())
confirm_by_passkey = local_account(ConfirmByPasskeyPage.as_view())
sign_out = allowed_without_second_factor(SignOutPage.as_view())


@login_not_required
@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """Leave the second step, to sign in as someone else."""
    clear_login(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@login_not_required
@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Someone whose account is closed typed the right password."""
    return page(request, "inactive", status=403)
