"""Danger does not wait: whom to call, and the minimum that may be shared now. No right, case or fact is asked for."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import DecidedAlreadyError, OwnWorkError
from alongside.people.allocations.looking import sight_of
from alongside.people.persons.models import Person
from alongside.safety.protected.actions import review_disclosure, share_in_danger
from alongside.safety.protected.forms.disclosures import APPROVE, DangerForm, DangerOnCaseForm, LookBackForm
from alongside.safety.protected.queries.duty import NO_HELP, help_for
from alongside.safety.protected.queries.pages import decision_or_none, standing_of
from alongside.safety.protected.views.disclosures import decision_context


@require_GET
@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Whom to call now. Works for whoever is not signed in, and where nothing else does."""
    person = _case_named(request)
    found = NO_HELP
    if request.user.is_authenticated:
        found = help_for(holding_of(request.user), today(), case_id=person.pk if person else None)
    return render(request, "safety/protected/danger.html", {"help": found, "about": person})


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """The minimum, shared now: call first, write after. Someone else looks back on it the next working day."""
    person = _case_named(request)
    kind = DangerOnCaseForm if person else DangerForm
    form = kind(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        decision = share_in_danger(
            by=user_of(request),
            facts=form.facts(),
            channel_id=typed["channel"],
            person=person,
            number=typed.get("number", ""),
            key=typed["once"],
        )
        return redirect("protected:shared", decision.pk)
    return render(request, "safety/protected/share.html", {"form": form, "about": person})


@require_http_methods(["GET", "POST"])
def shared(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """What was shared, for whoever wrote it; and for whoever looks back on it where it belongs to no case."""
    user = user_of(request)
    decision = decision_or_none(decision_id)
    if decision is None or not decision.urgent:
        raise Http404
    own = decision.decided_by == user.pk
    if not own and decision.case is not None:
        return redirect("protected:disclosure", decision.case, decision.pk)
    may_review = not own and standing_of(decision).approved is None and holding_of(user).may(Right.APPROVE)
    form = LookBackForm(request.POST if may_review and request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        try:
            review_disclosure(
                by=user,
                decision=decision,
                approved=form.cleaned_data["answer"] == APPROVE,
                reason=form.cleaned_data["reason"],
            )
        except (OwnWorkError, DecidedAlreadyError) as error:
            refused = str(error)
        else:
            return redirect("protected:shared", decision_id)
    return render(
        request,
        "safety/protected/shared.html",
        {"form": form, "may_review": may_review, "own": own, "refused": refused, **decision_context(decision)},
    )


def _case_named(request: HttpRequest) -> Person | None:
    """The case that an address names with `case`, if the user may see it; otherwise as if none were named."""
    given = request.GET.get("case", "")
    try:
        sight = sight_of(request.user, UUID(given)) if given else None
    except ValueError:
        return None
    return sight.person if sight and sight.may(Right.SEE_CASE) else None
