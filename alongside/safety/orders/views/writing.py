"""Recording orders, putting them right, ending them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.people.persons.models import SourceMarker
from alongside.safety.orders.actions import (
    attach_document,
    confirm_in_source,
    correct_order,
    end_order,
    record_order,
    reopen_order,
)
from alongside.safety.orders.actions.ending import EndBeforeStartError
from alongside.safety.orders.forms import (
    PERSON,
    CorrectForm,
    EndForm,
    OrderForm,
    PaperForm,
    ReopenForm,
    first_of_condition,
    initial_order,
)
from alongside.safety.orders.queries import OrderShown, family_choices, order_of, unread_conditions
from alongside.safety.orders.rules import Standing
from alongside.safety.orders.views.shared import CURRENT, WHAT, form_page, note_meanwhile, order_for


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record an order, perhaps one that protects a family member, or one read from an imported condition."""
    sight = case_for(request, person_id, right=Right.EDIT_SAFETY, what=WHAT)
    names = family_choices(person_id)
    condition = _condition(request, person_id)
    initial: dict[str, Any] = {"binds": PERSON}
    if condition is not None:
        initial = first_of_condition(condition.code, condition.from_date) | {"words": condition.detail}
    protects = _id(request.GET.get("member", ""))
    if protects in names:
        initial["protects"] = [str(protects)]
    form = OrderForm(request.POST or None, person=sight.person.name, members=names, initial=initial)
    if form.is_valid():
        order = record_order(
            by=user_of(request),
            person=sight.person,
            said=form.said(),
            condition=condition,
            key=form.cleaned_data["once"],
        )
        messages.success(request, "Recorded. From now on it stops what it stops, for everyone who works with the case.")
        return redirect("orders:order", person_id, order.pk)
    return render_case(
        request,
        "safety/orders/record.html",
        sight,
        current=CURRENT,
        form=form,
        condition=condition,
        title="Record an order or condition",
        button="Record it",
        back=reverse("orders:orders", args=[person_id]),
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponse:
    """Put an order right; the version before is kept."""
    sight, shown = order_for(request, person_id, order_id, right=Right.EDIT_SAFETY)
    form = _correct_form(request, sight, shown)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            correct_order(
                by=user_of(request),
                order=shown.row,
                seen_version=typed["version"],
                said=form.said(),
                why=typed["why"],
            )
        except ChangedMeanwhileError:
            now = order_of(person_id, order_id, on=today())
            if now is None:
                raise Http404 from None
            form.changed_meanwhile(initial_order(now), by=last_editor(person_id, order_id))
        else:
            messages.success(request, "Corrected. The version before is kept.")
            return redirect("orders:order", person_id, order_id)
    return render_case(
        request,
        "safety/orders/record.html",
        sight,
        current=CURRENT,
        form=form,
        title="Correct an order or condition",
        button="Save the correction",
        back=_order(shown),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponse:
    """Confirm that an order no longer holds; or, where that stands already, that it still does.

    A confirmation that was written while someone else gave theirs comes back as it was typed.
    """
    sight, shown = order_for(request, person_id, order_id, right=Right.EDIT_SAFETY)
    if shown.row.ended_on is not None and "ended_on-day" not in request.POST:
        return _reopen(request, sight, shown)
    form = EndForm(request.POST or None, initial={"version": shown.row.version, **_first_of_end(shown)})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            end_order(
                by=user_of(request),
                order=shown.row,
                seen_version=typed["version"],
                ended_on=typed["ended_on"],
                reason_id=typed["reason"],
                note=typed["note"],
            )
        except ChangedMeanwhileError as changed:
            note_meanwhile(form, changed, person_id, order_id)
        except EndBeforeStartError as error:
            form.add_error("ended_on", str(error))
        else:
            messages.success(request, "It no longer stops anything. What was recorded is kept.")
            return redirect("orders:orders", person_id)
    words = "Once you confirm this, the order no longer stops contact or visits. Anything else that does still will."
    return form_page(
        request,
        sight,
        form,
        title=f"{shown.label}: confirm that it ended",
        words=words,
        warning=True,
        button="Confirm that it ended",
        back=_order(shown),
    )


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponse:
    """Attach the paper of an order, or another in its place."""
    sight, shown = order_for(request, person_id, order_id, right=Right.EDIT_SAFETY)
    form = PaperForm(**posted(request), initial={"version": shown.row.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            attach_document(by=user_of(request), order=shown.row, seen_version=typed["version"], upload=typed["paper"])
        except ChangedMeanwhileError as changed:
            note_meanwhile(form, changed, person_id, order_id)
        else:
            messages.success(request, "The paper is attached.")
            return redirect("orders:order", person_id, order_id)
    return form_page(
        request,
        sight,
        form,
        title="Attach the paper",
        words=f"The order, licence or letter itself: {shown.label}.",
        button="Attach it",
        back=_order(shown),
        upload=True,
    )


@require_POST
def in_source(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponse:
    """Say that an order stands in the system of record too."""
    _, shown = order_for(request, person_id, order_id, right=Right.EDIT_SAFETY)
    if shown.row.in_source_on is None:
        try:
            confirm_in_source(by=user_of(request), order=shown.row, seen_version=shown.row.version)
        except ChangedMeanwhileError:
            messages.error(request, "Someone changed the order meanwhile. Check it, then say so again.")
        else:
            messages.success(request, "Noted: it stands in the system of record.")
    return redirect("orders:order", person_id, order_id)


def _correct_form(request: HttpRequest, sight: Sight, shown: OrderShown) -> CorrectForm:
    form = CorrectForm(
        request.POST or None,
        person=sight.person.name,
        members=family_choices(sight.person.pk),
        bound=shown.row.bound_member_id,
        initial=initial_order(shown),
    )
    form.fields["type"].keep(str(shown.row.type_id))  # type: ignore[attr-defined]
    return form


def _reopen(request: HttpRequest, sight: Sight, shown: OrderShown) -> HttpResponse:
    form = ReopenForm(request.POST or None, initial={"version": shown.row.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            reopen_order(by=user_of(request), order=shown.row, seen_version=typed["version"], why=typed["why"])
        except ChangedMeanwhileError as changed:
            note_meanwhile(form, changed, sight.person.pk, shown.row.pk)
        else:
            messages.success(request, "It stands again.")
            return redirect(_order(shown))
    return form_page(
        request,
        sight,
        form,
        title=f"{shown.label}: it still stands",
        words="It will stop again what it stopped before.",
        button="It still stands",
        back=_order(shown),
    )


def _first_of_end(shown: OrderShown) -> dict[str, Any]:
    if shown.standing is Standing.TO_CONFIRM and shown.row.until_date:
        return {"ended_on": shown.row.until_date + timedelta(days=1), "reason": "protective_order_end.RAN_OUT"}
    return {"ended_on": today()}


def _condition(request: HttpRequest, person_id: UUID) -> SourceMarker | None:
    wanted = _id(request.GET.get("condition", ""))
    return unread_conditions([person_id], on=today()).filter(pk=wanted).first() if wanted else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _order(shown: OrderShown) -> str:
    return reverse("orders:order", args=[shown.row.person_id, shown.row.pk])
