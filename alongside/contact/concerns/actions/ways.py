"""Saying when each way of telling a team something is read, and whom to ring now."""

from typing import Any

from alongside.contact.concerns.models import WayIn
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import ChangedMeanwhileError, change_record
from alongside.people.staff.models import Team


@action
def say_when_read(
    *, by: User, team: Team, channel_id: str, seen_version: int, read_when: str, within_hours: int, ring_now: str
) -> WayIn:
    """Say it, for the first time (`seen_version` 0) or anew. Raises ChangedMeanwhileError where someone else did."""
    values: dict[str, Any] = {"read_when": read_when, "within_hours": within_hours, "ring_now": ring_now}
    row, made = WayIn.objects.get_or_create(team=team, channel_id=channel_id, defaults=values)
    if not made:
        if seen_version == 0:
            raise ChangedMeanwhileError(row)
        change_record(row, seen_version=seen_version, **values)
    record_change(by=by, kind=EventKind.CHANGE, name="concerns.way.said", subject=row, after=values)
    return row
