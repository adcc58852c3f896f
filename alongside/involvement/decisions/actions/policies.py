"""Drafting a policy, trying it, putting it before another, and giving it a date."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.jobs.models import JobProgress
from alongside.foundation.jobs.progress import start_progress
from alongside.foundation.records.actions import change_record
from alongside.involvement.decisions.models import PolicyState, PolicyVersion, Trial
from alongside.involvement.decisions.queries.policies import last_to_begin, latest_trials, tried_against
from alongside.involvement.decisions.rules.policy import DEFAULT, Fault, Policy, UnknownKeyError, faults_of, from_data


class PolicyFaultError(ValueError):
    """A draft would loosen a hard stop, has a gap or contradicts itself. `faults` say where, with an example each."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.reason for fault in faults))
        self.faults = faults


class PolicyStateError(ValueError):
    """What was asked for does not fit where the version stands."""


def sound(data: Mapping[str, Any], *, number: int) -> Policy:
    """The policy that data make. Raises PolicyFaultError with every fault."""
    try:
        policy = from_data(data, version=number)
    except UnknownKeyError as strange:
        raise PolicyFaultError(
            (Fault("hard stop", str(strange), "A refusal would be asked about and then not heeded."),)
        ) from strange
    faults = faults_of(policy)
    if faults:
        raise PolicyFaultError(faults)
    return policy


@action
def draft_policy(*, by: User, data: Mapping[str, Any], reason: str) -> PolicyVersion:
    """Draft a new version. Raises PolicyFaultError where it would not be sound."""
    last = PolicyVersion.objects.aggregate(last=Max("number"))["last"] or DEFAULT.version
    sound(data, number=last + 1)
    row = PolicyVersion.objects.create(
        number=last + 1, data=dict(data), reason=reason, drafted_by=by.pk, drafted_by_name=by.name
    )
    record_change(by=by, kind=EventKind.COLLECTION, name="decisions.policy.drafted", subject=row)
    return row


@action
def change_draft(
    *, by: User, row: PolicyVersion, seen_version: int, data: Mapping[str, Any], reason: str
) -> PolicyVersion:
    """Change a draft. Raises PolicyFaultError, PolicyStateError and ChangedMeanwhileError."""
    _must_be(row, PolicyState.DRAFT)
    sound(data, number=row.number)
    change = change_record(row, seen_version=seen_version, data=dict(data), reason=reason)
    if change:
        record_change(
            by=by,
            kind=EventKind.CHANGE,
            name="decisions.policy.changed",
            subject=row,
            before=change.before,
            after=change.after,
        )
    return row


@action
def try_policy(*, by: User, row: PolicyVersion, next_url: str) -> JobProgress:
    """Ask for a replay of a draft over every past answer and the present caseload."""
    from alongside.involvement.decisions.tasks import replay_policy

    progress = start_progress(
        by=by, kind="decisions.trial", title=f"Trying version {row.number} of the policy", next_url=next_url
    )
    replay_policy.later(by=by, policy_id=row.pk, progress_id=progress.pk)
    return progress


@action
def keep_trial(*, by_id: UUID, row: PolicyVersion, result: Mapping[str, Any]) -> Trial:
    """Keep what trying a draft showed."""
    trial = Trial.objects.create(
        policy=row, draft_version=row.version, at=timezone.now(), by=by_id, result=dict(result)
    )
    record_change(
        by=User.objects.filter(pk=by_id).first(),
        kind=EventKind.COMBINATION,
        name="decisions.policy.tried",
        subject=trial,
    )
    return trial


@action
def submit_policy(*, by: User, row: PolicyVersion, seen_version: int) -> PolicyVersion:
    """Put a draft before whoever may approve it. It has to have been tried as it stands, beside what it follows."""
    _must_be(row, PolicyState.DRAFT)
    _refuse_untried(row)
    return _move(by=by, row=row, seen_version=seen_version, to=PolicyState.WAITING, name="submitted")


@action
def return_policy(*, by: User, row: PolicyVersion, seen_version: int, note: str) -> PolicyVersion:
    """Send a version back to be changed."""
    _must_be(row, PolicyState.WAITING)
    return _move(
        by=by, row=row, seen_version=seen_version, to=PolicyState.DRAFT, name="returned", values={"approval_note": note}
    )


@action
def approve_policy(
    *, by: User, row: PolicyVersion, seen_version: int, starts_on: date, note: str, today: date
) -> PolicyVersion:
    """Approve a version from a day on. Never one's own draft, never backwards, never one that is not sound.

    Nor one that was tried beside another version than the one it follows: versions begin in the order of approval.
    """
    list(PolicyVersion.objects.select_for_update().order_by("number").values_list("pk"))
    _must_be(row, PolicyState.WAITING)
    if row.drafted_by == by.pk:
        raise PolicyStateError("You drafted this, so someone else has to approve it.")
    if starts_on < today:
        raise PolicyStateError("A policy cannot begin in the past: answers were given under the one before.")
    _refuse_untried(row)
    follows, begins = last_to_begin()
    if begins is not None and starts_on < begins:
        raise PolicyStateError(
            f"Version {follows.version} begins on {begins:%-d %B %Y}, and this one follows it. Choose that day or a"
            " later one."
        )
    sound(row.data, number=row.number)
    return _move(
        by=by,
        row=row,
        seen_version=seen_version,
        to=PolicyState.APPROVED,
        name="approved",
        values={
            "approved_by": by.pk,
            "approved_by_name": by.name,
            "approved_at": timezone.now(),
            "starts_on": starts_on,
            "approval_note": note,
        },
    )


@action
def drop_policy(*, by: User, row: PolicyVersion, seen_version: int) -> PolicyVersion:
    """Give a draft up. It stays to be read."""
    if row.state not in (PolicyState.DRAFT, PolicyState.WAITING):
        raise PolicyStateError("Only a draft can be given up.")
    return _move(by=by, row=row, seen_version=seen_version, to=PolicyState.DROPPED, name="dropped")


def why_tried_again(row: PolicyVersion, trial: Trial | None) -> str:
    """Why a version has to be tried again before it is put up or given a day, as a sentence; empty where it need not.

    What a trial counted holds beside one version. Where another was approved since, it says nothing any more.
    """
    if trial is None:
        return "Try it first as it stands now: whoever approves it needs to see what would change."
    follows, begins = last_to_begin()
    if tried_against(trial) == follows.version:
        return ""
    day = f", which begins on {begins:%-d %B %Y}" if begins else ""
    return (
        f"Version {follows.version}{day}, was approved after this was tried. What is counted here is beside version"
        f" {tried_against(trial)}: try it again before a day is set."
    )


def _refuse_untried(row: PolicyVersion) -> None:
    refused = why_tried_again(row, latest_trials([row]).get(row.pk))
    if refused:
        raise PolicyStateError(refused)


def _must_be(row: PolicyVersion, state: PolicyState) -> None:
    if row.state != state:
        raise PolicyStateError(f"Version {row.number} is {PolicyState(row.state).label.lower()} now.")


def _move(
    *,
    by: User,
    row: PolicyVersion,
    seen_version: int,
    to: PolicyState,
    name: str,
    values: Mapping[str, Any] | None = None,
) -> PolicyVersion:
    change = change_record(row, seen_version=seen_version, state=to.value, **dict(values or {}))
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"decisions.policy.{name}",
        subject=row,
        before={"state": change.before.get("state")},
        after={"state": to.value},
    )
    return row
