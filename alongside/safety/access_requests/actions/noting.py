"""Noting a request, and what moves its clock."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.records.actions import Change, change_record, insert_once
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.access_requests.models import AccessRequest, Clarification, GateOpening, Item, State
from alongside.safety.access_requests.queries import clock_of
from alongside.safety.access_requests.rules import lines_of, why_not_extended


class NotNowError(ValueError):
    """Something that the state of the request, or the law, does not allow; says what to do."""


@action
def note_request(
    *, by: User, person: Person, member: FamilyMember | None = None, key: UUID | None = None, **values: Any
) -> AccessRequest:
    """Note that someone asked for what is held about them. `key` is the id that it gets: sent twice, it counts once."""
    noted = AccessRequest(
        pk=key or uuid4(), person=person, family_member=member.pk if member else None, noted_by=by.pk, **values
    )
    request, is_new = insert_once(noted, person_id=person.pk, noted_by=by.pk)
    if not is_new:
        return request
    record(by, request, "access_requests.request.noted", EventKind.COLLECTION)
    return request


@action
def prove_identity(*, by: User, request: AccessRequest, seen_version: int, on: date, how: str) -> Change:
    """Note how and when the asker showed who they are: the clock starts. Raises ChangedMeanwhileError."""
    change = change_record(request, seen_version=seen_version, identity_proved_on=on, identity_how=how)
    record(by, request, "access_requests.identity.proved")
    return change


@action
def ask_to_clarify(*, by: User, request: AccessRequest, on: date, question: str) -> Clarification:
    """Note that the asker was asked what they mean: the clock stands. Raises NotNowError where one is awaited."""
    AccessRequest.objects.select_for_update().get(pk=request.pk)
    if Clarification.objects.filter(request=request, answered_on__isnull=True).exists():
        raise NotNowError("An answer is awaited already. Note that one first.")
    row = Clarification.objects.create(request=request, asked_on=on, question=question)
    record(by, request, "access_requests.clarification.asked")
    return row


@action
def note_clarified(*, by: User, clarification: Clarification, on: date, answer: str) -> None:
    """Note the answer: the clock runs again. Raises NotNowError for a day before the question."""
    if on < clarification.asked_on:
        raise NotNowError(f"The answer cannot have come before {clarification.asked_on:%-d %B %Y}, when it was asked.")
    change_record(clarification, seen_version=clarification.version, answered_on=on, answer=answer)
    record(by, clarification.request, "access_requests.clarification.answered")


@action
def extend(*, by: User, request: AccessRequest, seen_version: int, on: date, reason: str) -> Change:
    """Note that the asker was told, with reasons, that it takes up to two months more. Raises NotNowError."""
    clarifications = list(Clarification.objects.filter(request=request).order_by("asked_on"))
    refused = why_not_extended(clock_of(request, clarifications), on=on)
    if refused:
        raise NotNowError(refused)
    change = change_record(request, seen_version=seen_version, extended_on=on, extended_reason=reason)
    record(by, request, "access_requests.request.extended", ground=reason)
    return change


@action
def set_taken_out(*, by: User, request: AccessRequest, seen_version: int, words: str) -> Change:
    """Say which words go from every item. A package has to be made anew.

    Where a word is left in again, every item has to be checked again by a second person.
    """
    left_in = set(lines_of(request.taken_out)) - set(lines_of(words))
    change = change_record(request, seen_version=seen_version, taken_out=words, package_made_at=None)
    if left_in:
        Item.objects.filter(request=request).update(checked_by=None, checked_at=None, version=F("version") + 1)
    if change:
        record(by, request, "access_requests.words.changed")
    return change


@action
def end_request(*, by: User, request: AccessRequest, seen_version: int, state: State, on: date, reason: str) -> Change:
    """Note that a request was withdrawn, or refused in full. Raises ChangedMeanwhileError."""
    change = change_record(request, seen_version=seen_version, state=state.value, answered_on=on, state_reason=reason)
    record(by, request, f"access_requests.request.{state.value}", ground=reason)
    return change


@action
def open_gate(*, by: User, request: AccessRequest, reason: str) -> GateOpening:
    """Open the gate to what stands behind the wall, for a reason. It shuts by itself."""
    opening = GateOpening.objects.create(
        request=request.pk,
        case=request.person_id,
        opened_by=by.pk,
        opened_by_name=by.name,
        opened_at=timezone.now(),
        reason=reason,
    )
    record(by, request, "access_requests.gate.opened", EventKind.CONSULTATION, ground=reason)
    return opening


def record(
    by: User, request: AccessRequest, name: str, kind: EventKind = EventKind.CHANGE, *, ground: str = ""
) -> None:
    """Leave an event about a request in the case's chain."""
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=request,
        case_id=request.person_id,
        family_member_id=request.family_member,
        ground=ground,
    )
