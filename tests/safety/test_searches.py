"""Row security switches indexes off, so nothing that is searched may stand behind the wall. Asked of the plans."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation.records.walls import walled_models
from alongside.people.families.queries import people_of_that_name
from alongside.people.persons.models import Person
from alongside.people.persons.queries import matching_name
from tests.cast import Cast, assemble
from tests.factories import FamilyMemberFactory

SEARCHES = {
    "by name": ("owner", "/cases/?q=Achebe"),
    "by name, of the team": ("senior", "/cases/?q=Achebe&whose=team"),
    "by number": ("outsider", "/cases/?q=X100001"),
    "of staff": ("administrator", "/staff/?q=Olwen"),
    "of accounts": ("administrator", "/accounts/?q=Olwen"),
}


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def plan_of(statement: str) -> list[dict[str, Any]]:
    """The plan of a statement as the application's role gets it, index or no index at its choice but for cheapness."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return list(nodes((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]))


def indexes_of(rows: QuerySet[Any]) -> set[str]:
    with connection.cursor() as cursor:
        statement = cursor.mogrify(*rows.query.sql_with_params())
    return {node["Index Name"] for node in plan_of(statement) if "Index Name" in node}


def tables_behind_the_wall() -> set[str]:
    """As the database has it, whatever the code says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    FamilyMemberFactory(person=cast.person)
    return cast


def test_only_what_declares_a_wall_stands_behind_one(db: None) -> None:
    assert tables_behind_the_wall() == {model._meta.db_table for model in walled_models()}


@pytest.mark.parametrize("name", SEARCHES)
def test_no_search_reads_a_table_behind_the_wall(cast: Cast, name: str) -> None:
    asker, address = SEARCHES[name]
    client = Client()
    client.force_login(cast.named(asker))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    selects = [query["sql"] for query in captured if query["sql"].startswith("SELECT") and " FROM " in query["sql"]]
    assert len(selects) > 2
    walled = tables_behind_the_wall()
    read = {node.get("Relation Name") for statement in selects for node in plan_of(statement)}
    assert read & walled == set()


def test_names_are_found_through_their_index(cast: Cast) -> None:
    assert "persons_search_name" in indexes_of(matching_name(Person.objects.all(), "Achebe"))
    assert "persons_search_name" in indexes_of(people_of_that_name("Daniel", "Achebe"))


def test_a_wall_round_a_searched_table_would_be_noticed(
    live_database: object, owner_connection: psycopg.Connection
) -> None:
    """What this guards against, done on purpose: the same search no longer uses its index."""
    with transaction.atomic():
        assert "persons_search_name" in indexes_of(matching_name(Person.objects.all(), "Achebe"))
    owner_connection.execute("ALTER TABLE people_persons_person ENABLE ROW LEVEL SECURITY")
    owner_connection.execute("CREATE POLICY everyone ON people_persons_person USING (wall_asker() IS NOT NULL)")
    with transaction.atomic():
        assert "persons_search_name" not in indexes_of(matching_name(Person.objects.all(), "Achebe"))
        assert "people_persons_person" in tables_behind_the_wall()
