"""What was answered before: explained from what it rested on, years later, and whoever was asked since."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.ui.paging import page_of
from alongside.foundation.work.links import address_of
from alongside.foundation.work.models import ApprovalState
from alongside.involvement.decisions.actions.keeping import note_read
from alongside.involvement.decisions.asking import Shown, hour_of, now, role_of, show
from alongside.involvement.decisions.models import Decision, Use
from alongside.involvement.decisions.queries.gathering import May, known_about, with_facts
from alongside.involvement.decisions.queries.kept import (
    approvals_of,
    decision_of,
    kept_for,
    purpose_of,
    still_carried,
    with_purpose,
)
from alongside.involvement.decisions.queries.policies import policy_numbered, policy_on
from alongside.involvement.decisions.rules import RULES, Act, Outcome, Policy, Purpose, decide
from alongside.involvement.decisions.rules.storing import from_stored
from alongside.involvement.decisions.words import SHORT, words_of
from alongside.involvement.goals.queries import goal_of
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.families.models import FamilyMember
from alongside.people.oversight.queries import names_of

WHAT = "decisions.kept"
CURRENT = "decisions:case"
TEMPLATES = "involvement/decisions"


@require_GET
def kept(request: HttpRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """One answer that was kept, with its reasons as they were."""
    sight = case_for(request, person_id, right=Right.ASK_MAY_I, what=WHAT)
    decision = decision_of(person_id, decision_id, by_law=sight.may(Right.SEE_PROTECTED))
    if decision is None:
        raise Http404
    members = FamilyMember.objects.filter(pk=decision.family_member, person=person_id)
    member = with_purpose(with_facts(members)).first()
    if member is None or not sight.may(Right.SEE_FAMILY):
        raise Http404
    member.person = sight.person
    policy = policy_on(now().astimezone(LONDON).date())
    again = decided_again(decision, policy)
    was_asked = decision.use == Use.ASKED
    approvals = approvals_of(decision) if was_asked else []
    carried = still_carried(decision, at=timezone.now())
    holding = holding_of(request.user)
    reads_policy = holding.may(Right.DRAFT_POLICY) or holding.may(Right.APPROVE_POLICY)
    names = names_of([row.decided_by for row in approvals])
    if was_asked:
        note_read(by=user_of(request), decision=decision)
    return render_case(
        request,
        f"{TEMPLATES}/kept.html",
        sight,
        current=CURRENT,
        member=member,
        decision=decision,
        outcome=SHORT[Outcome(decision.outcome)],
        shown=show(again, sight=sight, member=member) if again else None,
        asked_now=_shown_now(request, sight, decision, policy, again, member),
        same=again is not None and again.answer.rules == tuple(decision.rules),
        serves=_goal(sight, decision),
        trail=frozenset(RULES) if reads_policy else None,
        approvals=[(row, names.get(row.decided_by, "") if row.decided_by else "") for row in approvals],
        write_down=_write_down(sight, decision) if carried else "",
        carried=carried,
        again_at=_again_at(sight, decision),
        approved=bool(approvals) and all(row.state == ApprovalState.APPROVED for row in approvals),
    )


@require_GET
def all_kept(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every answer that was kept on a case, newest first."""
    sight = case_for(request, person_id, right=Right.ASK_MAY_I, what=WHAT)
    rows = kept_for(by_law=sight.may(Right.SEE_PROTECTED)).filter(case=person_id).order_by("-at", "id")
    page = page_of(rows, request)
    members = {member.pk: member for member in FamilyMember.objects.filter(person=person_id)}
    lines = []
    for row in page.rows:
        member = members.get(row.family_member)
        again = None if member is None else member.name
        lines.append((row, again or "Someone no longer recorded", SHORT[Outcome(row.outcome)], words_of(row)))
    return render_case(request, f"{TEMPLATES}/all_kept.html", sight, current=CURRENT, page=page, lines=lines)


def _shown_now(
    request: HttpRequest, sight: Sight, decision: Decision, policy: Policy, then: May | None, member: FamilyMember
) -> Shown | None:
    """What holds now, as the reader may be told it; a home is checked on a page of its own."""
    if then is None or decision.act == Act.HOME_CHECK:
        return None
    return show(asked_now(request.user, then, policy, member), sight=sight, member=member)


def _again_at(sight: Sight, decision: Decision) -> str:
    """Where it is asked again: a check of a home has its own page."""
    at_home = decision.act == Act.HOME_CHECK
    if at_home and not sight.may(Right.EDIT_CASE):
        return ""
    name = "decisions:home" if at_home else "decisions:ask"
    return reverse(name, args=[decision.case, decision.family_member])


def _goal(sight: Sight, decision: Decision) -> str:
    """The goal that it was for, in the person's words as they are now, for whoever may see goals."""
    if decision.purpose is None or decision.purpose.goal is None or not sight.may(Right.SEE_GOALS):
        return ""
    goal = goal_of(sight.person.pk, decision.purpose.goal)
    return goal.words if goal else ""


def _write_down(sight: Sight, decision: Decision) -> str:
    """Where the contact is noted that was just allowed, for whoever may note one."""
    if decision.use != Use.DONE or not sight.may(Right.LOG_CONTACTS):
        return ""
    return address_of(kind="write_down.decision", case_id=decision.case, subject_id=decision.pk)


def asked_now(user: object, then: May, policy: Policy, member: FamilyMember) -> May:
    """The same question with the facts and the policy of this moment, for whoever reads what was answered.

    `member` was read with everything that the answer may rest on.
    """
    at, said = now(), purpose_of(member)
    purpose = Purpose.NONE if said is None else Purpose.GOAL if said.goal else Purpose.OTHER
    question = replace(then.question, role=role_of(user, policy), purpose=purpose, hour=hour_of(at))
    facts = known_about([member], at=at)[member.pk].for_question(question)
    return May(question, facts, policy, decide(question, facts, policy))


def decided_again(decision: Decision, current: Policy) -> May | None:
    """The same question on the same facts under the same policy; None where the facts were erased."""
    policy = current if current.version == decision.policy else policy_numbered(decision.policy)
    if decision.basis.content is None or policy is None:
        return None
    question, facts = from_stored(decision.basis.content)
    return May(question, facts, policy, decide(question, facts, policy))
