"""Saying how to act, without why, and showing it to everyone who must know before they visit or call."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import change_record
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import CardFacts, ToDoFacts, close_to_do, open_to_do, put_card, remove_card
from alongside.people.persons.models import Person
from alongside.safety.protected.models import HandlingInstruction
from alongside.safety.protected.queries.handling import live_instructions

CARD = "handling"
REVIEW = "protected.instruction.review"


class AlreadySetError(ValueError):
    """This instruction stands already."""


@action
def set_instruction(
    *, by: User, person: Person, instruction_id: str, review_on: date, member_id: UUID | None = None
) -> HandlingInstruction:
    """Say how to act towards a family member, or on the whole case. Raises AlreadySetError where it stands already."""
    row = HandlingInstruction(
        person=person,
        family_member_id=member_id,
        instruction_id=instruction_id,
        from_date=today(),
        review_on=review_on,
        set_by=by.pk,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadySetError(f"“{label_of(instruction_id)}” stands already.") from error
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="protected.instruction.set",
        subject=row,
        case_id=person.pk,
        after={"instruction": instruction_id, "review_on": review_on},
        family_member_id=member_id,
    )
    open_to_do(
        case_id=person.pk,
        to_do=ToDoFacts(
            kind=REVIEW,
            title="Look again at how to act on this case",
            due_on=review_on,
            right=Right.EDIT_SAFETY,
            subject_id=row.pk,
            family_member_id=member_id,
        ),
    )
    show_instructions(person_id=person.pk, member_id=member_id)
    return row


@action
def end_instruction(*, by: User, row: HandlingInstruction, seen_version: int) -> None:
    """Take an instruction back, from today. Raises ChangedMeanwhileError where someone else has changed it."""
    change_record(row, seen_version=seen_version, ended_on=today(), ended_by=by.pk)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="protected.instruction.ended",
        subject=row,
        case_id=row.person_id,
        after={"ended_on": row.ended_on},
        family_member_id=row.family_member_id,
    )
    close_to_do(by=by, case_id=row.person_id, kind=REVIEW, subject_id=row.pk)
    show_instructions(person_id=row.person_id, member_id=row.family_member_id)


@action
def show_instructions(*, person_id: UUID, member_id: UUID | None) -> None:
    """Bring the card up to date that says how to act: the family member's, or the case's."""
    codes = (
        live_instructions(today())
        .filter(person=person_id, family_member=member_id)
        .order_by("instruction__order")
        .values_list("instruction", flat=True)
    )
    words = [label_of(code) for code in codes]
    if not words:
        remove_card(case_id=person_id, key=CARD, family_member_id=member_id)
        return
    put_card(
        case_id=person_id,
        card=CardFacts(
            key=CARD,
            title="Before you visit or call",
            headline=words[0],
            lines=tuple(words[1:5]),
            order=1,
            right=Right.SEE_SAFETY,
            family_member_id=member_id,
        ),
    )
