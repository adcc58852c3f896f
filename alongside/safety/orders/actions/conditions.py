"""Imported licence conditions: read, and found to stop nothing."""

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.work.actions import add_to_timeline
from alongside.people.persons.models import SourceMarker
from alongside.safety.orders.actions.recording import note_reading


@action
def condition_stops_nothing(*, by: User, marker: SourceMarker, note: str) -> None:
    """Note that an imported condition was read and keeps nobody from anyone or anywhere, and why."""
    note_reading(by=by, marker=marker, order=None, note=note)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="orders.condition.read",
        subject=marker,
        case_id=marker.person_id,
        after={"condition": marker.code, "stops": "nothing"},
        ground=note,
    )
    add_to_timeline(
        by=by,
        case_id=marker.person_id,
        kind="orders.condition.read",
        title="An imported licence condition was read: it keeps nobody apart",
        right=Right.SEE_SAFETY,
        subject_id=marker.pk,
    )
