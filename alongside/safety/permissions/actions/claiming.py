"""Relying on a permission: held from the moment it is looked at until what rests on it is handed over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.queries import lock_live
from alongside.safety.permissions.rules import Direction, Willing
from alongside.safety.permissions.using import NotNow, Use, permitted_for, why_not_now, words_to_keep_to


class NotPermittedError(Exception):
    """It may not be done now. `reason` says why; the message says it in words for staff."""

    def __init__(self, reason: NotNow) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Claim:
    """That something may be done until the transaction ends, and on which permissions it rests.

    Where `only_these_words` holds any, nothing else may be said.
    """

    member_id: UUID
    permissions: tuple[UUID, ...]
    only_these_words: tuple[str, ...]
    member_agrees: Willing
    at: datetime


def claim(
    *,
    member_id: UUID,
    topics: Collection[str],
    channel: str,
    direction: Direction = Direction.TO_THEM,
    by_hand: bool = True,
    at: datetime | None = None,
) -> Claim:
    """Hold what permits this until the transaction ends, so that what is handed over in it rests on a live permission.

    A withdrawal waits for the transaction; where it came first, nothing is handed over. Keep the transaction short.
    Raises NotPermittedError, and RuntimeError outside a transaction, where nothing could be held.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A claim holds until its transaction ends: open one first.")
    moment = at or timezone.now()
    use = Use(frozenset(topics), channel, direction, by_hand)
    try:
        facts = lock_live(member_id, at=moment)
    except FamilyMember.DoesNotExist:
        raise NotPermittedError(NotNow.CLOSED) from None
    if refusal := why_not_now(facts, use, moment):
        raise NotPermittedError(refusal)
    return Claim(
        member_id=member_id,
        permissions=tuple(one.id for one in permitted_for(facts, use)),
        only_these_words=words_to_keep_to(facts, use),
        member_agrees=facts.member_agrees,
        at=moment,
    )
