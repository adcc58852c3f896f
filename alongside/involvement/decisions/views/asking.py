"""May I? Who it is, what one wants to do, the answer, and what one does with it."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import LONDON
from alongside.foundation.records.prepared import steady
from alongside.foundation.ui.forms import posted
from alongside.involvement.decisions.actions.keeping import Why, keep_answer, say_purpose
from alongside.involvement.decisions.asking import Shown, hour_of, now, only_purpose_is_missing, role_of, show, token_of
from alongside.involvement.decisions.finding import found_context, found_for, members_of
from alongside.involvement.decisions.forms import KNOWING, AskForm, PurposeForm, UseForm
from alongside.involvement.decisions.identifying import offered
from alongside.involvement.decisions.models import Decision, PurposeSaid, Use
from alongside.involvement.decisions.queries.gathering import May, known_about, with_facts
from alongside.involvement.decisions.queries.kept import decisions_of, purpose_of, with_purpose
from alongside.involvement.decisions.queries.policies import policy_on
from alongside.involvement.decisions.rules import RULES, Outcome, Purpose, decide
from alongside.involvement.decisions.words import SHORT, words_of
from alongside.involvement.goals.queries import goals_of
from alongside.involvement.goals.rules import GoalFacts
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import (
    ReadingMember,
    case_for,
    member_or_404,
    render_case,
    render_member,
    say_who_can_open,
)
from alongside.people.families.models import FamilyMember
from alongside.safety.guidance.reading import Shown as Guidance
from alongside.safety.guidance.reading import at_point, note_read
from alongside.safety.guidance.rules import Point
from alongside.safety.permissions.queries import permission_facts_of
from alongside.safety.permissions.words import headline, lines

WHAT = "decisions.may_i"
CURRENT = "decisions:case"
HERE = "decisions:ask"
TEMPLATES = "involvement/decisions"
NOTED = RULES["budget.spent_known"].finding.condition
LAST_SHOWN = 5
LONGEST_QUERY = 100


@require_GET
@needs(Right.ASK_MAY_I)
def start(request: HttpRequest) -> HttpResponse:
    """Somebody rings, or stands at the desk: find whom it is about, among the cases that the user may see."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    found = found_for(user_of(request), query) if query else []
    record_consultation(by=user_of(request), what="decisions.start")
    if len(found) == 1:
        return redirect(HERE, found[0].person_id, found[0].pk)
    return render(request, f"{TEMPLATES}/start.html", found_context(query, found))


