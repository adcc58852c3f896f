"""Adding an entry: its place in the order, its event in the trail and its line in the timeline."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.work.actions import add_to_timeline
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.models import Entry, Ledger
from alongside.safety.permissions.queries import lock

E = TypeVar("E", bound=Entry)


class SaidMeanwhileError(Exception):
    """Something was written down about this family member after the page was opened. `number` is the last now."""

    def __init__(self, number: int) -> None:
        super().__init__(
            "Someone wrote something down about this family member after you opened this page. Read what it was below, "
            "ask again if it changes anything, then save."
        )
        self.number = number


def add_entry(
    model: type[E],
    /,
    *,
    by: User | None,
    member: FamilyMember,
    name: str,
    title: str,
    seen: int | None = None,
    at: datetime | None = None,
    **values: Any,
) -> E:
    """Add one entry about a family member, in its place. Raises SaidMeanwhileError where `seen` is not the last."""
    ledger = lock(member.pk)
    if seen is not None and ledger.number != seen:
        raise SaidMeanwhileError(ledger.number)
    Ledger.objects.filter(pk=ledger.pk).update(number=F("number") + 1, version=F("version") + 1)
    entry = model(
        case=member.person_id,
        family_member=member.pk,
        number=ledger.number + 1,
        at=at or timezone.now(),
        by=by.pk if by else None,
        by_name=by.name if by else "",
        **values,
    )
    entry.save(force_insert=True)
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name=name,
        subject=entry,
        case_id=member.person_id,
        after=_worth_keeping(values),
        family_member_id=member.pk,
    )
    add_to_timeline(
        by=by,
        case_id=member.person_id,
        kind=name,
        title=title,
        right=Right.SEE_PERMISSIONS,
        subject_id=member.pk,
        family_member_id=member.pk,
    )
    return entry


def _worth_keeping(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "id" and value not in (None, "", [])}
