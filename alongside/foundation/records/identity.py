"""Who is asking, told to the database for the length of a transaction.

Row security behind the wall reads `alongside.user`; where it is not set, no row shows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

SETTING = "alongside.user"


def set_identity(user_id: UUID | None) -> None:
    """Tell the database who is asking until the transaction ends; None for nobody.

    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Identity is set per transaction: open one first.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, str(user_id or "")])


def current_identity() -> UUID | None:
    """Whom the database takes to be asking; None where nobody has said."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting(%s, true), '')", [SETTING])
        row = cursor.fetchone()
    return UUID(row[0]) if row and row[0] else None


@contextmanager
def identity(user_id: UUID | None) -> Iterator[None]:
    """A transaction in which the database knows that `user_id` is asking, and afterwards whoever asked before."""
    with transaction.atomic():
        before = current_identity()
        set_identity(user_id)
        yield
        set_identity(before)
