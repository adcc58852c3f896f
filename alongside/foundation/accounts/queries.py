"""Reads: the demo, a user's factors and invitations, and what is kept for them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.foundation.accounts.models import CastMember, DatabaseMark, ExternalIdentity, Invitation, KeptForm, User
from alongside.foundation.accounts.registry import unmarked_people
from alongside.foundation.accounts.rules import KEPT_FORM_LIFE
from alongside.foundation.accounts.sealing import SealBrokenError, unseal

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def users_while_demo_stands() -> QuerySet[User]:
    """Users, as long as this database is a demo: it carries the mark, and nobody in it lacks one. Otherwise none.

    One query, whatever is asked of it, so that the answer cannot be older than the user it comes with.
    """
    people = unmarked_people()
    if people is None:
        return User.objects.none()
    users = User.objects.filter(
        Exists(DatabaseMark.objects.filter(kind=DatabaseMark.SYNTHETIC)),
        Exists(CastMember.objects.filter(user=OuterRef("pk"))),
    )
    for real in people:
        users = users.filter(~Exists(real))
    return users


def demo_refusal() -> str:
    """Why this database may not be a demo, in a sentence that says what to do; empty where it may."""
    if not DatabaseMark.objects.filter(kind=DatabaseMark.SYNTHETIC).exists():
        return (
            "This database was not made by the synthesiser, so the demo will not start on it. Use an empty database, "
            "or run `alongside serve` to use this one for real."
        )
    people = unmarked_people()
    if people is None:
        return (
            "Nothing here can tell invented people from real ones, so the demo will not start. Check the installation."
        )
    if any(real.exists() for real in people):
        return (
            "This database holds someone who was not invented, so the demo will not start on it. Use an empty "
            "database, or run `alongside serve` to use this one for real."
        )
    return ""


def demo_stands() -> bool:
    """Is this database a demo, by its mark and by everyone in it?"""
    return not demo_refusal()


def birth_mark() -> UUID | None:
    """What everyone in a database of invented people carries; None where people are real."""
    return DatabaseMark.objects.filter(kind=DatabaseMark.SYNTHETIC).values_list("pk", flat=True).first()


def no_unmarked_person() -> bool:
    """Does everyone in this database carry the synthesiser's mark? Where no room can tell, the answer is no."""
    people = unmarked_people()
    return people is not None and not any(real.exists() for real in people)


def cast() -> QuerySet[CastMember]:
    """Everyone whom a visitor to the demo may be, in order, with their user."""
    return CastMember.objects.filter(user__is_active=True).select_related("user")


def has_second_factor(user: User) -> bool:
    """Has this user an authenticator app or a passkey?"""
    found: bool = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()
    return found


@dataclass(frozen=True)
class Factor:
    """One second factor, as its owner knows it."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


def factors_of(user: User) -> list[Factor]:
    """A user's second factors, oldest first; recovery codes are not among them."""
    rows = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).order_by("created_at")
    return [
        Factor(
            id=row.pk,
            kind=row.type,
            name=row.data["name"] if row.type == Authenticator.Type.WEBAUTHN else "Authenticator app",
            added_at=row.created_at,
            used_at=row.last_used_at,
        )
        for row in rows
    ]


def recovery_codes_left(user: User) -> int | None:
    """How many recovery codes a user has left; None where they have never had any."""
    row = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else None


def open_invitation(digest: str, *, now: datetime) -> Invitation | None:
    """The invitation whose link this is, if it may still be used."""
    return (
        Invitation.objects.select_related("user")
        .filter(token_digest=digest, used_at=None, withdrawn_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )


def accounts_matching(words: str) -> QuerySet[User]:
    """Every account whose name or address holds all of `words`, by name, with whether an invitation is still open."""
    users = User.objects.annotate(
        is_invited=Exists(
            Invitation.objects.filter(
                user=OuterRef("pk"), used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
            )
        ),
        has_factor=Exists(Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=SECOND_FACTORS)),
    )
    for word in words.split()[:6]:
        users = users.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return users.order_by("name", "id")


def identity_at_provider(*, issuer: str, subject: str) -> ExternalIdentity | None:
    """Whom a provider means by `subject`, if they have signed in here before."""
    return ExternalIdentity.objects.select_related("user").filter(issuer=issuer, subject=subject).first()


@dataclass(frozen=True)
class KeptAnswers:
    """What someone had typed when their session ended, and where they were sending it."""

    id: UUID
    path: str
    kept_at: datetime
    answers: list[tuple[str, str]]
    files_lost: bool


def kept_answers(user: User, kept_id: UUID) -> KeptAnswers | None:
    """What is kept for this user under `kept_id`; None where it is not theirs, is too old, or cannot be read."""
    row = KeptForm.objects.filter(user=user, pk=kept_id, kept_at__gt=timezone.now() - KEPT_FORM_LIFE).first()
    if row is None:
        return None
    try:
        content: Any = json.loads(unseal(bytes(row.content).decode(), purpose="kept-form"))
    except SealBrokenError:
        return None
    return KeptAnswers(
        id=row.pk,
        path=row.path,
        kept_at=row.kept_at,
        answers=[(name, value) for name, value in content],
        files_lost=row.files_lost,
    )
