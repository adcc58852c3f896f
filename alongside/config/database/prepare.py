"""Makes the two roles, the database and its extensions. Doing it again changes nothing."""

import time
from typing import LiteralString

import psycopg
from psycopg import sql

from alongside.config.database.urls import (
    DatabaseUrls,
    database_of,
    password_of,
    role_of,
    with_database,
    without_password,
)
from alongside.config.errors import OperatorError

EXTENSIONS: tuple[LiteralString, ...] = ("pg_trgm", "btree_gist", "unaccent", "citext")
OLDEST_VERSION = 150000
HARMLESS: LiteralString = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


class PrepareError(OperatorError):
    """The database cannot be prepared; the message says what to do."""


def prepare(urls: DatabaseUrls, *, patience: float = 0) -> None:
    """Make what `urls` names: the owner's and the application's role, the database, extensions and schema privileges.

    Waits `patience` seconds for a server that does not answer yet. Raises PrepareError with what to do.
    """
    if not urls.admin:
        raise PrepareError(
            "Making roles needs the address of a role that may: set DATABASE_ADMIN_URL. Or make them by hand, as "
            "docs/operating.md shows, and go on with `alongside database migrate`."
        )
    database = database_of(urls.application)
    with _connect(urls.admin, patience) as admin:
        _check_version(admin)
        for url in (urls.owner, urls.application):
            _make_role(admin, role=role_of(url), password=password_of(url))
        _make_database(admin, database)
    with _connect(with_database(urls.admin, database), patience) as admin:
        for extension in EXTENSIONS:
            admin.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        _grant_places(admin, database=database, owner=role_of(urls.owner), application=role_of(urls.application))


def _connect(url: str, patience: float) -> psycopg.Connection:
    deadline = time.monotonic() + patience
    while True:
        try:
            return psycopg.connect(url, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise PrepareError(
                    f"No database answers at {without_password(url)}: {str(error).strip().splitlines()[-1]} "
                    "Check that the server runs and that the address, role and password are right."
                ) from None
            time.sleep(0.2)


def _check_version(admin: psycopg.Connection) -> None:
    if admin.info.server_version < OLDEST_VERSION:
        raise PrepareError(f"PostgreSQL 15 or later is needed; this server is {admin.info.server_version // 10000}.")


def _make_role(admin: psycopg.Connection, *, role: str, password: str) -> None:
    if not role or not password:
        raise PrepareError("DATABASE_URL and DATABASE_OWNER_URL must each name a role and its password.")
    if role == admin.info.user:
        raise PrepareError(f"The role {role} may make roles, so it cannot also own or serve. Name two other roles.")
    # Hashed here, so that the password itself never reaches the server or its log.
    hashed = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb: LiteralString = "ALTER" if exists else "CREATE"
    attributes = sql.SQL(HARMLESS if _is_superuser(admin) or not exists else "LOGIN")
    try:
        admin.execute(
            sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                sql.SQL(verb), sql.Identifier(role), attributes, sql.Literal(hashed)
            )
        )
    except psycopg.errors.InsufficientPrivilege:
        raise PrepareError(
            f"The role {admin.info.user} may not make roles. Ask for one that may (CREATEROLE) and name it in "
            "DATABASE_ADMIN_URL, or have the roles made as docs/operating.md shows."
        ) from None


def _is_superuser(admin: psycopg.Connection) -> bool:
    return admin.info.parameter_status("is_superuser") == "on"


def _make_database(admin: psycopg.Connection, database: str) -> None:
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(database)))


def _grant_places(admin: psycopg.Connection, *, database: str, owner: str, application: str) -> None:
    """Who may enter, and who may make tables: the owner alone."""
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(owner),
        "application": sql.Identifier(application),
    }
    statements: tuple[LiteralString, ...] = (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "REVOKE ALL ON DATABASE {database} FROM {application}",
        "GRANT CONNECT ON DATABASE {database} TO {owner}, {application}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM {application}",
        "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {application}",
    )
    for statement in statements:
        admin.execute(sql.SQL(statement).format(**names))
