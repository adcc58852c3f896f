"""Deciding to tell someone without permission, saying it, looking back on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import LONDON, add_working_days, next_working_day, today
from alongside.foundation.records.actions import insert_once
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.work.actions import (
    DecidedAlreadyError,
    OwnWorkError,
    ToDoFacts,
    ask_for_approval,
    close_to_do,
    decide_approval,
    open_to_do,
    withdraw_approval,
)
from alongside.foundation.work.models import Approval, ApprovalState, ToDo
from alongside.people.allocations.queries import current_allocations
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.safety.protected.actions.leaders import ask_leaders, team_of
from alongside.safety.protected.models import (
    DisclosureDecision,
    DisclosureEnd,
    DisclosureMade,
    DisclosureReview,
)

APPROVAL = "protected.disclosure"
LOOK_BACK = "protected.danger.look_back"
ANSWERED = "protected.disclosure.answered"
DAYS_TO_APPROVE = 2
HOLDS_AT_MOST = timedelta(days=28)
"""How long a decision to tell a family member may hold: what made it necessary changes, and it is decided anew."""


class EndedAlreadyError(ValueError):
    """Nothing may be said under a decision any more, so that it cannot be ended again. The message says why."""


class NotApprovedError(ValueError):
    """Nothing may be said yet, or at all: nobody else has approved it, or it no longer holds."""


@dataclass(frozen=True)
class ToMember:
    """Which family member is told, on which topics (codes of `permission_topic`), and the last day for it."""

    member_id: UUID
    topics: tuple[str, ...]
    until: date


@dataclass(frozen=True)
class DecisionFacts:
    """What is to be told to whom, on what ground, and why that is necessary and in proportion (R075)."""

    what: str
    recipient_id: str
    recipient_name: str
    purpose: str
    ground_id: str
    necessity: str
    informed_id: str
    informed_reason: str = ""
    proportionality: str = ""
    regime_id: str = "processing_regime.PART3"
    about: str = ""


@action
def decide_disclosure(
    *,
    by: User,
    person: Person,
    facts: DecisionFacts,
    family_member_id: UUID | None = None,
    told_id: UUID | None = None,
    to: ToMember | None = None,
    key: UUID | None = None,
) -> DisclosureDecision:
    """Prepare a decision to disclose, and put it before someone else. `family_member_id` is who told us.

    `key` is the id that it gets: sent twice, it counts once; so do the others here.

    Raises ValueError where whoever is `to` be told is not of this person's family, where there is no topic that is
    known, or where it would hold for longer than it may.
    """
    decision, is_new = insert_once(
        DisclosureDecision(
            pk=key or uuid4(),
            case=person.pk,
            family_member=family_member_id,
            told=told_id,
            decided_by=by.pk,
            **vars(facts),
            **(_told_to(person, to) if to else {}),
        ),
        case=person.pk,
        decided_by=by.pk,
    )
    if not is_new:
        return decision
    record_change(
        by=by, kind=EventKind.COLLECTION, name="protected.disclosure.decided", subject=decision, case_id=person.pk
    )
    ask_for_approval(
        by=by,
        case_id=person.pk,
        kind=APPROVAL,
        subject_id=decision.pk,
        title="A decision to disclose",
        right=Right.APPROVE,
        due_on=add_working_days(today(), DAYS_TO_APPROVE),
    )
    return decision


@action
def share_in_danger(
    *,
    by: User,
    facts: DecisionFacts,
    channel_id: str,
    person: Person | None = None,
    number: str = "",
    key: UUID | None = None,
) -> DisclosureDecision:
    """Write down that the minimum was shared because someone was in danger. Nothing that is missing stands in the way.

    The case is the one given or, where the number fits one, that one: whoever writes is not told whether it did.
    Without a case the seniors of the writer's team look back on it. Due the next working day.
    """
    case_id = person.pk if person else _case_of(number)
    team = team_of(by)
    shared = DisclosureDecision(
        pk=key or uuid4(), case=case_id, team=team, urgent=True, decided_by=by.pk, **vars(facts)
    )
    decision, is_new = insert_once(shared, urgent=True, decided_by=by.pk)
    if not is_new:
        return decision
    DisclosureMade.objects.create(
        decision=decision,
        case=case_id,
        team=team,
        said=facts.what,
        to=facts.recipient_name,
        channel_id=channel_id,
        at=timezone.now(),
        made_by=by.pk,
    )
    record_change(by=by, kind=EventKind.DISCLOSURE, name="protected.danger.shared", subject=decision, case_id=case_id)
    due = next_working_day(today())
    if case_id is not None:
        ask_for_approval(
            by=by,
            case_id=case_id,
            kind=APPROVAL,
            subject_id=decision.pk,
            title="Look back on what was shared in danger",
            right=Right.APPROVE,
            due_on=due,
        )
        return decision
    ask_leaders(
        by=by,
        team=team,
        kind=LOOK_BACK,
        subject_id=decision.pk,
        title="Look back on what was shared in danger",
        due_on=due,
    )
    return decision


@action
def review_disclosure(*, by: User, decision: DisclosureDecision, approved: bool, reason: str) -> DisclosureReview:
    """Approve a decision or not; where it was urgent, say whether it was right.

    Raises OwnWorkError on one's own decision, DecidedAlreadyError where someone else was first.
    """
    if DisclosureEnd.objects.filter(decision=decision).exists():
        raise DecidedAlreadyError("Someone has ended it meanwhile, so there is nothing to approve.")
    if decision.decided_by == by.pk:
        raise OwnWorkError("You decided this, so someone else has to look at it.")
    try:
        with transaction.atomic():
            review = DisclosureReview.objects.create(
                decision=decision,
                case=decision.case,
                family_member=decision.family_member,
                to_member=decision.to_member,
                team=decision.team,
                asked_by=decision.decided_by,
                reviewed_by=by.pk,
                reviewed_as=_approving_as(by),
                approved=approved,
                reason=reason,
            )
    except IntegrityError as error:
        raise DecidedAlreadyError(
            "Someone else has decided this already. Open it again to see what they said."
        ) from error
    record_change(
        by=by, kind=EventKind.CHANGE, name="protected.disclosure.reviewed", subject=review, case_id=decision.case
    )
    waiting = Approval.objects.filter(kind=APPROVAL, subject=decision.pk, state=ApprovalState.WAITING).first()
    if waiting is not None:
        decide_approval(
            by=by,
            approval=waiting,
            state=ApprovalState.APPROVED if approved else ApprovalState.REFUSED,
            reason="",
        )
    _close_looking_back(by, decision)
    _tell_who_asked(decision, approved=approved)
    return review


@action
def note_answer_read(*, by: User, decision: DisclosureDecision) -> None:
    """Close the to-do that said that an answer came: whoever asked has opened it."""
    if by.pk == decision.decided_by:
        close_to_do(by=by, case_id=decision.case, kind=ANSWERED, subject_id=decision.pk)


@action
def end_disclosure(*, by: User, decision: DisclosureDecision, reason: str) -> DisclosureEnd:
    """End a decision before its last day: from this moment nothing may be said under it, and no answer rests on it.

    It only tightens, so whoever may approve may end their own too. One that waits for approval waits no longer. Raises
    EndedAlreadyError where it ended before, by someone else's word or by its last day, or was never to be said.
    """
    review = DisclosureReview.objects.filter(decision=decision).first()
    if decision.urgent or (review is not None and not review.approved):
        raise EndedAlreadyError("Nothing may be said under this any more.")
    if decision.until is not None and decision.until < today():
        raise EndedAlreadyError("Its last day has passed, so it has ended already.")
    try:
        with transaction.atomic():
            end = DisclosureEnd.objects.create(
                decision=decision,
                case=decision.case,
                family_member=decision.family_member,
                to_member=decision.to_member,
                team=decision.team,
                decided_by=decision.decided_by,
                ended_by=by.pk,
                reason=reason,
            )
    except IntegrityError:
        raise EndedAlreadyError("Someone else has ended it already.") from None
    record_change(by=by, kind=EventKind.CHANGE, name="protected.disclosure.ended", subject=end, case_id=decision.case)
    withdraw_approval(by=by, kind=APPROVAL, subject_id=decision.pk, reason="Ended early")
    close_to_do(by=by, case_id=decision.case, kind=ANSWERED, subject_id=decision.pk)
    return end


@action
def record_disclosure(
    *,
    by: User,
    decision: DisclosureDecision,
    said: str,
    to: str,
    channel_id: str,
    at: datetime,
    key: UUID | None = None,
) -> DisclosureMade:
    """Write down that something was said under a decision.

    Raises NotApprovedError unless someone else approved it, and where it was said after the decision had ended.
    """
    if not DisclosureReview.objects.filter(decision=decision, approved=True).exists():
        raise NotApprovedError(
            "Nobody else has approved this yet, so nothing may be said. In danger, share the minimum."
        )
    day, end = at.astimezone(LONDON).date(), DisclosureEnd.objects.filter(decision=decision).first()
    if end is not None and day > end.at.astimezone(LONDON).date():
        raise NotApprovedError("This decision was ended before that day. Decide again first.")
    if decision.until is not None and day > decision.until:
        raise NotApprovedError(f"This decision held until {decision.until:%-d %B %Y}. Decide again first.")
    made, is_new = insert_once(
        DisclosureMade(
            pk=key or uuid4(),
            decision=decision,
            case=decision.case,
            family_member=decision.family_member,
            to_member=decision.to_member,
            team=decision.team,
            said=said,
            to=to,
            channel_id=channel_id,
            at=at,
            made_by=by.pk,
        ),
        decision_id=decision.pk,
        made_by=by.pk,
    )
    if not is_new:
        return made
    record_change(
        by=by, kind=EventKind.DISCLOSURE, name="protected.disclosure.made", subject=made, case_id=decision.case
    )
    close_to_do(by=by, case_id=decision.case, kind=ANSWERED, subject_id=decision.pk)
    return made


def _told_to(person: Person, to: ToMember) -> dict[str, Any]:
    """The columns for whoever is told, checked."""
    if not FamilyMember.objects.filter(pk=to.member_id, person=person).exists():
        raise ValueError("Only someone of this person's family can be told as a family member.")
    known = {value.code for value in coded_list("permission_topic")}
    if not to.topics or not set(to.topics) <= known:
        raise ValueError("Say what they are told about, in topics that are known.")
    if not today() <= to.until <= today() + HOLDS_AT_MOST:
        raise ValueError(f"It holds from today, and for {HOLDS_AT_MOST.days} days at most.")
    return {"to_member": to.member_id, "topics": list(dict.fromkeys(to.topics)), "until": to.until}


def _approving_as(user: User) -> str:
    """The role by which a user may approve what stands behind the wall; empty where they have none."""
    held = [role for role in holding_of(user).roles if {Right.APPROVE, Right.SEE_PROTECTED} <= ROLES[role].rights]
    return min(held, default="")


def _case_of(number: str) -> UUID | None:
    """The case with this number, of those that some team holds today."""
    crn = "".join(number.split()).upper()
    held = current_allocations(today()).values("person")
    return Person.objects.filter(crn=crn, pk__in=held).values_list("pk", flat=True).first() if crn else None


def _tell_who_asked(decision: DisclosureDecision, *, approved: bool) -> None:
    """Whoever waits to tell someone learns at once that they may, or may not; what and why stays behind the wall."""
    if decision.urgent or decision.case is None:
        return
    open_to_do(
        case_id=decision.case,
        to_do=ToDoFacts(
            kind=ANSWERED,
            title=f"Your decision to disclose was {'approved' if approved else 'not approved'}: read it",
            due_on=today(),
            right=Right.SEE_PROTECTED,
            subject_id=decision.pk,
            for_user_id=decision.decided_by,
        ),
    )


def _close_looking_back(by: User, decision: DisclosureDecision) -> None:
    """Whoever of several seniors was first has done it for all."""
    kinds = ToDo.objects.filter(
        kind__startswith=f"{LOOK_BACK}.", subject=decision.pk, done_at=None, case=None
    ).values_list("kind", flat=True)
    for kind in list(kinds):
        close_to_do(by=by, case_id=None, kind=kind, subject_id=decision.pk)
