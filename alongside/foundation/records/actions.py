"""Adding a row once, however often a form is sent; changing one, so that nobody overwrites what they have not seen."""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.foundation.records.models import Editable, Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Change:
    """What a change did: the values before and after, only of the fields that differ."""

    before: dict[str, Any]
    after: dict[str, Any]

    def __bool__(self) -> bool:
        return bool(self.after)


class ChangedMeanwhileError(Exception):
    """Someone else saved the row after this editor opened it. `current` is the row as it now stands."""

    def __init__(self, current: Editable) -> None:
        super().__init__("Someone else changed this while you were editing. Check what they changed, then save again.")
        self.current = current


def change_record(row: Editable, *, seen_version: int, parts_too: bool = False, **values: Any) -> Change:
    """Set `values` on `row` if it is still at `seen_version`; answer with what differed.

    Values equal to what stands are left alone, and a change of nothing writes nothing; with `parts_too` it is a version
    all the same, since rows that belong to this one change with it. Raises ChangedMeanwhileError where the row has
    moved on. Runs inside the caller's action, which writes the audit event.
    """
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    if not before and not parts_too:
        return Change(before={}, after={})
    after = {name: values[name] for name in before}
    manager = type(row)._default_manager
    changed = manager.filter(pk=row.pk, version=seen_version).update(version=F("version") + 1, **after)
    if not changed:
        raise ChangedMeanwhileError(manager.get(pk=row.pk))
    for name, value in after.items():
        setattr(row, name, value)
    row.version = seen_version + 1
    return Change(before=before, after=after)


def insert_once(row: R, **same: Any) -> tuple[R, bool]:
    """Insert `row` under the id that it has; answers with what stands under it, and whether that is new.

    A form that is sent twice (see `OnceField`) brings the same id twice. `same` are values by which the earlier row is
    known for that of the same sending: where they differ, someone wrote the id by hand, and this row gets one of its
    own. A row that the wall hides counts as sent. Two at one moment wait for each other. Runs inside an action.
    """
    model = type(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        if not _is_of_the_id(clash, model._meta.db_table):
            raise
        earlier = model._default_manager.filter(pk=row.pk).first()
        if earlier is None:
            return row, False
        if all(getattr(earlier, name) == value for name, value in same.items()):
            return earlier, False
        row.pk = uuid4()
        row.save(force_insert=True)
    return row, True


def _is_of_the_id(clash: IntegrityError, table: str) -> bool:
    diagnosis = getattr(clash.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == f"{table}_pkey"
