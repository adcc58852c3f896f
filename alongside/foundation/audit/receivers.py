"""What happens to accounts joins the trail: changes in the user's chain, failed attempts among the looks.

An attempt that failed changes nothing, and anyone can make thousands: it must not queue up on one chain's head.
"""

from typing import Any
from uuid import UUID

from django.dispatch import Signal

from alongside.foundation.accounts import signals
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, record_consultation, user_chain
from alongside.foundation.audit.models import EventKind

CHANGES: dict[str, Signal] = {
    "accounts.user.signed_in": signals.signed_in,
    "accounts.user.signed_out": signals.signed_out,
    "accounts.user.signed_out_everywhere": signals.signed_out_everywhere,
    "accounts.factor.added": signals.factor_added,
    "accounts.factor.removed": signals.factor_removed,
    "accounts.password.changed": signals.password_changed,
    "accounts.identity.linked": signals.identity_linked,
    "accounts.user.invited": signals.user_invited,
    "accounts.user.deactivated": signals.user_deactivated,
    "accounts.user.reactivated": signals.user_reactivated,
}
TELLING = ("method", "kind", "how", "issuer", "reason")


@action
def record_account_event(*, name: str, user: User, by: User | None, facts: dict[str, str]) -> None:
    """One event in a user's chain."""
    record_change(by=by, kind=EventKind.CHANGE, name=name, subject=user, chain=user_chain(user.pk), after=facts)


def connect() -> None:
    """Listen to every signal of accounts. Each listener is kept, since signals hold them weakly."""
    for name, signal in CHANGES.items():
        signal.connect(_listener(name), weak=False, dispatch_uid=f"audit.{name}")
    signals.sign_in_failed.connect(_failed, weak=False, dispatch_uid="audit.sign_in_failed")
    signals.session_expired.connect(_expired, weak=False, dispatch_uid="audit.session_expired")


def _listener(name: str) -> Any:
    def listen(sender: object, *, user: User, **facts: Any) -> None:
        record_account_event(
            name=name,
            user=user,
            # Someone at the command line is nobody here; only what one does for oneself is told without `by`.
            by=facts.get("by", user),
            facts={key: str(facts[key]) for key in TELLING if facts.get(key)},
        )

    return listen


def _failed(sender: object, *, user: User | None, reason: object, **_: Any) -> None:
    record_consultation(by=user, what="accounts.sign_in", refused=True, detail=str(reason))


def _expired(sender: object, *, user_id: UUID | None, reason: object, **_: Any) -> None:
    user = User.objects.filter(pk=user_id).first() if user_id else None
    record_consultation(by=user, what="accounts.session_expired", detail=str(reason))
