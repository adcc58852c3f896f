"""Judging: the quick form for levels 2 and 3, the full judgement, and what happens once someone else has decided."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.calendar.rules import add_working_days, today
from alongside.foundation.records.actions import change_record
from alongside.foundation.work.actions import (
    OwnWorkError,
    ToDoFacts,
    ask_for_approval,
    close_to_do,
    open_to_do,
    withdraw_approval,
)
from alongside.foundation.work.models import Approval as WorkApproval
from alongside.foundation.work.models import ApprovalState
from alongside.involvement.suitability.actions.trail import (
    APPROVAL,
    APPROVED,
    DOUBT,
    IN_THE_WAY,
    QUESTION,
    REVIEW,
    record,
    refresh_cards,
    say,
)
from alongside.involvement.suitability.models import Judgement, JudgementKind, Verdict
from alongside.involvement.suitability.preparation import Preparation
from alongside.involvement.suitability.queries import standing_now
from alongside.involvement.suitability.rules import Level, SafetyThen
from alongside.involvement.suitability.rules.judging import (
    Fault,
    Proposal,
    faults_of,
    quick_faults,
    reasons_for_approval,
)
from alongside.involvement.suitability.safety import safety_now
from alongside.people.families.models import FamilyMember

DECIDE_WITHIN_WORKING_DAYS = 5
DECIDE_SAFETY_WITHIN_WORKING_DAYS = 1


class SomeoneJudgedMeanwhileError(ValueError):
    """Someone else judged after this page was opened."""


class NotSoError(ValueError):
    """A judgement that runs into a hard stop; `faults` say where and what to do."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.words for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Purpose:
    """Why this person, why now, what will they do (R046, R047)."""

    purpose_id: str
    why_person: str
    why_now: str
    will_do: str


@dataclass(frozen=True)
class QuickJudgement:
    """What the quick form says."""

    purpose: Purpose
    level: Level
    review_on: date


@dataclass(frozen=True)
class FullJudgement:
    """What the full judgement says, beside what it stands on."""

    purpose: Purpose
    proposal: Proposal
    reasons: str
    goes_wrong: str
    hypothesis_end: str = ""
    learned: str = ""
    discuss_with: UUID | None = field(default=None)


@action
def judge_quickly(*, by: User, member: FamilyMember, judged: QuickJudgement, seen_number: int) -> Judgement:
    """General information or practical help: in force at once (invariant 12).

    Raises NotSoError where it takes more, SomeoneJudgedMeanwhileError where someone else judged first.
    """
    number = _next_number(member, seen_number)
    on = today()
    safety = safety_now([member.pk], on=on)[member.pk]
    standing = standing_now(member.pk, on=on)
    faults = quick_faults(judged.level, judged.review_on, standing=standing, safety=safety, on=on)
    if faults:
        raise NotSoError(faults)
    judgement = Judgement.objects.create(
        **_who(by, member, number),
        kind=JudgementKind.QUICK,
        level=judged.level,
        level_cap=judged.level,
        approval_needed=False,
        review_on=judged.review_on,
        contributors=[str(by.pk)],
        conditions=[],
        safety_then=_kept(safety),
        **vars(judged.purpose),
    )
    _after_judging(by, member, judgement)
    _in_force(by, member, judgement)
    return judgement


@action
def judge(
    *, by: User, preparation: Preparation, judged: FullJudgement, seen_number: int, seen_version: int
) -> Judgement:
    """Judge what was prepared. It waits for someone else where it allows much, where safety is in it, or in doubt.

    Raises NotSoError, SomeoneJudgedMeanwhileError, ChangedMeanwhileError where the preparation moved on.
    """
    member, assessment, on = preparation.member, preparation.assessment, today()
    number = _next_number(member, seen_number)
    change_record(assessment, seen_version=seen_version, closed_at=timezone.now())
    safety = safety_now([member.pk], on=on)[member.pk]
    grounds = preparation.grounds(safety)
    faults = faults_of(judged.proposal, grounds, on=on)
    if faults:
        raise NotSoError(faults)
    standing = standing_now(member.pk, on=on)
    before = [j for j in (standing.in_force, *standing.pending) if j is not None]
    why = reasons_for_approval(judged.proposal, grounds, before=before)
    proposal = judged.proposal
    judgement = Judgement.objects.create(
        **_who(by, member, number),
        kind=JudgementKind.FULL,
        assessment=assessment.pk,
        bank=assessment.bank,
        variant=assessment.variant,
        summary=proposal.summary,
        level=proposal.level,
        level_cap=proposal.level_cap,
        confidence=proposal.confidence,
        review_on=proposal.review_on,
        conditions=list(proposal.conditions),
        approval_needed=bool(why),
        contributors=sorted({str(by.pk), *preparation.contributors}),
        reasons=judged.reasons,
        goes_wrong=judged.goes_wrong,
        hypothesis_end=judged.hypothesis_end,
        learned=judged.learned,
        grounds=preparation.as_grounds(),
        safety_then=_kept(safety),
        **vars(judged.purpose),
    )
    _after_judging(by, member, judgement)
    for older in standing.pending:
        if not Verdict.objects.filter(judgement=older.id).exists():
            withdraw_approval(by=by, kind=APPROVAL, subject_id=older.id, reason="A newer judgement took its place")
    if why:
        _ask(by, member, judgement, urgent=safety.indicator or bool(grounds.anything_unsafe))
    else:
        _in_force(by, member, judgement)
    if judged.discuss_with is not None:
        _discuss(member, judgement, judged.discuss_with)
    return judgement


