"""A copy of the set's database, for what must be committed or counted by the planner: the set stays as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from alongside.config.database.postgres import DATABASE, Cluster
from alongside.config.database.urls import DatabaseUrls, alias_from_url, role_of, with_database
from bench.frame import Setting

COPY = "bench_copy"


@contextmanager
def copy_of_the_database(setting: Setting) -> Iterator[DatabaseUrls]:
    """Addresses of a fresh copy, dropped afterwards."""
    from django.db import connections

    connections.close_all()
    urls, copy = Cluster(setting.folder / "postgres").urls, sql.Identifier(COPY)
    with psycopg.connect(with_database(urls.admin, "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(copy, sql.Identifier(DATABASE))
        )
        admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(copy))
        for url in (urls.application, urls.owner):
            admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(copy, sql.Identifier(role_of(url))))
        try:
            yield DatabaseUrls(application=with_database(urls.application, COPY), owner=with_database(urls.owner, COPY))
        finally:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))


@contextmanager
def pointed_at(urls: DatabaseUrls) -> Iterator[None]:
    """Send this process's own connection to another database for as long as this lasts."""
    from django.db import connection, connections

    before = dict(connections.settings["default"])
    connection.close()
    connections.settings["default"].update(alias_from_url(urls.application))
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"].update(before)


def settle(urls: DatabaseUrls, *tables: str) -> None:
    """What the database's own housekeeping does within a minute of many rows: sweep the tables and count them anew."""
    with psycopg.connect(urls.owner, autocommit=True) as owner:
        for table in tables:
            owner.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))
