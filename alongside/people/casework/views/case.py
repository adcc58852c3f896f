"""The case page, its timeline, and what is to be done on it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.ui.paging import page_of
from alongside.people.casework.frames import case_for, render_case
from alongside.people.casework.queries.case import as_entries, entries_of, overview_for, reading_for, to_dos_of_case


@require_GET
def show_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The case, built round the network (R035). Someone who may see identity alone sees who it is and whom to call."""
    may_see_family = holding_of(request.user).may(Right.SEE_FAMILY)
    sight = case_for(request, person_id, right=Right.SEE_IDENTITY, reading=reading_for(family=may_see_family))
    return render_case(
        request,
        "case.html",
        sight,
        current="casework:case",
        overview=overview_for(sight),
        sees_case=sight.may(Right.SEE_CASE),
        sees_sensitive=sight.may(Right.SEE_SENSITIVE),
    )


@require_GET
def show_timeline(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything that happened on a case, newest first, as far as the user may see it."""
    sight = case_for(request, person_id, right=Right.SEE_IDENTITY, what="casework.timeline")
    page = page_of(entries_of(sight), request)
    return render_case(
        request, "timeline.html", sight, current="casework:timeline", page=page, entries=as_entries(page.rows)
    )


@require_GET
def show_to_dos(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything that is still to be done on a case."""
    sight = case_for(request, person_id, right=Right.SEE_IDENTITY, what="casework.to_dos")
    return render_case(
        request, "case_to_dos.html", sight, current="casework:case", to_dos=to_dos_of_case(person_id, sight)
    )
