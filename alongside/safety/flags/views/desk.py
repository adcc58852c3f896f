"""What reception sees: what to do, and never why. And what staff write when it went wrong."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import signed_in, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import Reach
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.paging import page_of
from alongside.people.casework.frames import render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members
from alongside.safety.flags.actions import MarkerStandsError, correct_incident, end_marker, put_marker, record_incident
from alongside.safety.flags.forms import (
    PERSON,
    CorrectIncidentForm,
    IncidentForm,
    MarkerForm,
    StepForm,
    initial_incident,
)
from alongside.safety.flags.models import Incident, ReceptionMarker
from alongside.safety.flags.queries import as_marker_facts, markers_for_desk, versions_of_incident
from alongside.safety.flags.views.common import CURRENT, form_page, home_of, member_if_any, sight_for


@require_GET
@signed_in
def show_desk(request: HttpRequest) -> HttpResponse:
    """Who has to be met in a certain way at the user's office, and how. For those who work at its desk.

    Names stand there only once one was typed, or all were asked for: a screen at a desk is read from both sides.
    """
    holding = holding_of(request.user)
    if Right.SEE_IDENTITY not in holding.rights_reaching(Reach.OFFICE):
        raise Http404
    record_consultation(by=user_of(request), what="flags.desk")
    wanted = request.GET.get("name", "").replace("\x00", "").strip()[:100]
    everyone = request.GET.get("everyone") == "yes"
    shown = markers_for_desk(holding, on=today(), name=wanted)
    page = page_of(shown if wanted or everyone else shown.none(), request)
    return render(
        request,
        "safety/flags/desk.html",
        {
            "page": page,
            "rows": [as_marker_facts(row) for row in page.rows],
            "wanted": wanted,
            "asked": bool(wanted) or everyone,
        },
    )


@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, person_id: UUID, member_id: UUID | None = None) -> HttpResponse:
    """Write down what happened, and let a ban and a marker follow."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    member = member_if_any(person_id, member_id)
    members = None if member else list(current_members(person_id))
    form = IncidentForm(
        request.POST if request.method == "POST" else None,
        person=sight.person,
        members=_choices(members),
        initial={"happened_on": today()},
    )
    if request.method == "POST" and form.is_valid():
        about = member or _chosen(form.cleaned_data.get("who", PERSON), members)
        record_incident(
            by=user_of(request),
            person=sight.person,
            member=about,
            facts=form.facts(),
            key=form.cleaned_data["once"],
        )
        messages.success(request, "Written down. Reception sees what to do, and never why.")
        return redirect(home_of(person_id, about))
    title = f"Incident with {member.name}" if member else "Record an incident"
    return form_page(request, sight, form, title=title, back=home_of(person_id, member), button="Write it down")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person_id: UUID, incident_id: UUID) -> HttpResponse:
    """Correct what was written of an incident; how it stood is kept, and shown below the form."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    row = Incident.objects.filter(person=person_id, pk=incident_id).select_related("family_member").first()
    if row is None:
        raise Http404
    form = CorrectIncidentForm(request.POST if request.method == "POST" else None, initial=initial_incident(row))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            correct_incident(
                by=user_of(request), incident=row, seen_version=typed["version"], facts=form.facts(), why=typed["why"]
            )
        except ChangedMeanwhileError:
            row.refresh_from_db()
            form.changed_meanwhile(initial_incident(row), by=last_editor(person_id, incident_id))
        else:
            messages.success(request, "Corrected. How it stood is kept. Flags and markers stay as they are.")
            return redirect(home_of(person_id, row.family_member))
    return render_case(
        request,
        "safety/flags/correct_incident.html",
        sight,
        current=CURRENT,
        form=form,
        title="Correct what was written",
        button="Save the correction",
        back=home_of(person_id, row.family_member),
        versions=[(one, label_of((one.stood or {}).get("kind_id", ""))) for one in versions_of_incident(incident_id)],
    )


@require_http_methods(["GET", "POST"])
def add_marker(request: HttpRequest, person_id: UUID, member_id: UUID | None = None) -> HttpResponse:
    """Tell reception what to do when they come."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    member = member_if_any(person_id, member_id)
    members = None if member else list(current_members(person_id))
    form = MarkerForm(
        request.POST if request.method == "POST" else None,
        person=sight.person,
        members=_choices(members),
        initial={"from_date": today()},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        about = member or _chosen(typed.get("who", PERSON), members)
        try:
            put_marker(
                by=user_of(request),
                person=sight.person,
                member=about,
                action_id=typed["action"],
                from_date=typed["from_date"],
                until_date=typed["until_date"],
            )
        except MarkerStandsError as refused:
            form.add_error("action", str(refused))
        else:
            messages.success(request, "Reception is told what to do.")
            return redirect(home_of(person_id, about))
    title = f"What reception does when {member.name} comes" if member else "What reception does"
    return form_page(
        request,
        sight,
        form,
        title=title,
        words="Reception sees the name, what to do, and whom to ring. There is no room for a reason, on purpose.",
        back=home_of(person_id, member),
        button="Tell reception",
    )


@require_http_methods(["GET", "POST"])
def stop_marker(request: HttpRequest, person_id: UUID, marker_id: UUID) -> HttpResponse:
    """Stop telling reception."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    marker = (
        ReceptionMarker.objects.filter(person=person_id, pk=marker_id).select_related("person", "family_member").first()
    )
    if marker is None:
        raise Http404
    back = home_of(person_id, marker.family_member)
    if marker.ended_on is not None:
        messages.info(request, "Reception is no longer told this.")
        return redirect(back)
    form = StepForm(request.POST if request.method == "POST" else None, initial={"version": marker.version})
    if request.method == "POST" and form.is_valid():
        try:
            end_marker(by=user_of(request), marker=marker, seen_version=form.cleaned_data["version"])
        except ChangedMeanwhileError:
            messages.warning(request, "Someone changed this meanwhile. Look at it before you end it.")
        else:
            messages.success(request, "Reception is no longer told.")
        return redirect(back)
    who = marker.family_member.name if marker.family_member else sight.person.name
    return form_page(
        request,
        sight,
        form,
        title="Stop telling reception?",
        words=f"{who}: {label_of(str(marker.action_id))}.",
        back=back,
        button="Stop telling reception",
    )


def _choices(members: list[FamilyMember] | None) -> list[tuple[str, str]] | None:
    if members is None:
        return None
    return [(str(member.pk), f"{member.name}, {label_of(str(member.relationship_id)).lower()}") for member in members]


def _chosen(who: str, members: list[FamilyMember] | None) -> FamilyMember | None:
    return next((member for member in members or [] if str(member.pk) == who), None)
