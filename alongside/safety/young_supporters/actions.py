"""Writing about supporters under 18."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import add_working_days, next_working_day, today
from alongside.foundation.records.actions import change_record
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import (
    CardFacts,
    ToDoFacts,
    add_to_timeline,
    ask_for_approval,
    close_to_do,
    open_to_do,
    put_card,
    remove_card,
)
from alongside.foundation.work.models import Approval, ApprovalState
from alongside.people.families.models import FamilyMember
from alongside.safety.young_supporters.models import (
    AgeException,
    Attitude,
    ExceptionState,
    ParentAsked,
    YoungSupporter,
)
from alongside.safety.young_supporters.queries import exception_known, young_shown
from alongside.safety.young_supporters.rules import exception_holds, fault_of_dates, still_to_do

CARD = "young_supporters"
APPROVAL = "young_supporters.approval"
RETURNED_TO_DO = "young_supporters.returned"
ENDING_TO_DO = "young_supporters.ending"
WORKING_DAYS_TO_DECIDE = 5
THINK_AGAIN = timedelta(days=14)
STATES = {
    ApprovalState.APPROVED: ExceptionState.APPROVED,
    ApprovalState.RETURNED: ExceptionState.RETURNED,
    ApprovalState.REFUSED: ExceptionState.REFUSED,
}


class NotYetError(ValueError):
    """Something has to happen first; the message says what."""


@action
def say_age(*, by: User, member: FamilyMember, seen_version: int, under_18: bool) -> YoungSupporter:
    """Note what they said when asked whether they are under 18. Raises ChangedMeanwhileError."""
    return _note(
        by=by,
        member=member,
        seen_version=seen_version,
        name="young_supporters.age.said",
        title="under 18, as they said" if under_18 else "18 or over, as they said",
        values={"said_under_18": under_18, "said_on": today()},
    )


@action
def hear_alone(*, by: User, member: FamilyMember, seen_version: int, heard_on: date, words: str) -> YoungSupporter:
    """Note that they were heard with nobody else there, and what they said. Raises ChangedMeanwhileError."""
    return _note(
        by=by,
        member=member,
        seen_version=seen_version,
        name="young_supporters.supporter.heard",
        title="heard alone",
        values={"heard_on": heard_on, "heard_words": words, "heard_by_name": by.name},
    )


@action
def unsafe_to_ask_parents(*, by: User, member: FamilyMember, seen_version: int, reason: str) -> YoungSupporter:
    """Note why it is not safe to ask their parents. Raises ChangedMeanwhileError."""
    return _note(
        by=by,
        member=member,
        seen_version=seen_version,
        name="young_supporters.parents.unsafe",
        title="a decision about asking parents",
        values={"unsafe_on": today(), "unsafe_reason": reason, "unsafe_by_name": by.name},
    )


@action
def safe_to_ask_parents(*, by: User, member: FamilyMember, seen_version: int) -> YoungSupporter:
    """Take back that it is not safe to ask their parents. Raises ChangedMeanwhileError."""
    return _note(
        by=by,
        member=member,
        seen_version=seen_version,
        name="young_supporters.parents.safe",
        title="a decision about asking parents",
        values={"unsafe_on": None, "unsafe_reason": "", "unsafe_by_name": ""},
    )


@action
def tell_them(
    *, by: User, member: FamilyMember, seen_version: int, told_on: date, language_id: str, questions: str
) -> YoungSupporter:
    """Note that they were told what helping means, in which language, and what they asked."""
    return _note(
        by=by,
        member=member,
        seen_version=seen_version,
        name="young_supporters.supporter.told",
        title="told what helping means",
        values={"told_on": told_on, "told_language_id": language_id, "told_questions": questions},
    )


@dataclass(frozen=True)
class ParentSaid:
    """What someone with parental responsibility said: a family member by id, or someone by name."""

    asked_on: date
    attitude: Attitude
    parent_id: UUID | None = None
    name: str = ""
    words: str = ""


@action
def ask_parent(*, by: User, member: FamilyMember, said: ParentSaid) -> ParentAsked:
    """Note that someone with parental responsibility was asked, and what they said."""
    row = ParentAsked.objects.create(
        family_member=member,
        parent_id=said.parent_id,
        name=said.name,
        asked_on=said.asked_on,
        attitude=said.attitude,
        words=said.words,
        noted_by_name=by.name,
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="young_supporters.parent.asked",
        subject=row,
        case_id=member.person_id,
        after={"asked_on": said.asked_on, "attitude": said.attitude, "name": said.name, "words": said.words},
        family_member_id=member.pk,
    )
    _line(
        by=by, member=member, name="young_supporters.parent.asked", title="someone with parental responsibility asked"
    )
    refresh_card(member)
    return row


@dataclass(frozen=True)
class ExceptionSaid:
    """What is asked for someone under 18, why, and what keeps them safe meanwhile."""

    what_id: str
    reason: str
    safeguards: str
    from_date: date
    until_date: date


@action
def ask_for_exception(*, by: User, member: FamilyMember, said: ExceptionSaid) -> AgeException:
    """Put an exception before someone who may approve. Raises NotYetError where something has to happen first."""
    shown = young_shown(member, on=today())
    if shown.under_18 is False:
        raise NotYetError("They are 18 or over, so no exception is needed.")
    if missing := still_to_do(shown.steps):
        raise NotYetError(f"First: {'; '.join(missing)}.")
    if fault := fault_of_dates(said.from_date, said.until_date):
        raise NotYetError(fault)
    if any(row.state == ExceptionState.WAITING for row in shown.exceptions):
        raise NotYetError("An exception for them waits for a decision already.")
    row = AgeException.objects.create(
        family_member=member,
        what_id=said.what_id,
        reason=said.reason,
        safeguards=said.safeguards,
        from_date=said.from_date,
        until_date=said.until_date,
        asked_by=by.pk,
        asked_by_name=by.name,
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="young_supporters.exception.asked",
        subject=row,
        case_id=member.person_id,
        after={
            "what": said.what_id,
            "reason": said.reason,
            "safeguards": said.safeguards,
            "from_date": said.from_date,
            "until_date": said.until_date,
        },
        family_member_id=member.pk,
    )
    ask_for_approval(
        by=by,
        case_id=member.person_id,
        kind=APPROVAL,
        subject_id=row.pk,
        title=f"Exception for a supporter under 18: {label_of(said.what_id).lower()}",
        right=Right.APPROVE,
        due_on=add_working_days(today(), WORKING_DAYS_TO_DECIDE),
    )
    close_to_do(by=by, case_id=member.person_id, kind=RETURNED_TO_DO, subject_id=member.pk)
    _line(by=by, member=member, name="young_supporters.exception.asked", title="an exception asked for")
    refresh_card(member)
    return row


def exception_decided(by: User, approval: Approval) -> None:
    """What follows when someone has decided on an exception; called within the decision."""
    row = AgeException.objects.select_related("family_member").get(pk=approval.subject)
    member = row.family_member
    change_record(
        row,
        seen_version=row.version,
        state=STATES[ApprovalState(approval.state)],
        decided_at=timezone.now(),
        decided_by=by.pk,
        decided_by_name=by.name,
        decision_reason=approval.reason,
    )
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"young_supporters.exception.{row.state}",
        subject=row,
        case_id=member.person_id,
        after={"state": row.state},
        ground=approval.reason,
        family_member_id=member.pk,
    )
    _keep_to_dos(by=by, row=row, member=member)
    title = f"exception {ExceptionState(row.state).label.lower()}"
    _line(by=by, member=member, name="young_supporters.exception.decided", title=title)
    refresh_card(member)


@action
def end_exception(*, by: User, row: AgeException, member: FamilyMember, seen_version: int, reason: str) -> AgeException:
    """End an approved exception from today on. Raises ChangedMeanwhileError."""
    change_record(row, seen_version=seen_version, ended_on=max(today(), row.from_date), end_reason=reason)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="young_supporters.exception.ended",
        subject=row,
        case_id=member.person_id,
        after={"ended_on": row.ended_on},
        ground=reason,
        family_member_id=member.pk,
    )
    _keep_to_dos(by=by, row=row, member=member)
    _line(by=by, member=member, name="young_supporters.exception.ended", title="exception ended")
    refresh_card(member)
    return row


def _keep_to_dos(*, by: User, row: AgeException, member: FamilyMember) -> None:
    """Ask the officer to answer a question about an exception, and to think again before it runs out."""
    if row.state == ExceptionState.RETURNED:
        open_to_do(
            case_id=member.person_id,
            to_do=ToDoFacts(
                kind=RETURNED_TO_DO,
                subject_id=member.pk,
                title=f"Answer a question about the exception for {member.name}",
                due_on=next_working_day(today()),
                right=Right.SEE_SAFETY,
                for_user_id=row.asked_by,
                family_member_id=member.pk,
            ),
        )
    if row.state == ExceptionState.APPROVED and row.ended_on is None:
        open_to_do(
            case_id=member.person_id,
            to_do=ToDoFacts(
                kind=ENDING_TO_DO,
                subject_id=member.pk,
                title=f"The exception for {member.name} ends on {row.until_date:%-d %B %Y}: think again",
                due_on=max(today(), row.until_date - THINK_AGAIN),
                right=Right.SEE_SAFETY,
                family_member_id=member.pk,
            ),
        )
    if row.ended_on is not None:
        close_to_do(by=by, case_id=member.person_id, kind=ENDING_TO_DO, subject_id=member.pk)


def refresh_card(member: FamilyMember) -> None:
    """Bring the card on the family member's page up to date."""
    shown = young_shown(member, on=today())
    if shown.under_18 is False:
        remove_card(case_id=member.person_id, key=CARD, family_member_id=member.pk)
        return
    wanting = still_to_do(shown.steps)
    lines = [f"Still to do: {words[0].lower()}{words[1:]}" for words in wanting]
    lines += [_exception_line(row) for row in shown.exceptions[:1]]
    card = CardFacts(
        key=CARD,
        title="Under 18",
        headline="Practical help at most; no account",
        lines=tuple(lines),
        order=14,
        right=Right.SEE_SAFETY,
        family_member_id=member.pk,
    )
    put_card(case_id=member.person_id, card=card)


