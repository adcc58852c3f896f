"""What people type to sign in and to manage how they sign in."""

import hashlib
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.accounts.models import User
from alongside.foundation.ui.forms import EmailField, GovForm, Look, PasswordField, TextField, Width

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_PASSWORD_HINT = _("At least 12 characters. Three random words make a good one. Your name or address does not.")
USED_CODE_SECONDS = 120
"""How long an authenticator code could pass, with one step of tolerance either way, and a little more."""
LARGEST_PASSKEY = 20_000


def email_field(label: "StrOrPromise" = "", *, autocomplete: str = "username") -> EmailField:
    """An email address; by default one that the browser can fill in."""
    return EmailField(
        label=label or _("Email address"),
        look=Look(width=Width.THIRTY, spellcheck=False, autocomplete=autocomplete),
        error_messages={
            "required": _("Enter your email address, like name@example.org"),
            "invalid": _("Enter an email address in the right format, like name@example.org"),
        },
    )


def password_field(
    *, label: "StrOrPromise", missing: "StrOrPromise", autocomplete: str = "current-password", hint: "StrOrPromise" = ""
) -> PasswordField:
    """A password: never trimmed, never shown again, and of any length that a person would type."""
    return PasswordField(
        label=label,
        hint=hint,
        autocomplete=autocomplete,
        error_messages={"required": missing, "max_length": _("Enter a password of 1,000 characters or fewer")},
    )


def code_field(*, label: "StrOrPromise", hint: "StrOrPromise") -> TextField:
    """A code from an app or a list."""
    return TextField(
        label=label,
        hint=hint,
        max_length=40,
        look=Look(width=Width.TEN, inputmode="numeric", autocomplete="one-time-code", spellcheck=False),
        error_messages={"required": _("Enter the code"), "max_length": _("That is too long to be a code")},
    )


class SignInForm(LoginForm):
    """Address and password. An unknown address gets the answer of a wrong password, after the same work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()
        self.fields["password"] = password_field(label=_("Password"), missing=_("Enter your password"))

    def clean_login(self) -> str:
        return str(super().clean_login()).lower()


class _OnceOnly:
    """A code passes once. allauth forgets a used code after one period; with tolerance it would pass again."""

    user: User

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]
        digest = hashlib.sha256(f"{self.user.pk}:{code.strip()}".encode()).hexdigest()
        if not cache.add(f"accounts.used-code.{digest}", 1, timeout=USED_CODE_SECONDS):
            raise mfa_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_OnceOnly, AuthenticateForm):
    """The code that follows the password."""

    code = code_field(
        label=_("Code"), hint=_("The 6 digits that your authenticator app shows now, or one of your recovery codes.")
    )


class ConfirmByCodeForm(_OnceOnly, CodeReauthenticateForm):
    """A code, asked for again before how someone signs in changes."""

    code = code_field(
        label=_("Code"), hint=_("The 6 digits that your authenticator app shows now, or one of your recovery codes.")
    )


class ConfirmByPasswordForm(ReauthenticateForm):
    """The password, asked for again before how someone signs in changes."""

    password = password_field(label=_("Password"), missing=_("Enter your password"))


class AddAppForm(ActivateTOTPForm):
    """The first code of a new authenticator app, to prove that it has the secret."""

    code = code_field(label=_("Code from the app"), hint=_("The 6 digits that the app shows for Alongside."))


class _PasskeyForm:
    """Says what to do where the browser sends nothing that can be read. allauth lets some of it raise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        messages = self.fields["credential"].error_messages  # type: ignore[attr-defined]
        messages |= {code: _("Your browser did not send a passkey. Try again, or use another way") for code in messages}

    def clean_credential(self) -> Any:
        if len(str(self.data.get("credential", ""))) > LARGEST_PASSKEY:  # type: ignore[attr-defined]
            raise ValueError("Too large to be a passkey.")
        checked = getattr(super(), "clean_credential", None)
        return checked() if checked else self.cleaned_data["credential"]  # type: ignore[attr-defined]

    def _clean_form(self) -> None:
        with _readable(self):
            super()._clean_form()  # type: ignore[misc]

    def _clean_fields(self) -> None:
        with _readable(self):
            super()._clean_fields()  # type: ignore[misc]


@contextmanager
def _readable(form: Any) -> Iterator[None]:
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError, struct.error):
        form.cleaned_data.pop("credential", None)
        form.add_error(None, form.fields["credential"].error_messages["required"])


class AddPasskeyForm(_PasskeyForm, AddWebAuthnForm):
    """A new passkey and what its owner calls it."""

    name = TextField(
        label=_("Name for this passkey"),
        hint=_("For example, “work laptop” or “blue security key”."),
        max_length=60,
        required=False,
        look=Look(width=Width.TWENTY, autocomplete="off"),
    )
    passwordless = None


class PasskeySecondFactorForm(_PasskeyForm, AuthenticateWebAuthnForm):
    """A passkey that follows the password."""


class PasskeySignInForm(_PasskeyForm, LoginWebAuthnForm):
    """A passkey in place of password and code: it has checked a fingerprint, a face or a PIN."""


class ConfirmByPasskeyForm(_PasskeyForm, ReauthenticateWebAuthnForm):
    """A passkey, asked for again before how someone signs in changes."""


class NewPasswordForm(GovForm):
    """A new password, typed once, since browsers and password managers show it."""

    new_password = password_field(
        label=_("New password"),
        autocomplete="new-password",
        missing=_("Enter a new password"),
        hint=_PASSWORD_HINT,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        validate_password(password, self.user)
        return password


class ChangePasswordForm(NewPasswordForm):
    """The password in use, and a new one."""

    current_password = password_field(
        label=_("Current password"),
        missing=_("Enter the password that you use now"),
    )
    field_order = ["current_password", "new_password"]

    def clean_current_password(self) -> str:
        password = str(self.cleaned_data["current_password"])
        if not self.user.check_password(password):
            raise ValidationError(_("That is not your password. Check it and try again."))
        return password


class ResetPasswordForm(GovForm):
    """Where to send a link to choose a new password."""

    email = email_field()


class InviteForm(GovForm):
    """Someone who is to have an account."""

    name = TextField(
        label=_("Name"),
        hint=_("As colleagues know them."),
        max_length=120,
        called=_("their name, as colleagues know them"),
    )
    email = email_field(_("Work email address"), autocomplete="off")
    delius_username = TextField(
        label=_("Username in nDelius"),
        hint=_("Links the cases that arrive from there to this person."),
        max_length=60,
        required=False,
        look=Look(width=Width.TWENTY, autocomplete="off", spellcheck=False),
    )


class ReasonForm(GovForm):
    """Why an account is closed or opened."""

    reason = TextField(
        label=_("Reason"),
        hint=_("Kept in the trail of this account, for example “left the service on 3 May”."),
        max_length=500,
        called=_("the reason"),
    )
