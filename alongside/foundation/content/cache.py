"""Holds the wording in use in the process, so that a page full of it costs no query.

Versions and approvals are only ever added, so their numbers together tell whether anything changed; that is asked once
in CHECK_SECONDS. What this connection wrote and has not committed is seen by it alone.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from alongside.foundation.content.models import ContentApproval, ContentVersion

CHECK_SECONDS = 15.0
COUNTS = (
    "SELECT (SELECT count(*) FROM foundation_content_contentversion), "
    "(SELECT count(*) FROM foundation_content_contentapproval)"
)
Token = tuple[int, int]


@dataclass(frozen=True)
class Current:
    """The version of a text that is in use: the newest approved one, or else the newest draft."""

    key: str
    title: str
    owner: str
    shape: str
    language: str
    number: int
    version_id: UUID
    text: str
    review_on: date
    approved: bool


@dataclass(frozen=True)
class Snapshot:
    """All wording in use, by key and language."""

    token: Token
    texts: Mapping[tuple[str, str], Current]


class _Pending:
    """Waits among the connection's on-commit hooks: while it stands there, the change is not yet committed."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None

    def __call__(self) -> None:
        forget_wording()


class _Process:
    """What the process holds. Threads may each fill it; the last one wins, and all are right."""

    snapshot: Snapshot | None = None
    checked_at = 0.0


def note_change(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Called inside the transaction that added a version or an approval."""
    transaction.on_commit(_Pending(), using=using)


def forget_wording() -> None:
    """Read the wording anew at next use."""
    _Process.snapshot = None


def snapshot() -> Snapshot:
    """The wording in use, as this connection may see it."""
    hooks = connections[DEFAULT_DB_ALIAS].run_on_commit
    pending = next((hook[1] for hook in reversed(hooks) if isinstance(hook[1], _Pending)), None)
    if pending is not None:
        if pending.snapshot is None:
            pending.snapshot = read_snapshot()
        return pending.snapshot
    held, now = _Process.snapshot, time.monotonic()
    if held is not None and held.texts and now - _Process.checked_at < CHECK_SECONDS:
        return held
    if held is None or not held.texts or held.token != read_token():
        held = read_snapshot()
    _Process.snapshot, _Process.checked_at = held, now
    return held


def read_token() -> Token:
    """How many versions and approvals there are, in one query."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(COUNTS)
        versions, approvals = cursor.fetchone()
    return versions, approvals


def read_snapshot() -> Snapshot:
    """All wording in use, from the database."""
    token = read_token()
    approved = set(ContentApproval.objects.values_list("content_version_id", flat=True))
    texts: dict[tuple[str, str], Current] = {}
    for version in ContentVersion.objects.select_related("item").order_by("item__key", "language", "-number"):
        place = (version.item.key, version.language)
        if place in texts and (texts[place].approved or version.pk not in approved):
            continue
        texts[place] = Current(
            key=version.item.key,
            title=version.item.title,
            owner=version.item.owner,
            shape=version.item.shape,
            language=version.language,
            number=version.number,
            version_id=version.pk,
            text=version.text,
            review_on=version.review_on,
            approved=version.pk in approved,
        )
    return Snapshot(token=token, texts=texts)
