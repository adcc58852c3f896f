"""Steps towards a goal, and who may help with it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.goals.actions import (
    NotTheirsError,
    TooManyStepsError,
    add_step,
    change_help,
    change_step,
    drop_step,
    end_help,
    name_helper,
    tick_step,
    untick_step,
)
from alongside.involvement.goals.forms import (
    HelpForm,
    StepForm,
    initial_help,
    initial_step,
)
from alongside.involvement.goals.models import Goal, Help, Step
from alongside.involvement.goals.views.shared import (
    CURRENT,
    MEANWHILE,
    draw_form,
    goal_to_edit,
    seen_version,
)
from alongside.people.casework.queries.editors import last_editor
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members


@require_http_methods(["GET", "POST"])
def add_a_step(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Add a next step."""
    sight, goal = goal_to_edit(request, person_id, goal_id)
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
    return draw_form(request, sight, form, title="Add a next step", words=f"Towards: “{goal.words}”")


@require_http_methods(["GET", "POST"])
def change_a_step(request: HttpRequest, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Change a step."""
    sight, goal = goal_to_edit(request, person_id, goal_id)
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
    return draw_form(request, sight, form, title="Change the step", words=f"Towards: “{goal.words}”")


@require_POST
def tick(request: HttpRequest, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Tick a step off, or take the tick back."""
    _sight, goal = goal_to_edit(request, person_id, goal_id)
    step = _step(goal, step_id)
    try:
        if step.done_on is None:
            tick_step(by=user_of(request), step=step, seen_version=seen_version(request), on=today())
            messages.success(request, f"Done: {step.words}")
        else:
            untick_step(by=user_of(request), step=step, seen_version=seen_version(request))
            messages.success(request, f"Open again: {step.words}")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(CURRENT, person_id)


@require_POST
def drop(request: HttpRequest, person_id: UUID, goal_id: UUID, step_id: UUID) -> HttpResponse:
    """Take a step away."""
    _sight, goal = goal_to_edit(request, person_id, goal_id)
    step = _step(goal, step_id)
    try:
        drop_step(by=user_of(request), step=step, seen_version=seen_version(request), on=today())
        messages.success(request, f"Taken away: {step.words}")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(CURRENT, person_id)


@require_http_methods(["GET", "POST"])
def add_help(request: HttpRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    """Name who may help with a goal."""
    sight, goal = goal_to_edit(request, person_id, goal_id)
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
    return draw_form(
        request, sight, form, title=f"Who may help {sight.person.called} with this?", words=f"“{goal.words}”"
    )


@require_http_methods(["GET", "POST"])
def change_a_help(request: HttpRequest, person_id: UUID, goal_id: UUID, help_id: UUID) -> HttpResponse:
    """Change what a helper may do, or what they say to it."""
    sight, goal = goal_to_edit(request, person_id, goal_id)
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
    return draw_form(
        request, sight, form, title=f"How {help_.family_member.name} may help", words=f"Towards: “{goal.words}”"
    )


@require_POST
def stop_help(request: HttpRequest, person_id: UUID, goal_id: UUID, help_id: UUID) -> HttpResponse:
    """Someone no longer helps with this goal."""
    _sight, goal = goal_to_edit(request, person_id, goal_id)
    help_ = _help(goal, help_id)
    try:
        end_help(by=user_of(request), help_=help_, seen_version=seen_version(request), on=today())
        messages.success(request, f"{help_.family_member.name} is no longer named as helping with this.")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(CURRENT, person_id)


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
