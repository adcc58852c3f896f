"""Standing a family member down without giving anything away: prepared by one, agreed by another, told on a day."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import RoleCode
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.records.actions import change_record
from alongside.foundation.work.actions import (
    CardFacts,
    OwnWorkError,
    ToDoFacts,
    add_to_timeline,
    close_to_do,
    open_to_do,
    put_card,
    remove_card,
)
from alongside.people.families.models import FamilyMember
from alongside.safety.flags.models import PlanState, StandDownPlan

CARD = "flags.stand_down"
AGREE_TO_DO, TELL_TO_DO, REVIEW_TO_DO = "flags.plan.agree", "flags.plan.tell", "flags.plan.review"
NEXT: dict[str, dict[str, str]] = {
    PlanState.DRAFT: {"change": PlanState.DRAFT, "agree": PlanState.AGREED, "end": PlanState.ENDED},
    PlanState.AGREED: {"change": PlanState.DRAFT, "tell": PlanState.TOLD, "end": PlanState.ENDED},
    PlanState.TOLD: {"not_told": PlanState.AGREED, "end": PlanState.ENDED},
    PlanState.ENDED: {},
}
"""What may happen to a plan in each state. A change of an agreed plan has to be agreed again."""


class PlanStandsError(ValueError):
    """A plan for this family member is open already."""


class PlanStateError(ValueError):
    """The plan is not where this could be done. The message says what to do instead."""


@dataclass(frozen=True)
class PlanValues:
    """What a plan says. `words_key` names governed wording; `occasion` is never shown to the person or the family."""

    occasion: str
    words_key: str
    tell_on: date
    told_how: str
    cover: str
    private_contact: str
    review_on: date


@action
def prepare_plan(*, by: User | None, member: FamilyMember, values: PlanValues) -> StandDownPlan:
    """Prepare a plan. It changes nothing until someone else has agreed it. Raises PlanStandsError."""
    try:
        with transaction.atomic():
            plan = StandDownPlan.objects.create(
                person=member.person, family_member=member, prepared_by=by.pk if by else None, **asdict(values)
            )
    except IntegrityError as clash:
        raise PlanStandsError("A plan for them is open already. Open it to change it, or end it first.") from clash
    _trail(by=by, plan=plan, verb="prepared", words="prepared", after=asdict(values))
    _ask_to_agree(plan)
    return plan


@action
def change_plan(*, by: User | None, plan: StandDownPlan, seen_version: int, values: PlanValues) -> None:
    """Change a plan that nobody was told of yet; it has to be agreed again. Raises ChangedMeanwhileError."""
    state = _next(plan, "change")
    change = change_record(
        plan,
        seen_version=seen_version,
        state=state,
        prepared_by=by.pk if by else None,
        agreed_by=None,
        agreed_at=None,
        **asdict(values),
    )
    _trail(by=by, plan=plan, verb="changed", words="changed", before=change.before, after=change.after)
    _close(by=by, plan=plan, kind=TELL_TO_DO)
    _ask_to_agree(plan)


@action
def agree_plan(*, by: User, plan: StandDownPlan, seen_version: int) -> None:
    """Agree a plan that someone else prepared. Raises OwnWorkError, PlanStateError, ChangedMeanwhileError."""
    state = _next(plan, "agree")
    if plan.prepared_by == by.pk:
        raise OwnWorkError("You prepared this plan, so someone else has to agree it.")
    change = change_record(plan, seen_version=seen_version, state=state, agreed_by=by.pk, agreed_at=timezone.now())
    _trail(by=by, plan=plan, verb="agreed", words="agreed", before=change.before, after=change.after)
    _close(by=by, plan=plan, kind=AGREE_TO_DO)
    _ask_to_tell(plan, due_on=plan.tell_on)


@action
def tell_plan(*, by: User | None, plan: StandDownPlan, seen_version: int, told_on: date) -> None:
    """Note that the family was told, in the agreed words. From now on others may see that they are stood down."""
    state = _next(plan, "tell")
    change = change_record(plan, seen_version=seen_version, state=state, told_on=told_on)
    _trail(by=by, plan=plan, verb="told", words="told", before=change.before, after=change.after)
    _close(by=by, plan=plan, kind=TELL_TO_DO)
    _put_card(plan, told_on)
    _open(plan, REVIEW_TO_DO, title=f"Review the pause with {plan.family_member.name}", due_on=plan.review_on)


@action
def take_back_told(*, by: User | None, plan: StandDownPlan, seen_version: int, why: str) -> None:
    """Note that nobody was told after all: what was to tell them did not arrive. It is agreed still, and to be told."""
    state = _next(plan, "not_told")
    change = change_record(plan, seen_version=seen_version, state=state, told_on=None)
    _trail(by=by, plan=plan, verb="not_told", words="not told", before=change.before, after=change.after, ground=why)
    _close(by=by, plan=plan, kind=REVIEW_TO_DO)
    remove_card(case_id=plan.person_id, key=CARD, family_member_id=plan.family_member_id)
    _ask_to_tell(plan, due_on=today())


@action
def end_plan(*, by: User | None, plan: StandDownPlan, seen_version: int, note: str) -> None:
    """End a plan, whatever state it is in. Ending it opens nothing: every stop still holds."""
    state = _next(plan, "end")
    change = change_record(plan, seen_version=seen_version, state=state, ended_on=today())
    _trail(by=by, plan=plan, verb="ended", words="ended", before=change.before, after=change.after, ground=note)
    remove_card(case_id=plan.person_id, key=CARD, family_member_id=plan.family_member_id)
    for kind in (AGREE_TO_DO, TELL_TO_DO, REVIEW_TO_DO):
        _close(by=by, plan=plan, kind=kind)


def _put_card(plan: StandDownPlan, told_on: date) -> None:
    """Before anyone reaches for the telephone, on their page and beside their name: contact pauses."""
    put_card(
        case_id=plan.person_id,
        card=CardFacts(
            key=CARD,
            title="Contact is paused",
            headline=f"Told on {told_on:%-d %B %Y}. Do not ring. If they ring, say the agreed words and no others",
            order=3,
            right=Right.SEE_SAFETY,
            family_member_id=plan.family_member_id,
        ),
    )


def _next(plan: StandDownPlan, event: str) -> str:
    allowed = NEXT[plan.state]
    if event not in allowed:
        raise PlanStateError(f"This plan is “{PlanState(plan.state).label.lower()}”, so it cannot be done now.")
    return allowed[event]


def _ask_to_agree(plan: StandDownPlan) -> None:
    _open(
        plan,
        AGREE_TO_DO,
        title=f"Agree the stand-down plan for {plan.family_member.name}",
        due_on=min(plan.tell_on, next_working_day(today())),
        for_role=RoleCode.SENIOR,
    )


def _ask_to_tell(plan: StandDownPlan, *, due_on: date) -> None:
    _open(plan, TELL_TO_DO, title=f"Tell {plan.family_member.name}, in the agreed words", due_on=due_on)


def _open(plan: StandDownPlan, kind: str, *, title: str, due_on: date, for_role: RoleCode | None = None) -> None:
    open_to_do(
        case_id=plan.person_id,
        to_do=ToDoFacts(
            kind=kind,
            subject_id=plan.pk,
            title=title,
            due_on=due_on,
            right=Right.SEE_SAFETY,
            for_role=for_role,
            family_member_id=plan.family_member_id,
        ),
    )


def _close(*, by: User | None, plan: StandDownPlan, kind: str) -> None:
    close_to_do(by=by, case_id=plan.person_id, kind=kind, subject_id=plan.pk)


def _trail(
    *,
    by: User | None,
    plan: StandDownPlan,
    verb: str,
    words: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    ground: str = "",
) -> None:
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name=f"flags.plan.{verb}",
        subject=plan,
        case_id=plan.person_id,
        before=before,
        after=after,
        ground=ground,
        family_member_id=plan.family_member_id,
    )
    add_to_timeline(
        by=by,
        case_id=plan.person_id,
        kind=f"flags.plan.{verb}",
        title=f"Stand-down plan {words}: {plan.family_member.name}",
        right=Right.SEE_SAFETY,
        subject_id=plan.pk,
        family_member_id=plan.family_member_id,
    )
