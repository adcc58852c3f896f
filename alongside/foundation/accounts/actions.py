"""Writes: accounts and how people sign in. The trail hears of them through `signals`, in the same transaction."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.adapters import send_account_mail
from alongside.foundation.accounts.models import (
    CastMember,
    DatabaseMark,
    ExternalIdentity,
    Invitation,
    KeptForm,
    User,
)
from alongside.foundation.accounts.queries import factors_of
from alongside.foundation.accounts.rules import KEPT_FORM_LIFE, KEPT_FORMS_EACH, PasswordChange, keepable
from alongside.foundation.accounts.sealing import seal
from alongside.foundation.records.actions import Change, change_record

INVITATION_LIFE = timedelta(days=7)
LONGEST_PATH = 500


class AccountError(ValueError):
    """An account cannot be changed as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Invited:
    """A user and the link, shown once, by which they set their first password; a path where no host is known."""

    user: User
    link: str
    expires_at: datetime


@transaction.atomic
def create_user(*, email: str, name: str, by: User | None, delius_username: str = "") -> User:
    """Make an account that nobody can sign in to yet. Raises AccountError where the address is taken or malformed."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise AccountError("Enter an email address in the right format, like name@example.org.") from error
    if not name.strip():
        raise AccountError("Enter their name, as colleagues know them.")
    try:
        with transaction.atomic():
            user = User.objects.create_user(email=address, name=name.strip(), delius_username=delius_username.strip())
    except IntegrityError as error:
        raise AccountError(
            "There is already an account with this email address. Look for it among the accounts."
        ) from error
    signals.user_invited.send(sender=User, user=user, by=by)
    return user


@transaction.atomic
def send_invitation(*, user: User, by: User | None, base_url: str, mail: bool = True) -> Invited:
    """Give a user a new link; any link that they had stops working. Raises AccountError for one who cannot use it."""
    if not user.is_active:
        raise AccountError("This account is closed. Open it again before you send a link.")
    if not settings.LOCAL_SIGN_IN:
        raise AccountError("People sign in through your organisation here, so there is no link to send.")
    now = timezone.now()
    Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None).update(
        withdrawn_at=now, version=F("version") + 1
    )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        user=user, token_digest=digest_of(token), made_by=by, expires_at=now + INVITATION_LIFE
    )
    link = base_url.rstrip("/") + reverse("accounts:invitation", args=[token])
    if mail:
        send_account_mail("invitation", to=user.email, context={"user": user, "link": link, "invitation": invitation})
    signals.user_invited.send(sender=User, user=user, by=by)
    return Invited(user=user, link=link, expires_at=invitation.expires_at)


@transaction.atomic
def invite_user(
    *, email: str, name: str, by: User | None, base_url: str = "", delius_username: str = "", mail: bool = True
) -> Invited:
    """Make an account and send its holder a link that works once, for seven days.

    Where people sign in through a provider alone, the account is made and no link is sent. Raises AccountError.
    """
    user = create_user(email=email, name=name, by=by, delius_username=delius_username)
    if not settings.LOCAL_SIGN_IN:
        return Invited(user=user, link="", expires_at=timezone.now())
    return send_invitation(user=user, by=by, base_url=base_url, mail=mail)


def digest_of(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str) -> User:
    """Set the first password of whoever holds the link. Raises AccountError where the link has been used meanwhile."""
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(
        used_at=timezone.now(), version=F("version") + 1
    )
    if not used:
        raise AccountError("This link has already been used. Sign in, or ask for a new link.")
    user = invitation.user
    _set_password(user, password=password)
    signals.password_changed.send(sender=User, user=user, by=user, how=PasswordChange.INVITED)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, how: PasswordChange) -> None:
    """Set a new password, which ends every session, and tell the holder by email."""
    _set_password(user, password=password)
    send_account_mail("password_changed", to=user.email, context={"user": user, "at": timezone.localtime()})
    signals.password_changed.send(sender=User, user=user, by=user, how=how)


def _set_password(user: User, *, password: str) -> None:
    user.set_password(password)
    user.version += 1
    user.save(update_fields=["password", "version"])


def request_password_reset(*, address: str, base_url: str) -> None:
    """Send a link to choose a new password, or, to an address without an account, a note that says so.

    The page answers the same in both cases, and both take one email, so neither words nor time give anything away.
    """
    user = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    if user is None or not user.has_usable_password():
        send_account_mail("unknown_account", to=address, context={})
        return
    link = base_url.rstrip("/") + reverse(
        "accounts:reset_with_key",
        args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)],
    )
    send_account_mail("password_reset_key", to=user.email, context={"user": user, "link": link})


@transaction.atomic
def deactivate_user(*, user: User, by: User | None, reason: str) -> Change:
    """Close an account and end its sessions at once. Raises AccountError for oneself, and ChangedMeanwhileError."""
    if by is not None and by.pk == user.pk:
        raise AccountError("You cannot close your own account. Ask a colleague who manages accounts.")
    change = change_record(user, seen_version=user.version, is_active=False, session_epoch=user.session_epoch + 1)
    Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), version=F("version") + 1
    )
    signals.user_deactivated.send(sender=User, user=user, by=by, reason=reason)
    return change


@transaction.atomic
def reactivate_user(*, user: User, by: User | None, reason: str) -> Change:
    """Open a closed account again. Its password and second factors are as they were."""
    change = change_record(user, seen_version=user.version, is_active=True)
    signals.user_reactivated.send(sender=User, user=user, by=by, reason=reason)
    return change


@transaction.atomic
def reset_factors(*, user: User, by: User | None) -> int:
    """Take away every second factor, for someone who has lost theirs, and end their sessions; answers how many went.

    They set up a new one right after they next sign in with their password.
    """
    if by is not None and by.pk == user.pk:
        raise AccountError("You cannot reset your own second factors. Add a new one, then remove the old one.")
    rows = list(Authenticator.objects.filter(user_id=user.pk))
    Authenticator.objects.filter(pk__in=[row.pk for row in rows]).delete()
    end_sessions(user=user, by=by)
    for row in rows:
        signals.factor_removed.send(sender=User, user=user, by=by, kind=row.type)
    if rows:
        _tell_of_factors(user, what="All your second factors were removed by someone who manages accounts.")
    return len(rows)


@transaction.atomic
def end_sessions(*, user: User, by: User | None) -> None:
    """Sign a user out everywhere."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1, version=F("version") + 1)
    user.refresh_from_db(fields=["session_epoch", "version"])
    signals.signed_out_everywhere.send(sender=User, user=user, by=by)


