"""Reading imported licence conditions into facts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.people.casework.frames import case_for, render_case
from alongside.people.persons.models import Matter, SourceMarker
from alongside.safety.orders.actions import condition_stops_nothing
from alongside.safety.orders.forms import ConditionForm
from alongside.safety.orders.queries import unread_conditions
from alongside.safety.orders.views.shared import CURRENT, WHAT


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, person_id: UUID, marker_id: UUID) -> HttpResponse:
    """Say that an imported condition keeps nobody apart, or go on to record whom it keeps from whom."""
    sight = case_for(request, person_id, right=Right.EDIT_SAFETY, what=WHAT)
    marker = get_object_or_404(SourceMarker, pk=marker_id, person=person_id, matter=Matter.LICENCE_CONDITIONS)
    if not unread_conditions([person_id], on=today()).filter(pk=marker_id).exists():
        messages.info(request, "Someone has read this condition already.")
        return redirect("orders:orders", person_id)
    form = ConditionForm(request.POST or None)
    if form.is_valid():
        condition_stops_nothing(by=user_of(request), marker=marker, note=form.cleaned_data["note"])
        messages.success(request, "Noted: it keeps nobody apart.")
        return redirect("orders:orders", person_id)
    return render_case(
        request,
        "safety/orders/condition.html",
        sight,
        current=CURRENT,
        form=form,
        marker=marker,
        record_address=f"{reverse('orders:record', args=[person_id])}?condition={marker_id}",
        back=reverse("orders:orders", args=[person_id]),
    )
