"""Pages of the life map."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import signed_in
from alongside.foundation.ui.forms import posted
from alongside.people.maps.changes import new_key
from alongside.people.maps.exercises.forms import (
    EventForm,
)
from alongside.people.maps.exercises.queries import fields_by_key
from alongside.people.maps.exercises.views.shared import draw, draw_form, edit, look, picture, put, this_day
from alongside.people.maps.lifemap import Lane, LifeEvent, describe_lifemap, layout_lifemap, render_lifemap
from alongside.people.maps.models import ElementKind
from alongside.people.maps.together import is_together, together_too
from alongside.people.maps.told import where_it_goes
from alongside.people.maps.vocabulary import PartialDate


@together_too
@signed_in
def life(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The life map."""
    sight, exercises = look(request, person_id, "life")
    opened = request.GET.get("folded") == "open"
    own_copy = request.GET.get("copy") == "own"
    events = exercises.events()
    born = sight.person.date_of_birth
    scene = layout_lifemap(
        events,
        this_day(),
        born=PartialDate(born.year, born.month, born.day),
        title=_("Life of %(name)s") % {"name": sight.person.name},
        own_copy=own_copy,
        open_sensitive=opened,
    )
    told = describe_lifemap(events, scene, own_copy=own_copy, open_sensitive=opened)
    shown = [event for event in events if own_copy or not event.hidden]
    return draw(
        request,
        "life",
        sight,
        picture=picture(render_lifemap(scene)) if shown else "",
        twin=picture(told.as_html(level=3)),
        events=shown,
        hidden=len(events) - len(shown),
        opened=opened,
        own_copy=own_copy,
        foldable=any(event.sensitive for event in shown),
        told_address=where_it_goes(sight, together=is_together(request, person_id)),
    )


@together_too
@signed_in
def event(request: HttpRequest, person_id: UUID, key: UUID | None = None) -> HttpResponseBase:
    """Add or change a life event."""
    sight, exercises = edit(request, person_id, "life")
    standing: LifeEvent | None = fields_by_key(exercises.view, str(key)) if key else None
    if key and not isinstance(standing, LifeEvent):
        raise Http404
    initial: dict[str, Any] = {"version": exercises.view.version}
    if standing:
        marks = [name for name in ("ongoing", "sensitive", "hidden") if getattr(standing, name)]
        initial |= {name: getattr(standing, name) for name in ("label", "lane", "begin", "end", "note")} | {
            "marks": marks
        }
    form = EventForm(**posted(request), initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        part = LifeEvent(
            id=standing.id if standing else new_key(),
            lane=Lane(typed["lane"]),
            label=typed["label"],
            begin=typed["begin"],
            end=typed["end"],
            ongoing="ongoing" in typed["marks"],
            sensitive="sensitive" in typed["marks"],
            hidden="hidden" in typed["marks"],
            note=typed["note"],
        )
        if put(request, form, sight, exercises, ElementKind.EVENT, part, _("Life event")):
            return redirect("exercises:life", person_id)
    title = _("Change what happened") if standing else _("Add something that happened")
    return draw_form(request, sight, form, title=title, back=reverse("exercises:life", args=[person_id]))
