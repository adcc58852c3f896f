"""What stands behind the wall: the declaration on a model. `walls.py` builds it in the database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wall:
    """Who reads and who writes the rows of a table, as conditions in SQL on its columns.

    Conditions are composed of functions that rooms register, such as those of `people.allocations.wall`. Whoever writes
    a row need not be able to read it afterwards; altering a row needs both. A certificate of erasure says nothing of
    rows that are `uncounted`: it is read where not even their number may show.
    """

    reads: str
    writes: str
    uncounted: bool = False
