"""Pages of goals: what the person works on, who helps, looking at it together, and the sheet they take home."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.documents.rendering import UnprintableTextError, render_pdf
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import GovForm, posted
from alongside.involvement.goals.actions import (
    NotTheirsError,
    Reviewed,
    TooManyStepsError,
    add_step,
    change_goal,
    change_help,
    change_step,
    correct_goal,
    drop_step,
    end_goal,
    end_help,
    name_helper,
    note_printed,
    review_goals,
    set_goal,
    tick_step,
    untick_step,
)
from alongside.involvement.goals.forms import (
    EndForm,
    GoalForm,
    GoalWordsForm,
    HelpForm,
    InsteadForm,
    ReviewForm,
    SheetForm,
    StepForm,
    initial_goal,
    initial_help,
    initial_step,
)
from alongside.involvement.goals.models import Goal, GoalState, Going, Help, HelperSays, Step, StepBy
from alongside.involvement.goals.queries import goals_of, last_reviewed_on, past_goals_of
from alongside.involvement.goals.rules import (
    MOST_GOALS,
    GoalFacts,
    StepFacts,
    TooManyGoalsError,
    enforcing_words,
    may_add_goal,
)
from alongside.involvement.goals.sheet import Parts, sheet_of
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members

CURRENT = "goals:goals"
WHAT = "goals.goals"
MEANWHILE = "Someone changed this meanwhile. Look at it as it stands now, then try again."


@require_GET
def show_goals(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What the person works on, and what they once did."""
    sight = case_for(request, person_id, right=Right.SEE_GOALS, what=WHAT)
    goals = goals_of(person_id)
    return render_case(
        request,
        "involvement/goals/goals.html",
        sight,
        current=CURRENT,
        goals=[_shown(goal) for goal in goals],
        past=[
            {"facts": goal, "state": GoalState(goal.state).label, "area": label_of(goal.area_id)}
            for goal in past_goals_of(person_id)
        ],
        may_edit=sight.may(Right.EDIT_GOALS),
        may_add=may_add_goal(len(goals)),
        most=MOST_GOALS,
        reviewed_on=last_reviewed_on(person_id) if goals else None,
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down a goal."""
    sight = _edit(request, person_id)
    form = GoalForm(**posted(request))
    if form.is_valid():
        try:
            set_goal(by=user_of(request), person=sight.person, set_on=today(), **form.cleaned_data)
        except TooManyGoalsError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, "Written down. What is the first small step?")
            return redirect(CURRENT, person_id)
    return _form(
        request,
        sight,
        form,
        title=f"Something that {sight.person.called} wants",
        words="Ask, and write down what they say. It is theirs: nothing here is a condition of their order.",
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Mend how a goal is written down."""
    sight, goal = _goal(request, person_id, goal_id)
    form = GoalWordsForm(**posted(request), initial=initial_goal(goal))
    if form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            correct_goal(by=user_of(request), goal=goal, seen_version=typed.pop("version"), **typed)
        except ChangedMeanwhileError:
            goal.refresh_from_db()
            form.changed_meanwhile(initial_goal(goal), by=last_editor(person_id, goal.pk))
        else:
            messages.success(request, "Saved.")
            return redirect(CURRENT, person_id)
    return _form(request, sight, form, title="Change how it is written down")


@require_http_methods(["GET", "POST"])
def instead(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """The person wants something else instead."""
    sight, goal = _goal(request, person_id, goal_id)
    form = InsteadForm(**posted(request), initial={"area_id": str(goal.area_id), "version": goal.version})
    if form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            change_goal(by=user_of(request), goal=goal, seen_version=typed.pop("version"), on=today(), **typed)
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, goal.pk))
        else:
            messages.success(request, "The new goal stands in place of the old one. The old one is kept.")
            return redirect(CURRENT, person_id)
    return _form(
        request, sight, form, title=f"What does {sight.person.called} want instead?", words=f"Until now: “{goal.words}”"
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """A goal is done, or left."""
    sight, goal = _goal(request, person_id, goal_id)
    form = EndForm(**posted(request), initial={"version": goal.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            end_goal(
                by=user_of(request),
                goal=goal,
                seen_version=typed["version"],
                state=GoalState(typed["state"]),
                reason=typed["reason"],
                on=today(),
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, goal.pk))
        else:
            messages.success(request, "Kept among the goals of before.")
            return redirect(CURRENT, person_id)
    return _form(request, sight, form, title="How does this goal end?", words=f"“{goal.words}”")


@require_http_methods(["GET", "POST"])
def add_a_step(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Add a next step."""
    sight, goal = _goal(request, person_id, goal_id)
    form = StepForm(**posted(request), person=sight.person, members=_members(person_id))
    if form.is_valid():
        values = form.values()
        try:
            add_step(by=user_of(request), goal=goal, by_whom=values.pop("who"), **values)
        except TooManyStepsError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, "The step is added.")
            return redirect(CURRENT, person_id)
    return _form(request, sight, form, title="Add a next step", words=f"Towards: “{goal.words}”")


@require_http_methods(["GET", "POST"])
def change_a_step(request: HttpRequest, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Change a step."""
    sight, goal = _goal(request, person_id, goal_id)
    step = _step(goal, step_id)
    members = _members(person_id)
    form = StepForm(**posted(request), person=sight.person, members=members, initial=initial_step(step))
    if form.is_valid():
        seen = form.cleaned_data["version"] or 0
        try:
            change_step(by=user_of(request), step=step, seen_version=seen, **form.values())
        except ChangedMeanwhileError:
            step.refresh_from_db()
            form.changed_meanwhile(initial_step(step), by=last_editor(person_id, step.pk))
        else:
            messages.success(request, "Saved.")
            return redirect(CURRENT, person_id)
    return _form(request, sight, form, title="Change the step", words=f"Towards: “{goal.words}”")


@require_POST
def tick(request: HttpRequest, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Tick a step off, or take the tick back."""
    _sight, goal = _goal(request, person_id, goal_id)
    step = _step(goal, step_id)
    try:
        if step.done_on is None:
            tick_step(by=user_of(request), step=step, seen_version=_seen(request), on=today())
            messages.success(request, f"Done: {step.words}")
        else:
            untick_step(by=user_of(request), step=step, seen_version=_seen(request))
            messages.success(request, f"Open again: {step.words}")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(CURRENT, person_id)


@require_POST
def drop(request: HttpRequest, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Take a step away."""
    _sight, goal = _goal(request, person_id, goal_id)
    step = _step(goal, step_id)
    try:
        drop_step(by=user_of(request), step=step, seen_version=_seen(request), on=today())
        messages.success(request, f"Taken away: {step.words}")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(CURRENT, person_id)


@require_http_methods(["GET", "POST"])
def add_help(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Name who may help with a goal."""
    sight, goal = _goal(request, person_id, goal_id)
    members = _members(person_id)
    if not members:
        messages.info(request, "Add someone whom they name as family or friend first, then say how they may help.")
        return redirect("casework:add_family_member", person_id)
    form = HelpForm(**posted(request), members=members)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            name_helper(
                by=user_of(request),
                goal=goal,
                member=form.members[typed["member"]],
                what=typed["what"],
                says=typed["says"],
                since=today(),
            )
        except NotTheirsError as error:
            form.add_error("member", str(error))
        else:
            messages.success(request, "Noted.")
            return redirect(CURRENT, person_id)
    return _form(request, sight, form, title=f"Who may help {sight.person.called} with this?", words=f"“{goal.words}”")


@require_http_methods(["GET", "POST"])
def change_a_help(request: HttpRequest, person_id: UUID, goal_id: UUID, help_id: UUID) -> HttpResponse:
    """Change what a helper may do, or what they say to it."""
    sight, goal = _goal(request, person_id, goal_id)
    help_ = _help(goal, help_id)
    form = HelpForm(**posted(request), members=[help_.family_member], initial=initial_help(help_))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            change_help(
                by=user_of(request),
                help_=help_,
                seen_version=typed["version"] or 0,
                what=typed["what"],
                says=typed["says"],
            )
        except ChangedMeanwhileError:
            help_.refresh_from_db()
            form.changed_meanwhile(initial_help(help_), by=last_editor(person_id, help_.pk))
        else:
            messages.success(request, "Saved.")
            return redirect(CURRENT, person_id)
    return _form(
        request, sight, form, title=f"How {help_.family_member.name} may help", words=f"Towards: “{goal.words}”"
    )


@require_POST
def stop_help(request: HttpRequest, person_id: UUID, goal_id: UUID, help_id: UUID) -> HttpResponse:
    """Someone no longer helps with this goal."""
    _sight, goal = _goal(request, person_id, goal_id)
    help_ = _help(goal, help_id)
    try:
        end_help(by=user_of(request), help_=help_, seen_version=_seen(request), on=today())
        messages.success(request, f"{help_.family_member.name} is no longer named as helping with this.")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(CURRENT, person_id)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Look at the goals together."""
    sight = _edit(request, person_id)
    goals = goals_of(person_id)
    if not goals:
        messages.info(request, "There is no goal to look at yet. Begin with one.")
        return redirect("goals:add", person_id)
    form = ReviewForm(**posted(request), goals=goals)
    if form.is_valid():
        review_goals(
            by=user_of(request),
            person=sight.person,
            on=today(),
            reviewed=[Reviewed(*answer) for answer in form.answers()],
            present=form.cleaned_data["present"],
            next_on=form.cleaned_data["next_on"],
        )
        messages.success(request, "Kept. The next look is among what needs doing.")
        return redirect(CURRENT, person_id)
    return _form(request, sight, form, title="Look at the goals together", button="Keep it")


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The sheet that the person takes home: they choose what stands on it."""
    sight = case_for(request, person_id, right=Right.EDIT_GOALS, what="goals.sheet")
    goals = goals_of(person_id)
    if not goals:
        messages.info(request, "There is no goal to put on paper yet. Begin with one.")
        return redirect("goals:add", person_id)
    form = SheetForm(
        **posted(request),
        offered=goals,
        initial={
            "goals": [str(goal.id) for goal in goals],
            "language": "cy" if sight.person.preferred_language_id == "language.cy" else "en",
        },
    )
    if form.is_valid():
        typed = form.cleaned_data
        chosen = [goal for goal in goals if str(goal.id) in typed["goals"]]
        document = sheet_of(
            person=sight.person, goals=chosen, parts=Parts.of(typed["parts"]), language=typed["language"], day=today()
        )
        try:
            pdf = render_pdf(document)
        except UnprintableTextError as error:
            form.add_error("goals", ValidationError(str(error)))
        else:
            ids = [goal.id for goal in chosen]
            note_printed(by=user_of(request), person=sight.person, goal_ids=ids, language=typed["language"])
            return _download(pdf, "goals.pdf")
    return _form(
        request,
        sight,
        form,
        title="A sheet to take home",
        words=f"{sight.person.called} chooses what stands on it, and decides who sees it.",
        button="Make the sheet",
    )


def _download(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _shown(goal: GoalFacts) -> dict[str, Any]:
    on = today()
    return {
        "facts": goal,
        "area": label_of(goal.area_id),
        "open": [_shown_step(step, overdue=step.overdue(on)) for step in goal.open_steps],
        "done": [_shown_step(step) for step in goal.done_steps],
        "helpers": [
            {"facts": helper, "says": HelperSays(helper.says).label, "enforces": enforcing_words(helper.what)}
            for helper in goal.helpers
        ],
        "going": Going(goal.last_review.going).label if goal.last_review else "",
    }


def _shown_step(step: StepFacts, *, overdue: bool = False) -> dict[str, Any]:
    return {"facts": step, "by": step.helper or StepBy(step.who).label, "overdue": overdue}


def _edit(request: HttpRequest, person_id: UUID) -> Sight:
    return case_for(request, person_id, right=Right.EDIT_GOALS, what=WHAT)


def _goal(request: HttpRequest, person_id: UUID, goal_id: UUID) -> tuple[Sight, Goal]:
    sight = _edit(request, person_id)
    goal = Goal.objects.select_related("person").filter(person=person_id, pk=goal_id, state=GoalState.WORKING).first()
    if goal is None:
        raise Http404
    return sight, goal


def _step(goal: Goal, step_id: UUID) -> Step:
    step = Step.objects.select_related("goal", "helper").filter(goal=goal, pk=step_id, dropped_on__isnull=True).first()
    if step is None:
        raise Http404
    return step


def _help(goal: Goal, help_id: UUID) -> Help:
    rows = Help.objects.select_related("goal", "family_member").filter(goal=goal, pk=help_id, ended_on__isnull=True)
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _members(person_id: UUID) -> list[FamilyMember]:
    return [member for member in current_members(person_id) if not member.deceased]


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def _form(
    request: HttpRequest, sight: Sight, form: GovForm, *, title: str, words: str = "", button: str = "Save"
) -> HttpResponse:
    return render_case(
        request,
        "involvement/goals/form.html",
        sight,
        current=CURRENT,
        form=form,
        title=title,
        words=words,
        button=button,
    )
