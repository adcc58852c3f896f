"""The tests' own PostgreSQL: made for each set of migrations, copied for each session, cloned for each live test."""

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from alongside.config.database.migrate import migrate
from alongside.config.database.postgres import DATABASE, Binaries, Cluster, enterable, find_binaries
from alongside.config.database.prepare import prepare
from alongside.config.database.urls import DatabaseUrls, alias_from_url, with_database
from alongside.config.state import PROJECT_FOLDER

CACHE = enterable(PROJECT_FOLDER / "var" / "test-databases")
KEPT_TEMPLATES = 4
SESSION_PREFIX = "alongside-test-"
SECONDS_A_DAY = 86_400

# Whatever decides what a fresh database holds.
INGREDIENTS = (
    "alongside/**/migrations/*.py",
    "alongside/**/models.py",
    "alongside/**/models/*.py",
    "alongside/**/*.yaml",
    "alongside/**/*.yml",
    "alongside/config/rooms.py",
    "alongside/config/database/*.py",
    "alongside/**/wall.py",
    "alongside/foundation/access/r*.py",
    "alongside/foundation/records/*.py",
    "alongside/foundation/reference/**/*.py",
    "alongside/foundation/content/**/*.py",
    "requirements/base.txt",
    "tests/support/database.py",
)


def point_connections_at(urls: DatabaseUrls) -> None:
    """Send every connection of this process, in every thread, to another database."""
    connections.close_all()
    for alias, url in (("default", urls.application), ("owner", urls.owner)):
        # A connection ends with its request or job: threads come and go here, and would leave theirs open.
        connections.settings[alias].update(alias_from_url(url), CONN_MAX_AGE=0)
    # What the process holds of one database says nothing of another.
    import_module("alongside.foundation.reference.cache").forget_lists()
    import_module("alongside.foundation.content.cache").forget_wording()


@dataclass
class SessionDatabase:
    """The session's cluster and the database that its tests share."""

    cluster: Cluster
    urls: DatabaseUrls
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def clone(self) -> Iterator[DatabaseUrls]:
        """A fresh copy of the migrated database, dropped afterwards."""
        name = f"clone_{next(self._numbers)}"
        template = self.cluster.urls
        with psycopg.connect(template.admin, autocommit=True) as admin:
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(DATABASE)
                )
            )
            # Privileges on the database itself are not part of what a template hands on.
            admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
            for role in ("alongside_owner", "alongside_app"):
                admin.execute(
                    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(role))
                )
        try:
            yield DatabaseUrls(
                application=with_database(template.application, name),
                owner=with_database(template.owner, name),
                admin=with_database(template.admin, name),
            )
        finally:
            with psycopg.connect(template.admin, autocommit=True) as admin:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def session_database() -> Iterator[SessionDatabase]:
    """A cluster for this session alone, with the connections of this process pointed at its database."""
    binaries = find_binaries()
    template = _template(binaries)
    _remove_abandoned_sessions()
    folder = Path(tempfile.mkdtemp(prefix=SESSION_PREFIX))
    folder.chmod(0o755)
    try:
        _copy(template / "postgres", folder / "postgres")
        with Cluster(folder / "postgres", durable=False, secrets=template, binaries=binaries) as cluster:
            session = SessionDatabase(cluster=cluster, urls=cluster.urls)
            with session.clone() as urls:
                session.urls = urls
                point_connections_at(urls)
                yield session
                connections.close_all()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _template(binaries: Binaries) -> Path:
    """A folder with a stopped, migrated cluster for the code as it stands; made on first use, shared by sessions."""
    CACHE.mkdir(parents=True, exist_ok=True)
    made = CACHE / f"{binaries.major}-{_digest_of_ingredients()}"
    with (CACHE / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = CACHE / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            with Cluster(unfinished / "postgres", durable=False, binaries=binaries) as cluster:
                prepare(cluster.urls)
                point_connections_at(cluster.urls)
                migrate()
                connections.close_all()
            unfinished.rename(made)
            _remove_old_templates(made)
    return made


def _digest_of_ingredients() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in INGREDIENTS for path in PROJECT_FOLDER.glob(pattern)}):
        digest.update(str(path.relative_to(PROJECT_FOLDER)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _remove_old_templates(newest: Path) -> None:
    made = [folder for folder in CACHE.iterdir() if folder.is_dir() and folder != newest]
    for folder in sorted(made, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT_TEMPLATES - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned_sessions() -> None:
    """What a killed session left behind; its server has ended with it."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SESSION_PREFIX}*"):
        if folder.is_dir() and time.time() - folder.stat().st_mtime > SECONDS_A_DAY:
            shutil.rmtree(folder, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """A copy that shares blocks with its source where the file system can."""
    subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)