@transaction.atomic
def add_authenticator_app(*, user: User, secret: str) -> None:
    """Make an authenticator app a second factor of its holder."""
    TOTP.activate(user, secret)
    _after_adding(user, kind=Authenticator.Type.TOTP)


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: Mapping[str, object]) -> None:
    """Make a passkey a second factor of its holder."""
    WebAuthn.add(user, name[:60], dict(credential))
    _after_adding(user, kind=Authenticator.Type.WEBAUTHN)


@transaction.atomic
def remove_factor(*, user: User, factor_id: int) -> None:
    """Remove one of the user's own second factors. Raises AccountError for the last one: there is always one."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    factors = factors_of(user)
    chosen = next((factor for factor in factors if factor.id == factor_id), None)
    if chosen is None:
        raise AccountError("That second factor is no longer there.")
    if len(factors) == 1:
        raise AccountError("This is your only second factor. Add another one first, then remove this one.")
    Authenticator.objects.filter(pk=chosen.id, user_id=user.pk).delete()
    signals.factor_removed.send(sender=User, user=user, by=user, kind=chosen.kind)
    _tell_of_factors(user, what=f"“{chosen.name}” was removed.")


@transaction.atomic
def renew_recovery_codes(*, user: User) -> list[str]:
    """New recovery codes in place of the old, to be shown once."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    signals.factor_added.send(sender=User, user=user, by=user, kind=Authenticator.Type.RECOVERY_CODES)
    return codes


def _after_adding(user: User, *, kind: str) -> None:
    signals.factor_added.send(sender=User, user=user, by=user, kind=kind)
    what = "A passkey was added." if kind == Authenticator.Type.WEBAUTHN else "An authenticator app was added."
    _tell_of_factors(user, what=what)


def _tell_of_factors(user: User, *, what: str) -> None:
    send_account_mail(
        "factors_changed", to=user.email, context={"user": user, "what": what, "at": timezone.localtime()}
    )


@transaction.atomic
def link_identity(*, user: User, issuer: str, subject: str) -> ExternalIdentity:
    """Remember who a user is at a provider. Raises AccountError where either is linked to someone else."""
    try:
        with transaction.atomic():
            identity = ExternalIdentity.objects.create(user=user, issuer=issuer, subject=subject)
    except IntegrityError as error:
        raise AccountError("This account is already linked to someone else at the sign-in provider.") from error
    signals.identity_linked.send(sender=User, user=user, issuer=issuer)
    return identity


@transaction.atomic
def keep_form(
    *, user_id: UUID | str, path: str, fields: Mapping[str, Iterable[str]], files_lost: bool = False
) -> KeptForm | None:
    """Keep what someone had typed when their session ended, sealed; None where there was nothing that may be kept."""
    answers = keepable(fields)
    if not answers or len(path) > LONGEST_PATH:
        return None
    kept = KeptForm.objects.create(
        user_id=user_id,
        path=path,
        content=seal(json.dumps(answers), purpose="kept-form").encode(),
        files_lost=files_lost,
    )
    newest = KeptForm.objects.filter(user_id=user_id).order_by("-kept_at")[:KEPT_FORMS_EACH]
    KeptForm.objects.filter(user_id=user_id).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return kept


@transaction.atomic
def discard_kept_form(*, user: User, kept_id: UUID) -> None:
    """Forget what is kept for this user under `kept_id`."""
    KeptForm.objects.filter(user=user, pk=kept_id).delete()


@transaction.atomic
def forget_what_has_ended() -> int:
    """Forget what nobody came back for, and sessions whose cookie is gone; answers how many forms went.

    The worker calls this every hour.
    """
    deleted, _each = KeptForm.objects.filter(kept_at__lte=timezone.now() - KEPT_FORM_LIFE).delete()
    SessionStore.clear_expired()
    return deleted


@transaction.atomic
def mark_database_synthetic(*, seed: int) -> DatabaseMark:
    """Give an empty database its birth mark. The synthesiser does this before it writes anyone.

    Raises AccountError where there are users already: a database that has been lived in is never marked.
    """
    if User.objects.exists():
        raise AccountError("This database already has users, so it cannot become a demo. Use an empty one.")
    mark, _made = DatabaseMark.objects.get_or_create(kind=DatabaseMark.SYNTHETIC, defaults={"seed": seed})
    return mark


@transaction.atomic
def add_to_cast(*, user: User, role: str, to_try: str, position: int) -> CastMember:
    """Let visitors to the demo be this invented user. Raises AccountError outside a marked database."""
    if not DatabaseMark.objects.filter(kind=DatabaseMark.SYNTHETIC).exists():
        raise AccountError("Only a database made by the synthesiser has a cast.")
    member, _made = CastMember.objects.update_or_create(
        user=user, defaults={"role": role, "to_try": to_try, "position": position}
    )
    return member
