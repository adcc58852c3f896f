"""Stopping: one press, at once, and back to a page that says what stops."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from alongside.foundation.access.guards import user_of
from alongside.safety.permissions.actions import pause, refuse, withdraw
from alongside.safety.permissions.forms.base import key_from
from alongside.safety.permissions.models import Permission
from alongside.safety.permissions.views.common import about, to_member
from alongside.safety.permissions.words import stopped_words


@require_POST
def take_back(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The person takes back one permission, or all about a family member."""
    found = about(request, person_id, member_id)
    permission = None
    if "permission" in request.POST:
        key = key_from(request.POST["permission"])
        permission = Permission.objects.filter(pk=key, family_member=member_id).first() if key else None
        if permission is None:
            raise Http404
    stopped = withdraw(by=user_of(request), member=found.member, permission=permission)
    messages.success(request, stopped_words(stopped, name=found.member.name, called=found.called))
    return to_member(found)


@require_POST
def put_on_hold(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The relationship changed: everything about the family member waits for the word of the person, alone."""
    found = about(request, person_id, member_id)
    stopped = pause(by=user_of(request), member=found.member)
    words = stopped_words(stopped, name=found.member.name, called=found.called)
    messages.success(request, words if stopped.anything else "Everything about them is paused already.")
    return to_member(found)


@require_POST
def never(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """The person says that this family member is not to be talked to."""
    found = about(request, person_id, member_id)
    stopped = refuse(by=user_of(request), member=found.member)
    words = stopped_words(stopped, name=found.member.name, called=found.called)
    messages.success(request, words if stopped.anything else "They are not to be talked to already.")
    return to_member(found)
