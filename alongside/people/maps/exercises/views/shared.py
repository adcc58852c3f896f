"""What every page of the exercises does alike."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.maps.actions import MapChangedError
from alongside.people.maps.exercises.queries import Exercises, exercises_of
from alongside.people.maps.exercises.writing import put_part
from alongside.people.maps.models import ElementKind
from alongside.people.maps.together import is_together
from alongside.people.maps.vocabulary import PartialDate

TEMPLATES = "people/maps/exercises/"
CURRENT = "exercises:overview"
CASE = "people/casework/case_base.html"
BESIDE = "people/maps/exercises/beside_base.html"


def look(request: HttpRequest, person_id: UUID, page: str) -> tuple[Sight, Exercises]:
    """The case for someone who may look at its family, with its exercises as they stand."""
    sight = case_for(request, person_id, right=Right.SEE_FAMILY, what=f"maps.{page}")
    return sight, exercises_of(sight.person, together=is_together(request, person_id))


def edit(request: HttpRequest, person_id: UUID, page: str) -> tuple[Sight, Exercises]:
    """The case for someone who may change its family, with its exercises as they stand."""
    sight = case_for(request, person_id, right=Right.EDIT_FAMILY, what=f"maps.{page}")
    return sight, exercises_of(sight.person, together=is_together(request, person_id))


def draw(request: HttpRequest, name: str, sight: Sight, **context: Any) -> HttpResponseBase:
    """A page of the exercises in the frame of the case, or, while the person sits beside, in none at all."""
    template = f"{TEMPLATES}{name}.html"
    if not is_together(request, sight.person.pk):
        return render_case(request, template, sight, current=CURRENT, base=CASE, together=False, **context)
    beside = {
        "base": BESIDE,
        "together": True,
        "person": sight.person,
        "may_edit_family": sight.may(Right.EDIT_FAMILY),
    }
    return render(request, template, beside | context)


def picture(svg: str) -> str:
    """A drawing of our own engines, ready for a page."""
    # Our own engines write it, and they escape whatever a person typed.
    return mark_safe(svg)  # noqa: S308


def this_day() -> PartialDate:
    """Today, as maps write days."""
    now = today()
    return PartialDate(now.year, now.month, now.day)


def seen_version(form: Any, exercises: Exercises) -> int:
    """The version of the map that the editor saw; none at all where the page did not say, so that nothing is lost."""
    try:
        return min(int(form.cleaned_data.get("version") or 0), exercises.view.version)
    except ValueError:
        return 0


def saved(form: Any, save: Any) -> bool:
    """Whether a save went through; where someone was quicker, the form says so and keeps what was typed."""
    try:
        save()
    except MapChangedError as changed:
        form.add_error(None, str(changed))
        return False
    return True


def put(
    request: HttpRequest,
    form: Any,
    sight: Sight,
    exercises: Exercises,
    kind: ElementKind,
    part: Any,
    what: str,
    member_id: UUID | None = None,
) -> bool:
    """Save one element of an exercise; False where someone was quicker."""
    label = getattr(part, "label", "")
    return saved(
        form,
        lambda: put_part(
            by=user_of(request),
            person=sight.person,
            seen_version=seen_version(form, exercises),
            kind=kind,
            part=part,
            summary=f"{what}: {label}" if label else what,
            member_id=member_id,
            together=is_together(request, sight.person.pk),
        ),
    )


def draw_form(request: HttpRequest, sight: Sight, form: Any, *, title: str, back: str) -> HttpResponseBase:
    """A form of the exercises."""
    return draw(request, "form", sight, form=form, title=title, back=back)
