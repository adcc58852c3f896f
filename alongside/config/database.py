"""Turns a database URL into Django's settings for one connection."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


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
        "NAME": unquote(parts.path.lstrip("/")) or "alongside",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }
