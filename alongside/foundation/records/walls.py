"""The wall in the database: row security on the tables of models that declare a `wall`, built after each migration.

Row security is enabled and forced, so that it binds the owner as well. Without an identity in the transaction no row
is read or written. Erasure goes through a function of each table that deletes or empties, and reads nothing out.
"""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.foundation.records.classification import Erasure, Sensitivity
from alongside.foundation.records.identity import ABOUT, SETTING
from alongside.foundation.records.models import Record

ERASING = "alongside.erasing"
POLICIES = ("wall_reads", "wall_adds", "wall_alters", "wall_deletes", "wall_erases")

ASKER = f"""
CREATE OR REPLACE FUNCTION wall_asker() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('{SETTING}', true), '')::uuid
$$
"""
CASE_LOOKED_AT = f"""
CREATE OR REPLACE FUNCTION wall_case_looked_at() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('{ABOUT}', true), '')::uuid
$$
"""
_functions: dict[str, str] = {}


def register_wall_function(name: str, definition: str) -> None:
    """Tell of a function that conditions of walls use, as a CREATE OR REPLACE statement.

    Functions are made in the order in which they were registered, and before any policy.
    """
    _functions[name] = definition


def once_for_the_case(condition: str, *, case: str) -> str:
    """A condition on the case of a row, tried once in a statement for the case that is looked at.

    `condition` has `{case}` where the case stands, and must depend on nothing else of the row. Whatever case is looked
    at, the answer is the same: for other cases it is tried row by row.
    """
    looked_at = condition.format(case="wall_case_looked_at()")
    return (
        f"CASE WHEN {case} = (SELECT wall_case_looked_at()) THEN (SELECT {looked_at})"
        f" ELSE {condition.format(case=case)} END"
    )


def walled_models() -> list[type[Record]]:
    """Every model behind the wall, by label."""
    found = [model for model in apps.get_models() if issubclass(model, Record) and model.wall is not None]
    return sorted(found, key=lambda model: model._meta.label)


def build_walls(owner: BaseDatabaseWrapper, *, role: str) -> None:
    """Put every walled model's table behind the wall as the code stands; `owner` is the owner's connection.

    Doing it again changes nothing. `role` is the application's.
    """
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        for statement in _function_statements():
            cursor.execute(statement)
        for model in walled_models():
            for statement in _table_statements(model, owner_role=owner.settings_dict["USER"], role=role):
                cursor.execute(statement)


def walls_that_lean() -> list[str]:
    """Tables of walled models whose wall is not as the code says: missing, not forced, or built by other code."""
    walled = {model._meta.db_table: _digest_of(model) for model in walled_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity, obj_description(oid, 'pg_class'),"
            " (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid)"
            " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)",
            [list(walled)],
        )
        standing = {
            name
            for name, forced, note, policies in cursor.fetchall()
            if forced and note == walled[name] and policies == len(POLICIES)
        }
    return sorted(set(walled) - standing)


def erase_behind_wall(model: type[Record], *, path: str, value: UUID) -> int:
    """Delete or empty, as its `keeping` says, the rows of a walled model that belong to someone; answers how many.

    `path` is one of the model's keeping paths. Nothing of the rows comes back.
    """
    column = _column(model, path)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_eraser(model)}(%s, %s)", [column, value])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _function_statements() -> Iterator[str]:
    yield ASKER
    yield CASE_LOOKED_AT
    yield from _functions.values()


def _table_statements(model: type[Record], *, owner_role: str, role: str) -> Iterator[str]:
    quote = connection.ops.quote_name
    table, wall = quote(model._meta.db_table), model.wall
    if wall is None:
        return
    known = "wall_asker() IS NOT NULL AND"
    for policy in POLICIES:
        yield f"DROP POLICY IF EXISTS {policy} ON {table}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY wall_reads ON {table} FOR SELECT TO {quote(role)} USING ({known} ({wall.reads}))"
    yield f"CREATE POLICY wall_adds ON {table} FOR INSERT TO {quote(role)} WITH CHECK ({known} ({wall.writes}))"
    yield (
        f"CREATE POLICY wall_alters ON {table} FOR UPDATE TO {quote(role)}"
        f" USING ({known} ({wall.reads})) WITH CHECK ({known} ({wall.writes}))"
    )
    yield f"CREATE POLICY wall_deletes ON {table} FOR DELETE TO {quote(role)} USING ({known} ({wall.writes}))"
    yield (
        f"CREATE POLICY wall_erases ON {table} TO {quote(owner_role)}"
        f" USING (current_setting('{ERASING}', true) = '{model._meta.db_table}')"
    )
    yield _eraser_definition(model)
    yield f"REVOKE ALL ON FUNCTION {_eraser(model)}(text, uuid) FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {_eraser(model)}(text, uuid) TO {quote(role)}"
    yield f"COMMENT ON TABLE {table} IS '{_digest_of(model)}'"


def _eraser_definition(model: type[Record]) -> str:
    """A function with the owner's rights that erases, and answers how many rows that were."""
    quote = connection.ops.quote_name
    table, keeping = quote(model._meta.db_table), model.keeping
    paths = f"{keeping.person} {keeping.family_member}".split() if keeping else []
    columns = sorted({_column(model, path) for path in paths})
    if keeping is not None and keeping.erasure is Erasure.EMPTY:
        erasing = f"UPDATE {table} SET {_emptying(model)}"  # noqa: S608 - names of our own
    else:
        erasing = f"DELETE FROM {table}"  # noqa: S608 - names of our own
    branches = "".join(
        f" IF of_column = '{column}' THEN {erasing} WHERE {quote(column)} = whose;"
        " GET DIAGNOSTICS erased = ROW_COUNT; known := true; END IF;"
        for column in columns
    )
    return f"""
    CREATE OR REPLACE FUNCTION {_eraser(model)}(of_column text, whose uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DECLARE
        erased bigint;
        known boolean := false;
    BEGIN
        PERFORM set_config('{ERASING}', '{model._meta.db_table}', true);
        {branches}
        PERFORM set_config('{ERASING}', '', true);
        IF NOT known THEN
            RAISE EXCEPTION 'Rows of {model._meta.db_table} do not belong to anyone by %', of_column;
        END IF;
        RETURN erased;
    END $$
    """


def _emptying(model: type[Record]) -> str:
    names = [
        connection.ops.quote_name(field.column)
        for field in model._meta.concrete_fields
        if field.column
        and field.null
        and model.classification.get(field.name) in (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)
    ]
    return ", ".join(f"{name} = NULL" for name in names)


def _eraser(model: type[Record]) -> str:
    return connection.ops.quote_name(f"wall_erase_{model._meta.db_table}"[:63])


def _column(model: type[Record], path: str) -> str:
    """The column by which a row belongs to someone. Raises LookupError for a way that leads through another table."""
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    if column := columns.get(path):
        return column
    raise LookupError(f"{model._meta.label} stands behind the wall, so that {path} must be a column of its own.")


def _digest_of(model: type[Record]) -> str:
    """What a wall's builder leaves on the table, so that a wall built by other code is known."""
    built = "\n".join([*_function_statements(), *_table_statements_without_note(model)])
    return f"wall {hashlib.sha256(built.encode()).hexdigest()[:16]}"


def _table_statements_without_note(model: type[Record]) -> list[str]:
    wall = model.wall
    return [wall.reads, wall.writes, _eraser_definition(model)] if wall else []
