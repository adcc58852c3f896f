"""Pages of boundaries with one family member: what happened, the plan, what is not ours, and the end of contact."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import content
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.foundation.ui.forms import posted
from alongside.involvement.agreements.actions.boundaries import (
    EndedAlreadyError,
    OwnDecisionError,
    change_plan,
    end_contact,
    make_plan,
    note_incident,
    note_out_of_remit,
    senior_has_seen,
    take_contact_up,
)
from alongside.involvement.agreements.forms.boundaries import (
    EndContactForm,
    IncidentForm,
    PlanForm,
    RemitForm,
    TakeUpForm,
)
from alongside.involvement.agreements.models import BoundaryPlan, ContactEnd
from alongside.involvement.agreements.queries import (
    boundary_plan_of,
    incidents_of,
    open_contact_ends,
    what_was_not_ours,
    with_what_was_not_ours,
)
from alongside.involvement.agreements.rules.patterns import PATTERN_DAYS, WEEKS_SHOWN, Incident, by_week, lately
from alongside.involvement.agreements.rules.terms import FIRST_REVIEW
from alongside.involvement.agreements.views.shared import MEANWHILE, draw_form, draw_member, member_of, seen_version
from alongside.people.allocations.looking import Sight
from alongside.people.allocations.queries import holder_of
from alongside.people.casework.queries.editors import last_editor
from alongside.people.families.models import FamilyMember

PAGE = "agreements:boundaries"
WHAT = "agreements.boundaries"
INCIDENTS_SHOWN = 30
END_WORDS = "agreements.end_contact.message"


@require_GET
def show_boundaries(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What happened, as a pattern; what everyone does about it; and what is left to do."""
    sight, member = member_of(
        request, person_id, member_id, right=Right.SEE_SUITABILITY, what=WHAT, reading=with_what_was_not_ours
    )
    rows = list(incidents_of(member.pk)[:INCIDENTS_SHOWN])
    found = [Incident(row.on, tuple(row.tags)) for row in rows]
    ended = open_contact_ends([member.pk]).first()
    return draw_member(
        request,
        "boundaries.html",
        sight,
        member,
        incidents=[{"row": row, "tags": [label_of(tag) for tag in row.tags]} for row in rows],
        pattern=[
            {"tag": label_of(tag), "weeks": weeks, "total": sum(weeks)} for tag, weeks in by_week(found, on=today())
        ],
        weeks=range(WEEKS_SHOWN, 0, -1),
        weeks_shown=WEEKS_SHOWN,
        lately=lately(found, on=today()),
        pattern_days=PATTERN_DAYS,
        plan=boundary_plan_of(member.pk),
        remit=[{"row": row, "topic": label_of(row.topic_id)} for row in what_was_not_ours(member)],
        ended=ended,
        ended_reason=label_of(str(ended.reason_id)) if ended else "",
        may_see_end=sight.may(Right.APPROVE) and ended is not None and ended.ended_by != user_of(request).pk,
    )


@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note one time that a boundary was overstepped."""
    sight, member = _edit(request, person_id, member_id)
    form = IncidentForm(**posted(request), initial={"on": today()})
    if form.is_valid():
        note_incident(by=user_of(request), member=member, **form.cleaned_data)
        messages.success(request, "Noted.")
        return redirect(PAGE, person_id, member_id)
    return draw_form(
        request,
        sight,
        member,
        form,
        title="A boundary was overstepped",
        words="If someone is in danger, use Danger at the top of the page first.",
        back=PAGE,
    )


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Make a boundary plan, or change it."""
    sight, member = _edit(request, person_id, member_id)
    standing = boundary_plan_of(member.pk)
    form = PlanForm(**posted(request), initial=_plan_initial(standing))
    if form.is_valid():
        typed = dict(form.cleaned_data)
        seen = typed.pop("version")
        try:
            if standing is None:
                make_plan(by=user_of(request), member=member, from_date=today(), **typed)
            else:
                standing.family_member = member
                change_plan(by=user_of(request), plan=standing, seen_version=seen or 0, **typed)
        except ChangedMeanwhileError as changed:
            current = BoundaryPlan.objects.get(pk=changed.current.pk)
            form.changed_meanwhile(_plan_initial(current), by=last_editor(person_id, current.pk))
        else:
            messages.success(request, "The plan holds. Tell everyone who may meet or speak to them.")
            return redirect(PAGE, person_id, member_id)
    return draw_form(request, sight, member, form, title=f"Boundary plan with {member.name}", back=PAGE)


