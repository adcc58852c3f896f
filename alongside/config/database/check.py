"""Refuses to start where the application's role could do harm: the database must be a wall, not a habit."""

from django.db import DEFAULT_DB_ALIAS, connections

from alongside.config.errors import OperatorError

FAULTS = """
WITH mine AS (SELECT * FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER'))
SELECT 'is a superuser' FROM mine WHERE rolsuper
UNION ALL SELECT 'bypasses row security' FROM mine WHERE rolbypassrls
UNION ALL SELECT 'may make roles' FROM mine WHERE rolcreaterole
UNION ALL SELECT 'may make databases' FROM mine WHERE rolcreatedb
UNION ALL SELECT 'may replicate' FROM mine WHERE rolreplication
UNION ALL SELECT 'owns ' || relname FROM pg_class JOIN mine ON relowner = mine.oid
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
UNION ALL SELECT 'owns the database' FROM pg_database JOIN mine ON datdba = mine.oid
    WHERE datname = current_database()
UNION ALL SELECT 'may make schemas' WHERE has_database_privilege(current_database(), 'CREATE')
UNION ALL SELECT 'may make tables in ' || nspname FROM pg_namespace
    WHERE has_schema_privilege(oid, 'CREATE') AND nspname !~ '^pg_(toast_)?temp'
"""


class LeaningWallError(OperatorError):
    """Tables that belong behind the wall do not stand there; the message says which, and what to do."""


class UnsafeRoleError(OperatorError):
    """The application's role may do more than serve; the message says what, and what to do."""


def faults_of_role(*, alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """What the role behind `alias` may do that an application's role must not, directly or through another role."""
    with connections[alias].cursor() as cursor:
        cursor.execute(FAULTS)
        return sorted({fault for (fault,) in cursor.fetchall()})


def ensure_safe_to_serve() -> None:
    """Raise OperatorError unless the application's role may serve and nothing more, and every wall stands."""
    # The command that starts everything loads this before Django is set up, and models need it to be.
    from alongside.foundation.records.walls import walls_that_lean

    ensure_safe_role()
    if leaning := walls_that_lean():
        raise LeaningWallError(
            f"The wall round {', '.join(leaning)} is not as this version builds it. Run `alongside database migrate`."
        )


def ensure_safe_role(*, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Raise UnsafeRoleError unless the role behind `alias` may serve and nothing more."""
    faults = faults_of_role(alias=alias)
    if not faults:
        return
    role = connections[alias].settings_dict["USER"]
    shown = ", ".join(faults[:5]) + (f" and {len(faults) - 5} more" if len(faults) > 5 else "")
    raise UnsafeRoleError(
        f"The role {role} is not safe to serve from: it {shown}. Run `alongside database prepare`, and name the role "
        "that it makes in DATABASE_URL."
    )
