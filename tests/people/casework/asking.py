"""What tests of these pages share: clients, counted statements, and answers with what must differ taken out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation.accounts.models import User

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")
CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r'|name="csrfmiddlewaretoken" value="\w+"'
    r'|(?:data-now|data-expires-at|datetime)="[^"]*"|\d\d:\d\d(?::\d\d)?'
)


def signed_in(user: User) -> Client:
    """A client in a session of the user's."""
    client = Client()
    client.force_login(user)
    return client


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are run meanwhile, without those that only open and close transactions."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [query["sql"] for query in captured if not query["sql"].startswith(NOT_COUNTED)]


def steady(content: bytes) -> str:
    """A page with ids, tokens and times of day taken out."""
    return CHANGING.sub("·", content.decode())
