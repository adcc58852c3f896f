"""Reads of what stands. Facts see everything, whoever asks, and cost the same for one family member or a thousand."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.models import (
    Entry,
    Ledger,
    Permission,
    PrivateTopics,
    SafeContactProfile,
    Step,
    Willingness,
)
from alongside.safety.permissions.rules import (
    Contingency,
    Direction,
    Given,
    History,
    Interpreter,
    PermissionFacts,
    SafeContact,
    StepKind,
    StepTaken,
    Voicemail,
    Willing,
    facts_of,
)

E = TypeVar("E", bound=Entry)


def permission_facts(member_ids: Collection[UUID], *, at: datetime) -> dict[UUID, PermissionFacts]:
    """What stands between each family member and their person at a moment; an entry for every id. Six queries."""
    return {member_id: facts_of(history, at) for member_id, history in histories(member_ids).items()}


def lock_live(member_id: UUID, *, at: datetime) -> PermissionFacts:
    """What stands now, held so until the transaction ends: nobody withdraws in between. Call it inside a transaction.

    Raises FamilyMember.DoesNotExist for a stranger.
    """
    lock(member_id)
    return permission_facts([member_id], at=at)[member_id]


def lock(member_id: UUID) -> Ledger:
    """The ledger of a family member, held until the transaction ends. Raises FamilyMember.DoesNotExist."""
    held = Ledger.objects.select_for_update().filter(family_member=member_id).first()
    if held is not None:
        return held
    member = FamilyMember.objects.only("pk").get(pk=member_id)
    Ledger.objects.bulk_create([Ledger(family_member=member)], ignore_conflicts=True)
    return Ledger.objects.select_for_update().get(family_member=member_id)


def histories(member_ids: Collection[UUID]) -> dict[UUID, History]:
    """All that was said about each family member; an entry for every id."""
    ids = list(member_ids)
    open_ids = _open(ids)
    given: dict[UUID, list[Given]] = defaultdict(list)
    for permission in Permission.objects.filter(family_member__in=ids).order_by("number"):
        given[permission.family_member].append(given_from(permission))
    steps: dict[UUID, list[StepTaken]] = defaultdict(list)
    for step in Step.objects.filter(family_member__in=ids).order_by("number"):
        steps[step.family_member].append(
            StepTaken(step.number, StepKind(step.kind), step.permission, step.alone, step.since)
        )
    private = _latest(PrivateTopics, ids)
    willing = _latest(Willingness, ids)
    safe = _latest(SafeContactProfile, ids)
    return {
        member_id: History(
            given=tuple(given[member_id]),
            steps=tuple(steps[member_id]),
            private=frozenset(private[member_id].topics or ()) if member_id in private else frozenset(),
            willing=Willing(willing[member_id].state) if member_id in willing else Willing.NOT_ASKED,
            cooling_until=willing[member_id].cooling_until if member_id in willing else None,
            safe_contact=_safe_contact(safe.get(member_id)),
            closed=member_id not in open_ids,
        )
        for member_id in ids
    }


def latest_of(kind: type[E], member_id: UUID) -> E | None:
    """The last entry of a kind about one family member, which replaced those before it."""
    return kind._default_manager.filter(family_member=member_id).order_by("-number").first()


def given_from(permission: Permission) -> Given:
    """A permission as the rules take it."""
    return Given(
        id=permission.pk,
        number=permission.number,
        topics=frozenset(permission.topics or ()),
        direction=Direction(permission.direction),
        channels=frozenset(permission.channels or ()),
        starts_at=permission.starts_at,
        until=permission.until,
        alone=permission.alone,
        doubt=permission.pressed or not permission.understood or permission.interpreter == Interpreter.RELATIVE,
        today_only=permission.today_only,
        contingency=Contingency(permission.missed_days, permission.words or "") if permission.missed_days else None,
    )


def _open(ids: list[UUID]) -> set[UUID]:
    """Those who live, are named, and whose person lives."""
    return set(
        FamilyMember.objects.filter(
            pk__in=ids, deceased=False, ended_on__isnull=True, person__date_of_death__isnull=True
        ).values_list("pk", flat=True)
    )


def _latest(kind: type[E], ids: list[UUID]) -> dict[UUID, E]:
    rows = kind._default_manager.filter(family_member__in=ids).order_by("family_member", "-number")
    return {row.family_member: row for row in rows.distinct("family_member")}


def _safe_contact(profile: SafeContactProfile | None) -> SafeContact:
    if profile is None:
        return SafeContact()
    return SafeContact(
        days=frozenset(profile.days or ()),
        from_time=profile.from_time,
        until_time=profile.until_time,
        never=frozenset(profile.never or ()),
        voicemail=Voicemail(profile.voicemail),
        has_code_word=bool(profile.code_word),
        asked=True,
    )
