"""Making the roles and the database, and refusing a role that could do harm."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from django.db import connection

from alongside.config.database.check import UnsafeRoleError, ensure_safe_role, faults_of_role
from alongside.config.database.migrate import migrate
from alongside.config.database.prepare import PrepareError, prepare
from alongside.config.database.urls import (
    DatabaseUrls,
    make_url,
    password_of,
    role_of,
    urls_from_environment,
    urls_of_own_roles,
    with_database,
    with_role,
    without_password,
)
from tests.support.database import SessionDatabase, point_connections_at

ROLES = (
    "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolpassword FROM pg_authid ORDER BY rolname"
)


@pytest.fixture
def admin(live_database: DatabaseUrls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(live_database.admin, autocommit=True) as connection:
        yield connection


def test_preparing_and_migrating_again_changes_nothing(live_database: DatabaseUrls, admin: psycopg.Connection) -> None:
    privileges = "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
    prepare(live_database)
    before = admin.execute(privileges).fetchall()
    names = [row[:5] for row in admin.execute(ROLES).fetchall()]
    prepare(live_database)
    migrate()
    assert admin.execute(privileges).fetchall() == before
    assert [row[:5] for row in admin.execute(ROLES).fetchall()] == names
    ensure_safe_role()


def test_passwords_are_kept_as_hashes_that_were_made_here(admin: psycopg.Connection) -> None:
    for *_rest, password in admin.execute(ROLES).fetchall():
        assert password is None or password.startswith("SCRAM-SHA-256$")


def test_the_application_may_enter_no_other_database(
    live_database: DatabaseUrls, session_cluster: SessionDatabase
) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(with_role(live_database.application, role="alongside_app", password="guess"))
    with psycopg.connect(live_database.application) as application:
        assert application.execute("SELECT has_database_privilege(current_database(), 'TEMP')").fetchone() == (False,)


@pytest.fixture
def unsafe(admin: psycopg.Connection, live_database: DatabaseUrls) -> Iterator[DatabaseUrls]:
    """A role of its own to spoil, so that the session's own stays as it is."""
    admin.execute("CREATE ROLE spoilt LOGIN PASSWORD 'spoilt'")
    admin.execute(f"GRANT CONNECT ON DATABASE {admin.info.dbname} TO spoilt")
    admin.execute("GRANT USAGE ON SCHEMA public TO spoilt")
    urls = replace(live_database, application=with_role(live_database.application, role="spoilt", password="spoilt"))
    point_connections_at(urls)
    assert faults_of_role() == []
    yield urls
    connection.close()
    admin.execute("REASSIGN OWNED BY spoilt TO alongside_admin")
    admin.execute("DROP OWNED BY spoilt")
    admin.execute("DROP ROLE spoilt")


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("ALTER ROLE spoilt SUPERUSER", "is a superuser"),
        ("ALTER ROLE spoilt BYPASSRLS", "bypasses row security"),
        ("ALTER ROLE spoilt CREATEROLE", "may make roles"),
        ("ALTER ROLE spoilt CREATEDB", "may make databases"),
        ("ALTER ROLE spoilt REPLICATION", "may replicate"),
        ("GRANT alongside_admin TO spoilt", "is a superuser"),
        ("GRANT alongside_owner TO spoilt", "owns foundation_audit_event"),
        ("ALTER TABLE django_session OWNER TO spoilt", "owns django_session"),
        ("GRANT CREATE ON SCHEMA public TO spoilt", "may make tables in public"),
        ("DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO spoilt', current_database()); END $$", "schemas"),
        (
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO spoilt', current_database()); END $$",
            "owns the database",
        ),
    ],
)
def test_a_role_that_could_do_harm_is_refused(
    unsafe: DatabaseUrls, admin: psycopg.Connection, spoil: str, fault: str
) -> None:
    admin.execute(spoil)  # type: ignore[call-overload]
    with pytest.raises(UnsafeRoleError, match="not safe to serve from"):
        ensure_safe_role()
    assert any(fault in found for found in faults_of_role())


def test_the_owner_is_never_served_from(live_database: DatabaseUrls) -> None:
    point_connections_at(replace(live_database, application=live_database.owner))
    with pytest.raises(UnsafeRoleError, match="owns"):
        ensure_safe_role()


def test_an_address_alone_is_enough_where_its_role_may_make_roles(
    session_cluster: SessionDatabase, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALONGSIDE_STATE", str(tmp_path))
    administrator = session_cluster.cluster.urls.admin
    with psycopg.connect(administrator, autocommit=True) as admin:
        admin.execute("CREATE ROLE helpdesk LOGIN CREATEROLE CREATEDB PASSWORD 'helpdesk'")
        admin.execute("CREATE DATABASE small_service OWNER helpdesk")
        try:
            given = with_role(with_database(administrator, "small_service"), role="helpdesk", password="helpdesk")
            urls = urls_of_own_roles(given)
            prepare(urls)
            prepare(urls)
            point_connections_at(urls)
            migrate()
            ensure_safe_role()
            assert (role_of(urls.application), role_of(urls.owner)) == ("small_service_app", "small_service_owner")
            # Next time the same address means the same two roles.
            assert urls_from_environment({"DATABASE_URL": given}) == urls
        finally:
            point_connections_at(session_cluster.urls)
            admin.execute("DROP DATABASE small_service WITH (FORCE)")
            admin.execute("DROP ROLE small_service_app, small_service_owner, helpdesk")


def test_a_role_that_may_not_make_roles_is_told_so(live_database: DatabaseUrls) -> None:
    with pytest.raises(PrepareError, match="may not make roles"):
        prepare(
            replace(
                live_database,
                admin=live_database.owner,
                owner=with_role(live_database.owner, role="another", password="another"),
            )
        )


def test_the_admin_is_neither_owner_nor_application(live_database: DatabaseUrls) -> None:
    with pytest.raises(PrepareError, match="Name two other roles"):
        prepare(replace(live_database, owner=live_database.admin))


def test_without_an_admin_it_says_where_to_look(live_database: DatabaseUrls) -> None:
    with pytest.raises(PrepareError, match=r"DATABASE_ADMIN_URL.*docs/operating\.md"):
        prepare(replace(live_database, admin=""))


def test_a_server_that_does_not_answer_is_named_without_its_password(live_database: DatabaseUrls) -> None:
    nowhere = make_url(role="admin", password="secret-word", database="postgres", host="/nonexistent")
    with pytest.raises(PrepareError, match=r"No database answers at postgresql://admin@") as refusal:
        prepare(replace(live_database, admin=nowhere))
    assert "secret-word" not in str(refusal.value)


def test_addresses_survive_hard_passwords() -> None:
    url = make_url(role="o'brien", password="p@ss/w:rd?#%", database="a b", host="/tmp/x y")
    assert (role_of(url), password_of(url)) == ("o'brien", "p@ss/w:rd?#%")
    assert password_of(with_role("postgresql://x:y@host:5432/name?sslmode=require", role="r", password="@/:")) == "@/:"
    assert without_password("postgresql://x:y@host:5432/name") == "postgresql://x@host:5432/name"
