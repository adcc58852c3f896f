"""Where the page is that tells more of a timeline line, a to-do, a card or an approval.

The rooms that write such lines stand below the rooms that have the pages, so a page says which kinds it answers for.
"""

from collections.abc import Callable
from uuid import UUID

Resolver = Callable[[UUID | None, UUID | None], str]
_resolvers: dict[str, Resolver] = {}


def register_link(kind: str, resolver: Resolver) -> None:
    """Answer for a kind ("families.notice.review") or for all that begin with it ("families.member").

    The resolver is given the case's id and the subject's, and answers with an address.
    """
    _resolvers[kind] = resolver


def address_of(*, kind: str, case_id: UUID | None, subject_id: UUID | None) -> str:
    """The address for a line of this kind; empty where no page answers for it. The longest registered kind wins."""
    words = kind.split(".")
    for length in range(len(words), 0, -1):
        resolver = _resolvers.get(".".join(words[:length]))
        if resolver is not None:
            return resolver(case_id, subject_id)
    return ""
