"""Pages of the button exercise."""

from math import cos, pi, sin
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import signed_in, user_of
from alongside.people.maps.closeness import (
    RINGS,
    Run,
    Token,
    compare,
    describe_closeness,
    layout_closeness,
    render_closeness,
)
from alongside.people.maps.exercises.forms import (
    LEFT_OUT,
    TokenForm,
)
from alongside.people.maps.exercises.queries import SomeoneKnown
from alongside.people.maps.exercises.views.shared import (
    draw,
    edit,
    look,
    picture,
    this_day,
)
from alongside.people.maps.exercises.writing import put_run
from alongside.people.maps.together import is_together, together_too


@together_too
@signed_in
def closeness(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """The button exercise: the last time it was done, beside an earlier one where asked."""
    sight, exercises = look(request, person_id, "closeness")
    runs = exercises.runs()
    chosen = runs[-1][1] if runs else None
    earlier = next((run for key, run in runs[:-1] if key == request.GET.get("beside")), None)
    context: dict[str, Any] = {"runs": [(key, run.date.words if run.date else "") for key, run in runs[:-1]]}
    if chosen:
        scene = layout_closeness(chosen, earlier, title=_("Who is close to %(name)s") % {"name": sight.person.name})
        context |= {
            "picture": picture(render_closeness(scene)),
            "twin": picture(describe_closeness(chosen, scene, earlier).as_html(level=3)),
            "done_on": chosen.date.words if chosen.date else "",
            "changes": compare(earlier, chosen) if earlier else (),
        }
    return draw(request, "closeness", sight, anyone=bool(exercises.people()), **context)


@together_too
@signed_in
def place_buttons(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Do the button exercise: a row for each person, or buttons dragged on the rings where scripts run."""
    sight, exercises = edit(request, person_id, "closeness")
    people = exercises.people()
    if not people:
        return redirect("exercises:closeness", person_id)
    runs = exercises.runs()
    last = runs[-1][1].by_person() if runs else {}
    posted = request.POST if request.method == "POST" else None
    rows = [
        # Named by whom a row is about, not by its place: who is in the list may change while the page is open.
        (one, TokenForm(posted, prefix=one.ref, initial=_token_initial(last.get(one.ref))))
        for one in people
    ]
    if posted is not None and all(form.is_valid() for _one, form in rows):
        tokens = _tokens([(one, form.cleaned_data) for one, form in rows])
        if not tokens:
            rows[0][1].add_error("ring", _("Place at least one button, so that there is something to keep."))
        else:
            run = Run(tokens=tuple(tokens), date=this_day(), label=sight.person.name)
            put_run(
                by=user_of(request),
                person=sight.person,
                seen_version=exercises.view.version,
                run=run,
                together=is_together(request, person_id),
            )
            return redirect("exercises:closeness", person_id)
    return draw(
        request,
        "place_buttons",
        sight,
        rows=rows,
        forms=[form for _one, form in rows],
        rings=list(enumerate(RINGS)),
    )


def _token_initial(token: Token | None) -> dict[str, Any]:
    if token is None:
        return {"ring": LEFT_OUT, "size": "2", "pattern": "plain"}
    return {
        "ring": str(token.ring),
        "size": str(token.size),
        "pattern": token.pattern,
        "reason": token.reason,
        "x": token.x,
        "y": token.y,
    }


def _tokens(rows: list[tuple[SomeoneKnown, dict[str, Any]]]) -> list[Token]:
    placed = [(one, typed) for one, typed in rows if typed["ring"] != LEFT_OUT]
    tokens = []
    for number, (one, typed) in enumerate(placed):
        x, y = _spot(typed, number, len(placed))
        tokens.append(
            Token(
                person=one.ref,
                label=one.label,
                x=x,
                y=y,
                size=int(typed["size"]),
                pattern=typed["pattern"],
                reason=typed["reason"],
            )
        )
    return tokens


def _spot(typed: dict[str, Any], number: int, count: int) -> tuple[float, float]:
    """Where a token was dragged to, if that is in the ring that was chosen; else a place of its own in that ring."""
    ring = int(typed["ring"])
    try:
        x, y = round(float(typed["x"]), 4), round(float(typed["y"]), 4)
        if abs(x) <= 1 and abs(y) <= 1 and Token("", "", x, y).ring == ring:
            return x, y
    except (TypeError, ValueError):
        pass
    distance = (ring + 0.5) / len(RINGS)
    angle = 2 * pi * number / count - pi / 2
    return round(distance * cos(angle), 4), round(distance * sin(angle), 4)
