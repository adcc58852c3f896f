"""Places that orders name, masked addresses, and papers that may show one."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.files.responses import file_response
from alongside.foundation.files.storage import BytesMissingError
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.people.casework.frames import render_case
from alongside.safety.orders.actions import AskedAlreadyError, add_place, remove_place, show_address
from alongside.safety.orders.actions.places import show_paper
from alongside.safety.orders.forms import AskForm, PlaceForm, RemovePlaceForm
from alongside.safety.orders.models import OrderPlace
from alongside.safety.orders.queries import OrderShown, family_choices
from alongside.safety.orders.views.shared import CURRENT, form_page, note_meanwhile, order_for


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponse:
    """Add a place to an order."""
    sight, shown = order_for(request, person_id, order_id, right=Right.EDIT_SAFETY)
    form = PlaceForm(request.POST or None, members=family_choices(person_id), initial={"version": shown.row.version})
    if form.is_valid():
        try:
            add_place(by=user_of(request), order=shown.row, seen_version=form.cleaned_data["version"], said=form.said())
        except ChangedMeanwhileError as changed:
            note_meanwhile(form, changed, person_id, order_id)
        else:
            messages.success(request, "The place is added.")
            return redirect("orders:order", person_id, order_id)
    return form_page(
        request, sight, form, title="Add a place", words=shown.label, button="Add the place", back=_order(shown)
    )


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, person_id: UUID, order_id: UUID, place_id: UUID) -> HttpResponse:
    """Note that an order no longer names a place."""
    sight, shown = order_for(request, person_id, order_id, right=Right.EDIT_SAFETY)
    place = get_object_or_404(OrderPlace, pk=place_id, order=order_id, removed_on=None)
    form = RemovePlaceForm(request.POST or None, initial={"version": shown.row.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            remove_place(
                by=user_of(request), order=shown.row, seen_version=typed["version"], place=place, why=typed["why"]
            )
        except ChangedMeanwhileError as changed:
            note_meanwhile(form, changed, person_id, order_id)
        else:
            messages.success(request, "The place is taken away.")
            return redirect("orders:order", person_id, order_id)
    return form_page(
        request,
        sight,
        form,
        title="Take a place away",
        words="The order no longer keeps anyone from it.",
        warning=True,
        button="Take it away",
        back=_order(shown),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def unmask(request: HttpRequest, person_id: UUID, order_id: UUID, place_id: UUID) -> HttpResponse:
    """Show a protected address once, to someone with the right who says why."""
    sight, shown = order_for(request, person_id, order_id, right=Right.UNMASK_ADDRESS)
    place = get_object_or_404(OrderPlace, pk=place_id, order=order_id, removed_on=None, masked=True)
    form = AskForm(request.POST or None)
    address = ""
    if form.is_valid():
        typed = form.cleaned_data
        try:
            address = show_address(
                by=user_of(request), order=shown.row, place=place, ask=typed["ask"], reason=typed["reason"]
            )
        except AskedAlreadyError as error:
            form = _fresh(str(error))
    if not address:
        return form_page(
            request,
            sight,
            form,
            title="See a protected address",
            words="It is shown once. Tell it only to someone who must act on it.",
            warning=True,
            button="Show the address once",
            back=_order(shown),
        )
    return render_case(
        request, "safety/orders/address.html", sight, current=CURRENT, address=address, back=_order(shown)
    )


@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponseBase:
    """Give out the paper of an order. Where the order has a masked address the paper may show it: then as `unmask`."""
    sight, shown = order_for(request, person_id, order_id, right=Right.SEE_SAFETY)
    file = shown.row.document
    if file is None:
        raise Http404
    if not any(place.masked for place in shown.places):
        return _given(request, shown)
    if not sight.may(Right.UNMASK_ADDRESS):
        return render_case(
            request, "safety/orders/paper_closed.html", sight, current=CURRENT, status=403, back=_order(shown)
        )
    form = AskForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            show_paper(by=user_of(request), order=shown.row, ask=typed["ask"], reason=typed["reason"])
        except AskedAlreadyError as error:
            form = _fresh(str(error))
        else:
            return _given(request, shown)
    return form_page(
        request,
        sight,
        form,
        title="Open a paper that may show a protected address",
        words="Your copy is yours to keep safe. Delete it when you are done.",
        warning=True,
        button="Get the paper",
        back=_order(shown),
    )


def _given(request: HttpRequest, shown: OrderShown) -> HttpResponseBase:
    if shown.row.document is None:
        raise Http404
    try:
        return file_response(shown.row.document, by=user_of(request))
    except BytesMissingError:
        messages.error(
            request, "The paper cannot be read from where files are kept. Attach it again, and tell support."
        )
        return redirect("orders:order", shown.row.person_id, shown.row.pk)


def _fresh(fault: str) -> AskForm:
    form = AskForm({"reason": "", "ask": str(uuid4())})
    form.is_valid()
    form.errors.clear()
    form.add_error("reason", fault)
    return form


def _order(shown: OrderShown) -> str:
    return reverse("orders:order", args=[shown.row.person_id, shown.row.pk])
