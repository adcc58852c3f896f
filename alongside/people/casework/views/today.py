"""Today: what is mine to do, what is new, what waits for me; and for roles without cases, what they are for."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import signed_in, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.foundation.work.actions import CannotWaitError, hand_on, put_off, tick_off
from alongside.foundation.work.models import ToDo
from alongside.people.casework.forms.to_do import DONE, LATER, SettleForm
from alongside.people.casework.queries.caseload import Whose, given_people, offered, standing_of
from alongside.people.casework.queries.to_dos import (
    approvals_for,
    as_due,
    colleagues_for,
    counts_of,
    due_soon,
    to_do_for,
    to_dos_for,
)
from alongside.people.casework.registry import task_links, waiting_lists

APPROVALS_SHOWN = 5


@require_GET
@signed_in
def show_today(request: HttpRequest) -> HttpResponse:
    """The start page."""
    user = request.user
    holding, on = holding_of(user), today()
    lists = offered(holding)
    has_cases = Whose.MINE in lists
    by = user if isinstance(user, User) else None
    record_consultation(by=by, what="casework.today")
    waiting, everything = to_dos_for(user), request.GET.get("due") == "all"
    soon, later = counts_of(waiting, on=on) if holding.roles else (0, 0)
    shown, total = (waiting, soon + later) if everything else (due_soon(waiting, on=on), soon)
    page = page_of(shown, request, total=total) if total else None
    approvals = (
        list(approvals_for(user)[: APPROVALS_SHOWN + 1])
        if Right.APPROVE in holding.rights_reaching(Reach.TEAM)
        else None
    )
    return render(
        request,
        "people/casework/today.html",
        {
            "today": on,
            "first_name": by.get_short_name() if by else "",
            "page": page,
            "to_dos": as_due(page.rows) if page else [],
            "later": 0 if everything else later,
            "everything": everything,
            "has_cases": has_cases,
            "leads": Right.ALLOCATE in holding.rights_reaching(Reach.TEAM),
            "may_search": bool(lists),
            "given": Whose.GIVEN in lists,
            "given_people": given_people(user) if Whose.GIVEN in lists and not has_cases else [],
            "standing": standing_of(user, on=on) if has_cases else None,
            "approvals": as_due(approvals[:APPROVALS_SHOWN]) if approvals is not None else None,
            "more_approvals": bool(approvals) and len(approvals or []) > APPROVALS_SHOWN,
            "listens": not lists and Right.RECEIVE_CONCERNS in holding.rights,
            "waiting": waiting_lists(user, holding),
            "tasks": task_links(holding),
            "roles": [ROLES[role] for role in sorted(holding.roles)],
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def settle(request: HttpRequest, to_do_id: UUID) -> HttpResponse:
    """Say that something is done, put it off with a reason, or hand it on to a colleague who may see the case."""
    by = user_of(request)
    to_do = to_do_for(by, to_do_id)
    if to_do is None:
        raise Http404
    form = SettleForm(**posted(request), to_do=to_do, colleagues=colleagues_for(by, to_do))
    if form.is_valid():
        try:
            said = _settle(by, to_do, form)
        except CannotWaitError as refused:
            form.add_error("how", str(refused))
        else:
            messages.success(request, said)
            return redirect("casework:today")
    shown = as_due([to_do])[0]
    return render(request, "people/casework/to_do.html", {"form": form, "to_do": shown, "urgent": to_do.urgent})


def _settle(by: User, to_do: ToDo, form: SettleForm) -> str:
    typed = form.cleaned_data
    if typed["how"] == DONE:
        tick_off(by=by, to_do=to_do)
        return _("Done.")
    if typed["how"] == LATER:
        put_off(by=by, to_do=to_do, until=typed["until"], reason=typed["reason"])
        return _("Put off.")
    colleague: User = typed["colleague"]
    hand_on(by=by, to_do=to_do, to_user_id=colleague.pk, reason=typed["reason"])
    return _("Handed on to %(name)s.") % {"name": colleague.name}
