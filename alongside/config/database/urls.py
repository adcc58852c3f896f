"""Database addresses: whose they are, and how Django is told of one."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit, urlunsplit

from alongside.config.state import has_secret, secret


@dataclass(frozen=True)
class DatabaseUrls:
    """The addresses of one database: as the application, as its owner, and as one who may make roles ("" if none)."""

    application: str
    owner: str
    admin: str = ""

    def as_environment(self) -> dict[str, str]:
        """The variables by which a child process finds the same database. The admin's address is not among them."""
        return {"DATABASE_URL": self.application, "DATABASE_OWNER_URL": self.owner, "DATABASE_ADMIN_URL": ""}


def make_url(*, role: str, password: str, database: str, host: str) -> str:
    """An address on a server that listens in the socket folder `host`."""
    return f"postgresql://{_quoted(role)}:{_quoted(password)}@/{_quoted(database)}?{urlencode({'host': host})}"


def role_of(url: str) -> str:
    """The role that an address signs in as."""
    return unquote(urlsplit(url).username or "")


def password_of(url: str) -> str:
    """The password in an address; empty where it has none."""
    return unquote(urlsplit(url).password or "")


def database_of(url: str) -> str:
    """The database that an address names."""
    return unquote(urlsplit(url).path.lstrip("/"))


def with_role(url: str, *, role: str, password: str) -> str:
    """The same database, as another role."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{_quoted(role)}:{_quoted(password)}@{where}"))


def with_database(url: str, database: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{_quoted(database)}"))


def without_password(url: str) -> str:
    """An address that may be shown."""
    parts = urlsplit(url)
    name, _, where = parts.netloc.rpartition("@")
    shown = f"{name.split(':')[0]}@{where}" if name else where
    return urlunsplit(parts._replace(netloc=shown))


def urls_from_environment(environment: Mapping[str, str] = os.environ) -> DatabaseUrls | None:
    """The addresses that the environment names; None where it names none (the embedded database is then meant).

    With `DATABASE_URL` alone, whose role this installation once used to make roles of its own, those roles are meant.
    """
    application = environment.get("DATABASE_URL", "")
    if not application:
        return None
    owner = environment.get("DATABASE_OWNER_URL", "")
    if not owner and has_secret(_own_roles_name(application)):
        return urls_of_own_roles(application)
    return DatabaseUrls(application=application, owner=owner, admin=environment.get("DATABASE_ADMIN_URL", ""))


def urls_of_own_roles(admin_url: str, *, folder: Path | None = None) -> DatabaseUrls:
    """The two roles that this installation makes for itself on a server where it was given only `admin_url`."""
    database = database_of(admin_url) or "alongside"
    password = secret(_own_roles_name(admin_url), folder=folder)
    return DatabaseUrls(
        application=with_role(admin_url, role=f"{database}_app", password=f"{password}a"),
        owner=with_role(admin_url, role=f"{database}_owner", password=f"{password}o"),
        admin=admin_url,
    )


def _own_roles_name(admin_url: str) -> str:
    return "roles-" + hashlib.sha256(without_password(admin_url).encode()).hexdigest()[:16]


def _quoted(text: str) -> str:
    return quote(text, safe="")


# How alike a name must be for the index to offer it: lower than PostgreSQL's own 0.6, so that Smyth finds Smith.
FORGIVING = "-c pg_trgm.word_similarity_threshold=0.33"


def alias_from_url(url: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL at `url`.

    Takes `postgresql://user:password@host:port/name?host=/socket/folder&sslmode=…`; a `host` in the query names a
    socket folder. An empty URL gives settings that fail on first use, so that commands that need no database still run.
    """
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", None) or parts.hostname or ""
    port = query.pop("port", None) or parts.port or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_of(url) or "alongside",
        "USER": role_of(url),
        "PASSWORD": password_of(url),
        "HOST": host,
        "PORT": str(port),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": FORGIVING, **query},
    }
