"""What the views of this room share: whose page it is, and the page of a form."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.records.prepared import Reading
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_case
from alongside.people.families.models import FamilyMember
from alongside.safety.guidance.reading import at_point
from alongside.safety.guidance.rules import Point

WHAT = "flags.safety"
CURRENT = "flags:safety"


def sight_for(request: HttpRequest, person_id: UUID, *rights: Right, reading: Reading | None = None) -> Sight:
    """The case, for someone who may see its safety and holds at least one of `rights` on it; else 404."""
    sight = case_for(request, person_id, right=Right.SEE_SAFETY, what=WHAT, reading=reading)
    if rights and not any(sight.may(right) for right in rights):
        raise Http404
    return sight


def member_if_any(person_id: UUID, member_id: UUID | None) -> FamilyMember | None:
    """The family member of this very case; None where the page is about the person."""
    return None if member_id is None else member_or_404(person_id, member_id)


def home_of(person_id: UUID, member: FamilyMember | None) -> str:
    """The safety page of the person, or of a family member."""
    if member is None:
        return reverse("flags:safety", args=[person_id])
    return reverse("flags:member", args=[person_id, member.pk])


def may_record(sight: Sight) -> bool:
    """Whether the user may record or take away any kind of flag on this case."""
    return sight.may(Right.EDIT_SAFETY) or sight.may(Right.SET_NAMED_FLAGS)


def form_page(
    request: HttpRequest,
    sight: Sight,
    form: Any,
    *,
    title: str,
    back: str,
    button: str = "Save",
    words: str = "",
    warning: str = "",
    guided: bool = False,
) -> HttpResponse:
    """A page with one form and one button; with the guidance on abuse in it where `guided`."""
    return render_case(
        request,
        "safety/flags/form.html",
        sight,
        current=CURRENT,
        form=form,
        title=title,
        back=back,
        button=button,
        words=words,
        warning=warning,
        guidance=at_point(request, Point.FLAG) if guided else None,
    )
