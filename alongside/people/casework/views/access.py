"""Who may not see a case, who alone may, to whom it is given, and who was refused."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.paging import page_of
from alongside.people.allocations.actions import (
    confirm_access,
    end_exclusion,
    end_restriction,
    exclude,
    give_case,
    restrict,
)
from alongside.people.allocations.looking import Sight
from alongside.people.allocations.queries import visible_to
from alongside.people.casework.forms.allocation import ConfirmForm, ExclusionForm, GiveForm, RestrictionForm, StopForm
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.menus import may_see_access
from alongside.people.casework.queries.access import (
    exclusions_of,
    grants_of,
    refused_looks_for,
    restrictions_of,
    unconfirmed,
    unconfirmed_within,
)

WHAT = "casework.access"
CURRENT = "casework:access"


@require_GET
def show_access(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Limited access to a case, and to whom it is given, as far as the user manages either."""
    sight = case_for(request, person_id, right=Right.SEE_CASE, what=WHAT)
    if not may_see_access(sight):
        raise Http404
    manages, allocates = sight.may(Right.MANAGE_LIMITED_ACCESS), sight.may(Right.ALLOCATE)
    return render_case(
        request,
        "access.html",
        sight,
        current=CURRENT,
        manages=manages,
        allocates=allocates,
        unconfirmed=unconfirmed(person_id),
        exclusions=list(exclusions_of(person_id, today())) if manages else [],
        restrictions=restrictions_of(person_id, today()) if manages else [],
        grants=[(row, ROLES[RoleCode(row.role)].label) for row in grants_of(person_id, today())] if allocates else [],
    )


