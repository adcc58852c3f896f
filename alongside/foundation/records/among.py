"""Rows of thousands of ids: all of them in one parameter.

`__in` writes a parameter for each id, and each is checked, bound and quoted by itself: for the relatives of a team that
costs more than what the database does.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup
from django.db.models.sql.compiler import SQLCompiler


def among(name: str, ids: Collection[UUID]) -> "Among":
    """A condition for `filter`: that the column `name`, of UUIDs, has one of `ids`. None of no ids."""
    return Among(F(name), list(ids))


class Among(Lookup):
    """`column = ANY(array)`."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The condition with its one parameter."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", (*params, self.rhs)
