"""Taking in what somebody sent to the office, and reading a reply on its case."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alongside.contact.messages.actions.replies import Arrived, keep_in_confidence, take_in, write_down
from alongside.contact.messages.actions.writing import NotOpenError
from alongside.contact.messages.forms import SettleForm, TakeInForm
from alongside.contact.messages.models import Reply, Settled
from alongside.contact.messages.queries import reply_of
from alongside.contact.messages.rules import DAY_ALONE
from alongside.contact.messages.views.common import CASE_PAGE, CHANNELS, TEMPLATES, reply_line_of
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.ui.forms import posted
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.staff.models import Team
from alongside.safety.protected.queries.pages import stands_behind_wall

TAKEN = "Taken in. Whoever should read it has been told."
"""The same whatever came of it: whoever hands something in learns nothing about anyone."""


@require_http_methods(["GET", "POST"])
@needs(Right.RECEIVE_CONCERNS)
def take(request: HttpRequest) -> HttpResponse:
    """A text, an email or a letter that came to the office. What becomes of it is not told here."""
    form = TakeInForm(**posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        on = typed["on"] or today()
        came_at = timezone.now() if on == today() else datetime.combine(on, DAY_ALONE, LONDON)
        arrived = Arrived(
            channel=Channel(typed["how"]),
            sender=typed["sender"],
            words=typed["words"],
            came_at=came_at,
            key=f"hand:{typed['once']}",
        )
        user = user_of(request)
        teams = sorted(holding_of(user).teams_with(Right.RECEIVE_CONCERNS), key=str)
        team = Team.objects.filter(pk__in=teams).order_by("name", "pk").first()
        take_in(by=user, arrived=arrived, team=team)
        messages.success(request, TAKEN)
        return redirect("messages:take_in")
    return render(request, f"{TEMPLATES}/take_in.html", {"form": form})


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, person_id: UUID, reply_id: UUID) -> HttpResponse:
    """One reply: what becomes of it, and what it says.

    Until somebody has judged whether it is a secret, only those read it who stand where it would be kept. Nobody else
    learns afterwards that it was one.
    """
    sight = case_for(request, person_id, right=Right.SEE_CONTACTS, what="messages.reply")
    reply = reply_of(person_id, reply_id)
    may_judge = sight.may(Right.LOG_CONTACTS) and sight.may(Right.RECORD_PROTECTED) and stands_behind_wall(person_id)
    may = may_judge and not reply.settled
    form = SettleForm(**posted(request)) if may else None
    if form is not None and form.is_valid():
        return _settle(request, sight, reply, form)
    return render_case(
        request,
        f"{TEMPLATES}/reply.html",
        sight,
        current=CASE_PAGE,
        reply=reply,
        line=reply_line_of(reply),
        channel=CHANNELS[reply.channel].lower(),
        words=reply.words if may_judge or reply.settled == Settled.WRITTEN_DOWN else None,
        form=form,
        became=_became(reply, may_judge=may_judge),
        contact=reverse("log:contact", args=[person_id, reply.contact]) if reply.contact else "",
        may_write=sight.may(Right.SEND_MESSAGES),
    )


def _became(reply: Reply, *, may_judge: bool) -> str:
    if not reply.settled:
        return "Not read yet"
    if reply.settled == Settled.IN_CONFIDENCE and not may_judge:
        return "Read, and what follows from it is in hand"
    return str(reply.get_settled_display())


def _settle(request: HttpRequest, sight: Sight, reply: Reply, form: SettleForm) -> HttpResponse:
    user, case_id = user_of(request), sight.person.pk
    here = redirect("messages:reply", case_id, reply.pk)
    try:
        if form.cleaned_data["settled"] == Settled.WRITTEN_DOWN:
            write_down(by=user, reply_id=reply.pk)
            messages.success(request, "Written down.")
            return here
        told = keep_in_confidence(by=user, reply_id=reply.pk, duties=form.cleaned_data["duties"])
    except NotOpenError as refusal:
        messages.warning(request, str(refusal))
        return here
    messages.success(request, "Kept in confidence. The source is protected until you decide otherwise.")
    return redirect("protected:told", case_id, told.pk) if stands_behind_wall(case_id) else here
