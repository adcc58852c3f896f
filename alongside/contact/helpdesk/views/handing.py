"""Handing a question on to a team, and settling it there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from alongside.contact.helpdesk.actions import SettledAlreadyError, ToRing, settle
from alongside.contact.helpdesk.actions import hand_on as hand_over
from alongside.contact.helpdesk.forms import HandOnForm, SettleForm
from alongside.contact.helpdesk.models import HandedOn, Result
from alongside.contact.helpdesk.queries import handed_on_to, slip_of, teams_near
from alongside.contact.helpdesk.views.shared import asked_of, desk_of, draw
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import next_working_day, today
from alongside.foundation.content.queries import wording_for_sending
from alongside.foundation.documents.rendering import long_date
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.people.staff.queries import days_closed_in


@require_http_methods(["GET", "POST"])
@needs(Right.ANSWER_QUESTIONS)
def hand_on(request: HttpRequest) -> HttpResponse:
    """No answer fits: an officer rings back. Nobody is looked up, and nothing is confirmed."""
    team = desk_of(request)
    teams = teams_near(team)
    form = HandOnForm(**posted(request), teams=teams, initial={"team": str(team.pk), "minutes": 5})
    if form.is_valid():
        typed = form.cleaned_data
        hand_over(
            by=user_of(request),
            team=team,
            to=form.teams[typed["team"]],
            asked=asked_of(typed, topic_id=typed["topic"]),
            question=typed["question"],
            ring=ToRing(reach=typed["reach"], name=typed["name"], when=typed["when"], about=typed["about"]),
        )
        messages.success(request, "Handed on. The team sees whom to ring until somebody has; this desk does not.")
        return redirect("helpdesk:desk")
    by = long_date(next_working_day(today(), closures=days_closed_in(team.delivery_unit_id)), "en")
    say = wording_for_sending("helpdesk.say.handed_on", "en").filled(day=by)
    return draw(request, "hand_on.html", form=form, say=say)


@require_GET
@needs(Right.LOG_CONTACTS)
def handed_on(request: HttpRequest) -> HttpResponse:
    """Questions that wait for the user's teams, and those that were settled."""
    user = user_of(request)
    record_consultation(by=user, what="helpdesk.handed_on")
    page = page_of(handed_on_to(user), request)
    return draw(request, "handed_on.html", page=page, rows=[_row(row) for row in page.rows])


def _row(row: HandedOn) -> dict[str, object]:
    return {
        "row": row,
        "topic": label_of(row.enquiry.topic_id),
        "late": row.settled_at is None and row.due_on < today(),
        "result": Result(row.result).label if row.result else "",
    }


@require_http_methods(["GET", "POST"])
@needs(Right.LOG_CONTACTS)
def one_handed_on(request: HttpRequest, handed_on_id: UUID) -> HttpResponse:
    """One question: whom to ring, what to ask first, and what came of it."""
    user = user_of(request)
    row = handed_on_to(user).filter(pk=handed_on_id).first()
    if row is None:
        raise Http404
    form = SettleForm(**posted(request)) if row.settled_at is None else None
    if form is not None and form.is_valid():
        try:
            settle(by=user, handed_on=row, result=Result(form.cleaned_data["result"]))
        except SettledAlreadyError as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Settled. The slip is torn up.")
        return redirect("helpdesk:handed_on")
    slip = slip_of(row)
    if slip is not None:
        record_consultation(by=user, what="helpdesk.slip", detail=str(row.pk))
    return draw(
        request,
        "one_handed_on.html",
        form=form,
        slip=slip,
        asker=label_of(row.enquiry.asker_id),
        channel=label_of(row.enquiry.channel_id),
        **_row(row),
    )
