"""What the pages of this room share."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import GovForm
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.safety.orders.queries import OrderShown, PlaceShown, order_of
from alongside.safety.orders.saying import FORBIDS, GONE

CURRENT = "orders:orders"
WHAT = "orders.page"


@dataclass(frozen=True)
class PlaceTold:
    """A place with whose it is, in words."""

    place: PlaceShown
    whose: str


@dataclass(frozen=True)
class OrderTold:
    """An order with the names of those whom it binds and protects, and what it forbids, in words."""

    shown: OrderShown
    binds: str
    protects: str
    forbids: str
    places: tuple[PlaceTold, ...]


def told(shown: OrderShown, *, names: Mapping[UUID, str], person: str) -> OrderTold:
    """An order in words. `names` are those of the family."""
    row = shown.row
    protects = [names.get(member_id, GONE) for member_id in shown.members] + list(shown.names)
    forbids = {"contact": row.forbids_contact, "places": row.forbids_places, "children": row.forbids_children}
    said = ", ".join(FORBIDS[name] for name, holds in forbids.items() if holds)
    return OrderTold(
        shown=shown,
        binds=names.get(row.bound_member_id, GONE) if row.bound_member_id else person,
        protects=", ".join([*protects, *([person] if row.protects_person else [])]),
        forbids=said[:1].upper() + said[1:],
        places=tuple(
            PlaceTold(place, names.get(place.family_member, GONE) if place.family_member else "")
            for place in shown.places
        ),
    )


def order_for(request: HttpRequest, person_id: UUID, order_id: UUID, *, right: Right) -> tuple[Sight, OrderShown]:
    """A case and one of its orders; 404 where the user may not, or the case has no such order."""
    sight = case_for(request, person_id, right=right, what=WHAT)
    shown = order_of(person_id, order_id, on=today())
    if shown is None:
        raise Http404
    return sight, shown


def form_page(
    request: HttpRequest,
    sight: Sight,
    form: GovForm,
    *,
    title: str,
    button: str,
    back: str,
    words: str = "",
    warning: bool = False,
    upload: bool = False,
) -> HttpResponse:
    """A page with one form, and the way back to `back`."""
    return render_case(
        request,
        "safety/orders/form.html",
        sight,
        current=CURRENT,
        form=form,
        title=title,
        words=words,
        button=button,
        back=back,
        warning=warning,
        upload=upload,
    )


def note_meanwhile(form: GovForm, changed: ChangedMeanwhileError, person_id: UUID, order_id: UUID) -> None:
    """Say on a form without the order's own fields that someone else was first; the next try is against what stands."""
    form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, order_id))
