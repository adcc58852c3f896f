"""Where a relative's own account of the person's life goes (R031): behind the wall, never on the map.

What is told there keeps who told us, when, and what the person may learn of it: nothing, until somebody decides
otherwise. A second store beside the map would be one that a turned screen or a printed copy could give away.
"""

from alongside.foundation.access.rights import Right
from alongside.foundation.work.links import address_of
from alongside.people.allocations.looking import Sight

KIND = "protected"
"""The kind of line for which the room behind the wall answers with its page."""


def where_it_goes(sight: Sight, *, together: bool) -> str:
    """The address where staff write down what a relative told; empty while the person sits beside, or without right."""
    if together or not sight.may(Right.RECORD_PROTECTED):
        return ""
    return address_of(kind=KIND, case_id=sight.person.pk, subject_id=None)
