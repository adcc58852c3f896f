"""The trail of accounts: who signed in, who failed to, and every change to how someone signs in.

Signing in and out is frequent, so it joins the consultations, which are sealed in batches; a change to an account joins
the chain of its holder. Nothing typed at sign-in is kept: an address that nobody has may be a password in the wrong box.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal, receiver

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_change, record_consultation, user_chain
from alongside.foundation.audit.models import EventKind


@receiver(signals.signed_in, dispatch_uid="audit.signed_in")
def note_sign_in(sender: Any, user: User, method: str, **_: Any) -> None:
    """Someone signed in."""
    record_consultation(by=user, what="accounts.sign_in", detail=method)


@receiver(signals.signed_out, dispatch_uid="audit.signed_out")
def note_sign_out(sender: Any, user: User, **_: Any) -> None:
    """Someone signed out."""
    record_consultation(by=user, what="accounts.sign_out")


@receiver(signals.sign_in_failed, dispatch_uid="audit.sign_in_failed")
def note_failed_sign_in(sender: Any, user: User | None, reason: str, **_: Any) -> None:
    """Someone tried to sign in and could not; whose account it was, where it was anyone's."""
    record_consultation(by=user, what="accounts.sign_in", refused=True, detail=reason)


@receiver(signals.session_expired, dispatch_uid="audit.session_expired")
def note_end_of_session(sender: Any, user_id: str, reason: str, **_: Any) -> None:
    """A session ended by itself."""
    user = User.objects.filter(pk=UUID(user_id)).first()
    record_consultation(by=user, what="accounts.session_end", detail=reason)


def _note_change(user: User, *, by: User | None, name: str, after: dict[str, str], ground: str = "") -> None:
    with transaction.atomic():
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name=f"accounts.{name}",
            subject=user,
            chain=user_chain(user.pk),
            after=after,
            ground=ground,
        )


_CHANGES: dict[Signal, tuple[str, tuple[str, ...]]] = {
    signals.user_invited: ("user.invited", ()),
    signals.user_deactivated: ("user.closed", ()),
    signals.user_reactivated: ("user.opened", ()),
    signals.signed_out_everywhere: ("sessions.ended", ()),
    signals.factor_added: ("factor.added", ("kind",)),
    signals.factor_removed: ("factor.removed", ("kind",)),
    signals.password_changed: ("password.changed", ("how",)),
    signals.identity_linked: ("identity.linked", ("issuer",)),
}


@receiver(list(_CHANGES), dispatch_uid="audit.account_changed")
def note_account_change(sender: Any, signal: Signal, user: User, **told: Any) -> None:
    """Something about an account, or about how its holder signs in, changed."""
    name, fields = _CHANGES[signal]
    after = {field: str(told[field]) for field in fields}
    _note_change(user, by=told.get("by"), name=name, after=after, ground=str(told.get("reason", "")))
