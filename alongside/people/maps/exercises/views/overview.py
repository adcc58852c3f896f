"""The exercises at a glance, on paper, and taking something away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.foundation.access.guards import signed_in, user_of
from alongside.people.maps.actions import MapChangedError
from alongside.people.maps.closeness import (
    Run,
    layout_closeness,
    render_closeness,
)
from alongside.people.maps.exercises.forms import (
    RING_CHOICES,
)
from alongside.people.maps.exercises.parts import (
    AREA_WORDS,
    LEVELS,
    STATEMENTS,
)
from alongside.people.maps.exercises.views.shared import draw, edit, look, picture
from alongside.people.maps.exercises.writing import take_part_away
from alongside.people.maps.together import is_together, together_too


@together_too
@signed_in
def overview(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The exercises of a case, and when each was last done."""
    sight, exercises = look(request, person_id, "exercises")
    runs, values = exercises.runs(), exercises.values()
    return draw(
        request,
        "overview",
        sight,
        systems=len(exercises.view.network.systems),
        supports=len(exercises.supports()),
        events=len(exercises.events()),
        last_run=runs[-1][1].date.words if runs and runs[-1][1].date else "",
        last_value=values[-1].day.words if values else "",
    )


@signed_in
def worksheets(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The exercises on paper, for a room without a screen: empty, but for the person's name."""
    sight, _exercises = look(request, person_id, "worksheets")
    rings = layout_closeness(Run(tokens=(), label=_("Me")), title=_("Who is close?"))
    return draw(
        request,
        "worksheets",
        sight,
        rings=picture(render_closeness(rings, id_prefix="sheet")),
        areas=AREA_WORDS.values(),
        lanes=[_("Family"), _("Home"), _("Work and learning"), _("Health"), _("Police, court and prison")],
        statements=[statement for _name, statement in STATEMENTS],
        levels=[words for _number, words in LEVELS],
        ring_words=[words for _number, words in RING_CHOICES[1:]],
    )


@together_too
@signed_in
@require_POST
def take_away(request: HttpRequest, person_id: UUID, key: UUID, page: str) -> HttpResponseBase:
    """Take something off an exercise; undo on the map brings it back."""
    sight, exercises = edit(request, person_id, page)
    try:
        if take_part_away(
            by=user_of(request),
            person=sight.person,
            view=exercises.view,
            key=str(key),
            together=is_together(request, person_id),
        ):
            messages.success(request, _("Taken away. Undo on the family map brings it back."))
    except MapChangedError as changed:
        messages.error(request, str(changed))
    return redirect(f"exercises:{page}", person_id)
