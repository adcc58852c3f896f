"""Days on which nobody is at work: read and kept by administrators, and by those who lead for their own units."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.access.guards import signed_in, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import posted
from alongside.people.staff.actions import close_office, open_office_again
from alongside.people.staff.forms import ClosureForm
from alongside.people.staff.models import DeliveryUnit, OfficeClosure, Team
from alongside.people.staff.queries import closures_ahead
from alongside.people.staff.rules import ClosureError


@require_http_methods(["GET", "POST"])
@signed_in
def closures(request: HttpRequest) -> HttpResponse:
    """The closures that are not over, and closing an office. An administrator closes any, or the whole service."""
    user, everywhere = user_of(request), _everywhere(request)
    units = list(_units(request))
    form = ClosureForm(**posted(request), units=units, whole_service=everywhere)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            close_office(
                by=user,
                unit=form.chosen_unit,
                key=typed["once"],
                **{name: typed[name] for name in ("from_date", "until_date", "reason")},
            )
        except ClosureError as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "Saved. What families are promised from now on counts without these days.")
            return redirect("staff:closures")
    shown = closures_ahead(today(), units=units)
    rows = [(row, everywhere or row.delivery_unit_id is not None) for row in shown]
    context = {"form": form, "rows": rows, "today": today(), "everywhere": everywhere, "units": units}
    return render(request, "people/staff/closures.html", context)


@require_POST
@signed_in
def open_again(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Take a closure back."""
    units = _units(request)
    closure = OfficeClosure.objects.filter(pk=closure_id).first()
    if closure is None:
        messages.info(request, "That closure is taken back already.")
        return redirect("staff:closures")
    if not _everywhere(request) and closure.delivery_unit_id not in {unit.pk for unit in units}:
        raise Http404
    try:
        open_office_again(by=user_of(request), closure=closure)
    except ClosureError as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, "Taken back. What families are promised from now on counts these days again.")
    return redirect("staff:closures")


def _everywhere(request: HttpRequest) -> bool:
    return holding_of(request.user).may(Right.MANAGE_STAFF)


def _units(request: HttpRequest) -> QuerySet[DeliveryUnit]:
    """The units that the user may close. Raises PermissionDenied for someone who neither manages nor leads."""
    holding = holding_of(request.user)
    if holding.may(Right.MANAGE_STAFF):
        return DeliveryUnit.objects.order_by("name", "pk")
    if not holding.may(Right.APPROVE):
        raise PermissionDenied("Only an administrator, or whoever leads a unit, closes an office.")
    led = Team.objects.filter(pk__in=holding.teams_with(Right.APPROVE)).values("delivery_unit")
    return DeliveryUnit.objects.filter(pk__in=led).order_by("name", "pk")
