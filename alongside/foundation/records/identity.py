"""Who is asking, told to the database for the length of a transaction, and which case they are about to look at.

Row security behind the wall reads `alongside.user`; where it is not set, no row shows. `alongside.case` opens nothing:
the wall asks about that case once for a statement, where it asks about others row by row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

SETTING = "alongside.user"
ABOUT = "alongside.case"


def set_identity(user_id: UUID | None, *, about: UUID | None = None) -> None:
    """Tell the database who is asking until the transaction ends; None for nobody.

    `about` is the case that most of what follows is about, where that is known. Raises RuntimeError outside a
    transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Identity is set per transaction: open one first.")
    told = {SETTING: user_id} if about is None else {SETTING: user_id, ABOUT: about}
    columns = ", ".join(["set_config(%s, %s, true)"] * len(told))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [text for name, value in told.items() for text in (name, str(value or ""))])


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
