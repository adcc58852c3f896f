"""Reading the rows that belong to another row in that row's own query, so that a page costs as many queries as it has
subjects and not as many as it has kinds of detail.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject

Row = Mapping[str, Any]


def rows_of(rows: QuerySet[Any], **fields: Any) -> ArraySubquery:
    """An annotation that holds `fields` of each of `rows`, in their order. Read it back with `read_rows`."""
    return ArraySubquery(rows.values(row=JSONObject(**fields)))


def read_rows(row: Model, name: str) -> list[Row]:
    """What `rows_of` put into the annotation `name`; nothing where the query did not ask for it."""
    return list(getattr(row, name, None) or [])


def day(text: str | None) -> date | None:
    """A date as it comes back from such a row."""
    return date.fromisoformat(text[:10]) if text else None
