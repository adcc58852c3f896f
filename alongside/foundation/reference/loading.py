"""Brings the rows of coded lists up to their files, and reports what differed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from alongside.foundation.reference.cache import note_load
from alongside.foundation.reference.models import CodedValue, Edition
from alongside.foundation.reference.sources import (
    LISTS_DIR,
    ListFileError,
    SourceValue,
    digest_of,
    list_files,
    read_lists,
)

# Any fixed number: two processes that start together load one after the other.
_LOADING_LOCK = 7_203_114_551


class CodeReusedError(ListFileError):
    """A file gives a code that is in use another meaning. Nothing was loaded."""


@dataclass
class LoadReport:
    """What a load did, in ids of values."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    switched_on: list[str] = field(default_factory=list)
    switched_off: list[str] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.switched_on or self.switched_off)

    def __str__(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.switched_on)} switched on, "
            f"{len(self.switched_off)} switched off, {self.unchanged} as they were."
        )


def load_lists(*, folder: Path = LISTS_DIR, using: str = DEFAULT_DB_ALIAS) -> LoadReport:
    """Bring the rows up to the files in `folder`, all or nothing. Loading the same files again changes nothing.

    A value that has vanished from its file is switched off; nothing is deleted. Raises ListFileError where a file is
    faulty, and CodeReusedError where a code would take another meaning.
    """
    digest = digest_of(list_files(folder))
    sources = {
        f"{one.name}.{value.code}": (one.name, order, value)
        for one in read_lists(folder)
        for order, value in enumerate(one.values)
    }
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADING_LOCK])
        rows = CodedValue.objects.using(using).in_bulk()
        edition = Edition.objects.using(using).first()
        if edition is not None and edition.digest == digest:
            return LoadReport(unchanged=len(rows))
        report = _bring_up(rows, sources, using=using)
        Edition.objects.using(using).update_or_create(id="lists", defaults={"token": uuid4(), "digest": digest})
        note_load(using=using)
    return report


def schema_is_complete(using: str) -> bool:
    """Whether every migration of this room is applied to `using`: during a partial migration nothing is loaded."""
    executor = MigrationExecutor(connections[using])
    leaves = executor.loader.graph.leaf_nodes("foundation_reference")
    return bool(leaves) and all(leaf in executor.loader.applied_migrations for leaf in leaves)


def _bring_up(
    rows: dict[Any, CodedValue], sources: dict[str, tuple[str, int, SourceValue]], *, using: str
) -> LoadReport:
    report = LoadReport()
    new: list[CodedValue] = []
    moved: list[CodedValue] = []
    for value_id, (list_name, order, source) in sources.items():
        row = rows.get(value_id)
        if row is None:
            new.append(CodedValue(id=value_id, list=list_name, code=source.code, **_fields(source, order)))
            report.added.append(value_id)
            continue
        _refuse_other_meaning(row, source)
        was_active = row.active
        if not _apply(row, _fields(source, order)):
            report.unchanged += 1
            continue
        moved.append(row)
        if row.active == was_active:
            report.changed.append(value_id)
        else:
            (report.switched_on if row.active else report.switched_off).append(value_id)
    for row in _vanished(rows, sources):
        if _apply(row, {"active": False}):
            moved.append(row)
            report.switched_off.append(row.id)
        else:
            report.unchanged += 1
    CodedValue.objects.using(using).bulk_create(new)
    CodedValue.objects.using(using).bulk_update(moved, [*_FIELDS, "version"])
    return report


_FIELDS = [
    "label_en",
    "label_cy",
    "welsh_is_draft",
    "description",
    "order",
    "active",
    "from_date",
    "until_date",
    "nomis_code",
    "delius_code",
    "group",
    "attributes",
]


def _fields(source: SourceValue, order: int) -> dict[str, Any]:
    values = (
        source.en,
        source.cy,
        not source.welsh_approved,
        source.description,
        order,
        source.active,
        source.from_date,
        source.until_date,
        source.nomis,
        source.delius,
        source.group,
        dict(source.attributes),
    )
    return dict(zip(_FIELDS, values, strict=True))


def _apply(row: CodedValue, values: dict[str, Any]) -> bool:
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    row.version += bool(differing)
    return bool(differing)


def _vanished(rows: dict[Any, CodedValue], sources: dict[str, tuple[str, int, SourceValue]]) -> Iterator[CodedValue]:
    return (row for value_id, row in rows.items() if value_id not in sources)


def _refuse_other_meaning(row: CodedValue, source: SourceValue) -> None:
    """A label may be reworded only where the file owns up to the old one under `was`; an outside code never moves."""
    if row.label_en != source.en and row.label_en not in source.was:
        raise CodeReusedError(
            f"{row.id} means “{row.label_en}” and the file now says “{source.en}”. If the meaning is the same, "
            f"add the old label under `was`; if it is another, give it a new code and leave the old one out."
        )
    for system, held, given in (
        ("prison", row.nomis_code, source.nomis),
        ("probation", row.delius_code, source.delius),
    ):
        if held and held != given:
            raise CodeReusedError(
                f"{row.id} stands for {held} in the {system} system and the file now says “{given}”. "
                f"Give the other code a value of its own."
            )
