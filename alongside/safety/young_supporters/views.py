"""Pages about supporters under 18: what has been done, what comes next, and what was excepted for them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import content
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import GovForm
from alongside.foundation.work.actions import DecidedAlreadyError, OwnWorkError, decide_approval
from alongside.foundation.work.models import Approval, ApprovalState
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_case, render_member
from alongside.people.casework.queries.editors import last_editor
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members
from alongside.safety.young_supporters import actions
from alongside.safety.young_supporters.forms import (
    AgeForm,
    DecideForm,
    EndExceptionForm,
    ExceptionForm,
    HeardForm,
    ParentForm,
    ToldForm,
    UnsafeForm,
    initial_of,
)
from alongside.safety.young_supporters.models import AgeException, ExceptionState, YoungSupporter
from alongside.safety.young_supporters.queries import YoungShown, exception_known, young_shown
from alongside.safety.young_supporters.rules import exception_holds, still_to_do

WHAT = "young_supporters.page"
CURRENT = "casework:family"
TOLD = "young_supporters.told"


@require_GET
def show(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What has been done for one family member who is, or may be, under 18, and what comes next."""
    sight, member = _member(request, person_id, member_id, right=Right.SEE_SAFETY)
    shown = young_shown(member, on=today())
    return render_member(
        request,
        "safety/young_supporters/young.html",
        sight,
        member,
        here="young_supporters:young",
        shown=shown,
        next_step=_next_step(member, shown) if sight.may(Right.EDIT_SAFETY) else None,
        exceptions=[_exception(row) for row in shown.exceptions],
        told_in=label_of(str(shown.noted.told_language_id or "")) if shown.noted else "",
        may_edit=sight.may(Right.EDIT_SAFETY),
    )


