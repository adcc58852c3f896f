"""Coverage: how far everyone has been asked, as counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.people.allocations.queries import closed_cases
from alongside.people.casework.queries.coverage import coverage_within


@require_GET
@needs(Right.SEE_COVERAGE)
def show_coverage(request: HttpRequest) -> HttpResponse:
    """Counts over the teams of the user's posts; small ones are left out for those who may see no names."""
    record_consultation(by=user_of(request), what="casework.coverage")
    holding = holding_of(request.user)
    team_ids = holding.teams_with(Right.SEE_COVERAGE)
    by_name = holding.teams_reached_with(Right.SEE_CASE)
    sees_names = team_ids <= by_name
    closed = closed_cases(request.user, team_ids & by_name)
    tables = coverage_within(team_ids, total=_("All together"), hide=not sees_names, without=closed)
    return render(request, "people/casework/coverage.html", {"tables": tables, "hidden": not sees_names})
