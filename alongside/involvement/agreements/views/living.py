"""What happens under an agreement: ticks, invitations, and looking at it again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.agreements.actions.living import (
    VisitTakenError,
    look_again,
    move_visit,
    settle_visit,
    tick,
    untick,
)
from alongside.involvement.agreements.forms.events import LookAgainForm, VisitForm
from alongside.involvement.agreements.models import Agreement, Visit, VisitState
from alongside.involvement.agreements.queries import terms_of, ticks_of
from alongside.involvement.agreements.rules import Terms
from alongside.involvement.agreements.rules.terms import FIRST_REVIEW
from alongside.involvement.agreements.views.shared import MEMBER_PAGE, agreement_of, draw_form
from alongside.people.casework.queries.editors import last_editor


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Look at an agreement and its boundaries again."""
    sight, agreement = agreement_of(request, person_id, member_id)
    if agreement.live is None:
        raise Http404
    next_on = min(filter(None, (today() + FIRST_REVIEW, agreement.ends_on)))
    form = LookAgainForm(**posted(request), initial={"version": agreement.version, "next_on": next_on})
    if form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            look_again(by=user_of(request), agreement=agreement, seen_version=typed.pop("version"), on=today(), **typed)
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, agreement.pk))
        else:
            messages.success(request, "Kept. If something should change, write the next version.")
            return redirect(MEMBER_PAGE, person_id, member_id)
    return draw_form(
        request,
        sight,
        agreement.family_member,
        form,
        title="Look at the agreement again",
        words=f"Ask {sight.person.called} as well whether reminders through family feel like nagging.",
    )


@require_POST
def tick_duty(request: HttpRequest, person_id: UUID, member_id: UUID, key: str) -> HttpResponse:
    """Tick something off for today, or take the tick back."""
    _sight, agreement = agreement_of(request, person_id, member_id)
    duty = _duty(agreement, key)
    if today() in ticks_of(agreement.pk).get(key, ()):
        untick(by=user_of(request), agreement=agreement, key=key, on=today())
        messages.success(request, f"Taken back: {duty}")
    else:
        tick(by=user_of(request), agreement=agreement, key=key, on=today())
        messages.success(request, f"Done today: {duty}")
    return redirect(MEMBER_PAGE, person_id, member_id)


def _duty(agreement: Agreement, key: str) -> str:
    terms = terms_of(agreement.pk, agreement.live) or Terms()
    for duty in terms.responsibilities:
        if duty.key == key:
            return duty.what
    raise Http404


@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, person_id: UUID, member_id: UUID, visit_id: UUID) -> HttpResponse:
    """Say what became of an invitation, or move it."""
    sight, agreement = agreement_of(request, person_id, member_id)
    row = Visit.objects.filter(agreement=agreement, pk=visit_id).first()
    if row is None:
        raise Http404
    row.agreement = agreement
    form = VisitForm(**posted(request), initial={"version": row.version, "on": row.on})
    if form.is_valid():
        typed = form.cleaned_data
        state = VisitState(typed["state"])
        try:
            if state is VisitState.PLANNED:
                move_visit(by=user_of(request), visit=row, seen_version=typed["version"], on=typed["on"])
            else:
                settle_visit(by=user_of(request), visit=row, seen_version=typed["version"], state=state)
        except VisitTakenError as error:
            form.add_error("on", str(error))
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, row.pk))
        else:
            messages.success(request, "Noted.")
            return redirect(MEMBER_PAGE, person_id, member_id)
    return draw_form(request, sight, agreement.family_member, form, title=f"The session of {row.on.day} {row.on:%B %Y}")