@require_http_methods(["GET", "POST"])
def age(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note what they said when asked whether they are under 18."""

    def save(by: User, typed: Mapping[str, Any], member: FamilyMember) -> object:
        return actions.say_age(by=by, member=member, seen_version=typed["version"], under_18=typed["under_18"])

    return _note(request, person_id, member_id, AgeForm, save, title="{}: are they under 18?")


@require_http_methods(["GET", "POST"])
def heard(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note that they were heard alone."""

    def save(by: User, typed: Mapping[str, Any], member: FamilyMember) -> object:
        return actions.hear_alone(
            by=by, member=member, seen_version=typed["version"], heard_on=typed["heard_on"], words=typed["words"]
        )

    words = (
        "Hear them before anyone else decides for them. Say first that you cannot promise to keep everything secret."
    )
    return _note(request, person_id, member_id, HeardForm, save, title="Hear {} alone", words=words)


@require_http_methods(["GET", "POST"])
def unsafe(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note why it is not safe to ask their parents."""

    def save(by: User, typed: Mapping[str, Any], member: FamilyMember) -> object:
        return actions.unsafe_to_ask_parents(
            by=by, member=member, seen_version=typed["version"], reason=typed["reason"]
        )

    return _note(request, person_id, member_id, UnsafeForm, save, title="It is not safe to ask the parents of {}")


@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Read to them what helping means, and note that they were told."""

    def save(by: User, typed: Mapping[str, Any], member: FamilyMember) -> object:
        return actions.tell_them(
            by=by,
            member=member,
            seen_version=typed["version"],
            told_on=typed["told_on"],
            language_id=typed["language"],
            questions=typed["questions"],
        )

    return _note(
        request, person_id, member_id, ToldForm, save, title="Tell {} what helping means", template="told.html"
    )


@require_POST
def safe(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Take back that it is not safe to ask their parents."""
    _, member = _member(request, person_id, member_id, right=Right.EDIT_SAFETY)
    noted = YoungSupporter.objects.filter(family_member=member).first()
    if noted is not None and noted.unsafe_on is not None:
        actions.safe_to_ask_parents(by=user_of(request), member=member, seen_version=noted.version)
        messages.success(request, "Taken back. Ask whoever has parental responsibility.")
    return _to(member)


@require_http_methods(["GET", "POST"])
def parents(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note that someone with parental responsibility was asked."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_SAFETY)
    adults = {one.pk: one.name for one in current_members(person_id) if one.pk != member_id and one.age_band_id is None}
    form = ParentForm(request.POST or None, adults=adults, initial={"asked_on": today()})
    if form.is_valid():
        actions.ask_parent(by=user_of(request), member=member, said=form.said())
        messages.success(request, "Noted.")
        return _to(member)
    return _form(
        request,
        sight,
        member,
        form,
        title=f"Ask whoever has parental responsibility for {member.name}",
        words="Ask only what they need to say yes or no. Tell them nothing of the sentence that they do not know.",
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Put an exception before someone who may approve it."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_SAFETY)
    form = ExceptionForm(request.POST or None, initial={"from_date": today()})
    if form.is_valid():
        try:
            actions.ask_for_exception(by=user_of(request), member=member, said=form.said())
        except actions.NotYetError as not_yet:
            form.add_error(None, str(not_yet))
        else:
            messages.success(request, "Sent to a senior officer. Until they approve it, nothing changes.")
            return _to(member)
    return _form(
        request,
        sight,
        member,
        form,
        title=f"Ask for an exception for {member.name}",
        words="Someone else decides, within five working days. It stays at practical help at most.",
        button="Send for approval",
    )


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, person_id: UUID, exception_id: UUID) -> HttpResponse:
    """One exception: to be decided by someone who may approve and did not ask for it, or as it was decided."""
    sight = case_for(request, person_id, right=Right.SEE_SAFETY, what=WHAT)
    row = AgeException.objects.select_related("family_member").filter(pk=exception_id).first()
    if row is None or row.family_member.person_id != person_id:
        raise Http404
    user, member = user_of(request), row.family_member
    may_decide = row.state == ExceptionState.WAITING and sight.may(Right.APPROVE) and row.asked_by != user.pk
    form = DecideForm(request.POST or None) if may_decide else None
    if form is not None and form.is_valid():
        approval = get_object_or_404(Approval, kind=actions.APPROVAL, subject=row.pk, state=ApprovalState.WAITING)
        state = ApprovalState(form.cleaned_data["state"])
        try:
            decide_approval(by=user, approval=approval, state=state, reason=form.cleaned_data["reason"])
        except (OwnWorkError, DecidedAlreadyError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{state.label}. {row.asked_by_name} sees what you said.")
            return _to(member)
    elif request.method == "POST" and form is None:
        messages.error(request, "You cannot decide on this. Someone who did not ask for it has to, and only once.")
        return redirect("young_supporters:exception", person_id, exception_id)
    return render_case(
        request,
        "safety/young_supporters/exception.html",
        sight,
        current=CURRENT,
        member=member,
        one=_exception(row),
        shown=young_shown(member, on=today()),
        form=form,
        may_edit=sight.may(Right.EDIT_SAFETY),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, exception_id: UUID) -> HttpResponse:
    """End an approved exception from today on."""
    sight = case_for(request, person_id, right=Right.EDIT_SAFETY, what=WHAT)
    row = AgeException.objects.select_related("family_member").filter(pk=exception_id).first()
    if row is None or row.family_member.person_id != person_id:
        raise Http404
    if row.state != ExceptionState.APPROVED or row.ended_on is not None:
        return redirect("young_supporters:exception", person_id, exception_id)
    form = EndExceptionForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            actions.end_exception(
                by=user_of(request),
                row=row,
                member=row.family_member,
                seen_version=typed["version"],
                reason=typed["reason"],
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, row.pk))
        else:
            messages.success(request, "The exception ends today.")
            return _to(row.family_member)
    title = f"End the exception for {row.family_member.name}"
    return _form(request, sight, row.family_member, form, title=title, button="End it today")


def _note(
    request: HttpRequest,
    person_id: UUID,
    member_id: UUID,
    form_class: type[GovForm],
    save: Callable[[User, Mapping[str, Any], FamilyMember], object],
    *,
    title: str,
    words: str = "",
    template: str = "form.html",
) -> HttpResponse:
    """A form that notes something on the one row of a supporter."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_SAFETY)
    noted = YoungSupporter.objects.filter(family_member=member).first()
    form = form_class(request.POST or None, initial=initial_of(noted))
    if form.is_valid():
        try:
            save(user_of(request), form.cleaned_data, member)
        except ChangedMeanwhileError as changed:
            now = changed.current
            if not isinstance(now, YoungSupporter):
                raise
            form.changed_meanwhile(initial_of(now), by=last_editor(person_id, now.pk))
        else:
            messages.success(request, "Noted.")
            return _to(member)
    return _form(request, sight, member, form, title=title.format(member.name), words=words, template=template)


def _form(
    request: HttpRequest,
    sight: Sight,
    member: FamilyMember,
    form: GovForm,
    *,
    title: str,
    words: str = "",
    button: str = "Save",
    template: str = "form.html",
) -> HttpResponse:
    return render_case(
        request,
        f"safety/young_supporters/{template}",
        sight,
        current=CURRENT,
        member=member,
        form=form,
        title=title,
        words=words,
        button=button,
        english=content(TOLD, "en"),
        welsh=content(TOLD, "cy"),
    )


def _member(request: HttpRequest, person_id: UUID, member_id: UUID, *, right: Right) -> tuple[Sight, FamilyMember]:
    sight = case_for(request, person_id, right=right, what=WHAT)
    if not sight.may(Right.SEE_FAMILY):
        raise Http404
    return sight, member_or_404(person_id, member_id)


def _exception(row: AgeException) -> dict[str, Any]:
    return {
        "row": row,
        "what": label_of(str(row.what_id)),
        "state": ExceptionState(row.state).label,
        "holds": exception_holds(exception_known(row), on=today()),
    }


def _next_step(member: FamilyMember, shown: YoungShown) -> dict[str, str] | None:
    """The one thing to do next, as a button."""
    names = {
        0: ("heard", "Hear them alone"),
        1: ("parents", "Ask a parent"),
        2: ("told", "Tell them what helping means"),
    }
    done = (shown.steps.heard_alone, shown.steps.consulted or shown.steps.unsafe, shown.steps.told)
    if shown.under_18 is None:
        return _button(member, "age", "Ask whether they are under 18")
    if shown.under_18 is False:
        return None
    for number, step in names.items():
        if not done[number]:
            return _button(member, *step)
    open_already = any(
        row.state == ExceptionState.WAITING or exception_holds(exception_known(row), on=today())
        for row in shown.exceptions
    )
    return None if open_already or still_to_do(shown.steps) else _button(member, "ask", "Ask for an exception")


def _button(member: FamilyMember, name: str, text: str) -> dict[str, str]:
    return {"text": text, "href": reverse(f"young_supporters:{name}", args=[member.person_id, member.pk])}


def _to(member: FamilyMember) -> HttpResponse:
    return redirect("young_supporters:young", member.person_id, member.pk)
