"""Attacks on rows that are never altered, as the application's own role."""

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from alongside.foundation.records.grants import UnknownTableError, grant_for_model, grants_for
from alongside.foundation.records.models import AppendOnly

APPEND_ONLY = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def each(models: list[type[AppendOnly]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("model", models, ids=lambda model: model._meta.label)


each_append_only = each(APPEND_ONLY)

pytestmark = pytest.mark.django_db


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused(statement: str) -> bool:
    """Whether the database says that this role may not."""
    try:
        with transaction.atomic():
            run(statement)
    except ProgrammingError as error:
        return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
    return False


@each_append_only
def test_rows_are_neither_deleted_nor_cut_off(model: type[Model]) -> None:
    assert refused(f"DELETE FROM {model._meta.db_table}")
    assert refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@each_append_only
def test_no_column_is_altered_but_those_that_erasure_empties(model: type[AppendOnly]) -> None:
    grant = grant_for_model(model)
    for field in model._meta.concrete_fields:
        attempt = f'UPDATE {grant.table} SET "{field.column}" = DEFAULT'
        assert refused(attempt) != (field.column in grant.emptied + grant.guarded), field.column


def touched(model: type[AppendOnly]) -> bool:
    grant = grant_for_model(model)
    return bool(grant.guarded + grant.emptied)


@each([model for model in APPEND_ONLY if touched(model)])
def test_columns_that_a_room_guards_have_a_trigger(model: type[AppendOnly]) -> None:
    grant = grant_for_model(model)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            " AND tgtype & 2 = 2 AND tgtype & 16 = 16 AND tgenabled = 'O'",
            [grant.table],
        )
        assert cursor.fetchone()[0] >= 1


@each_append_only
def test_the_model_refuses_too(model: type[AppendOnly]) -> None:
    with pytest.raises(TypeError, match="append-only"):
        model().delete()
    row = model()
    row._state.adding = False
    with pytest.raises(TypeError, match="append-only"):
        row.save()


def test_no_table_is_ever_cut_off() -> None:
    tables = connection.introspection.table_names()
    assert len(tables) > 20
    assert [table for table in tables if not refused(f'TRUNCATE "{table}" CASCADE')] == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE foundation_audit_event DISABLE TRIGGER ALL",
        "ALTER TABLE foundation_accounts_user ADD COLUMN mine int",
        "DROP TABLE foundation_audit_event",
        "CREATE TRIGGER mine BEFORE UPDATE ON django_session EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "SET ROLE alongside_owner",
        "SET ROLE alongside_admin",
        "SET SESSION AUTHORIZATION alongside_admin",
        "ALTER ROLE alongside_app SUPERUSER",
        "ALTER ROLE alongside_app BYPASSRLS",
        "SET session_replication_role = replica",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_application_cannot_make_its_own_rules(statement: str) -> None:
    assert refused(statement)


def test_a_table_that_nothing_explains_stops_the_migration() -> None:
    with pytest.raises(UnknownTableError, match="mystery"):
        grants_for(["django_session", "mystery"])
