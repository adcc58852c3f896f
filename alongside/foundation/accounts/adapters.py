"""Where allauth asks this product how to do things. Nothing else of the product imports allauth's adapters."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.rules import SignInFailure
from alongside.foundation.accounts.sealing import seal, unseal
from alongside.foundation.accounts.sessions import ASSURED, SETTING_UP, times_of

_FACTOR_PURPOSE = "second-factor"
SET_UP_SECONDS = 15 * 60


def display_name(user: User) -> str:
    """The user's name, as colleagues know them."""
    return user.name


class AccountAdapter(DefaultAccountAdapter):
    """Closed to sign-up, neutral about who has an account, and plain in what it says."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email address or password is not right. Check both and try again."),
        "incorrect_password": _("That is not your password. Check it and try again."),
        "incorrect_code": _("That code is not right. Enter the newest code from your app, or an unused recovery code."),
        "too_many_login_attempts": _(
            "There have been too many attempts. Wait 10 minutes and try again, or reset your password."
        ),
        "rate_limited": _("There have been too many attempts. Wait 10 minutes and try again."),
        "enter_current_password": _("Enter the password that you use now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except Exception:
            tell_of_failure(request, address=credentials.get("email", ""), reason=SignInFailure.THROTTLED)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        tell_of_failure(request, address=credentials.get("email", ""), reason=SignInFailure.PASSWORD)

    def login(self, request: HttpRequest, user: User) -> None:
        proved = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
        super().login(request, user)
        request.session[ASSURED if proved else SETTING_UP] = True

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where sign-in leads; someone who has yet to set up a second factor goes there first."""
        return "/" if request.session.get(ASSURED) else reverse("accounts:second_factor")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        if not request.session.get(ASSURED):
            kwargs["redirect_url"] = None
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Someone who sets up their first factor moments after signing in is not asked for the password twice."""
        session = self.request.session
        times = times_of(session)
        just_begun = times is not None and (timezone.now() - times.begun_at).total_seconds() < SET_UP_SECONDS
        return not (just_begun and session.get(SETTING_UP))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to prove again who one is, in our words."""
        words = {
            "reauthenticate": _("Use your password instead"),
            "mfa_reauthenticate": _("Use a code instead"),
            "mfa_reauthenticate:webauthn": _("Use a passkey instead"),
        }
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in passing: each page says what happened on the page that follows."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = template_prefix.rsplit("/", 1)[-1]
        send_account_mail(name, to=email, context=context)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Nothing: the actions write these themselves, also where no page is involved."""


def tell_of_failure(request: HttpRequest, *, address: str, reason: SignInFailure, user: User | None = None) -> None:
    """Send `sign_in_failed`, with the user where the address is known."""
    known = user or User.objects.filter(email=address.strip().lower()).first()
    signals.sign_in_failed.send(sender=User, user=known, address=address, request=request, reason=reason)


_SUBJECTS = {
    "invitation": _("Your Alongside account"),
    "password_reset_key": _("Choose a new Alongside password"),
    "unknown_account": _("Your request to Alongside"),
    "password_changed": _("Your Alongside password was changed"),
    "factors_changed": _("How you sign in to Alongside has changed"),
}


def send_account_mail(name: str, *, to: str, context: dict[str, Any]) -> None:
    """Send the account email `name` (a template in `emails/`) to one address."""
    body = render_to_string(f"foundation/accounts/emails/{name}.txt", context)
    EmailMessage(subject=str(_SUBJECTS[name]), body=body, from_email=settings.DEFAULT_FROM_EMAIL, to=[to]).send()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of second factors, and never lets the last one go."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=_FACTOR_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=_FACTOR_PURPOSE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        remains: bool = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return remains

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the actions write these themselves."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Alongside"}
