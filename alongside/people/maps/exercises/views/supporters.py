"""Pages of who helps with what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import signed_in, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.ui.forms import posted
from alongside.people.casework.frames import case_for
from alongside.people.maps.changes import new_key
from alongside.people.maps.exercises.forms import (
    StepForm,
    SupportForm,
)
from alongside.people.maps.exercises.parts import (
    AREA_WORDS,
    ASKED_WORDS,
    OFTEN_WORDS,
    Asked,
    HelpArea,
    HowOften,
    Support,
    areas_on_one_person,
    areas_without_help,
)
from alongside.people.maps.exercises.queries import SomeoneKnown, fields_by_key
from alongside.people.maps.exercises.views.shared import draw, draw_form, edit, look, put
from alongside.people.maps.exercises.writing import set_next_step
from alongside.people.maps.models import ElementKind
from alongside.people.maps.together import together_too


@together_too
@signed_in
def supporters(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Who helps with what, and where nobody does; and the one next step."""
    sight, exercises = look(request, person_id, "supporters")
    form = StepForm(**posted(request))
    if request.method == "POST":
        case_for(request, person_id, right=Right.EDIT_FAMILY, what="maps.supporters")
        if form.is_valid():
            set_next_step(
                by=user_of(request),
                person=sight.person,
                step=form.cleaned_data["step"],
                by_when=form.cleaned_data["by_when"],
            )
            messages.success(request, _("The next step is among what needs doing on this case."))
            return redirect("exercises:supporters", person_id)
    found = exercises.supports()
    rows = [
        {
            "id": one.id,
            "label": one.label,
            "area": AREA_WORDS[one.area],
            "often": OFTEN_WORDS[one.often],
            "knows": ASKED_WORDS[one.knows],
            "agrees": ASKED_WORDS[one.agrees],
            "note": one.note,
        }
        for one in found
    ]
    return draw(
        request,
        "supporters",
        sight,
        rows=rows,
        gaps=[AREA_WORDS[area] for area in areas_without_help(found)],
        carriers=areas_on_one_person(found),
        anyone=bool(exercises.people()),
        form=form,
    )


@together_too
@signed_in
def support(request: HttpRequest, person_id: UUID, key: UUID | None = None) -> HttpResponseBase:
    """Add or change who helps with what."""
    sight, exercises = edit(request, person_id, "supporters")
    standing: Support | None = fields_by_key(exercises.view, str(key)) if key else None
    if key and not isinstance(standing, Support):
        raise Http404
    people = exercises.people()
    if standing and standing.who not in {one.ref for one in people}:
        people.append(SomeoneKnown(standing.who, standing.label, None))
    initial: dict[str, Any] = {"version": exercises.view.version, "knows": "not_asked", "agrees": "not_asked"}
    if standing:
        initial |= {name: getattr(standing, name) for name in ("who", "area", "often", "knows", "agrees", "note")}
    form = SupportForm(**posted(request), initial=initial, people=people)
    if form.is_valid():
        typed = form.cleaned_data
        chosen = next(one for one in people if one.ref == typed["who"])
        part = Support(
            id=standing.id if standing else new_key(),
            who=chosen.ref,
            label=chosen.label,
            area=HelpArea(typed["area"]),
            often=HowOften(typed["often"]),
            knows=Asked(typed["knows"]),
            agrees=Asked(typed["agrees"]),
            note=typed["note"],
        )
        if put(request, form, sight, exercises, ElementKind.SUPPORT, part, _("Supporter"), chosen.member_id):
            return redirect("exercises:supporters", person_id)
    title = _("Change who helps") if standing else _("Add who helps")
    return draw_form(request, sight, form, title=title, back=reverse("exercises:supporters", args=[person_id]))
