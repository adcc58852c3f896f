"""What a room does once someone has decided on what it put up for approval.

Approvals are decided in one queue, which knows no room. The room that asked says here what follows, in its `ready`;
that runs in the same transaction as the decision, so the two stand or fall together.
"""

from collections.abc import Callable

from alongside.foundation.accounts.models import User
from alongside.foundation.work.models import Approval

OnDecided = Callable[[User, Approval], None]
_followers: dict[str, OnDecided] = {}
_at_its_own_place: set[str] = set()


def on_decided(kind: str, follow: OnDecided) -> None:
    """Have `follow(by, approval)` called whenever an approval of exactly this kind is approved, returned or refused.

    It may raise `OwnWorkError` where the decider had a hand in what they decide on: then nothing is decided.
    """
    _followers[kind] = follow


def follow_up(by: User, approval: Approval) -> None:
    """Let the room that asked act on a decision. A kind that nobody follows is no error."""
    follow = _followers.get(approval.kind)
    if follow is not None:
        follow(by, approval)


def decide_at_its_own_place(kind: str) -> None:
    """Have approvals of exactly this kind decided on the page to which they lead, and not in the common queue.

    For what stands behind the wall: a reason that is given there stays there.
    """
    _at_its_own_place.add(kind)


def is_decided_at_its_own_place(kind: str) -> bool:
    """Whether the queue leads on to the page of an approval of this kind, instead of asking for the decision itself."""
    return kind in _at_its_own_place
