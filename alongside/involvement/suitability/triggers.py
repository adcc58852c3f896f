"""What calls for a review beside the day itself (R049): rooms say what they know, and it is derived when it is read."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from uuid import UUID

Trigger = Callable[[Collection[UUID], date], Mapping[UUID, tuple[str, ...]]]
_triggers: dict[str, Trigger] = {}


def register_trigger(name: str, trigger: Trigger) -> None:
    """Have `trigger(member_ids, on)` asked, in a fixed number of queries, which involvements should be looked at again.

    It answers with sentences that anyone who may see the judgement may read: no protected source, nothing of a victim.
    """
    _triggers[name] = trigger


def registered_triggers(member_ids: Collection[UUID], *, on: date) -> Mapping[UUID, tuple[str, ...]]:
    """What every room says of these family members."""
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for trigger in _triggers.values():
        for member_id, reasons in trigger(member_ids, on).items():
            found[member_id] += tuple(reasons)
    return found
