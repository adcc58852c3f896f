"""Emptying a row that is never altered: what erasure may do, and no more."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import DatabaseError, connection

from alongside.config.database.urls import DatabaseUrls
from alongside.foundation.records.grants import EMPTYING_FUNCTION, Grant, statements_for


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def emptied_table(live_database: DatabaseUrls) -> Callable[[str], None]:
    """A table whose `said` erasure may empty, with one row in it; answers with a way to try a change."""
    grant = Grant(table="said_once", privileges=("SELECT", "INSERT"), emptied=("said", "heard"))
    with psycopg.connect(live_database.owner, autocommit=True) as owner:
        owner.execute("CREATE TABLE said_once (id int, said text, heard text, kind text)")
        owner.execute(EMPTYING_FUNCTION)
        for statement in statements_for(grant, role="alongside_app", quote=connection.ops.quote_name):
            owner.execute(statement)  # type: ignore[call-overload]
    run("INSERT INTO said_once VALUES (1, 'words', NULL, 'note')")
    return run


def test_erasure_empties_what_it_may(emptied_table: Callable[[str], None]) -> None:
    emptied_table("UPDATE said_once SET said = NULL")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM said_once")
        assert cursor.fetchall() == [(1, None, None, "note")]


@pytest.mark.parametrize(
    "change", ["said = 'other words'", "said = ''", "heard = 'now'", "said = NULL, heard = 'now'", "kind = NULL"]
)
def test_emptying_is_no_way_to_rewrite(emptied_table: Callable[[str], None], change: str) -> None:
    with pytest.raises(DatabaseError) as refusal:
        emptied_table(f"UPDATE said_once SET {change}")
    assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
