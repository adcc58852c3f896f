"""Preparing a full judgement: why, what was said, what was found, and what is still to be found out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.records.actions import Change, ChangedMeanwhileError, change_record
from alongside.foundation.work.actions import ToDoFacts, close_to_do, open_to_do
from alongside.involvement.suitability.actions.trail import ENQUIRY, record, say
from alongside.involvement.suitability.models import Account, Assessment, Conversation, Enquiry, EnquiryEnd, Finding
from alongside.involvement.suitability.models import Rating as Rated
from alongside.involvement.suitability.questions import Item, bank_of, bank_on
from alongside.people.families.models import FamilyMember

ENQUIRY_WITHIN_WORKING_DAYS = 10


class BeingPreparedError(ValueError):
    """Somebody is preparing a judgement of this involvement already."""


@action
def start_assessment(*, by: User, member: FamilyMember, variant: str, **values: Any) -> Assessment:
    """Begin to prepare a full judgement, with today's questions. Raises BeingPreparedError where one is open."""
    FamilyMember.objects.select_for_update().get(pk=member.pk)
    if Assessment.objects.filter(family_member=member, closed_at=None).exists():
        raise BeingPreparedError("Somebody has begun already. Go on with what is there.")
    assessment = Assessment.objects.create(
        family_member=member, bank=bank_on(today()).version, variant=variant, started_by=by.pk, **values
    )
    record(
        by=by,
        member=member,
        name="assessment.started",
        subject=assessment,
        kind=EventKind.COLLECTION,
        after={"variant": variant, **values},
    )
    return assessment


@action
def change_assessment(*, by: User, assessment: Assessment, seen_version: int, **values: Any) -> Change:
    """Change why, what was expected, or the notes. Raises ChangedMeanwhileError."""
    change = change_record(assessment, seen_version=seen_version, **values)
    if change:
        _note_hand(by, assessment)
        record(
            by=by,
            member=assessment.family_member,
            name="assessment.changed",
            subject=assessment,
            before=change.before,
            after=change.after,
        )
    return change


@action
def set_aside(*, by: User, assessment: Assessment, seen_version: int, reason: str) -> None:
    """Stop preparing without a judgement. What was written stays as long as the case does, and no page builds on it."""
    change_record(assessment, seen_version=seen_version, closed_at=timezone.now())
    record(
        by=by,
        member=assessment.family_member,
        name="assessment.set_aside",
        subject=assessment,
        after={"reason": reason},
    )


@action
def hold_conversation(*, by: User, assessment: Assessment, **values: Any) -> Conversation:
    """Note a conversation, to which what was said is then put down."""
    talk = Conversation.objects.create(assessment=assessment, by=by.pk, **values)
    _note_hand(by, assessment)
    record(
        by=by,
        member=assessment.family_member,
        name="conversation.held",
        subject=talk,
        kind=EventKind.COLLECTION,
        after=values,
    )
    return talk


@action
def change_conversation(*, by: User, conversation: Conversation, seen_version: int, **values: Any) -> Change:
    """Change what was noted of a conversation. Raises ChangedMeanwhileError."""
    change = change_record(conversation, seen_version=seen_version, **values)
    if change:
        _note_hand(by, conversation.assessment)
        record(
            by=by,
            member=conversation.assessment.family_member,
            name="conversation.changed",
            subject=conversation,
            before=change.before,
            after=change.after,
        )
    return change


@dataclass(frozen=True)
class AnswerFacts:
    """What one source says on one item; `seen_version` is 0 where nothing stood when the page was opened."""

    item: str
    rating: str
    nature: str
    evidence: str
    seen_version: int = 0


@action
def record_accounts(
    *, by: User, assessment: Assessment, source: str, answers: Iterable[AnswerFacts], conversation: Conversation | None
) -> int:
    """Put down what one source says on several items; answers how many changed.

    Raises ChangedMeanwhileError where someone else put down another answer since; then none of them is saved.
    """
    standing = {row.item: row for row in Account.objects.filter(assessment=assessment, source=source)}
    changed = 0
    for answer in answers:
        values = {"rating": answer.rating, "nature": answer.nature, "evidence": answer.evidence}
        row = standing.get(answer.item)
        if row is None:
            row = Account.objects.create(
                assessment=assessment,
                source=source,
                item=answer.item,
                by=by.pk,
                conversation=conversation,
                **values,
            )
            _record_row(by, assessment, "account.given", row, after={"item": answer.item, "source": source, **values})
            changed += 1
            continue
        change = change_record(
            row, seen_version=answer.seen_version, rating=answer.rating, nature=answer.nature, evidence=answer.evidence
        )
        if change:
            _record_row(by, assessment, "account.changed", row, before=change.before, after=change.after)
            changed += 1
    if changed:
        _note_hand(by, assessment)
    return changed


