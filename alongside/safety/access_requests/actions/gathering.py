"""Gathering what is held, and marking anew what was gathered under older rules."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import change_record
from alongside.safety.access_requests.actions.deciding import refuse_over
from alongside.safety.access_requests.actions.noting import record
from alongside.safety.access_requests.gathering import Found, as_parts, as_rows, held_about, marking_edition
from alongside.safety.access_requests.models import AccessRequest, Item
from alongside.safety.access_requests.rules import SHOWN, About, Gathered, Part, Verdict, reworded
from alongside.safety.access_requests.wall import behind_the_wall

AT_ONCE = 500
WALLED_GROUND = "withholding_ground.OTHERS"
WALLED_REASON = "Told in confidence: withheld, neither confirmed nor denied, unless two people decide otherwise."
ANEW = (
    *("kind", "parts", "guarded", "withheld_first", "source_protected", "verdict", "about", "ground_id", "reason"),
    *("decided_by", "decided_at", "checked_by", "checked_at"),
)
"""What of an item marking it anew can change."""

Key = tuple[str, UUID]


@action
def gather(*, by: User, request: AccessRequest) -> Gathered:
    """Find all that is held about the asker: add what is not among the items yet, and mark the others anew.

    An item that now calls for a second look, or is told in confidence, and was decided before that was known, is to be
    decided again (R095). Raises NotNowError where the request is over.
    """
    locked = AccessRequest.objects.select_for_update().get(pk=request.pk)
    refuse_over(locked)
    everything = {
        (one.model, one.source): one
        for one in (*held_about(request.person_id, request.family_member), *behind_the_wall(request.pk))
    }
    known = {(row.model, row.source): row for row in Item.objects.filter(request=request).select_for_update()}
    edition = marking_edition()
    again = _mark_anew(known, everything, by, read_anew=locked.marked_under != edition)
    new = [one for key, one in everything.items() if key not in known]
    number = max((row.number for row in known.values()), default=0)
    Item.objects.bulk_create(
        [_item(locked, place, one, by) for place, one in enumerate(new, start=number + 1)], batch_size=AT_ONCE
    )
    change_record(locked, seen_version=locked.version, gathered_at=timezone.now(), marked_under=edition)
    request.refresh_from_db()
    record(by, request, "access_requests.items.gathered", EventKind.COMBINATION)
    if again:
        record(by, request, "access_requests.items.marked_anew")
    return Gathered(added=len(new), again=again)


def _mark_anew(known: Mapping[Key, Item], held: Mapping[Key, Found], by: User, *, read_anew: bool) -> int:
    """Bring the items that are there to what the rules say now; answers how many are to be decided again."""
    changed, again = [], 0
    for key, item in known.items():
        before = _state_of(item)
        again += _marked(item, held.get(key), by, read_anew=read_anew)
        if before != _state_of(item):
            item.version += 1
            changed.append(item)
    Item.objects.bulk_update(changed, [*ANEW, "version"], batch_size=AT_ONCE)
    return again


def _state_of(item: Item) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in ANEW)


def _marked(item: Item, found: Found | None, by: User, *, read_anew: bool) -> bool:
    """Mark one item anew; whether it is to be decided again. What is no longer held calls for a second look.

    Until it is decided it says what the record says now; then it stays as it was read, under the headings of today,
    unless the rules by which it was read have changed (`read_anew`).
    """
    tighter = not item.guarded and (found is None or found.guarded)
    item.guarded = item.guarded or tighter
    was, now = as_parts(item.parts), found.parts if found else ()
    reads_otherwise = read_anew and item.verdict in SHOWN and bool(now) and _values(was) != _values(now)
    if found is not None:
        item.kind = found.kind[:120]
        item.parts = as_rows(now if item.verdict == Verdict.OPEN or reads_otherwise else reworded(was, now))
        if found.withheld and not item.withheld_first:
            _withhold(item, by)
            return True
    if item.verdict != Verdict.OPEN and (tighter or reads_otherwise):
        item.verdict = Verdict.OPEN.value
        item.decided_by = item.decided_at = item.checked_by = item.checked_at = None
        return True
    return False


def _values(parts: tuple[Part, ...]) -> dict[str, str]:
    return {part.key: part.value for part in parts}


def _withhold(item: Item, by: User) -> None:
    item.withheld_first = item.source_protected = True
    item.verdict, item.about = Verdict.SILENT.value, About.BOTH.value
    item.ground_id, item.reason = WALLED_GROUND, WALLED_REASON
    item.decided_by, item.decided_at = by.pk, timezone.now()
    item.checked_by = item.checked_at = None


def _item(request: AccessRequest, number: int, found: Found, by: User) -> Item:
    item = Item(
        request=request,
        number=number,
        model=found.model,
        source=found.source,
        kind=found.kind[:120],
        dated=found.dated,
        parts=as_rows(found.parts),
        file=found.file,
        guarded=found.guarded,
    )
    if found.withheld:
        _withhold(item, by)
    return item