@require_http_methods(["GET", "POST"])
def add_exclusion(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Close a case to one colleague."""
    sight = case_for(request, person_id, right=Right.MANAGE_LIMITED_ACCESS, what=WHAT)
    form = ExclusionForm(request.POST or None, initial={"from_date": today()})
    if form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            with transaction.atomic():
                exclude(by=user_of(request), person=sight.person, user=typed.pop("email"), **typed)
        except IntegrityError:
            form.add_error("email", _("An exclusion of this colleague from this day stands already"))
        else:
            messages.success(request, _("The exclusion is set."))
            return _back(request, person_id)
    return _page(request, sight, form, title=_("Close the case to a colleague"), button=_("Set the exclusion"))


@require_http_methods(["GET", "POST"])
def add_restriction(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Close a case to all but listed colleagues."""
    sight = case_for(request, person_id, right=Right.MANAGE_LIMITED_ACCESS, what=WHAT)
    form = RestrictionForm(request.POST or None, initial={"from_date": today(), "readers": user_of(request).email})
    if form.is_valid():
        try:
            with transaction.atomic():
                restrict(by=user_of(request), person=sight.person, **form.cleaned_data)
        except IntegrityError:
            form.add_error("from_date", _("A restriction from this day stands already. Choose another day"))
        else:
            messages.success(request, _("The restriction is set."))
            return _back(request, person_id)
    return _page(
        request, sight, form, title=_("Restrict the case to named colleagues"), button=_("Set the restriction")
    )


@require_http_methods(["GET", "POST"])
def stop_exclusion(request: HttpRequest, person_id: UUID, row_id: UUID) -> HttpResponse:
    """Let an exclusion end."""
    sight = case_for(request, person_id, right=Right.MANAGE_LIMITED_ACCESS, what=WHAT)
    row = exclusions_of(person_id, today()).filter(pk=row_id).first()
    if row is None:
        raise Http404
    form = StopForm(request.POST or None, initial={"last_day": today()})
    if form.is_valid():
        if form.cleaned_data["last_day"] < row.from_date:
            form.add_error("last_day", _("The last day must be the same as or after the first"))
        else:
            end_exclusion(by=user_of(request), exclusion=row, **form.cleaned_data)
            messages.success(request, _("The exclusion ends."))
            return _back(request, person_id)
    title = _("End the exclusion of %(name)s") % {"name": row.user.name}
    return _page(request, sight, form, title=title, button=_("End it"))


@require_http_methods(["GET", "POST"])
def stop_restriction(request: HttpRequest, person_id: UUID, row_id: UUID) -> HttpResponse:
    """Let a restriction end."""
    sight = case_for(request, person_id, right=Right.MANAGE_LIMITED_ACCESS, what=WHAT)
    found = next((shown for shown in restrictions_of(person_id, today()) if shown.row.pk == row_id), None)
    if found is None:
        raise Http404
    form = StopForm(request.POST or None, initial={"last_day": today()})
    if form.is_valid():
        if form.cleaned_data["last_day"] < found.row.from_date:
            form.add_error("last_day", _("The last day must be the same as or after the first"))
        else:
            end_restriction(by=user_of(request), restriction=found.row, **form.cleaned_data)
            messages.success(request, _("The restriction ends."))
            return _back(request, person_id)
    return _page(request, sight, form, title=_("End the restriction"), button=_("End it"))


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a case to someone for a purpose and a time."""
    sight = case_for(request, person_id, right=Right.ALLOCATE, what=WHAT)
    form = GiveForm(request.POST or None, initial={"from_date": today()})
    if form.is_valid():
        typed = dict(form.cleaned_data)
        give_case(
            by=user_of(request),
            person=sight.person,
            user=typed.pop("email"),
            role=RoleCode(typed.pop("role")),
            **typed,
        )
        messages.success(request, _("The case is given."))
        return _back(request, person_id)
    return _page(request, sight, form, title=_("Give the case to a colleague"), button=_("Give the case"))


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that someone has looked up whether access is limited: the officer, or who manages limited access."""
    sight = case_for(request, person_id, right=Right.EDIT_CASE, what=WHAT)
    if unconfirmed(person_id) is None:
        return redirect(CURRENT, person_id)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        confirm_access(by=user_of(request), person=sight.person, ground=form.cleaned_data["ground"])
        messages.success(request, _("Confirmed. The team sees the case from now on."))
        return redirect("casework:case", person_id)
    return _page(request, sight, form, title=_("Confirm that access is not limited"), button=_("Confirm"))


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE_LIMITED_ACCESS)
def to_confirm(request: HttpRequest) -> HttpResponse:
    """Cases that wait for someone to look up whether access is limited: by number, since they are closed until then."""
    user = user_of(request)
    rows = unconfirmed_within(user, today())
    form = ConfirmForm(request.POST or None)
    if request.method == "POST":
        chosen = [one for one in request.POST.getlist("case") if len(one) == 36]
        picked = list(rows.filter(pk__in=_uuids(chosen)).select_related("person"))
        if not picked:
            form.is_valid()
            form.add_error(None, _("Select at least one case that you have looked up"))
        elif form.is_valid():
            for row in picked:
                confirm_access(by=user, person=row.person, ground=form.cleaned_data["ground"])
            messages.success(request, _("Confirmed: %(count)s") % {"count": len(picked)})
            return redirect("casework:to_confirm")
    record_consultation(by=user, what="casework.to_confirm")
    page = page_of(rows, request)
    return render(request, "people/casework/to_confirm.html", {"page": page, "form": form})


@require_GET
@needs(Right.SEE_REFUSED_LOOKS)
def refused_looks(request: HttpRequest) -> HttpResponse:
    """Who asked for a case that they may not see, and when."""
    record_consultation(by=user_of(request), what="casework.refused_looks")
    page = page_of(refused_looks_for(request.user), request)
    return render(request, "people/casework/refused_looks.html", {"page": page})


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _back(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """To the page on access, or away from a case that the user has just closed to themselves."""
    still = visible_to(request.user, Right.SEE_CASE).filter(pk=person_id).exists()
    return redirect(CURRENT, person_id) if still else redirect("casework:caseload")


def _page(request: HttpRequest, sight: Sight, form: Any, *, title: str, button: str) -> HttpResponse:
    return render_case(request, "access_form.html", sight, current=CURRENT, form=form, title=title, button=button)
