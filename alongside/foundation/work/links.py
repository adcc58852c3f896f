"""Where the page is that tells more of a timeline line, a to-do, a card or an approval.

The rooms that write such lines stand below the rooms that have the pages, so a page says which kinds it answers for.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from alongside.foundation.accounts.models import User

Registered = TypeVar("Registered")
Resolver = Callable[[UUID | None, UUID | None], str]
Opener = Callable[[User, UUID | None, UUID], bool]
Latest = Callable[[UUID], date | None]
_resolvers: dict[str, Resolver] = {}
_openers: dict[str, Opener] = {}
_latest: dict[str, Latest] = {}
_notices: dict[str, bool] = {}


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


def register_latest(kind: str, latest: Latest) -> None:
    """Answer until when a kind of to-do may be put off, where what it is about has a day of its own; None for any."""
    _latest[kind] = latest


def own_latest(*, kind: str, subject_id: UUID | None) -> date | None:
    """The last day that what a to-do is about allows; None where it names none. The longest registered kind wins."""
    latest = _for_kind(_latest, kind)
    return latest(subject_id) if latest and subject_id else None


def register_notice(kind: str) -> None:
    """Say that a kind of to-do only tells something, and asks for nothing by a day: it is never overdue."""
    _notices[kind] = True


def is_notice(kind: str) -> bool:
    """Whether a kind of to-do only tells something. The longest registered kind wins."""
    return _for_kind(_notices, kind) is True


def _for_kind(registered: dict[str, Registered], kind: str) -> Registered | None:
    words = kind.split(".")
    lengths = range(len(words), 0, -1)
    found = (registered.get(".".join(words[:length])) for length in lengths)
    return next((answer for answer in found if answer is not None), None)
