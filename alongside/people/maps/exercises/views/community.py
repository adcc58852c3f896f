"""Pages of the ecomap."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import signed_in, user_of
from alongside.foundation.ui.forms import posted
from alongside.people.maps.changes import new_key
from alongside.people.maps.ecomap import describe_ecomap, layout_ecomap, render_ecomap, support_gaps
from alongside.people.maps.exercises.forms import (
    SystemForm,
)
from alongside.people.maps.exercises.queries import Exercises, fields_by_key
from alongside.people.maps.exercises.views.shared import draw, draw_form, edit, look, picture, saved, seen_version
from alongside.people.maps.exercises.writing import put_system
from alongside.people.maps.network import LifeSystem, Tie
from alongside.people.maps.together import is_together, together_too
from alongside.people.maps.vocabulary import Flow, SystemKind, TieStrength


@together_too
@signed_in
def community(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The ecomap."""
    sight, exercises = look(request, person_id, "community")
    network = exercises.view.network
    scene = layout_ecomap(
        network, title=_("Community of %(name)s") % {"name": sight.person.name}, centre=sight.person.name
    )
    return draw(
        request,
        "community",
        sight,
        picture=picture(render_ecomap(scene)) if network.systems else "",
        twin=picture(describe_ecomap(network, scene).as_html(level=3)),
        gaps=support_gaps(network) if network.systems else (),
        systems=sorted(network.systems, key=lambda system: system.label.casefold()),
    )


@together_too
@signed_in
def system(request: HttpRequest, person_id: UUID, key: UUID | None = None) -> HttpResponseBase:
    """Add or change a part of someone's life."""
    sight, exercises = edit(request, person_id, "community")
    standing: LifeSystem | None = fields_by_key(exercises.view, str(key)) if key else None
    if key and not isinstance(standing, LifeSystem):
        raise Http404
    tie = next((row for row in exercises.view.network.ties if standing and row.system == standing.id), None)
    form = SystemForm(**posted(request), initial=_system_initial(exercises, standing, tie))
    if form.is_valid():
        typed = form.cleaned_data
        part = LifeSystem(standing.id if standing else new_key(), typed["label"], SystemKind(typed["kind"]))
        line = Tie(
            id=tie.id if tie else new_key(),
            system=part.id,
            strength=TieStrength(typed["strength"]),
            flow=Flow(typed["flow"]),
            stressful=bool(typed["stressful"]),
            note=typed["note"],
        )
        seen = seen_version(form, exercises)
        if saved(
            form,
            lambda: put_system(
                by=user_of(request),
                person=sight.person,
                seen_version=seen,
                system=part,
                tie=line,
                together=is_together(request, person_id),
            ),
        ):
            return redirect("exercises:community", person_id)
    title = _("Change a part of their life") if standing else _("Add a part of their life")
    return draw_form(request, sight, form, title=title, back=reverse("exercises:community", args=[person_id]))


def _system_initial(exercises: Exercises, standing: LifeSystem | None, tie: Tie | None) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "version": exercises.view.version,
        "strength": "ordinary",
        "flow": "none",
        "stressful": False,
    }
    if standing:
        initial |= {"label": standing.label, "kind": standing.kind}
    if tie:
        initial |= {"strength": tie.strength, "flow": tie.flow, "stressful": tie.stressful, "note": tie.note}
    return initial
