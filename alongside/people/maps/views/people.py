"""Changing what the map says of somebody, and taking somebody or a line off."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from alongside.foundation.ui.forms import posted
from alongside.people.maps.edits import change_person, take_off
from alongside.people.maps.forms import PersonForm
from alongside.people.maps.frames import draw_on
from alongside.people.maps.panel import panel_for
from alongside.people.maps.together import together_too
from alongside.people.maps.views.genogram import WRONG, show_now


@together_too
def person(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """Everything the map says of somebody."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    network = view.network
    panel = panel_for(view, network, str(key))
    if panel is None:
        raise Http404
    form = PersonForm(**posted(request), initial=PersonForm.initial_from(panel.person))
    if request.method == "POST" and form.is_valid():
        try:
            desk.draw(view, change_person(network, replace(panel.person, **form.facts())))
        except WRONG as wrong:
            form.add_error(None, str(wrong))
        else:
            return desk.back(at=str(key))
    return desk.page("person.html", form=form, panel=panel, view=view, member_id=view.members.get(str(key)))


@together_too
@require_POST
def name(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """Only what the map calls somebody, from the panel beside the drawing."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    network = view.network
    standing = network.by_id.get(str(key))
    label = request.POST.get("name", "").strip()[:100]
    if standing is None:
        return show_now(desk, error="They are not on the map any more.", typed={"label": label})
    try:
        if label != standing.label:
            desk.draw(view, change_person(network, replace(standing, label=label)))
    except WRONG as wrong:
        return show_now(desk, error=str(wrong), typed={"of": str(key), "name": label})
    return desk.back(at=str(key))


@together_too
@require_POST
def take(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """Take somebody, or one line, off the map. Undo brings it back."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    at = request.POST.get("at", "")
    try:
        desk.draw(view, take_off(view.elements, str(key)))
    except WRONG as wrong:
        return show_now(desk, error=str(wrong), typed={"of": at})
    return desk.back(at="" if at == str(key) else at)