def on_approval_decided(by: User, approval: WorkApproval) -> None:
    """Follow a decision of the queue. Raises OwnWorkError where the decider had a hand in the judgement."""
    judgement = Judgement.objects.get(pk=approval.subject)
    if str(by.pk) in judgement.contributors:
        raise OwnWorkError("You had a hand in this judgement, so someone else has to decide. It stays in the queue.")
    if approval.state not in (ApprovalState.APPROVED, ApprovalState.RETURNED, ApprovalState.REFUSED):
        return
    member = FamilyMember.objects.filter(pk=judgement.family_member).first()
    if member is None:
        return
    verdict = Verdict.objects.create(
        case=judgement.case,
        family_member=judgement.family_member,
        judgement=judgement,
        state=approval.state,
        at=timezone.now(),
        by=by.pk,
        by_name=by.name,
        reason=approval.reason,
    )
    record(by=by, member=member, name=f"judgement.{approval.state}", subject=verdict, after={"reason": approval.reason})
    words = {
        ApprovalState.APPROVED: f"Involvement of {member.name} approved",
        ApprovalState.RETURNED: f"Judgement about {member.name} returned with a question",
        ApprovalState.REFUSED: f"Judgement about {member.name} not approved",
    }
    state = ApprovalState(approval.state)
    say(by=by, member=member, kind=f"judgement.{state}", title=words[state], subject_id=judgement.pk)
    if state is ApprovalState.APPROVED:
        _in_force(by, member, judgement)
        _tell_assessor(member, judgement, kind=APPROVED, title=f"{words[state]}: agree with them how it works")
    else:
        _tell_assessor(member, judgement, kind=QUESTION, title=f"{words[state]}: read why, and judge anew")
    refresh_cards(member)


def _tell_assessor(member: FamilyMember, judgement: Judgement, *, kind: str, title: str) -> None:
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=kind,
            subject_id=judgement.pk,
            title=title,
            due_on=add_working_days(today(), DECIDE_WITHIN_WORKING_DAYS),
            right=Right.JUDGE_SUITABILITY,
            for_user_id=judgement.by,
            family_member_id=member.pk,
            by_hand=kind == APPROVED,
        ),
    )


def _next_number(member: FamilyMember, seen_number: int) -> int:
    FamilyMember.objects.select_for_update().get(pk=member.pk)
    newest = Judgement.objects.filter(family_member=member.pk).order_by("-number").first()
    number = newest.number if newest else 0
    if number != seen_number:
        name = newest.by_name if newest else "Someone"
        raise SomeoneJudgedMeanwhileError(
            f"{name} has judged this while you were writing. Read what they judged. If yours differs, save it again."
        )
    return number + 1


def _who(by: User, member: FamilyMember, number: int) -> dict[str, Any]:
    at: datetime = timezone.now()
    return {
        "case": member.person_id,
        "family_member": member.pk,
        "number": number,
        "at": at,
        "by": by.pk,
        "by_name": by.name,
    }


def _kept(safety: SafetyThen) -> dict[str, Any]:
    return {"matters": dict(safety.matters), "gate_closed": safety.gate_closed}


def _after_judging(by: User, member: FamilyMember, judgement: Judgement) -> None:
    record(
        by=by,
        member=member,
        name="judgement.made",
        subject=judgement,
        after={
            "kind": judgement.kind,
            "level": judgement.level,
            "level_cap": judgement.level_cap,
            "summary": judgement.summary,
            "conditions": judgement.conditions,
            "review_on": judgement.review_on,
        },
    )
    say(
        by=by,
        member=member,
        kind="judgement.made",
        title=f"Judged how {member.name} may be involved: {Level(judgement.level).words.lower()}",
        subject_id=judgement.pk,
    )
    for older in (
        Judgement.objects.filter(family_member=member.pk).exclude(pk=judgement.pk).values_list("pk", flat=True)
    ):
        for kind in (QUESTION, APPROVED):
            close_to_do(by=by, case_id=member.person_id, kind=kind, subject_id=older)
    close_to_do(by=by, case_id=member.person_id, kind=IN_THE_WAY, subject_id=member.pk)
    refresh_cards(member)


def _in_force(by: User, member: FamilyMember, judgement: Judgement) -> None:
    """The next review is the one that this judgement names."""
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=REVIEW,
            subject_id=member.pk,
            title=f"Look again at how {member.name} is involved",
            due_on=judgement.review_on,
            right=Right.JUDGE_SUITABILITY,
            family_member_id=member.pk,
        ),
    )


def _ask(by: User, member: FamilyMember, judgement: Judgement, *, urgent: bool) -> None:
    days = DECIDE_SAFETY_WITHIN_WORKING_DAYS if urgent else DECIDE_WITHIN_WORKING_DAYS
    ask_for_approval(
        by=by,
        case_id=member.person_id,
        kind=APPROVAL,
        subject_id=judgement.pk,
        title=f"How {member.name} may be involved: {Level(judgement.level).words.lower()}",
        right=Right.APPROVE,
        due_on=add_working_days(today(), days),
    )


def _discuss(member: FamilyMember, judgement: Judgement, with_user: UUID) -> None:
    open_to_do(
        case_id=member.person_id,
        to_do=ToDoFacts(
            kind=DOUBT,
            subject_id=judgement.pk,
            title=f"Talk through the doubts of {judgement.by_name} about involving {member.name}",
            due_on=add_working_days(today(), DECIDE_WITHIN_WORKING_DAYS),
            right=Right.SEE_SUITABILITY,
            for_user_id=with_user,
            family_member_id=member.pk,
        ),
    )
