"""What an adviser does within the workspace. Each leaves an event in the adviser's own chain, with ids alone."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change, user_chain
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import Change, change_record, insert_once
from alongside.foundation.work.actions import close_to_do
from alongside.safety.advocacy.actions.referring import UNANSWERED, close_for_advisers, refresh_card
from alongside.safety.advocacy.models import (
    CloseReason,
    ContactDetail,
    Entry,
    EntryKind,
    Referral,
    SafetyPlan,
    SupportedPerson,
)
from alongside.safety.advocacy.rules import name_keys
from alongside.safety.advocacy.tasks import compare_known


class TakenAlreadyError(ValueError):
    """Another adviser acknowledged first."""


class PlanChangedError(ValueError):
    """Someone wrote a newer version of the plan meanwhile."""


@dataclass(frozen=True)
class PlanWords:
    """A safety plan in the words of the person supported."""

    worries: str
    signs: str
    steps: str
    places: str
    people: str
    children: str


@action
def acknowledge(*, by: User, supported: SupportedPerson) -> None:
    """Take a referral on. The practitioner's side learns that, and the day. Raises TakenAlreadyError."""
    referral = Referral.objects.select_for_update().get(pk=supported.pk)
    if referral.acknowledged_at is not None:
        raise TakenAlreadyError("Another adviser has acknowledged this already. Open it to see who works with them.")
    change_record(referral, seen_version=referral.version, acknowledged_at=timezone.now())
    change_record(supported, seen_version=supported.version, adviser=by.pk)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="advocacy.referral.acknowledged",
        subject=referral,
        case_id=referral.person_id,
    )
    close_to_do(by=by, case_id=referral.person_id, kind=UNANSWERED, subject_id=referral.pk)
    close_for_advisers(by=by, referral=referral)
    refresh_card(referral)


@action
def hand_over(*, by: User, supported: SupportedPerson, seen_version: int, adviser_id: UUID) -> Change:
    """Give the work to another adviser. Raises ChangedMeanwhileError."""
    change = change_record(supported, seen_version=seen_version, adviser=adviser_id)
    return _noted(change, by, "advocacy.support.handed_over", supported)


@action
def change_supported(*, by: User, supported: SupportedPerson, seen_version: int, **values: Any) -> Change:
    """Change who is supported and what they hope for. Raises ChangedMeanwhileError."""
    name, others = values.get("name", supported.name), values.get("other_names", supported.other_names)
    change = change_record(supported, seen_version=seen_version, name_keys=name_keys(name, others), **values)
    if {"name_keys", "year_of_birth"} & change.after.keys():
        compare_known.later(by=by, known_id=supported.pk)
    return _noted(change, by, "advocacy.support.changed", supported)


@action
def close_support(*, by: User, supported: SupportedPerson, seen_version: int, reason: CloseReason) -> Change:
    """End the work. The practitioner's side does not learn of it. Raises ChangedMeanwhileError."""
    change = change_record(supported, seen_version=seen_version, closed_at=timezone.now(), close_reason=reason.value)
    return _noted(change, by, "advocacy.support.closed", supported)


@action
def reopen_support(*, by: User, supported: SupportedPerson, seen_version: int) -> Change:
    """Take the work up again. Raises ChangedMeanwhileError."""
    change = change_record(supported, seen_version=seen_version, closed_at=None, close_reason="")
    return _noted(change, by, "advocacy.support.reopened", supported)


@action
def write_entry(
    *,
    by: User,
    supported: SupportedPerson,
    kind: EntryKind,
    at: datetime,
    text: str,
    corrects: UUID | None = None,
    key: UUID | None = None,
) -> Entry:
    """Write down a contact or a note. It is never altered: a correction is an entry of its own.

    `key` is the id that it gets: sent twice, it counts once.
    """
    written = Entry(
        pk=key or uuid4(),
        case=supported.case,
        supported=supported.pk,
        kind=kind.value,
        at=at,
        text=text,
        corrects=corrects,
        written_at=timezone.now(),
        written_by=by.pk,
        written_by_name=by.name,
    )
    entry, is_new = insert_once(written, supported=supported.pk, written_by=by.pk)
    if is_new:
        _note(by, "advocacy.entry.written", entry)
    return entry


@action
def write_plan(
    *, by: User, supported: SupportedPerson, seen_number: int, words: PlanWords, review_on: date
) -> SafetyPlan:
    """Write a version of the safety plan. Raises PlanChangedError where a newer one than the writer saw stands."""
    SupportedPerson.objects.select_for_update().get(pk=supported.pk)
    latest = SafetyPlan.objects.filter(supported=supported.pk).order_by("-number").values_list("number", flat=True)
    number = latest.first() or 0
    if number != seen_number:
        raise PlanChangedError(
            "Someone wrote a newer version of this plan while you were writing. Read it beside yours, then save again."
        )
    plan = SafetyPlan.objects.create(
        case=supported.case,
        supported=supported.pk,
        number=number + 1,
        review_on=review_on,
        made_at=timezone.now(),
        made_by=by.pk,
        made_by_name=by.name,
        **asdict(words),
    )
    _note(by, "advocacy.plan.written", plan)
    return plan


@action
def add_detail(*, by: User, supported: SupportedPerson, **values: Any) -> ContactDetail:
    """Add a way to reach the person supported."""
    detail = ContactDetail.objects.create(case=supported.case, supported=supported, **values)
    _note(by, "advocacy.detail.added", detail)
    return detail


@action
def change_detail(*, by: User, detail: ContactDetail, seen_version: int, **values: Any) -> Change:
    """Change a way to reach the person supported. Raises ChangedMeanwhileError."""
    return _noted(change_record(detail, seen_version=seen_version, **values), by, "advocacy.detail.changed", detail)


def _noted(change: Change, by: User, name: str, subject: models.Model) -> Change:
    if change:
        _note(by, name, subject)
    return change


def _note(by: User, name: str, subject: models.Model) -> None:
    record_change(by=by, kind=EventKind.CHANGE, name=name, subject=subject, chain=user_chain(by.pk))
