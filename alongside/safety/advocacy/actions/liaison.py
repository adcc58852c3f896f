"""What victim liaison does: keep the names of victims, and decide on possible clashes."""

from typing import Any

from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, user_chain
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import Change, change_record
from alongside.safety.advocacy.models import Clash, ClashState, KnownVictim
from alongside.safety.advocacy.rules import name_keys
from alongside.safety.advocacy.tasks import compare_known


@action
def add_victim(*, by: User, **values: Any) -> KnownVictim:
    """Note someone with whom victim liaison keeps in touch, so that their name is recognised elsewhere."""
    keys = name_keys(values["name"], values.get("other_names", ""))
    victim = KnownVictim.objects.create(**values, name_keys=keys, added_at=timezone.now(), added_by=by.pk)
    compare_known.later(by=by, known_id=victim.pk)
    record_change(
        by=by, kind=EventKind.COLLECTION, name="advocacy.victim.added", subject=victim, chain=user_chain(by.pk)
    )
    return victim


@action
def change_victim(*, by: User, victim: KnownVictim, seen_version: int, **values: Any) -> Change:
    """Change what a comparison of names looks at. Raises ChangedMeanwhileError."""
    keys = name_keys(values["name"], values.get("other_names", ""))
    change = change_record(victim, seen_version=seen_version, name_keys=keys, **values)
    if change:
        compare_known.later(by=by, known_id=victim.pk)
        record_change(
            by=by, kind=EventKind.CHANGE, name="advocacy.victim.changed", subject=victim, chain=user_chain(by.pk)
        )
    return change


@action
def end_victim(*, by: User, victim: KnownVictim, seen_version: int) -> Change:
    """Compare no more names with theirs: they have left the scheme. Raises ChangedMeanwhileError."""
    change = change_record(victim, seen_version=seen_version, ended_on=today(), name_keys=[])
    record_change(by=by, kind=EventKind.CHANGE, name="advocacy.victim.ended", subject=victim, chain=user_chain(by.pk))
    return change


@action
def decide_clash(*, by: User, clash: Clash, seen_version: int, state: ClashState, decision: str) -> Change:
    """Say whether the name is the victim's, and what was done. Nobody is told. Raises ChangedMeanwhileError."""
    change = change_record(
        clash,
        seen_version=seen_version,
        state=state.value,
        decision=decision,
        decided_by=by.pk,
        decided_at=timezone.now(),
    )
    record_change(by=by, kind=EventKind.CHANGE, name="advocacy.clash.decided", subject=clash, chain=user_chain(by.pk))
    return change
