"""Standing someone down without giving anything away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import content
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.work.actions import OwnWorkError
from alongside.people.allocations.queries import holder_of
from alongside.people.casework.frames import render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.safety.flags.actions import (
    PlanStandsError,
    PlanStateError,
    agree_plan,
    change_plan,
    end_plan,
    prepare_plan,
    tell_plan,
)
from alongside.safety.flags.forms import (
    TOLD_HOW,
    ChangePlanForm,
    EndPlanForm,
    PlanForm,
    StepForm,
    ToldForm,
    initial_plan,
)
from alongside.safety.flags.models import PlanState, StandDownPlan
from alongside.safety.flags.queries import plans_of_case
from alongside.safety.flags.views.common import CURRENT, form_page, home_of, member_if_any, sight_for

AGREES = (Right.APPROVE, Right.KEEP_ADVOCACY)


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Prepare a plan for one family member."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    member = member_if_any(person_id, member_id)
    if member is None:
        raise Http404
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = prepare_plan(by=user_of(request), member=member, values=form.values())
        except PlanStandsError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Prepared. Nothing changes for anyone until it is agreed and they are told.")
            return redirect("flags:plan", person_id, plan.pk)
    return form_page(
        request,
        sight,
        form,
        title=f"Stand {member.name} down",
        words="A flag stops staff at once. This plan is how the family learns that contact pauses, and nothing more.",
        back=home_of(person_id, member),
        button="Prepare the plan",
    )


@require_GET
def show(request: HttpRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    """One plan: the words, the day, the cover, and what comes next."""
    sight = sight_for(request, person_id)
    plan = _plan(person_id, plan_id)
    user = user_of(request)
    agrees = any(sight.may(right) for right in AGREES)
    edits = sight.may(Right.EDIT_SAFETY)
    involved = [one for one in (plan.prepared_by, plan.agreed_by) if one]
    names: dict[UUID | None, str] = dict(User.objects.filter(pk__in=involved).values_list("pk", "name"))
    held = holder_of(sight.person)
    said = {
        "name": plan.family_member.given_name,
        "office": held.team if held else "our office",
        "telephone": held.telephone if held and held.telephone else "the number of our office",
    }
    words = [content(plan.words_key, language) for language in ("en", "cy")]
    return render_case(
        request,
        "safety/flags/plan.html",
        sight,
        current=CURRENT,
        plan=plan,
        state=PlanState(plan.state),
        told_how=dict(TOLD_HOW)[plan.told_how],
        prepared_by=names.get(plan.prepared_by, ""),
        agreed_by=names.get(plan.agreed_by, ""),
        words=[(one, one.html(said)) for one in words],
        may_agree=plan.state == PlanState.DRAFT and agrees and plan.prepared_by != user.pk,
        waits_for_another=plan.state == PlanState.DRAFT and not (agrees and plan.prepared_by != user.pk),
        may_change=plan.state in {PlanState.DRAFT, PlanState.AGREED} and edits,
        may_tell=plan.state == PlanState.AGREED and edits,
        not_before=_not_before(plan) if plan.state == PlanState.AGREED else "",
        may_end=plan.state != PlanState.ENDED and edits,
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    """Change a plan that nobody was told of yet."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    plan = _plan(person_id, plan_id)
    form = ChangePlanForm(request.POST if request.method == "POST" else None, initial=initial_plan(plan))
    if request.method == "POST" and form.is_valid():
        try:
            change_plan(by=user_of(request), plan=plan, seen_version=form.cleaned_data["version"], values=form.values())
        except ChangedMeanwhileError:
            plan.refresh_from_db()
            form.changed_meanwhile(initial_plan(plan), by=last_editor(person_id, plan_id))
        except PlanStateError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved. Someone else has to agree it again.")
            return redirect("flags:plan", person_id, plan_id)
    title = f"Change the plan for {plan.family_member.name}"
    return form_page(request, sight, form, title=title, back=_address(plan))


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    """Agree a plan that someone else prepared: a senior, the safeguarding lead or the adviser."""
    sight = sight_for(request, person_id, *AGREES)
    plan = _plan(person_id, plan_id)
    form = StepForm(request.POST if request.method == "POST" else None, initial={"version": plan.version})
    if request.method == "POST" and form.is_valid():
        try:
            agree_plan(by=user_of(request), plan=plan, seen_version=form.cleaned_data["version"])
        except ChangedMeanwhileError:
            messages.warning(request, "Someone changed this plan while you were reading. Read it again, then agree it.")
            return redirect("flags:plan", person_id, plan_id)
        except (OwnWorkError, PlanStateError) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Agreed. The officer tells them on the day, in the agreed words.")
            return redirect("flags:plan", person_id, plan_id)
    return form_page(
        request,
        sight,
        form,
        title="Agree this plan?",
        words=f"{plan.family_member.name} is told on {plan.tell_on:%-d %B %Y}. Cover: {plan.cover}",
        back=_address(plan),
        button="Agree it",
    )


@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    """Note that the family was told."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    plan = _plan(person_id, plan_id)
    form = ToldForm(
        request.POST if request.method == "POST" else None, initial={"told_on": today(), "version": plan.version}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            tell_plan(by=user_of(request), plan=plan, seen_version=typed["version"], told_on=typed["told_on"])
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, plan_id))
        except PlanStateError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Noted.")
            return redirect("flags:plan", person_id, plan_id)
    return form_page(
        request,
        sight,
        form,
        title=f"{plan.family_member.name} was told",
        words=f"{_not_before(plan)}In the agreed words, and no others. If they asked why, the words are the answer.",
        back=_address(plan),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    """End a plan. It opens nothing."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    plan = _plan(person_id, plan_id)
    form = EndPlanForm(request.POST if request.method == "POST" else None, initial={"version": plan.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            end_plan(by=user_of(request), plan=plan, seen_version=typed["version"], note=typed["note"])
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, plan_id))
        except PlanStateError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Ended. What else stops, still stops.")
            return redirect(home_of(person_id, plan.family_member))
    return form_page(request, sight, form, title="End this plan", back=_address(plan), button="End it")


def _not_before(plan: StandDownPlan) -> str:
    """That the agreed day has not come; empty from that day on. Too early, and they can tell what led to it."""
    if plan.tell_on <= today():
        return ""
    return f"The day that was agreed is {plan.tell_on:%-d %B %Y}. Tell them nothing before it. "


def _plan(person_id: UUID, plan_id: UUID) -> StandDownPlan:
    plan = plans_of_case(person_id).filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    return plan


def _address(plan: StandDownPlan) -> str:
    return reverse("flags:plan", args=[plan.person_id, plan.pk])