def _plan_initial(plan: BoundaryPlan | None) -> dict[str, Any]:
    if plan is None:
        return {"review_on": today() + FIRST_REVIEW / 2}
    names = ("we_say", "we_do", "told_on", "review_on", "version")
    return {name: getattr(plan, name) for name in names}


@require_POST
def end_plan(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The plan has done what it was for."""
    _sight, member = _edit(request, person_id, member_id)
    standing = boundary_plan_of(member.pk)
    if standing is None:
        raise Http404
    standing.family_member = member
    try:
        change_plan(by=user_of(request), plan=standing, seen_version=seen_version(request), ended_on=today())
        messages.success(request, "The plan has ended.")
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(PAGE, person_id, member_id)


@require_http_methods(["GET", "POST"])
def not_ours(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """What we are asked that is not ours to do: the words to say, and a note that we said them (R149)."""
    sight, member = member_of(request, person_id, member_id, right=Right.EDIT_AGREEMENTS, what="agreements.not_ours")
    form = RemitForm(**posted(request))
    if form.is_valid():
        note_out_of_remit(
            by=user_of(request),
            person=sight.person,
            member=member,
            topic_id=form.cleaned_data["topic"],
            note=form.cleaned_data["note"],
            on=today(),
        )
        messages.success(request, "Noted. You pointed them elsewhere, and that is enough.")
        return redirect(PAGE, person_id, member_id)
    words = [
        {"topic": topic.label(), "words": content(f"agreements.remit.{topic.code.lower()}", "en").filled()}
        for topic in coded_list("out_of_remit")
    ]
    return draw_form(
        request, sight, member, form, title="That is not ours to do", back=PAGE, template="not_ours.html", router=words
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """End contact: why, in which words, what is left open to them; the senior is told (R150)."""
    sight, member = _edit(request, person_id, member_id)
    form = EndContactForm(**posted(request), initial=_end_initial(sight))
    if form.is_valid():
        typed = dict(form.cleaned_data)
        typed.pop("sure")
        try:
            end_contact(by=user_of(request), member=member, on=today(), **typed)
        except EndedAlreadyError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Contact has ended, and your senior is told. They may still tell us something.")
            return redirect(PAGE, person_id, member_id)
    return draw_form(
        request,
        sight,
        member,
        form,
        title=f"End contact with {member.name}",
        words="For when a plan did not hold, or someone asks for it. For safety, use the stand-down plan instead.",
        button="End contact",
        back=PAGE,
    )


def _end_initial(sight: Sight) -> dict[str, Any]:
    holder = holder_of(sight.person)
    route = f"{holder.team}, {holder.telephone}" if holder and holder.telephone else "the duty desk of our office"
    day = f"{today().day} {today():%B %Y}"
    return {"alternative_route": route, "message": content(END_WORDS, "en").filled(day=day, route=route)}


@require_POST
def seen(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """A senior says that they have looked at the end of contact."""
    _sight, member = member_of(request, person_id, member_id, right=Right.APPROVE, what=WHAT)
    ended = _ended(member)
    try:
        senior_has_seen(by=user_of(request), end=ended, seen_version=seen_version(request), on=today())
        messages.success(request, "Noted that you have seen it.")
    except OwnDecisionError as error:
        messages.warning(request, str(error))
    except ChangedMeanwhileError:
        messages.warning(request, MEANWHILE)
    return redirect(PAGE, person_id, member_id)


@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Take contact up again."""
    sight, member = _edit(request, person_id, member_id)
    ended = _ended(member)
    form = TakeUpForm(**posted(request), initial={"version": ended.version})
    if form.is_valid():
        try:
            take_contact_up(
                by=user_of(request),
                end=ended,
                seen_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
                on=today(),
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, ended.pk))
        else:
            messages.success(request, "Contact is taken up again. Make a new agreement before anything else.")
            return redirect("agreements:agreement", person_id, member_id)
    return draw_form(
        request,
        sight,
        member,
        form,
        title=f"Take up contact with {member.name} again",
        words="Talk it over with your senior first. The old agreement stays ended.",
        button="Take it up again",
        back=PAGE,
    )


def _edit(request: HttpRequest, person_id: UUID, member_id: UUID) -> tuple[Sight, FamilyMember]:
    return member_of(request, person_id, member_id, right=Right.EDIT_AGREEMENTS, what=WHAT)


def _ended(member: FamilyMember) -> ContactEnd:
    ended = open_contact_ends([member.pk]).first()
    if ended is None:
        raise Http404
    ended.family_member = member
    return ended