@dataclass(frozen=True)
class FindingFacts:
    """What the assessor makes of one item."""

    item: str
    rating: str
    recent: bool = False
    earlier: bool = False
    critical: bool = False
    critical_reason: str = ""
    differs: str = ""
    seen_version: int = 0


@action
def record_findings(*, by: User, assessment: Assessment, findings: Iterable[FindingFacts]) -> int:
    """Put down what was found on several items; not known opens an enquiry, and anything else ends it.

    Answers how many changed. Raises ChangedMeanwhileError where someone else found otherwise since.
    """
    bank = bank_of(assessment.bank)
    standing = {row.item: row for row in Finding.objects.filter(assessment=assessment)}
    changed = 0
    for found in findings:
        values = {name: value for name, value in vars(found).items() if name not in ("item", "seen_version")}
        row = standing.get(found.item)
        if row is None:
            row = Finding.objects.create(assessment=assessment, item=found.item, by=by.pk, **values)
            _record_row(by, assessment, "finding.made", row, after={"item": found.item, **values})
        else:
            change = change_record(row, seen_version=found.seen_version, **values)
            if not change:
                continue
            _record_row(by, assessment, "finding.changed", row, before=change.before, after=change.after)
        changed += 1
        item = bank.item(found.item)
        if item is not None:
            _keep_enquiry(by=by, member=assessment.family_member, item=item, rating=found.rating)
    if changed:
        _note_hand(by, assessment)
    return changed


def _note_hand(by: User, assessment: Assessment) -> None:
    """Whoever changes anything has had a hand in it for good, also where someone else changes it again.

    The version stays: whoever is about to judge need not look again because of this alone.
    """
    hands = Assessment.objects.select_for_update().values_list("hands", flat=True).get(pk=assessment.pk)
    if str(by.pk) not in hands:
        assessment.hands = [*hands, str(by.pk)]
        Assessment.objects.filter(pk=assessment.pk).update(hands=assessment.hands)


@action
def close_enquiry(
    *, by: User, enquiry: Enquiry, seen_version: int, ended_as: str, finding: str, member: FamilyMember
) -> None:
    """Note what came of an enquiry. Raises ChangedMeanwhileError where somebody closed it first."""
    if enquiry.closed_at is not None:
        raise ChangedMeanwhileError(enquiry)
    change = change_record(
        enquiry,
        seen_version=seen_version,
        ended_as=ended_as,
        finding=finding,
        closed_by=by.pk,
        closed_at=timezone.now(),
    )
    record(by=by, member=member, name="enquiry.closed", subject=enquiry, before=change.before, after=change.after)
    close_to_do(by=by, case_id=member.person_id, kind=ENQUIRY, subject_id=enquiry.pk)
    say(
        by=by,
        member=member,
        kind="enquiry.closed",
        title=f"An enquiry about involving {member.name} is answered",
        subject_id=enquiry.pk,
    )


def _keep_enquiry(*, by: User, member: FamilyMember, item: Item, rating: str) -> None:
    standing = Enquiry.objects.filter(family_member=member, item=item.key, closed_at=None).first()
    if rating != Rated.NOT_KNOWN:
        if standing is not None:
            close_enquiry(
                by=by,
                enquiry=standing,
                seen_version=standing.version,
                ended_as=EnquiryEnd.FOUND,
                finding="",
                member=member,
            )
        return
    if standing is not None:
        return
    due = add_working_days(today(), ENQUIRY_WITHIN_WORKING_DAYS)
    enquiry = Enquiry.objects.create(
        family_member=member, item=item.key, question=item.statement, opened_by=by.pk, due_on=due
    )
    record(by=by, member=member, name="enquiry.opened", subject=enquiry, after={"question": item.statement})
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=ENQUIRY,
            subject_id=enquiry.pk,
            title=f"Find out about {member.name}: {item.statement}",
            due_on=due,
            right=Right.JUDGE_SUITABILITY,
            family_member_id=member.pk,
        ),
    )


def _record_row(
    by: User,
    assessment: Assessment,
    name: str,
    row: Account | Finding,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
) -> None:
    record(by=by, member=assessment.family_member, name=name, subject=row, before=before, after=after)
