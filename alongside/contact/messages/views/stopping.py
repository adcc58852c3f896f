"""Lifting that somebody at a number or address asked us to stop."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from alongside.contact.messages.actions.stopping import lift_stop
from alongside.contact.messages.forms import LiftForm
from alongside.contact.messages.stopped import stopped_places
from alongside.contact.messages.views.common import MEMBER_PAGE, draw_member, sight_of_member
from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, person_id: UUID, member_id: UUID, stopped_id: UUID) -> HttpResponse:
    """They want messages there again, as they said themselves."""
    sight, member = sight_of_member(request, person_id, member_id, right=Right.SEND_MESSAGES, what="messages.lift")
    place = next((one for one in stopped_places(member, sight.rights) if one.stopped.pk == stopped_id), None)
    if place is None:
        raise Http404
    form = LiftForm(**posted(request), initial={"version": place.stopped.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            lift_stop(
                by=user_of(request),
                member=member,
                stopped=place.stopped,
                seen_version=typed["version"],
                why=typed["why"],
            )
        except ChangedMeanwhileError:
            messages.warning(request, "Somebody has lifted it already.")
        else:
            messages.success(request, "Lifted. Where their own answer is still no, nothing goes until they say yes.")
        return redirect(MEMBER_PAGE, person_id, member_id)
    return draw_member(request, "lift.html", sight, member, form=form, place=place)
