"""Pages of what family is worth."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import signed_in
from alongside.foundation.ui.forms import posted
from alongside.people.maps.changes import new_key
from alongside.people.maps.exercises.forms import (
    ValueForm,
)
from alongside.people.maps.exercises.parts import (
    LEVELS,
    STATEMENTS,
    ValueOfFamily,
)
from alongside.people.maps.exercises.views.shared import draw, draw_form, edit, look, put, this_day
from alongside.people.maps.models import ElementKind
from alongside.people.maps.together import together_too


@together_too
@signed_in
def value(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """What family is worth: the first answers and the last, statement by statement, never added up."""
    sight, exercises = look(request, person_id, "value")
    found = exercises.values()
    words = dict(LEVELS)
    rows = [
        {
            "statement": statement,
            "first": words.get(found[0].answer_to(name), _("Left out")) if found else "",
            "last": words.get(found[-1].answer_to(name), _("Left out")) if len(found) > 1 else "",
        }
        for name, statement in STATEMENTS
    ]
    return draw(
        request,
        "value",
        sight,
        rows=rows if found else [],
        first_day=found[0].day.words if found else "",
        last_day=found[-1].day.words if len(found) > 1 else "",
        said=[one for one in found if one.words],
    )


@together_too
@signed_in
def ask_value(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Ask what family is worth."""
    sight, exercises = edit(request, person_id, "value")
    form = ValueForm(**posted(request))
    if form.is_valid():
        if not form.answers:
            form.add_error(None, _("Answer at least one of them, or leave the page."))
        else:
            part = ValueOfFamily(id=new_key(), day=this_day(), answers=form.answers, words=form.cleaned_data["words"])
            if put(request, form, sight, exercises, ElementKind.VALUE, part, _("What family is worth")):
                return redirect("exercises:value", person_id)
    return draw_form(
        request,
        sight,
        form,
        title=_("How true is this for you?"),
        back=reverse("exercises:value", args=[person_id]),
    )
