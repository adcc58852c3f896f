"""Where the page is that tells more of a timeline line, a to-do, a card or an approval.

The rooms that write such lines stand below the rooms that have the pages, so a page says which kinds it answers for.
"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from alongside.foundation.accounts.models import User

Registered = TypeVar("Registered")
Resolver = Callable[[UUID | None, UUID | None], str]
Opener = Callable[[User, UUID | None, UUID], bool]
_resolvers: dict[str, Resolver] = {}
_openers: dict[str, Opener] = {}


def register_link(kind: str, resolver: Resolver) -> None:
    """Answer for a kind ("families.notice.review") or for all that begin with it ("families.member").

    The resolver is given the case's id and the subject's, and answers with an address.
    """
    _resolvers[kind] = resolver


def address_of(*, kind: str, case_id: UUID | None, subject_id: UUID | None) -> str:
    """The address for a line of this kind; empty where no page answers for it. The longest registered kind wins."""
    resolver = _for_kind(_resolvers, kind)
    return resolver(case_id, subject_id) if resolver else ""


def register_opener(kind: str, opener: Opener) -> None:
    """Answer who may open the page of a kind of to-do, or of all that begin with it, beyond what its right says.

    The opener is given a user, the case's id and the subject's. The database takes that user to be asking meanwhile, so
    that a row behind the wall is found only where they may read it.
    """
    _openers[kind] = opener


def opener_of(kind: str) -> Opener | None:
    """Who may open the page of this kind; None where its case and its right say all there is. The longest kind wins."""
    return _for_kind(_openers, kind)


def _for_kind(registered: dict[str, Registered], kind: str) -> Registered | None:
    words = kind.split(".")
    lengths = range(len(words), 0, -1)
    found = (registered.get(".".join(words[:length])) for length in lengths)
    return next((answer for answer in found if answer is not None), None)