@require_GET
def of_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Whom of this person's family it is about."""
    sight = case_for(request, person_id, right=Right.ASK_MAY_I, what=WHAT)
    return render_case(
        request, f"{TEMPLATES}/case.html", sight, current=CURRENT, members=members_of(person_id), unknown=True
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The question, and its answer."""
    sight, member = sight_of_member(request, person_id, member_id, reading=_with_all)
    purpose = purpose_of(member)
    goals = goals_of(person_id) if sight.may(Right.SEE_GOALS) else []
    form = AskForm(**posted(request), initial=_begun(request))
    why = PurposeForm(request.POST if request.method == "POST" else None, goals=goals)
    if request.method == "POST" and form.is_valid() and why.is_valid():
        may = _may(request, member, form, purpose)
        if form.needs_purpose and (why.said or only_purpose_is_missing(may.answer)):
            why.require()
        if not why.errors:
            if why.said:
                purpose = _purpose(request, member, why)
                may = _may(request, member, form, purpose)
            return _answer(request, sight, member, may, form, purpose)
    known = known_about([member], at=now())[member.pk]
    form.offer(offered(known.facts, KNOWING, may_compare=sight.may(Right.SEE_PERMISSIONS)))
    return render_member(
        request,
        f"{TEMPLATES}/ask.html",
        sight,
        member,
        here=HERE,
        form=form,
        why=why,
        purpose=purpose,
        serves=goal_words(purpose, goals),
        last=_last(sight, member) if request.method == "GET" else [],
    )


def goal_words(purpose: PurposeSaid | None, goals: Iterable[GoalFacts]) -> str:
    """The goal that a purpose serves, in the person's words; empty for another reason, or where it is not shown."""
    return next((goal.words for goal in goals if purpose and goal.id == purpose.goal), "")


@steady
def _with_all(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    return with_purpose(with_facts(members))


def _last(sight: Sight, member: FamilyMember) -> list[tuple[Decision, str, str]]:
    rows = decisions_of(member.pk, by_law=sight.may(Right.SEE_PROTECTED))[:LAST_SHOWN]
    return [(row, SHORT[Outcome(row.outcome)], words_of(row).lower()) for row in rows]


def _begun(request: HttpRequest) -> dict[str, str]:
    """What a link to the question knows already: who it is, and what is wanted."""
    return {name: request.GET[name] for name in ("identity", "act", "tell_topic") if request.GET.get(name)}


def _purpose(request: HttpRequest, member: FamilyMember, form: PurposeForm) -> PurposeSaid:
    said = form.cleaned_data
    why = Why(why_them=said["why_them"], why_now=said["why_now"], will_do=said["will_do"], goal=form.goal_id)
    return say_purpose(by=user_of(request), member=member, why=why)


def _may(request: HttpRequest, member: FamilyMember, form: AskForm, purpose: PurposeSaid | None) -> May:
    at = now()
    policy = policy_on(at.astimezone(LONDON).date())
    held = Purpose.NONE if purpose is None else Purpose.GOAL if purpose.goal else Purpose.OTHER
    question = form.question(role=role_of(request.user, policy), purpose=held, hour=hour_of(at))
    facts = known_about([member], at=at)[member.pk].for_question(question)
    return May(question, facts, policy, decide(question, facts, policy))


def _answer(
    request: HttpRequest,
    sight: Sight,
    member: FamilyMember,
    may: May,
    form: AskForm,
    purpose: PurposeSaid | None,
    *,
    changed: bool = False,
    used: UseForm | None = None,
) -> HttpResponse:
    shown: Shown = show(may, sight=sight, member=member)
    said = permission_facts_of(member, at=now()) if sight.may(Right.SEE_PERMISSIONS) else None
    return render_member(
        request,
        f"{TEMPLATES}/answer.html",
        sight,
        member,
        here=HERE,
        shown=shown,
        changed=changed,
        asked=_asked(form),
        use_form=_to_use(may, used, shown),
        guidance=_guidance(request, sight, may),
        question=may.question,
        purpose=purpose,
        permits=(headline(said, called=sight.person.called), *lines(said)) if said else (),
    )


def _to_use(may: May, used: UseForm | None, shown: Shown) -> UseForm:
    """The form, which asks for the note by name where that is among the conditions that the user is shown."""
    form = used if used is not None and used.is_bound and used.errors else to_use(may, used)
    if NOTED in shown.conditions:
        form.ask_why()
    return form


def to_use(may: May, used: UseForm | None) -> UseForm:
    """The form that goes with an answer: what was typed stays, held against the answer that is shown now."""
    if used is None:
        return UseForm(initial={"seen": token_of(may)})
    return UseForm({"seen": token_of(may), "note": used.data.get("note", "")})


def _guidance(request: HttpRequest, sight: Sight, may: May) -> Guidance | None:
    """The guidance on abuse, where anything speaks of it and the user may know: one statement, and else none."""
    if not sight.may(Right.SEE_SAFETY) or not may.facts.abuse_indicated:
        return None
    return at_point(request, Point.MAY_I)


def _asked(form: AskForm) -> list[tuple[str, str]]:
    """The question again, as hidden fields carry it to its use."""
    return [(name, str(form.cleaned_data.get(name) or "")) for name in form.fields]


@require_POST
def use(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Keep the answer that was shown: done, asked about first, or heeded. It is answered again before it is kept."""
    sight, member = sight_of_member(request, person_id, member_id, reading=_with_all)
    form, used = AskForm(request.POST), UseForm(request.POST)
    if not form.is_valid() or request.POST.get("use") not in Use.values:
        messages.error(request, "That could not be kept. Ask again; nothing was recorded.")
        return redirect(HERE, person_id, member_id)
    purpose = purpose_of(member)
    may = _may(request, member, form, purpose)
    if not used.is_valid():
        return _answer(request, sight, member, may, form, purpose, used=used)
    if token_of(may) != used.cleaned_data["seen"]:
        return _answer(request, sight, member, may, form, purpose, changed=True, used=used)
    chosen = Use(request.POST["use"])
    if chosen is Use.DONE and NOTED in show(may, sight=sight, member=member).conditions and used.must_say_why():
        return _answer(request, sight, member, may, form, purpose, used=used)
    try:
        decision = keep_answer(
            by=user_of(request),
            member=member,
            may=may,
            use=chosen,
            purpose=purpose,
            note=used.cleaned_data["note"],
        )
    except ValueError:
        return _answer(request, sight, member, may, form, purpose, changed=True, used=used)
    note_read(request, Point.MAY_I)
    messages.success(request, _KEPT[chosen])
    if chosen is Use.ASKED:
        say_who_can_open(request, person_id)
    return redirect("decisions:kept", person_id, decision.pk)


_KEPT = {
    Use.DONE: "Kept, with the reasons. Keep to the conditions while you do it.",
    Use.ASKED: "Asked. You will find the answer under “What needs doing” on your start page.",
    Use.HELD: "Kept: you asked, and did not do it.",
}


def sight_of_member(
    request: HttpRequest,
    person_id: UUID,
    member_id: UUID,
    *,
    right: Right = Right.ASK_MAY_I,
    reading: ReadingMember | None = None,
) -> tuple[Sight, FamilyMember]:
    """The case and one of its family members, read with `reading`; 404 for anyone else and for anyone else's."""
    sight = case_for(request, person_id, right=right, what=WHAT)
    member = member_or_404(person_id, member_id, reading=reading)
    member.person = sight.person
    if not sight.may(Right.SEE_FAMILY):
        raise Http404
    return sight, member


__all__ = ["ask", "of_case", "sight_of_member", "start", "to_use", "use"]
