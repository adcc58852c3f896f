"""A joint exception of senior and adviser (R088): asked by one, answered by the other. It lifts nothing by itself."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.records.actions import change_record
from alongside.foundation.work.actions import OwnWorkError, ToDoFacts, close_to_do, open_to_do
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.models import ExceptionSide, ExceptionState, JointException
from alongside.safety.flags.queries import flag_facts
from alongside.safety.flags.rules import CheckState

ANSWER_TO_DO, REVIEW_TO_DO = "flags.exception.answer", "flags.exception.review"
ANSWERED_TO_DO = "flags.exception.answered"
OTHER = {ExceptionSide.SENIOR: ExceptionSide.ADVISER, ExceptionSide.ADVISER: ExceptionSide.SENIOR}
SIDES = {Right.APPROVE: ExceptionSide.SENIOR, Right.KEEP_ADVOCACY: ExceptionSide.ADVISER}
"""For whom someone speaks who holds one of these rights on the case."""
ROLE = {ExceptionSide.SENIOR: RoleCode.SENIOR, ExceptionSide.ADVISER: RoleCode.ABUSE_ADVISER}


class NothingToExceptError(ValueError):
    """No abuse between the two is known or suspected, so nothing has to be excepted."""


class ExceptionStandsError(ValueError):
    """An exception for this family member waits or stands already."""


class ExceptionStateError(ValueError):
    """The exception is not where this could be done. The message says what to do instead."""


@dataclass(frozen=True)
class ExceptionSaid:
    """What one of the two asks the other to agree."""

    what: str
    reason: str
    review_on: date


@action
def ask_for_exception(*, by: User, side: ExceptionSide, member: FamilyMember, said: ExceptionSaid) -> JointException:
    """Ask the other of the two to agree. Raises NothingToExceptError, ExceptionStandsError."""
    facts = flag_facts([member.pk], on=today())[member.pk]
    if facts.abuse_between not in {CheckState.SUSPECTED, CheckState.KNOWN}:
        raise NothingToExceptError(
            "No abuse between the two is recorded, so nothing has to be excepted. Record what is known first."
        )
    try:
        with transaction.atomic():
            row = JointException.objects.create(
                person=member.person,
                family_member=member,
                what=said.what,
                reason=said.reason,
                review_on=said.review_on,
                asked_as=side,
                asked_by=by.pk,
                asked_by_name=by.name,
            )
    except IntegrityError as clash:
        raise ExceptionStandsError("One waits or stands for them already. End it before you ask again.") from clash
    _note(by=by, row=row, verb="asked")
    _open(row, ANSWER_TO_DO, "Answer a joint exception", due_on=next_working_day(today()), role=ROLE[OTHER[side]])
    return row


@action
def answer_exception(
    *, by: User, side: ExceptionSide, row: JointException, seen_version: int, agrees: bool, answer: str
) -> None:
    """Agree or not, as the other of the two. Raises OwnWorkError, ExceptionStateError, ChangedMeanwhileError."""
    if row.state != ExceptionState.WAITING:
        raise ExceptionStateError("It has been answered already.")
    if row.asked_by == by.pk or row.asked_as == side:
        raise OwnWorkError("One of the two asks and the other answers: a senior and an adviser, never the same side.")
    change_record(
        row,
        seen_version=seen_version,
        state=ExceptionState.AGREED if agrees else ExceptionState.DECLINED,
        answered_as=side,
        answered_by=by.pk,
        answered_by_name=by.name,
        answered_at=timezone.now(),
        answer=answer,
    )
    _note(by=by, row=row, verb="agreed" if agrees else "declined")
    _close(by=by, row=row, kind=ANSWER_TO_DO)
    _tell_who_asked(row, agrees=agrees)
    if agrees:
        _open(row, REVIEW_TO_DO, "Review a joint exception", due_on=row.review_on, role=RoleCode.SENIOR)


@action
def note_answer_read(*, by: User, row: JointException) -> None:
    """Close the to-do that said that an answer came: whoever asked has opened it."""
    if by.pk == row.asked_by:
        _close(by=by, row=row, kind=ANSWERED_TO_DO)


@action
def end_exception(*, by: User, row: JointException, seen_version: int, note: str) -> None:
    """End it: either of the two may, alone and at once. Raises ExceptionStateError, ChangedMeanwhileError."""
    if row.state not in {ExceptionState.WAITING, ExceptionState.AGREED}:
        raise ExceptionStateError("It does not stand any more.")
    change_record(row, seen_version=seen_version, state=ExceptionState.ENDED, ended_on=today(), end_note=note)
    _note(by=by, row=row, verb="ended")
    for kind in (ANSWER_TO_DO, ANSWERED_TO_DO, REVIEW_TO_DO):
        _close(by=by, row=row, kind=kind)


def _note(*, by: User, row: JointException, verb: str) -> None:
    """The trail says that it was done, and not what the victim said."""
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"flags.exception.{verb}",
        subject=row,
        case_id=row.person_id,
        after={"state": row.state, "review_on": row.review_on},
        family_member_id=row.family_member_id,
    )


def _tell_who_asked(row: JointException, *, agrees: bool) -> None:
    said = "agreed to" if agrees else "declined"
    open_to_do(
        case_id=row.person_id,
        to_do=ToDoFacts(
            kind=ANSWERED_TO_DO,
            subject_id=row.pk,
            title=f"The joint exception that you asked for was {said}: {row.family_member.name}",
            due_on=today(),
            right=Right.SEE_SAFETY,
            for_user_id=row.asked_by,
            family_member_id=row.family_member_id,
        ),
    )


def _open(row: JointException, kind: str, title: str, *, due_on: date, role: RoleCode) -> None:
    open_to_do(
        case_id=row.person_id,
        to_do=ToDoFacts(
            kind=kind,
            subject_id=row.pk,
            title=f"{title}: {row.family_member.name}",
            due_on=due_on,
            right=Right.SEE_SAFETY,
            for_role=role,
            family_member_id=row.family_member_id,
        ),
    )


def _close(*, by: User, row: JointException, kind: str) -> None:
    close_to_do(by=by, case_id=row.person_id, kind=kind, subject_id=row.pk)
