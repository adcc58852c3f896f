"""Possible matches: family members who may be under supervision too. Only the named role ever sees these pages."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.paging import page_of
from alongside.people.casework.forms.matches import DecideForm
from alongside.people.casework.queries.matches import match_for, matches_for
from alongside.people.families.actions import decide_match
from alongside.people.families.models import MatchState, PossibleMatch


@require_GET
@needs(Right.REVIEW_MATCHES)
def show_queue(request: HttpRequest) -> HttpResponse:
    """Possible matches in the user's remit that nobody has decided, oldest first."""
    record_consultation(by=user_of(request), what="casework.matches")
    return render(request, "people/casework/matches.html", {"page": page_of(matches_for(request.user), request)})


@require_http_methods(["GET", "POST"])
@needs(Right.REVIEW_MATCHES)
def decide(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """Decide on one possible match. Looking at it is recorded on both cases, in words that tell nothing of a match."""
    user = user_of(request)
    match = match_for(user, match_id)
    if match is None:
        raise Http404
    for case_id in (match.family_member.person_id, match.matched_person_id):
        record_consultation(by=user, what="casework.page", case_id=case_id)
    form = DecideForm(request.POST or None, initial={"version": match.version})
    if match.state == MatchState.OPEN and form.is_valid():
        typed = form.cleaned_data
        try:
            decide_match(
                by=user, match=match, seen_version=typed["version"], state=typed["state"], reason=typed["reason"]
            )
        except ChangedMeanwhileError:
            messages.warning(request, _("Someone else decided this meanwhile. Read what they said."))
            return redirect("casework:match", match_id)
        messages.success(request, _("Decided. Nobody else is told."))
        return redirect("casework:matches")
    return render(request, "people/casework/match.html", _context(match) | {"form": form})


def _context(match: PossibleMatch) -> dict[str, object]:
    return {
        "match": match,
        "member": match.family_member,
        "other": match.matched_person,
        "relationship": label_of(str(match.family_member.relationship_id)),
        "open": match.state == MatchState.OPEN,
    }
