"""One page of a list, at a cost that does not grow with the list.

A page reads one row more than it shows, so that it knows whether there is a next; it counts no further than a thousand;
and it goes no deeper than ten thousand rows, where searching serves people better than leafing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from alongside.foundation.ui.addresses import with_query

PER_PAGE = 25
COUNT_LIMIT = 1_000
DEEPEST_ROW = 10_000

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page and what stands at its foot. `total` counts to a limit; `more` says that it was reached."""

    rows: list[Row]
    number: int
    first: int
    total: int
    more: bool
    previous_href: str | None
    next_href: str | None

    @property
    def summary(self) -> str:
        """Which rows these are, of how many, as a sentence."""
        if not self.rows:
            return ""
        total = number_format(self.total, force_grouping=True)
        numbers = {"first": self.first, "last": self.first + len(self.rows) - 1, "total": total}
        if self.more:
            return _("Showing %(first)s to %(last)s of more than %(total)s") % numbers
        return _("Showing %(first)s to %(last)s of %(total)s") % numbers

    @property
    def foot(self) -> dict[str, Any]:
        """The parameters of the component `page-links`."""
        return {
            "summary": self.summary,
            "landmarkLabel": _("Pages of this list"),
            "previous": {"href": self.previous_href, "text": _("Previous page")} if self.previous_href else None,
            "next": {"href": self.next_href, "text": _("Next page")} if self.next_href else None,
        }


def page_of(
    rows: "QuerySet[Any, Row] | Sequence[Row]",
    request: HttpRequest,
    *,
    per_page: int = PER_PAGE,
    name: str = "page",
    count_limit: int = COUNT_LIMIT,
    total: int | None = None,
) -> Page[Row]:
    """The page that `request` asks for, of an ordered query or a sequence; at most two database queries.

    `total`, where it is known already, saves the second.

    A page that is not a number is the first; a page behind the end is the last that can be counted.
    """
    number = asked_number(request, name=name, deepest=deepest_page(per_page))
    shown, further = read(rows, number=number, per_page=per_page)
    counted: int | None = total
    if not shown and number > 1:
        counted = count_to(rows, limit=count_limit) if counted is None else counted
        number = max(1, -(-min(counted, count_limit) // per_page))
        shown, further = read(rows, number=number, per_page=per_page)
    first = (number - 1) * per_page + 1
    if not further:
        shown_total, more = first + len(shown) - 1, False
    else:
        counted = count_to(rows, limit=count_limit) if counted is None else counted
        shown_total, more = max(min(counted, count_limit), first + len(shown) - 1), counted > count_limit
    deeper = further and number * per_page < DEEPEST_ROW
    return Page(
        rows=shown,
        number=number,
        first=first,
        total=shown_total,
        more=more,
        previous_href=with_query(request, **{name: str(number - 1) if number > 2 else None}) if number > 1 else None,
        next_href=with_query(request, **{name: str(number + 1)}) if deeper else None,
    )


def rows_needed(request: HttpRequest, *, per_page: int = PER_PAGE, name: str = "page") -> int:
    """How many rows there must be, from the first, for the page that is asked for to be full and to have a next."""
    return asked_number(request, name=name, deepest=deepest_page(per_page)) * per_page + 1


def deepest_page(per_page: int) -> int:
    """The number of the last page that is shown."""
    return max(1, DEEPEST_ROW // per_page)


def asked_number(request: HttpRequest, *, name: str, deepest: int) -> int:
    """The number of the page that is asked for, from one to the deepest."""
    text = request.GET.get(name, "")
    return min(max(int(text), 1), deepest) if text.isdecimal() and len(text) < 10 else 1


def read(rows: "QuerySet[Any, Row] | Sequence[Row]", *, number: int, per_page: int) -> tuple[list[Row], bool]:
    """The rows of one page, and whether there are further ones."""
    start = (number - 1) * per_page
    found = list(rows[start : start + per_page + 1])
    return found[:per_page], len(found) > per_page


def count_to(rows: "QuerySet[Any, Row] | Sequence[Row]", *, limit: int) -> int:
    """How many rows there are, counting one past `limit` and no further."""
    if isinstance(rows, QuerySet):
        rows = rows.order_by()
        # What is read of each row beside its own columns is not worked out for rows that are only counted.
        plain = issubclass(rows._iterable_class, ModelIterable) and not rows.query.combinator
        return (rows.values("pk") if plain and not rows.query.distinct else rows)[: limit + 1].count()
    return min(len(rows), limit + 1)
