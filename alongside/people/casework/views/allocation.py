"""Who holds a case, and who looks after it while they are away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.paging import page_of
from alongside.people.allocations.actions import (
    AllocationOrderError,
    ClashError,
    allocate,
    arrange_cover,
    end_cover,
)
from alongside.people.allocations.queries import visible_to
from alongside.people.casework.forms.allocation import NOBODY, AllocateForm, CoverForm, TeamForm
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.queries.access import allocations_of, covers_in, officers_in, teams_for

CURRENT = "casework:allocation"


@require_GET
def show_allocation(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who holds the case, and who held it before."""
    sight = case_for(request, person_id, right=Right.SEE_CASE, what="casework.allocation")
    page = page_of(allocations_of(person_id), request)
    return render_case(
        request,
        "allocation.html",
        sight,
        current=CURRENT,
        page=page,
        rows=[(row, label_of(str(row.reason_id or ""))) for row in page.rows],
        may_allocate=sight.may(Right.ALLOCATE),
    )


@require_http_methods(["GET", "POST"])
def allocate_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Put the case into other hands: first the team, then the officer."""
    sight = case_for(request, person_id, right=Right.ALLOCATE, what="casework.allocation")
    choose = TeamForm(request.GET if {"team", "code"} & request.GET.keys() else None, teams=teams_for(request.user))
    if not choose.is_valid() or choose.chosen is None:
        return render_case(request, "choose_team.html", sight, current=CURRENT, form=choose)
    team = choose.chosen
    members = officers_in([team.pk], today())
    form = AllocateForm(request.POST or None, members=members, initial={"from_date": today()})
    if form.is_valid():
        typed = form.cleaned_data
        member = next((one for one in members if str(one.pk) == typed["member"]), None)
        try:
            allocate(
                by=user_of(request),
                person=sight.person,
                team=team,
                member=None if typed["member"] == NOBODY else member,
                from_date=typed["from_date"],
                reason_id=typed["reason"],
            )
        except AllocationOrderError as error:
            form.add_error("from_date", str(error))
        else:
            messages.success(request, _("The case is allocated to %(team)s.") % {"team": team.name})
            still = visible_to(request.user, Right.SEE_CASE).filter(pk=person_id).exists()
            return redirect(CURRENT, person_id) if still else redirect("casework:caseload")
    return render_case(request, "allocate.html", sight, current=CURRENT, form=form, team=team)


@require_GET
@needs(Right.ALLOCATE)
def show_cover(request: HttpRequest) -> HttpResponse:
    """Cover in the user's teams, now and to come."""
    record_consultation(by=user_of(request), what="casework.cover")
    team_ids = holding_of(request.user).teams_reached_with(Right.ALLOCATE)
    page = page_of(covers_in(team_ids, today()), request)
    return render(
        request,
        "people/casework/cover.html",
        {"page": page, "rows": [(row, label_of(str(row.reason_id))) for row in page.rows], "today": today()},
    )


@require_http_methods(["GET", "POST"])
@needs(Right.ALLOCATE)
def arrange(request: HttpRequest) -> HttpResponse:
    """Let someone look after a colleague's cases."""
    members = officers_in(holding_of(request.user).teams_reached_with(Right.ALLOCATE), today())
    form = CoverForm(request.POST or None, members=members, initial={"from_date": today()})
    if form.is_valid():
        typed = form.cleaned_data
        by_id = {str(member.pk): member for member in members}
        try:
            arrange_cover(
                by=user_of(request),
                absent=by_id[typed["absent"]],
                covering=by_id[typed["covering"]],
                from_date=typed["from_date"],
                until_date=typed["until_date"],
                reason_id=typed["reason"],
            )
        except ClashError as error:
            form.add_error("covering", str(error))
        else:
            messages.success(request, _("Cover is arranged."))
            return redirect("casework:cover")
    return render(request, "people/casework/arrange_cover.html", {"form": form})


@require_http_methods(["GET", "POST"])
@needs(Right.ALLOCATE)
def stop_cover(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """Let cover end today."""
    team_ids = holding_of(request.user).teams_reached_with(Right.ALLOCATE)
    cover = covers_in(team_ids, today()).filter(pk=cover_id).first()
    if cover is None:
        raise Http404
    if request.method == "POST":
        end_cover(by=user_of(request), cover=cover, last_day=today())
        messages.success(request, _("Cover ends today."))
        return redirect("casework:cover")
    return render(request, "people/casework/end_cover.html", {"cover": cover})
