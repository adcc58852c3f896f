"""Family-tree files (GEDCOM) in and out. A file adds; it never overwrites, and undo takes it back."""

from __future__ import annotations

import base64
import binascii
import zlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import posted
from alongside.people.maps.checks import check_network
from alongside.people.maps.exchange import as_changes, children_in
from alongside.people.maps.forms import BringInForm, FileForm, others_than
from alongside.people.maps.frames import DRAWN_AT_ONCE, Desk, draw_on, drawing, look_at
from alongside.people.maps.gedcom import Reading, RefusedFileError, read_gedcom, write_gedcom
from alongside.people.maps.queries import MapView
from alongside.people.maps.views.genogram import WRONG

VERSIONS = ("5.5.1", "7.0")
LARGEST = 3 * 1024 * 1024
OFFERED = 300
FINDINGS_SHOWN = 20


@require_GET
def export(request: HttpRequest, person_id: UUID, version: str) -> HttpResponse:
    """The map as a family-tree file, structure alone."""
    desk = look_at(request, person_id, what="maps.file")
    network = desk.map().network.without_qualities()
    if version not in VERSIONS or not network.people:
        raise Http404
    record_change(
        by=desk.user, kind=EventKind.DISCLOSURE, name="maps.network.exported", subject=desk.person, case_id=person_id
    )
    response = HttpResponse(write_gedcom(network, version).data, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="family-map-{version}.ged"'
    response["Cache-Control"] = "no-store"
    return response


def bring_in(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose a file, look at what would come, and say yes or leave it."""
    desk = draw_on(request, person_id, what="maps.file")
    view = desk.map()
    if request.method == "POST" and "blob" in request.POST:
        return _confirm(desk, view)
    form = FileForm(**posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        try:
            reading = read_gedcom(data)
        except RefusedFileError as refused:
            form.add_error("file", str(refused))
        else:
            return _preview(desk, view, reading, data)
    return desk.page("file.html", form=form, view=view)


def _preview(desk: Desk, view: MapView, reading: Reading, data: bytes, form: BringInForm | None = None) -> HttpResponse:
    network = reading.network
    people = others_than(network)[:OFFERED]
    form = form or BringInForm(people=people, initial={"blob": _packed(data)})
    small = len(network.people) <= DRAWN_AT_ONCE
    drawn = drawing(network, title=_("What the file holds")) if small else None
    if view.network.index is not None:
        del form.fields["index"]
    return desk.page(
        "preview.html",
        form=form,
        reading=reading,
        drawn=drawn,
        report=reading.report().splitlines(),
        findings=check_network(network)[:FINDINGS_SHOWN],
        children=children_in(network, today().year),
        view=view,
    )


def _confirm(desk: Desk, view: MapView) -> HttpResponse:
    try:
        data = _unpacked(desk.request.POST["blob"])
        reading = read_gedcom(data)
    except (ValueError, zlib.error, binascii.Error):
        form = FileForm()
        return desk.page("file.html", form=form, view=view, lost=True)
    given = BringInForm(desk.request.POST, people=others_than(reading.network)[:OFFERED])
    has_index = view.network.index is not None
    if given.is_valid():
        changes = as_changes(
            reading, has_index=has_index, index=given.cleaned_data.get("index", ""), this_year=today().year
        )
        try:
            desk.draw(view, changes, name_everyone=False)
        except WRONG as wrong:
            given.add_error(None, str(wrong))
        else:
            return desk.back(at=changes.new_person)
    return _preview(desk, view, reading, data, given)


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


def _unpacked(blob: str) -> bytes:
    """The file as it was sent. Raises ValueError for what this page did not write, and for a file grown too large."""
    unpack = zlib.decompressobj()
    data = unpack.decompress(base64.b64decode(blob, validate=True), LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("The file is too large.")
    return data
