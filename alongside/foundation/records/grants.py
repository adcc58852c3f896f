"""What the application's role may do to each table, derived from the kind of its model.

A row that is never altered is kept so by the database itself: the application may add to such a table and read it.
Where erasure empties such a row, it may set the personal columns to NULL, and a trigger lets nothing else through.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.foundation.records.classification import Erasure, Sensitivity
from alongside.foundation.records.models import AppendOnly, Record

THIRD_PARTY = {
    "auth_group": "Django's groups, unused: rights come from roles in code",
    "auth_group_permissions": "Django's groups, unused",
    "auth_permission": "Django's permissions, unused",
    "account_emailaddress": "addresses of family sign-in",
    "account_emailconfirmation": "addresses of family sign-in",
    "mfa_authenticator": "second factors",
    "django_session": "who is signed in",
    "procrastinate_events": "what happened to a job",
    "procrastinate_jobs": "work done later",
    "procrastinate_periodic_defers": "when regular work was last started",
    "procrastinate_workers": "which workers live",
    "django_cache": "counts of throttled attempts",
}
READ_ONLY = {
    "django_migrations": "what has been migrated",
    "django_content_type": "Django's names of models",
}

EMPTYING_FUNCTION = """
CREATE OR REPLACE FUNCTION foundation_records_only_empties() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE emptied text;
BEGIN
    IF to_jsonb(NEW) - TG_ARGV::text[] IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV::text[] THEN
        RAISE EXCEPTION 'A row of % is never altered; erasure may only empty its personal columns.', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOREACH emptied IN ARRAY TG_ARGV LOOP
        IF to_jsonb(NEW) -> emptied <> 'null'::jsonb
           AND to_jsonb(NEW) -> emptied IS DISTINCT FROM to_jsonb(OLD) -> emptied THEN
            RAISE EXCEPTION 'Column % of % may be emptied, not altered.', emptied, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$
"""
EMPTYING_TRIGGER = "only_empties"


class UnknownTableError(Exception):
    """A table that no model and no list explains: nobody has said what may be done to it."""


@dataclass(frozen=True)
class Grant:
    """What the application may do to one table.

    `emptied` are columns that it may set to NULL and `guarded` columns whose changes the table's own trigger judges.
    """

    table: str
    privileges: tuple[str, ...]
    emptied: tuple[str, ...] = ()
    guarded: tuple[str, ...] = ()


def grant_for_model(model: type[models.Model]) -> Grant:
    """What the application may do to the table of one of our models."""
    table = model._meta.db_table
    if issubclass(model, AppendOnly):
        return Grant(
            table=table,
            privileges=("SELECT",) if model.added_by_database else ("SELECT", "INSERT"),
            emptied=() if model.emptiable else columns_that_erasure_empties(model),
            guarded=model.emptiable,
        )
    return Grant(table=table, privileges=("SELECT", "INSERT", "UPDATE", "DELETE"))


def columns_that_erasure_empties(model: type[Record]) -> tuple[str, ...]:
    """The nullable personal columns of a model whose rows erasure empties; of any other, none."""
    if model.keeping is None or model.keeping.erasure is not Erasure.EMPTY:
        return ()
    return tuple(
        field.column
        for field in model._meta.concrete_fields
        if field.column
        and field.null
        and model.classification.get(field.name) in (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)
    )


def grants_for(tables: Iterable[str]) -> list[Grant]:
    """What the application may do to each of `tables`. Raises UnknownTableError for one that nothing explains."""
    ours = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model.__module__.startswith("alongside.")
    }
    grants = []
    for table in sorted(tables):
        if table in ours:
            grants.append(grant_for_model(ours[table]))
        elif table in THIRD_PARTY:
            grants.append(Grant(table=table, privileges=("SELECT", "INSERT", "UPDATE", "DELETE")))
        elif table in READ_ONLY:
            grants.append(Grant(table=table, privileges=("SELECT",)))
        else:
            raise UnknownTableError(
                f"No model explains the table {table}. Give it one, or list it in foundation/records/grants.py."
            )
    return grants


def apply_grants(connection: BaseDatabaseWrapper, *, role: str) -> None:
    """Give `role` exactly what every table's model allows; `connection` is the owner's."""
    quote = connection.ops.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(EMPTYING_FUNCTION)
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'MEMBER')"
        )
        for grant in grants_for([table for (table,) in cursor.fetchall()]):
            for statement in statements_for(grant, role=role, quote=connection.ops.quote_name):
                cursor.execute(statement)
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}")


def statements_for(grant: Grant, *, role: str, quote: Callable[[str], str]) -> Iterator[str]:
    """The statements that leave `role` with exactly this grant, whatever it had before."""
    table = quote(grant.table)
    yield f"REVOKE ALL ON {table} FROM PUBLIC, {quote(role)}"
    yield f"GRANT {', '.join(grant.privileges)} ON {table} TO {quote(role)}"
    yield f"DROP TRIGGER IF EXISTS {EMPTYING_TRIGGER} ON {table}"
    if columns := ", ".join(quote(column) for column in grant.emptied + grant.guarded):
        yield f"GRANT UPDATE ({columns}) ON {table} TO {quote(role)}"
    if grant.emptied:
        names = ", ".join(f"'{column}'" for column in grant.emptied)
        yield (
            f"CREATE TRIGGER {EMPTYING_TRIGGER} BEFORE UPDATE ON {table} FOR EACH ROW"
            f" EXECUTE FUNCTION foundation_records_only_empties({names})"
        )
