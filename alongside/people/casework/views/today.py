"""Today: what is mine to do, what is new, what waits for me; and for roles without cases, what they are for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.foundation.access.guards import signed_in
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.paging import page_of
from alongside.people.casework.queries.caseload import Whose, given_people, offered, standing_of
from alongside.people.casework.queries.to_dos import approvals_for, as_due, counts_of, due_soon, to_dos_for
from alongside.people.casework.registry import task_links

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
            "tasks": task_links(holding),
            "roles": [ROLES[role] for role in sorted(holding.roles)],
        },
    )
