"""Queries that are built once and asked again with other ids.

What a page reads of a case is one statement with a score of sub-queries. To build and compile it costs several times
what the database needs to answer it, and it is the same statement each time but for the ids in it. So it is built once,
with ids that stand in, and from then on those of the moment are put in their place.
"""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

Reading = Callable[[QuerySet[Any]], QuerySet[Any]]

M = TypeVar("M")
R = TypeVar("R", bound=Reading)
_steady = set[Reading]()


def steady(reading: R) -> R:
    """Say of a reading that it depends on nothing but the day, so that a query built with it serves all of that day.

    Not for one that asks what time it is, in which language, or who wants to know.
    """
    _steady.add(reading)
    return reading


def is_steady(reading: Reading | None) -> bool:
    """Whether a query with this reading may be kept; one without a reading may."""
    return reading is None or reading in _steady


class PreparedQuery(Generic[M]):
    """A queryset compiled once. The ids in it that stand in for others are put right each time that it is asked.

    An id that is forgotten stays a stand-in, which no row has: the query then finds too little and never too much.
    """

    def __init__(self, rows: QuerySet[Any, M], *, stand_ins: frozenset[UUID]) -> None:
        """Compile `rows`. Raises ValueError where a stand-in is not in the statement, so that a typo is noticed."""
        self._rows = rows
        self._compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._statement, params = self._compiler.as_sql()
        self._params = tuple(params)
        missing = stand_ins.difference(value for value in self._params if isinstance(value, UUID))
        if missing:
            raise ValueError(f"{len(missing)} stand-ins are not in the statement")

    def rows(self, ids: Mapping[UUID, UUID]) -> list[M]:
        """The rows, with each key of `ids` replaced by its value."""
        params = tuple(ids.get(value, value) if isinstance(value, UUID) else value for value in self._params)
        compiler = _Bound(self._compiler, self._statement, params)
        query = cast(_BoundQuery, self._rows.query.chain(klass=_BoundQuery))
        query.bound = compiler
        rows = self._rows.all()
        vars(rows)["_query"] = query  # by its setter, rows of values would become dictionaries
        return list(rows)


class _Bound(SQLCompiler):
    """A compiler that has compiled already."""

    def __init__(self, compiled: SQLCompiler, statement: str, params: tuple[Any, ...]) -> None:
        vars(self).update(vars(copy(compiled)), connection=connections[DEFAULT_DB_ALIAS])
        self._answer = statement, params

    def as_sql(self, *_args: Any, **_options: Any) -> tuple[str, tuple[Any, ...]]:
        return self._answer


class _BoundQuery(Query):
    """A query whose compiler is at hand."""

    bound: _Bound

    def get_compiler(self, *_args: Any, **_options: Any) -> _Bound:
        return self.bound
