"""Reading the rows that belong to another row in that row's own query, so that a page costs as many queries as it has
subjects and not as many as it has kinds of detail.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Model, QuerySet
from django.db.models.functions import JSONObject

Row = Mapping[str, Any]
M = TypeVar("M", bound=Model)


def rows_of(rows: QuerySet[Any], **fields: Any) -> ArraySubquery:
    """An annotation that holds `fields` of each of `rows`, in their order. Read it back with `read_rows`."""
    return ArraySubquery(rows.values(row=JSONObject(**fields)))


def read_rows(row: Model, name: str) -> list[Row]:
    """What `rows_of` put into the annotation `name`; nothing where the query did not ask for it."""
    return list(getattr(row, name, None) or [])


def whole(rows: QuerySet[Any], *names: str) -> ArraySubquery:
    """An annotation that holds the columns `names` of each of `rows`, and their ids. Read it with `read_whole`."""
    return rows_of(rows, **{name: F(name) for name in ("id", *names)})


def read_whole(row: Model, name: str, model: type[M]) -> list[M]:
    """What `whole` put into the annotation `name`, as rows of their own model.

    A column that was not asked for is read from the database when it is asked for later, as with `only`. What is no
    column of the model becomes an attribute, as an annotation does.
    """
    return [_whole(model, said) for said in read_rows(row, name)]


def _whole(model: type[M], said: Row) -> M:
    columns = [field for field in model._meta.concrete_fields if field.attname in said]
    made = model.from_db(
        DEFAULT_DB_ALIAS,
        [field.attname for field in columns],
        [field.to_python(said[field.attname]) for field in columns],
    )
    for extra in said.keys() - {field.attname for field in columns}:
        setattr(made, extra, said[extra])
    return made


def day(text: str | None) -> date | None:
    """A date as it comes back from such a row."""
    return date.fromisoformat(text[:10]) if text else None
