"""Writing the trail. Every change goes through an action, and every action leaves an event in the same transaction."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.models import ChainKind, Consultation, Event, EventKind, Payload
from alongside.foundation.audit.payloads import as_json
from alongside.foundation.audit.rules import NIL, payload_digest
from alongside.foundation.records.models import Record

P = ParamSpec("P")
R = TypeVar("R")


class UnauditedError(RuntimeError):
    """Something tried to leave a trail outside an action, where it could stand without its change, or the reverse."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: atomic, so that the change and its trail stand or fall together."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(*args, **kwargs)

    return run


@dataclass(frozen=True)
class Chain:
    """The chain that an event joins."""

    id: UUID
    kind: ChainKind


SERVICE_CHAIN = Chain(NIL, ChainKind.SERVICE)


def case_chain(case_id: UUID) -> Chain:
    """The chain of one case."""
    return Chain(case_id, ChainKind.CASE)


def user_chain(user_id: UUID) -> Chain:
    """The chain of one user: their account, their posts and their rights."""
    return Chain(user_id, ChainKind.USER)


def record_change(
    *,
    by: User | None,
    kind: EventKind,
    name: str,
    subject: models.Model,
    case_id: UUID | None = None,
    chain: Chain | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    ground: str = "",
    family_member_id: UUID | None = None,
) -> Event:
    """Add one event to the chain of `case_id`, or to `chain`, or else to the service's.

    `name` is room.thing.verb; `before` and `after` hold the fields that changed. `family_member_id` says whose values
    these are where not the person's own, so that a relative's can be erased sooner. Of what stands behind the wall only
    the names of the fields are kept, since the trail is read outside it. Raises UnauditedError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise UnauditedError("An event is written inside the action whose change it records.")
    where = chain or (case_chain(case_id) if case_id else SERVICE_CHAIN)
    values = {"before": dict(before or {}), "after": dict(after or {}), "ground": ground}
    walled = isinstance(subject, Record) and subject.wall is not None
    has_values = any(values.values()) and not walled
    content, salt = (as_json(values), secrets.token_bytes(16)) if has_values else ("", b"")
    event = Event.objects.create(
        chain=where.id,
        chain_kind=where.kind,
        at=timezone.now(),
        kind=kind,
        name=name,
        actor=by.pk if by else None,
        subject_type=subject._meta.label,
        subject=subject.pk if isinstance(subject.pk, UUID) else None,
        fields=",".join(sorted({*values["before"], *values["after"]})),
        payload_digest=payload_digest(salt, content) if has_values else None,
    )
    if has_values:
        Payload.objects.create(event=event, salt=salt, content=content, family_member=family_member_id)
    return event


def record_consultation(
    *, by: User | None, what: str, case_id: UUID | None = None, refused: bool = False, detail: str = ""
) -> None:
    """Note that someone looked at a case or, without `case_id`, a list. `what` is room.page; `detail` names nobody."""
    Consultation.objects.create(
        at=timezone.now(), actor=by.pk if by else None, case=case_id, what=what, refused=refused, detail=detail[:200]
    )


def seal_consultations() -> int:
    """Close the consultations that no seal covers yet; answers how many. The worker calls this every minute."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_consultations()")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
