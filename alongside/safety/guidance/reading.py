"""How the pages of other rooms show guidance and take down that it was read.

A view passes `guidance=at_point(request, Point.FLAG)` to its page, which includes `safety/guidance/parts/guidance.html`
inside its form; when the form has done its work the view calls `note_read`.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from alongside.foundation.access.guards import user_of
from alongside.safety.guidance.actions import NoSuchVersionError, acknowledge
from alongside.safety.guidance.queries import Guidance, guidance_for
from alongside.safety.guidance.rules import Point

FIELD = "guidance_read"


@dataclass(frozen=True)
class Shown:
    """Guidance on a page with a form: `ticked` keeps the box as it was where the form comes back."""

    guidance: Guidance
    ticked: bool


def at_point(request: HttpRequest, point: Point) -> Shown:
    """The guidance at a point, for whoever asks: one query."""
    (found,) = guidance_for(user_of(request).pk, [point])
    return Shown(found, ticked=request.POST.get(FIELD) == str(found.wording.version_id))


def note_read(request: HttpRequest, point: Point) -> None:
    """Take down that the user ticked the guidance as read. What no page offered is let be: nothing waits for it."""
    ticked = request.POST.get(FIELD, "")
    try:
        version_id = UUID(ticked)
    except ValueError:
        return
    try:
        acknowledge(by=user_of(request), point=point, version_id=version_id)
    except NoSuchVersionError:
        return
