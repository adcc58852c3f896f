"""How rooms put lines on timelines, to-dos in queues, cards on case pages and approvals before the right person.

Each is called inside the room's own action, so that the line and what it tells of stand or fall together.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.work.decided import follow_up
from alongside.foundation.work.links import own_latest
from alongside.foundation.work.models import Approval, ApprovalState, Card, TimelineEntry, ToDo


@dataclass(frozen=True)
class CardFacts:
    """What a room's card says: a headline and up to five short lines.

    With `family_member_id` it stands on that family member's page, without it on the case page. An `order` below five
    stands before everything else there: what must be known before one acts. A family member's card of an `order` below
    thirty is told on the case page too, by its headline.
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

    Without `for_user` and `for_role` it belongs to whoever holds the case; with `for_team`, to those who hold the role
    for that team. `right` is what one must hold to see it.
    What is `urgent` stands first and cannot be put off; what is done `by_hand` is ticked off by whoever did it.
    """

    kind: str
    title: str
    due_on: date
    right: Right
    subject_id: UUID | None = None
    for_user_id: UUID | None = None
    for_role: RoleCode | None = None
    for_team_id: UUID | None = None
    family_member_id: UUID | None = None
    urgent: bool = False
    by_hand: bool = False


LONGEST_PUT_OFF = timedelta(days=92)
"""Three months after the day on which something was due at first. What can wait for longer is planned anew."""


def latest_of(to_do: ToDo) -> date:
    """Until when something may be put off at most. However often it is, the time runs from the first day."""
    longest = (to_do.put_off_from or to_do.due_on) + LONGEST_PUT_OFF
    own = own_latest(kind=to_do.kind, subject_id=to_do.subject)
    return min(longest, own) if own else longest


class CannotWaitError(ValueError):
    """Someone tried to put off, or tick off, what cannot be. The message says what can be done."""


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
        "for_team": to_do.for_team_id,
        "family_member": to_do.family_member_id,
        "urgent": to_do.urgent,
        "by_hand": to_do.by_hand,
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
def tick_off(*, by: User, to_do: ToDo) -> bool:
    """Say that something was done; answers whether it was still open. Raises CannotWaitError where a page closes it."""
    if not to_do.by_hand:
        raise CannotWaitError("This is done on its own page. Follow its link.")
    done = ToDo.objects.filter(pk=to_do.pk, done_at=None).update(
        version=F("version") + 1, done_at=timezone.now(), done_by=by.pk
    )
    if done:
        record_change(by=by, kind=EventKind.CHANGE, name="work.to_do.done", subject=to_do, case_id=to_do.case)
    return bool(done)


@action
def put_off(*, by: User, to_do: ToDo, until: date, reason: str) -> None:
    """Make something due later, with a reason. Raises CannotWaitError for what cannot wait so long, or is over."""
    if to_do.urgent:
        raise CannotWaitError("This cannot wait. Do it, or hand it on to someone who can.")
    if until > latest_of(to_do):
        raise CannotWaitError(f"This can wait until {latest_of(to_do):%-d %B %Y} and no longer.")
    _change_open(
        by=by,
        to_do=to_do,
        name="work.to_do.put_off",
        reason=reason,
        due_on=until,
        put_off_from=to_do.put_off_from or to_do.due_on,
        put_off_reason=reason[:200],
    )


@action
def hand_on(*, by: User, to_do: ToDo, to_user_id: UUID, reason: str) -> None:
    """Give something to one colleague to do. Whether they may see the case is for the caller to have asked."""
    _change_open(
        by=by,
        to_do=to_do,
        name="work.to_do.handed_on",
        reason=reason,
        for_user=to_user_id,
        for_role="",
        for_team=None,
    )


def _change_open(*, by: User, to_do: ToDo, name: str, reason: str, **values: Any) -> None:
    if not ToDo.objects.filter(pk=to_do.pk, done_at=None).update(version=F("version") + 1, **values):
        raise CannotWaitError("Somebody has done this already.")
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=name,
        subject=to_do,
        case_id=to_do.case,
        before={key: str(getattr(to_do, key) or "") for key in values},
        after={key: str(value or "") for key, value in values.items()},
        ground=reason,
        family_member_id=to_do.family_member,
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


@action
def withdraw_approval(*, by: User, kind: str, subject_id: UUID, reason: str) -> bool:
    """Take back what waits for approval, because something newer took its place; answers whether anything waited.

    Whoever asked may do so, and so may a colleague: nothing is approved by it, and nobody is told that they decided.
    """
    approval = (
        Approval.objects.select_for_update().filter(kind=kind, subject=subject_id, state=ApprovalState.WAITING).first()
    )
    if approval is None:
        return False
    Approval.objects.filter(pk=approval.pk).update(
        version=F("version") + 1, state=ApprovalState.WITHDRAWN, decided_at=timezone.now(), reason=reason
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="work.approval.withdrawn",
        subject=approval,
        case_id=approval.case,
        after={"state": ApprovalState.WITHDRAWN, "reason": reason},
    )
    return True
