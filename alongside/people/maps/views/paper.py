"""The map on paper: structure alone, with its legend and the same in words."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.people.maps.frames import Desk, as_partial, drawing, look_at
from alongside.people.maps.genogram import Options, describe, layout
from alongside.people.maps.genogram.paper import UnprintableNameError, as_pdf
from alongside.people.maps.network import FamilyNetwork

SIZES = ("A4", "A3")


@require_GET
def paper(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What will be on the sheet, to look at before it is printed or saved."""
    return _look(look_at(request, person_id, what="maps.paper"))


def _look(desk: Desk, *, error: str = "") -> HttpResponse:
    view = desk.map()
    network = view.network
    drawn = drawing(network, title=_title(desk), whole=True) if network.people else None
    status = 422 if error else 200
    return desk.page("paper.html", drawn=drawn, view=view, sizes=SIZES, day=today(), error=error, status=status)


@require_GET
def pdf(request: HttpRequest, person_id: UUID, size: str) -> HttpResponse:
    """A tagged PDF, noted in the trail as a copy that leaves the service."""
    desk = look_at(request, person_id, what="maps.pdf")
    network = desk.map().network.without_qualities()
    if size not in SIZES or not network.people:
        raise Http404
    try:
        content = _pdf(desk, network, size)
    except UnprintableNameError as unprintable:
        return _look(desk, error=str(unprintable))
    record_change(
        by=desk.user, kind=EventKind.DISCLOSURE, name="maps.network.printed", subject=desk.person, case_id=person_id
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="family-map-{size}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _pdf(desk: Desk, network: FamilyNetwork, size: str) -> bytes:
    as_of = as_partial(today())
    scene = layout(network, Options(title=_title(desk), as_of=as_of))
    return as_pdf(scene, size, telling=describe(network, scene, as_of))


def _title(desk: Desk) -> str:
    return _("Family of %(name)s, %(day)s") % {"name": desk.person.called, "day": f"{today():%-d %B %Y}"}