def _exception_line(row: AgeException) -> str:
    if row.state != ExceptionState.APPROVED:
        return f"Exception: {ExceptionState(row.state).label.lower()}"
    holds = exception_holds(exception_known(row), on=today())
    return f"Exception until {row.until_date:%-d %B %Y}" if holds else "Exception approved, not in force today"


def _note(
    *, by: User, member: FamilyMember, seen_version: int, name: str, title: str, values: dict[str, Any]
) -> YoungSupporter:
    """Note something on the one row of a supporter. Where none was there yet, `seen_version` is 1: the first note makes
    the row and brings it to 2, so that whoever was second notices.
    """
    row, made = YoungSupporter.objects.get_or_create(family_member=member)
    change = change_record(row, seen_version=seen_version, **values)
    if change:
        record_change(
            by=by,
            kind=EventKind.COLLECTION if made else EventKind.CHANGE,
            name=name,
            subject=row,
            case_id=member.person_id,
            before=change.before,
            after=change.after,
            family_member_id=member.pk,
        )
        _line(by=by, member=member, name=name, title=title)
    refresh_card(member)
    return row


def _line(*, by: User, member: FamilyMember, name: str, title: str) -> None:
    add_to_timeline(
        by=by,
        case_id=member.person_id,
        kind=name,
        title=f"{member.name}: {title}",
        right=Right.SEE_SAFETY,
        subject_id=member.pk,
        family_member_id=member.pk,
    )
