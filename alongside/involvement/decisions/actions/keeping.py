"""Keeping what was answered, asking first, and bringing the word back to whoever asked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.work.actions import (
    CardFacts,
    ToDoFacts,
    add_to_timeline,
    ask_for_approval,
    close_to_do,
    open_to_do,
    put_card,
)
from alongside.foundation.work.models import Approval, ApprovalState
from alongside.involvement.decisions.models import Basis, Decision, PurposeSaid, Use
from alongside.involvement.decisions.queries.gathering import May
from alongside.involvement.decisions.queries.kept import APPROVAL_KIND
from alongside.involvement.decisions.rules import Asked, Outcome
from alongside.involvement.decisions.rules.deciding import DISCLOSED
from alongside.involvement.decisions.rules.storing import as_stored, digest_of
from alongside.involvement.decisions.words import MATTERS, SHORT, question_words
from alongside.people.families.models import FamilyMember

PURPOSE_HOLDS = timedelta(days=84)
"""How long a purpose is good for: twelve weeks, then it is said again (R046)."""

ANSWERED_TO_DO = "decisions.answered"
CARD = "decisions"
APPROVER_RIGHTS = {RoleCode.SAFEGUARDING_LEAD: Right.REVIEW_MATCHES}
"""What an approver of a role must hold; any other approver holds the right to approve."""


class ChangedSinceError(Exception):
    """Between the answer on the page and its use something changed. `may` is the answer now."""

    def __init__(self, may: May) -> None:
        super().__init__("Something changed while you were reading. Read the answer again before you go on.")
        self.may = may


@dataclass(frozen=True)
class Why:
    """Why this person, why now, what will they do, and the goal that it serves."""

    why_them: str
    why_now: str
    will_do: str
    goal: UUID | None = None


@action
def say_purpose(*, by: User, member: FamilyMember, why: Why, on: date | None = None) -> PurposeSaid:
    """Say what an involvement is for. It replaces what was said before, which stays to be read."""
    said = PurposeSaid.objects.create(
        case=member.person_id,
        family_member=member.pk,
        at=timezone.now(),
        by=by.pk,
        by_name=by.name,
        goal=why.goal,
        why_them=why.why_them,
        why_now=why.why_now,
        will_do=why.will_do,
        until=(on or today()) + PURPOSE_HOLDS,
    )
    record_change(
        by=by,
        kind=EventKind.COLLECTION,
        name="decisions.purpose.said",
        subject=said,
        case_id=member.person_id,
        family_member_id=member.pk,
        after={"why_them": why.why_them, "why_now": why.why_now, "will_do": why.will_do},
    )
    return said


@action
def keep_answer(
    *, by: User, member: FamilyMember, may: May, use: Use, purpose: PurposeSaid | None = None, note: str = ""
) -> Decision:
    """Keep an answer that is used, asked about first, or heeded, with its facts and the version of the policy.

    Raises ValueError where the use does not fit the answer: nothing is done that was refused.
    """
    _must_fit(use, may.answer.outcome)
    now = timezone.now()
    decision = Decision.objects.create(
        case=member.person_id,
        family_member=member.pk,
        basis=_basis_of(may, member),
        at=now,
        by=by.pk,
        by_name=by.name,
        act=may.question.act,
        topic=may.question.topic,
        way=may.question.way,
        outcome=may.answer.outcome,
        policy=may.policy.version,
        rules=list(may.answer.rules),
        asked=[asked.value for asked in may.answer.asked],
        use=use,
        purpose=purpose,
        note=note or None,
    )
    record_change(
        by=by,
        kind=EventKind.DISCLOSURE if use is Use.DONE else EventKind.CHANGE,
        name=f"decisions.answer.{use}",
        subject=decision,
        case_id=member.person_id,
        family_member_id=member.pk,
        after={"act": may.question.act, "topic": may.question.topic, "outcome": may.answer.outcome.name},
    )
    what = question_words(may.question)
    by_law = DISCLOSED.rule in may.answer.rules
    add_to_timeline(
        by=by,
        case_id=member.person_id,
        kind="decisions.answer",
        title=f"May I? {what}, {member.name}: {SHORT[may.answer.outcome].lower()}",
        right=Right.SEE_PROTECTED if by_law else Right.SEE_CONDITIONS,
        subject_id=decision.pk,
        family_member_id=member.pk,
    )
    if use is Use.ASKED:
        _ask(by=by, member=member, may=may, decision=decision, what=what, now=now)
    if not by_law:  # the card is read by those to whom no such decision shows
        _put_card(member, what=what, outcome=may.answer.outcome, at=now)
    return decision


def _must_fit(use: Use, outcome: Outcome) -> None:
    if use is Use.DONE and outcome > Outcome.CONDITIONS:
        raise ValueError("What is refused, or has to be asked about first, is not kept as done.")
    if use is Use.ASKED and outcome is not Outcome.ASK:
        raise ValueError("Only what has to be asked about first is put to somebody else.")


def _basis_of(may: May, member: FamilyMember) -> Basis:
    stored = as_stored(may.question, may.facts)
    digest = digest_of(stored)
    Basis.objects.bulk_create(
        [Basis(case=member.person_id, family_member=member.pk, digest=digest, content=stored.decode())],
        ignore_conflicts=True,
    )
    return Basis.objects.get(family_member=member.pk, digest=digest)


def _ask(*, by: User, member: FamilyMember, may: May, decision: Decision, what: str, now: datetime) -> None:
    """Put it before each whom the policy names. The victim liaison unit is spoken to; it has no queue here."""
    due = next_working_day(today())
    for asked in may.answer.asked:
        role = may.policy.approvers.get(asked)
        if asked is Asked.VICTIMS or role is None:
            continue
        ask_for_approval(
            by=by,
            case_id=member.person_id,
            kind=f"{APPROVAL_KIND}.{asked.value}",
            subject_id=decision.pk,
            title=f"May I? {what}, {member.name} ({MATTERS[asked]})",
            right=APPROVER_RIGHTS.get(RoleCode(role), Right.APPROVE),
            due_on=due,
        )


@action
def answer_approval(by: User, approval: Approval) -> None:
    """Bring the word back to whoever asked: a to-do that leads to the question, ready to be asked again."""
    decision = Decision.objects.filter(pk=approval.subject).first()
    if decision is None or approval.case is None:
        return
    said = {
        ApprovalState.APPROVED: "approved",
        ApprovalState.RETURNED: "came back with a question",
        ApprovalState.REFUSED: "was refused",
    }[ApprovalState(approval.state)]
    open_to_do(
        case_id=approval.case,
        to_do=ToDoFacts(
            kind=ANSWERED_TO_DO,
            title=f"What you asked first {said}: {approval.title}"[:200],
            due_on=today(),
            right=Right.ASK_MAY_I,
            subject_id=decision.pk,
            for_user_id=decision.by,
            family_member_id=decision.family_member,
        ),
    )


@action
def note_read(*, by: User, decision: Decision) -> None:
    """Close the to-do that said that an answer came: whoever asked has opened it."""
    if by.pk == decision.by:
        close_to_do(by=by, case_id=decision.case, kind=ANSWERED_TO_DO, subject_id=decision.pk)


def _put_card(member: FamilyMember, *, what: str, outcome: Outcome, at: datetime) -> None:
    put_card(
        case_id=member.person_id,
        card=CardFacts(
            key=CARD,
            title="May I?",
            headline=f"{SHORT[outcome]}: {what}"[:160],
            lines=(f"Asked on {timezone.localtime(at):%-d %B}",),
            order=35,
            right=Right.ASK_MAY_I,
            family_member_id=member.pk,
        ),
    )
