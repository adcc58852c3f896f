"""The two kinds of row: editable and append-only. Every model of the product is one of them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Never
from uuid import uuid4

from django.db import models

from alongside.foundation.records.classification import Keeping, Sensitivity
from alongside.foundation.records.wall import Wall


class AppendOnlyError(TypeError):
    """Something tried to alter a row that may only ever be added. The database refuses it as well."""


class Record(models.Model):
    """What every row has: an id that gives nothing away, and a class for each field.

    `classification` names every field of the model; `keeping` is set wherever a field is personal or sensitive. `wall`
    puts the table behind row security: see docs/recipes/put-a-table-behind-the-wall.md. `full_sight` marks rows
    that hold facts gathered with full sight, whoever asked: nobody is given them as they stand.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    classification: ClassVar[Mapping[str, Sensitivity]] = {}
    keeping: ClassVar[Keeping | None] = None
    wall: ClassVar[Wall | None] = None
    full_sight: ClassVar[bool] = False

    class Meta:
        abstract = True


class Editable(Record):
    """A row that may change. `version` rises with each change, so that two people editing one row notice each other."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class AppendOnly(Record):
    """A row that is written once. A correction is a new row; erasure may empty personal fields, never the rest.

    `emptiable` names the columns that the application's role may touch to empty them; a trigger in the room's
    migrations refuses any other change. Without it, erasure may set nullable personal columns to NULL.
    `added_by_database` marks rows that only the database's own functions add.
    """

    emptiable: ClassVar[tuple[str, ...]] = ()
    added_by_database: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} is append-only: write a new row instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnlyError(f"{self._meta.label} is append-only: rows are never deleted.")
