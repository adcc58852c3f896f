"""Advice that does not agree: flagged by anyone, decided by a senior, answered back (R162)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from alongside.contact.helpdesk.actions import (
    OwnFlagError,
    SettledAlreadyError,
    Told,
    decide_conflict,
    flag_conflict,
)
from alongside.contact.helpdesk.forms import DecideForm, FlagForm
from alongside.contact.helpdesk.models import Conflict, Decision
from alongside.contact.helpdesk.queries import answers_in, approved, conflicts_for, decides
from alongside.contact.helpdesk.views.shared import desk_of, draw
from alongside.foundation.access.guards import signed_in, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of


@require_GET
@signed_in
def conflicts(request: HttpRequest) -> HttpResponse:
    """What the user flagged, and what their teams' seniors decide, the undecided first."""
    user = user_of(request)
    page = page_of(conflicts_for(user), request)
    return draw(request, "conflicts.html", page=page, rows=[_shown(row, user) for row in page.rows])


def _shown(row: Conflict, user: User) -> dict[str, object]:
    return {
        "row": row,
        "topic": label_of(row.topic_id),
        "said_where": label_of(row.said_where_id),
        "other_where": label_of(row.other_where_id),
        "decision": Decision(row.decision).label if row.decision else "",
        "decides": row.decided_at is None and decides(user, row),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def flag(request: HttpRequest) -> HttpResponse:
    """Say that two pieces of advice do not agree. No case is needed, and nobody is blamed."""
    team = desk_of(request)
    form = FlagForm(**posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        told = Told(
            topic_id=typed["topic"],
            said=typed["said"],
            said_where_id=typed["said_where"],
            other=typed["other"],
            other_where_id=typed["other_where"],
            key=typed["once"],
        )
        flag_conflict(by=user_of(request), team=team, told=told)
        messages.success(request, f"A senior of {team.name} decides, and you hear what was decided.")
        return redirect("helpdesk:conflicts")
    return draw(request, "flag.html", form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def conflict(request: HttpRequest, conflict_id: UUID) -> HttpResponse:
    """What was said where, and what is decided."""
    user = user_of(request)
    row = conflicts_for(user).filter(pk=conflict_id).first()
    if row is None:
        raise Http404
    form = None
    if decides(user, row) and row.decided_at is None:
        form = DecideForm(**posted(request), answers=answers_in())
        if form.is_valid():
            return _decide(request, row, form)
    elif request.method == "POST":
        messages.warning(request, "This has been decided already, or somebody else decides it.")
        return redirect("helpdesk:conflict", row.pk)
    wording = approved(row.answer_key) if row.answer_key else None
    return draw(
        request,
        "conflict.html",
        form=form,
        wording=wording,
        edits=holding_of(user).may(Right.MANAGE_CONTENT) and row.decision == Decision.CHANGE,
        answers=holding_of(user).may(Right.ANSWER_QUESTIONS),
        own=row.flagged_by == user.pk,
        **_shown(row, user),
    )


def _decide(request: HttpRequest, row: Conflict, form: DecideForm) -> HttpResponse:
    typed = form.cleaned_data
    try:
        decide_conflict(
            by=user_of(request),
            conflict=row,
            decision=Decision(typed["decision"]),
            wording=form.answers.get(typed["answer"]),
            words=typed["words"],
        )
    except (SettledAlreadyError, OwnFlagError) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Decided. Whoever flagged it is told.")
    return redirect("helpdesk:conflicts")
