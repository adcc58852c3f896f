"""The lines, to-dos and trail that the actions of this room share."""

from typing import Any
from uuid import UUID

from alongside.contact.messages.models import Outgoing
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.models import Record
from alongside.foundation.work.actions import ToDoFacts, add_to_timeline, close_to_do, open_to_do
from alongside.people.families.models import FamilyMember

CHANNEL_WORDS = {"text": "text", "email": "email", "letter": "letter"}
NOT_SENT, UNKNOWN = "messages.not_sent", "messages.unknown"
READ, SORT, UNREAD = "messages.reply", "messages.sort", "messages.unread"


def a_channel(channel: str) -> str:
    """A text, an email, a letter."""
    return f"{'an' if channel == 'email' else 'a'} {CHANNEL_WORDS[channel]}"


def record(
    *,
    by: User | None,
    row: Record,
    name: str,
    case_id: UUID | None,
    member_id: UUID | None,
    kind: EventKind = EventKind.CHANGE,
    after: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
    ground: str = "",
) -> None:
    """One event in the case's trail."""
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=row,
        case_id=case_id,
        family_member_id=member_id,
        before=before,
        after=after,
        ground=ground,
    )


def tell(*, by: User | None, outgoing: Outgoing, verb: str, title: str) -> None:
    """One line on the case's timeline."""
    add_to_timeline(
        by=by,
        case_id=outgoing.person_id,
        kind=f"messages.message.{verb}",
        title=title,
        right=Right.SEE_CONTACTS,
        subject_id=outgoing.pk,
        family_member_id=outgoing.family_member_id,
    )


def ask(outgoing: Outgoing, *, kind: str, title: str, by_hand: bool = False) -> None:
    """Open a to-do about a message for whoever holds the case."""
    open_to_do(
        case_id=outgoing.person_id,
        to_do=ToDoFacts(
            kind=kind,
            title=title,
            due_on=today(),
            right=Right.SEND_MESSAGES,
            subject_id=outgoing.pk,
            family_member_id=outgoing.family_member_id,
            by_hand=by_hand,
        ),
    )


def done(*, by: User | None, case_id: UUID | None, kind: str, subject_id: UUID) -> None:
    """Close a to-do of this room."""
    close_to_do(by=by, case_id=case_id, kind=kind, subject_id=subject_id)


def named(member: FamilyMember) -> str:
    """How lines name a family member."""
    return member.called
