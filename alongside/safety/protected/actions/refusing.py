"""Refusing what nobody may be told, and who learns of it where it ended badly."""

from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import insert_once
from alongside.people.persons.models import Person
from alongside.safety.protected.actions.leaders import ask_leaders, team_of
from alongside.safety.protected.models import RefusedRequest

STAYED = "protected.refused.stayed"


@action
def log_refusal(
    *,
    by: User,
    asked_by: str,
    asked_for: str,
    channel_id: str,
    answer_id: str,
    happened: str = "",
    would_not_leave: bool = False,
    person: Person | None = None,
    family_member_id: UUID | None = None,
    key: UUID | None = None,
) -> RefusedRequest:
    """Write down that someone asked for what they may not know, and what they were told instead (R074)."""
    row, is_new = insert_once(
        RefusedRequest(
            pk=key or uuid4(),
            case=person.pk if person else None,
            family_member=family_member_id,
            team=team_of(by),
            asked_by=asked_by,
            asked_for=asked_for,
            channel_id=channel_id,
            answer_id=answer_id,
            happened=happened,
            would_not_leave=would_not_leave,
            at=timezone.now(),
            answered_by=by.pk,
        ),
        answered_by=by.pk,
    )
    if not is_new:
        return row
    record_change(by=by, kind=EventKind.COLLECTION, name="protected.request.refused", subject=row, case_id=row.case)
    if would_not_leave and row.case is None:
        ask_leaders(
            by=by,
            team=row.team,
            kind=STAYED,
            subject_id=row.pk,
            title="Someone would not leave, or threatened staff: read what was written down",
            due_on=today(),
            by_hand=True,
        )
    return row
