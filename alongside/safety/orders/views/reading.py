"""Looking at orders: of a case, of a family member, and one of them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import label_of
from alongside.people.casework.frames import case_for, render_case, render_member
from alongside.safety.orders.queries import (
    addresses_in_the_open,
    facts_among,
    family_names,
    family_of,
    history_of,
    looks_at,
    orders_of,
    readings_of,
    unread_conditions,
)
from alongside.safety.orders.rules import Standing
from alongside.safety.orders.views.shared import CURRENT, WHAT, order_for, told


@require_GET
def show_orders(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What stands, what is to come, what ended, and which imported conditions nobody has read."""
    on = today()
    sight = case_for(request, person_id, right=Right.SEE_SAFETY, what=WHAT)
    names = family_names(person_id)
    orders = [told(shown, names=names, person=sight.person.name) for shown in orders_of(person_id, on=on)]
    return render_case(
        request,
        "safety/orders/orders.html",
        sight,
        current=CURRENT,
        standing=[one for one in orders if one.shown.standing is not Standing.ENDED],
        ended=[one for one in orders if one.shown.standing is Standing.ENDED],
        unread=list(unread_conditions([person_id], on=on)),
        readings=list(readings_of(person_id)),
        may_edit=sight.may(Right.EDIT_SAFETY),
    )


@require_GET
def show_order(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponse:
    """One order: what it is, whom it protects, where, until when, its paper, and how it came to be as it is."""
    sight, shown = order_for(request, person_id, order_id, right=Right.SEE_SAFETY)
    family = family_of(person_id)
    names = {one.pk: one.name for one in family.values()}
    may_unmask = sight.may(Right.UNMASK_ADDRESS)
    return render_case(
        request,
        "safety/orders/order.html",
        sight,
        current=CURRENT,
        shown=shown,
        order=told(shown, names=names, person=sight.person.name),
        end_reason=label_of(str(shown.row.end_reason_id or "")),
        next_step=shown.next_step if sight.may(Right.EDIT_SAFETY) else "",
        history=history_of(order_id, names),
        in_the_open=addresses_in_the_open(shown, family),
        may_edit=sight.may(Right.EDIT_SAFETY),
        may_unmask=may_unmask,
        looks=looks_at(order_id) if may_unmask else [],
    )


@require_GET
def show_member_orders(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The orders that bind or protect one family member, and what they stop today."""
    on = today()
    sight = case_for(request, person_id, right=Right.SEE_SAFETY, what=WHAT)
    if not sight.may(Right.SEE_FAMILY):
        raise Http404
    family = family_of(person_id)
    if member_id not in family:
        raise Http404
    names = {one.pk: one.name for one in family.values()}
    every = orders_of(person_id, on=on)
    orders = [told(one, names=names, person=sight.person.name) for one in every if one.concerns(member_id)]
    return render_member(
        request,
        "safety/orders/member.html",
        sight,
        family[member_id],
        here="orders:member_orders",
        standing=[one for one in orders if one.shown.standing is not Standing.ENDED],
        ended=[one for one in orders if one.shown.standing is Standing.ENDED],
        record_address=f"{reverse('orders:record', args=[person_id])}?member={member_id}",
        facts=facts_among(every, person_id, member_id, on=on),
        may_edit=sight.may(Right.EDIT_SAFETY),
    )
