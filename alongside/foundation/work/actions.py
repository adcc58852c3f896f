"""How rooms put lines on timelines, to-dos in queues, cards on case pages and approvals before the right person.

Each is called inside the room's own action, so that the line and what it tells of stand or fall together.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.work.decided import follow_up
from alongside.foundation.work.models import Approval, ApprovalState, Card, TimelineEntry, ToDo


@dataclass(frozen=True)
class CardFacts:
    """What a room's card says: a headline and up to five short lines.

    With `family_member_id` it stands on that family member's page, without it on the case page.
    """

    key: str
    title: str
    headline: str
    order: int
    right: Right
    lines: tuple[str, ...] = ()
    family_member_id: UUID | None = None


@dataclass(frozen=True)
class ToDoFacts:
    """What has to be done, by when, and by whom.

    Without `for_user` and `for_role` it belongs to whoever holds the case. `right` is what one must hold to see it.
    """

    kind: str
    title: str
    due_on: date
    right: Right
    subject_id: UUID | None = None
    for_user_id: UUID | None = None
    for_role: RoleCode | None = None
    family_member_id: UUID | None = None


class OwnWorkError(ValueError):
    """Someone tried to approve what they asked for themselves."""


class DecidedAlreadyError(ValueError):
    """Someone else decided first."""


@action
def add_to_timeline(
    *,
    by: User | None,
    case_id: UUID,
    kind: str,
    title: str,
    right: Right,
    subject_id: UUID | None = None,
    family_member_id: UUID | None = None,
) -> TimelineEntry:
    """Put one line on a case's timeline, for those who hold `right`."""
    return TimelineEntry.objects.create(
        case=case_id,
        at=timezone.now(),
        kind=kind,
        title=title[:200],
        actor=by.pk if by else None,
        actor_name=by.name if by else "",
        subject=subject_id,
        right=right.name,
        family_member=family_member_id,
    )


@action
def open_to_do(*, case_id: UUID | None, to_do: ToDoFacts) -> ToDo:
    """Open a to-do, or bring the one already open for the same thing up to date."""
    values = {
        "title": to_do.title[:200],
        "due_on": to_do.due_on,
        "right": to_do.right.name,
        "for_user": to_do.for_user_id,
        "for_role": to_do.for_role or "",
        "family_member": to_do.family_member_id,
    }
    row, made = ToDo.objects.select_for_update().get_or_create(
        case=case_id, kind=to_do.kind, subject=to_do.subject_id, done_at=None, defaults=values
    )
    if not made:
        ToDo.objects.filter(pk=row.pk).update(version=F("version") + 1, **values)
        row.refresh_from_db()
    return row


@action
def close_to_do(*, by: User | None, case_id: UUID | None, kind: str, subject_id: UUID | None) -> int:
    """Close the open to-do of one kind about one thing; answers how many there were, none or one."""
    return ToDo.objects.filter(case=case_id, kind=kind, subject=subject_id, done_at=None).update(
        version=F("version") + 1, done_at=timezone.now(), done_by=by.pk if by else None
    )


@action
def put_card(*, case_id: UUID, card: CardFacts) -> None:
    """Show, or replace, a room's card on a case page or on a family member's."""
    Card.objects.update_or_create(
        case=case_id,
        key=card.key,
        family_member=card.family_member_id,
        defaults={
            "title": card.title,
            "headline": card.headline[:160],
            "lines": list(card.lines[:5]),
            "order": card.order,
            "right": card.right.name,
        },
    )


@action
def remove_card(*, case_id: UUID, key: str, family_member_id: UUID | None = None) -> None:
    """Take a room's card off a case page or a family member's."""
    Card.objects.filter(case=case_id, key=key, family_member=family_member_id).delete()


@action
def ask_for_approval(
    *, by: User, case_id: UUID | None, kind: str, subject_id: UUID, title: str, right: Right, due_on: date
) -> Approval:
    """Put something before whoever may approve it."""
    approval = Approval.objects.create(
        case=case_id,
        kind=kind,
        subject=subject_id,
        title=title[:200],
        right=right.name,
        asked_by=by.pk,
        due_on=due_on,
    )
    record_change(by=by, kind=EventKind.CHANGE, name="work.approval.asked", subject=approval, case_id=case_id)
    return approval


@action
def decide_approval(*, by: User, approval: Approval, state: ApprovalState, reason: str) -> Approval:
    """Approve, return or refuse, and let the room that asked act on it (`foundation.work.decided`).

    Raises OwnWorkError on one's own work, DecidedAlreadyError where it is decided.
    """
    if approval.asked_by == by.pk:
        raise OwnWorkError("You prepared this, so someone else has to decide. It stays in the queue.")
    changed = Approval.objects.filter(pk=approval.pk, state=ApprovalState.WAITING).update(
        version=F("version") + 1, state=state, decided_by=by.pk, decided_at=timezone.now(), reason=reason
    )
    if not changed:
        raise DecidedAlreadyError("Someone else has decided this already. Open it again to see what they said.")
    approval.refresh_from_db()
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"work.approval.{state}",
        subject=approval,
        case_id=approval.case,
        after={"state": state, "reason": reason},
    )
    follow_up(by, approval)
    return approval
