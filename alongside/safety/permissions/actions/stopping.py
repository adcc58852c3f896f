"""What closes, at once and without conditions: withdrawal, refusal, pause. Undoing any of it takes the person alone."""

from uuid import UUID

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.delivery.actions import stop_message
from alongside.foundation.delivery.gates import why_not
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import State
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions.keeping_up import keep_up
from alongside.safety.permissions.actions.writing import add_entry
from alongside.safety.permissions.models import Permission, Step
from alongside.safety.permissions.queries import histories, lock
from alongside.safety.permissions.rules import PermissionFacts, Standing, StepKind, Stopped, facts_of, standing_of

OVER = (Standing.WITHDRAWN, Standing.EXPIRED, Standing.CLOSED)


@action
def withdraw(*, by: User | None, member: FamilyMember, permission: Permission | None = None, note: str = "") -> Stopped:
    """Note that the person takes back one permission, or all for this family member. It holds from this moment."""
    lock(member.pk)
    before, nothing_stands = _before(member, permission.pk if permission else None)
    if nothing_stands:
        return Stopped(frozenset(), *_messages(member, by), anything=False)
    return _close(
        StepKind.WITHDRAWN,
        by=by,
        member=member,
        before=before,
        title=f"Permission for {member.name} withdrawn",
        permission=permission.pk if permission else None,
        note=note,
    )


@action
def refuse(*, by: User | None, member: FamilyMember, note: str = "") -> Stopped:
    """Note that the person says this family member is never to be talked to (R070). Every permission ends with it."""
    lock(member.pk)
    history = histories([member.pk])[member.pk]
    if history.refused:
        return Stopped(frozenset(), *_messages(member, by), anything=False)
    before = facts_of(history, timezone.now())
    title = f"{member.name} is not to be talked to"
    return _close(StepKind.REFUSED, by=by, member=member, before=before, title=title, note=note)


@action
def pause(*, by: User | None, member: FamilyMember, note: str = "") -> Stopped:
    """Suspend everything about a family member because the relationship changed (R029)."""
    lock(member.pk)
    history = histories([member.pk])[member.pk]
    if history.paused:
        return Stopped(frozenset(), *_messages(member, by), anything=False)
    before = facts_of(history, timezone.now())
    title = f"Permissions for {member.name} paused: the relationship changed"
    return _close(StepKind.PAUSED, by=by, member=member, before=before, title=title, note=note)


def _before(member: FamilyMember, permission: UUID | None) -> tuple[PermissionFacts, bool]:
    now = timezone.now()
    history = histories([member.pk])[member.pk]
    concerned = [given for given in history.given if permission in (None, given.id)]
    nothing_stands = all(standing_of(given, history, now) in OVER for given in concerned)
    return facts_of(history, now), nothing_stands


def _close(
    kind: StepKind,
    *,
    by: User | None,
    member: FamilyMember,
    before: PermissionFacts,
    title: str,
    permission: UUID | None = None,
    note: str = "",
) -> Stopped:
    add_entry(
        Step,
        by=by,
        member=member,
        name=f"permissions.step.{kind.value}",
        title=title,
        kind=kind.value,
        permission=permission,
        note=note or None,
    )
    keep_up(by=by, member=member)
    after = facts_of(histories([member.pk])[member.pk], timezone.now())
    return Stopped(_live(before) - _live(after), *_messages(member, by), anything=True)


def _live(facts: PermissionFacts) -> frozenset[str]:
    return frozenset(topic for one in facts.live for topic in one.topics)


def _messages(member: FamilyMember, by: User | None) -> tuple[int, int]:
    """Keep back every message to them that may no longer go; how many, and how many had been handed over before."""
    stopped = 0
    for message in Message.objects.filter(family_member=member.pk, state=State.QUEUED):
        if reason := why_not(message):
            stopped += stop_message(by=by, message=message, reason=reason)
    under_way = Message.objects.filter(family_member=member.pk, state=State.SENDING).count()
    return stopped, under_way
