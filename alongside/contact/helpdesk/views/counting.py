"""What the desk did, as counts."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from alongside.contact.helpdesk.queries import counted
from alongside.contact.helpdesk.views.shared import draw
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today


@require_GET
@needs(Right.SEE_COVERAGE)
def counts(request: HttpRequest) -> HttpResponse:
    """Topics, ways out, months and times over half a year; small numbers are left out."""
    user = user_of(request)
    record_consultation(by=user, what="helpdesk.counts")
    return draw(request, "counts.html", counted=counted(holding_of(user), on=today()))
