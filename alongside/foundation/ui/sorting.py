"""Lists ordered by a column, through links in the head of the table; no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from alongside.foundation.ui.addresses import with_query


@dataclass(frozen=True)
class Column:
    """A column of a table. `order_by` are the fields that order it; without them the column cannot be ordered."""

    label: str | Promise
    order_by: Sequence[str] = ()


@dataclass(frozen=True)
class Heading:
    """A column's head as one request sees it: `aria_sort` is ascending, descending or empty."""

    label: str
    href: str
    aria_sort: str


@dataclass(frozen=True)
class Sorting:
    """The order that a request asks for, and the heads of the table."""

    order_by: tuple[str, ...]
    headings: list[Heading]


def sorting_of(request: HttpRequest, columns: Mapping[str, Column], *, default: str, name: str = "sort") -> Sorting:
    """The order asked for by `?sort=column` or `?sort=-column`, else `default` (which may begin with a minus).

    The primary key is always last in the order, so that a page never shows a row twice.
    """
    asked = request.GET.get(name, default)
    column = columns.get(asked.removeprefix("-"))
    if column is None or not column.order_by:
        asked, column = default, columns[default.removeprefix("-")]
    down = asked.startswith("-")
    return Sorting(
        order_by=(*(turned(field) if down else field for field in column.order_by), "pk"),
        headings=[heading(request, key, value, asked=asked, name=name) for key, value in columns.items()],
    )


def turned(field: str) -> str:
    """The field in the other direction."""
    return field[1:] if field.startswith("-") else f"-{field}"


def heading(request: HttpRequest, key: str, column: Column, *, asked: str, name: str) -> Heading:
    """One head: a second click turns the order round."""
    if not column.order_by:
        return Heading(label=str(column.label), href="", aria_sort="")
    direction = {key: "ascending", f"-{key}": "descending"}.get(asked, "")
    target = f"-{key}" if asked == key else key
    return Heading(
        label=str(column.label), href=with_query(request, **{name: target, "page": None}), aria_sort=direction
    )
