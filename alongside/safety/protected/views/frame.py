"""What the views of this room share: the case with a look recorded, and a page that is one form."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.ui.forms import GovForm
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.safety.protected.models import Told
from alongside.safety.protected.queries.pages import told_or_none, with_members_and_wall

CURRENT = "protected:page"
WHAT = "protected.page"


def reader_of(request: HttpRequest, person_id: UUID) -> Sight:
    """The case of someone who may read what was told, as far as the wall lets them."""
    return case_for(request, person_id, right=Right.SEE_PROTECTED, what=WHAT, reading=with_members_and_wall)


def writer_of(request: HttpRequest, person_id: UUID) -> Sight:
    """The case of someone who may write down what was told."""
    return case_for(request, person_id, right=Right.RECORD_PROTECTED, what=WHAT)


def told_or_404(person_id: UUID, told_id: UUID) -> Told:
    """Something that was told, or a 404 that says nothing: not there, or behind the wall."""
    told = told_or_none(person_id, told_id)
    if told is None:
        raise Http404
    return told


def told_named(request: HttpRequest, person_id: UUID) -> Told | None:
    """The thing told that an address names with `told`, where the reader may see it."""
    given = request.GET.get("told", "")
    try:
        return told_or_none(person_id, UUID(given)) if given else None
    except ValueError:
        return None


def member_named(request: HttpRequest, members: dict[UUID, str]) -> str:
    """The family member that an address names with `member`, if they belong to the case."""
    given = request.GET.get("member", "")
    return given if given in {str(pk) for pk in members} else ""


def form_page(
    request: HttpRequest, sight: Sight, form: GovForm, *, title: str, button: str, back: str = "", **context: Any
) -> HttpResponse:
    """A page that is one form, on the way back to where it came from."""
    return render_case(
        request,
        context.pop("template", "safety/protected/form.html"),
        sight,
        current=CURRENT,
        form=form,
        title=title,
        button=button,
        back=back or reverse("protected:page", args=[sight.person.pk]),
        **context,
    )
