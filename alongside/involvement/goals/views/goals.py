"""What the person works on, looking at it together, and the sheet they take home."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.documents.rendering import UnprintableTextError, render_pdf
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import posted
from alongside.involvement.goals.actions import (
    Reviewed,
    change_goal,
    correct_goal,
    end_goal,
    note_printed,
    review_goals,
    set_goal,
)
from alongside.involvement.goals.forms import (
    EndForm,
    GoalForm,
    GoalWordsForm,
    InsteadForm,
    ReviewForm,
    SheetForm,
    initial_goal,
)
from alongside.involvement.goals.models import GoalState, Going, HelperSays, StepBy
from alongside.involvement.goals.queries import every_goal_of, goals_of
from alongside.involvement.goals.rules import (
    MOST_GOALS,
    GoalFacts,
    StepFacts,
    TooManyGoalsError,
    may_add_goal,
    may_be_told,
)
from alongside.involvement.goals.sheet import Parts, sheet_of
from alongside.involvement.goals.views.shared import (
    CURRENT,
    WHAT,
    draw_form,
    goal_to_edit,
    to_edit,
)
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.permissions.rules import Direction


@require_GET
def show_goals(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What the person works on, and what they once did."""
    sight = case_for(request, person_id, right=Right.SEE_GOALS, what=WHAT)
    goals, past = every_goal_of(person_id)
    told = _told(sight, goals)
    return render_case(
        request,
        "involvement/goals/goals.html",
        sight,
        current=CURRENT,
        goals=[_shown(goal, told) for goal in goals],
        past=[{"facts": goal, "state": GoalState(goal.state).label, "area": label_of(goal.area_id)} for goal in past],
        may_edit=sight.may(Right.EDIT_GOALS),
        may_add=may_add_goal(len(goals)),
        most=MOST_GOALS,
        reviewed_on=max((goal.last_review.on for goal in goals if goal.last_review), default=None),
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down a goal."""
    sight = to_edit(request, person_id)
    form = GoalForm(**posted(request))
    if form.is_valid():
        try:
            set_goal(by=user_of(request), person=sight.person, set_on=today(), **form.cleaned_data)
        except TooManyGoalsError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, "Written down. What is the first small step?")
            return redirect(CURRENT, person_id)
    return draw_form(
        request,
        sight,
        form,
        title=f"Something that {sight.person.called} wants",
        words="Ask, and write down what they say. It is theirs: nothing here is a condition of their order.",
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Mend how a goal is written down."""
    sight, goal = goal_to_edit(request, person_id, goal_id)
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
    return draw_form(request, sight, form, title="Change how it is written down")


@require_http_methods(["GET", "POST"])
def instead(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """The person wants something else instead."""
    sight, goal = goal_to_edit(request, person_id, goal_id)
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
    return draw_form(
        request, sight, form, title=f"What does {sight.person.called} want instead?", words=f"Until now: “{goal.words}”"
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """A goal is done, or left."""
    sight, goal = goal_to_edit(request, person_id, goal_id)
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
    return draw_form(request, sight, form, title="How does this goal end?", words=f"“{goal.words}”")


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Look at the goals together."""
    sight = to_edit(request, person_id)
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
    return draw_form(request, sight, form, title="Look at the goals together", button="Keep it")


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
    return draw_form(
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


def _told(sight: Sight, goals: list[GoalFacts]) -> dict[UUID, bool]:
    """For those who may see permissions: whether each helper may be talked with about the plan."""
    helpers = {helper.family_member_id for goal in goals for helper in goal.helpers}
    if not helpers or not sight.may(Right.SEE_PERMISSIONS):
        return {}
    facts = permission_facts(helpers, at=timezone.now())
    return {
        member_id: may_be_told(refused=one.refused, topics=one.topics(Direction.TO_THEM))
        for member_id, one in facts.items()
    }


def _shown(goal: GoalFacts, told: dict[UUID, bool]) -> dict[str, Any]:
    on = today()
    return {
        "facts": goal,
        "area": label_of(goal.area_id),
        "open": [_shown_step(step, overdue=step.overdue(on)) for step in goal.open_steps],
        "done": [_shown_step(step) for step in goal.done_steps],
        "helpers": [
            {"facts": helper, "says": HelperSays(helper.says).label, "told": told.get(helper.family_member_id)}
            for helper in goal.helpers
        ],
        "going": Going(goal.last_review.going).label if goal.last_review else "",
    }


def _shown_step(step: StepFacts, *, overdue: bool = False) -> dict[str, Any]:
    return {"facts": step, "by": step.helper or StepBy(step.who).label, "overdue": overdue}
