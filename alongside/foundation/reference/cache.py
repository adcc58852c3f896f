"""Holds every coded list in the process, and notices when another process has loaded new ones.

A warm read costs no query. Once every CHECK_SECONDS one short query asks whether the lists were loaded since. A load
that is not yet committed is seen only on its own connection, and is forgotten if it is rolled back.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import get_language

from alongside.foundation.reference.models import CodedValue, Edition

CHECK_SECONDS = 30.0


@dataclass(frozen=True)
class Coded:
    """A coded value as rules, forms and pages read it. See CodedValue for what each field means."""

    id: str
    list: str
    code: str
    label_en: str
    label_cy: str
    welsh_is_draft: bool
    description: str
    active: bool
    from_date: date | None
    until_date: date | None
    nomis_code: str
    delius_code: str
    group: str
    attributes: Mapping[str, Any] = field(hash=False, compare=False)

    def label(self, language: str | None = None) -> str:
        """The label in `language`, by default the reader's own; English where there is no Welsh yet."""
        wanted = language or get_language() or "en"
        return (self.label_cy if wanted.startswith("cy") else "") or self.label_en

    def live_on(self, day: date) -> bool:
        """Whether the list offers the value for something that happens on `day`."""
        return (
            self.active
            and (self.from_date is None or self.from_date <= day)
            and (self.until_date is None or day <= self.until_date)
        )


@dataclass(frozen=True)
class Snapshot:
    """All lists at one moment: by list in order of display, and by id. `token` is None where nothing was loaded."""

    token: UUID | None
    by_list: Mapping[str, tuple[Coded, ...]]
    by_id: Mapping[str, Coded]


class _PendingLoad:
    """Waits in the connection's own list of on-commit hooks: while it stands there, the load is not yet committed.

    A rollback, also to a savepoint, takes the hook away, and with it everything that was read of the uncommitted rows.
    """

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None

    def __call__(self) -> None:
        _process.forget()


class _Process:
    """The snapshot that the process holds. Threads may each fill it; the last one wins, and all are right."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self.checked_at = 0.0

    def forget(self) -> None:
        self.snapshot = None

    def current(self) -> Snapshot:
        snapshot = self.snapshot
        now = time.monotonic()
        if snapshot is not None and snapshot.token is not None and now - self.checked_at < CHECK_SECONDS:
            return snapshot
        if snapshot is None or snapshot.token is None or snapshot.token != _token():
            snapshot = _read()
        self.snapshot, self.checked_at = snapshot, now
        return snapshot


_process = _Process()


def note_load(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Called inside the transaction that loaded lists."""
    transaction.on_commit(_PendingLoad(), using=using)


def forget_lists() -> None:
    """Read the lists anew at next use."""
    _process.forget()


def snapshot() -> Snapshot:
    """All coded lists as this connection may see them."""
    pending = _pending_here()
    if pending is None:
        return _process.current()
    if pending.snapshot is None:
        pending.snapshot = _read()
    return pending.snapshot


def _pending_here() -> _PendingLoad | None:
    hooks = connections[DEFAULT_DB_ALIAS].run_on_commit
    return next((hook[1] for hook in reversed(hooks) if isinstance(hook[1], _PendingLoad)), None) if hooks else None


def _token() -> UUID | None:
    return Edition.objects.values_list("token", flat=True).first()


def _read() -> Snapshot:
    token = _token()
    by_list: dict[str, list[Coded]] = {}
    by_id: dict[str, Coded] = {}
    for row in CodedValue.objects.order_by("list", "order"):
        value = Coded(
            id=row.id,
            list=row.list,
            code=row.code,
            label_en=row.label_en,
            label_cy=row.label_cy,
            welsh_is_draft=row.welsh_is_draft,
            description=row.description,
            active=row.active,
            from_date=row.from_date,
            until_date=row.until_date,
            nomis_code=row.nomis_code,
            delius_code=row.delius_code,
            group=row.group,
            attributes=MappingProxyType(row.attributes),
        )
        by_list.setdefault(value.list, []).append(value)
        by_id[value.id] = value
    return Snapshot(token, {name: tuple(values) for name, values in by_list.items()}, by_id)
