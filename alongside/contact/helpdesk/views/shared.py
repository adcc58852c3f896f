"""What the pages of the desk share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.contact.helpdesk.actions import Asked
from alongside.contact.helpdesk.queries import team_of
from alongside.foundation.access.guards import user_of
from alongside.people.staff.models import Team


def desk_of(request: HttpRequest) -> Team:
    """The team at whose desk the user sits. Raises PermissionDenied for someone without a post in one."""
    team = team_of(user_of(request))
    if team is None:
        raise PermissionDenied("Only someone with a post in a team can use the help desk.")
    return team


def asked_of(typed: dict[str, Any], *, topic_id: str) -> Asked:
    """What a form says of a question."""
    return Asked(
        topic_id=topic_id,
        asker_id=typed["asker"],
        channel_id=typed["channel"],
        minutes=typed["minutes"],
        key=typed["once"],
    )


def draw(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page of the desk."""
    return render(request, f"contact/helpdesk/{name}", context)
