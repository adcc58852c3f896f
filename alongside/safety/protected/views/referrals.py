"""Passing a concern to those who safeguard, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.people.casework.queries.editors import last_editor
from alongside.safety.protected.actions import make_referral, record_outcome
from alongside.safety.protected.forms.told import OutcomeForm, ReferralForm, initial_outcome
from alongside.safety.protected.queries.pages import names_of, owed_for, referrals_of
from alongside.safety.protected.views.frame import form_page, reader_of, told_named, writer_of


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down that a concern was passed on. Nobody's consent is needed where someone may be harmed (R101)."""
    sight = writer_of(request, person_id)
    told = told_named(request, person_id)
    owed = owed_for(told.duties) if told else ()
    protects = next((duty.refers for duty in owed if duty.refers), "")
    initial = {"protects": protects, "agency": f"safeguarding_agency.{'CHILDREN' if protects == 'child' else 'ADULTS'}"}
    form = ReferralForm(request.POST or None, initial=initial if protects else {})
    if form.is_valid():
        referral = make_referral(
            by=user_of(request),
            person=sight.person,
            values=form.values(),
            told=told,
            key=form.cleaned_data["once"],
        )
        messages.success(request, "Saved. You are reminded to ask what came of it.")
        return redirect("protected:referral", person_id, referral.pk)
    return form_page(
        request,
        sight,
        form,
        title="Write down a safeguarding referral",
        button="Save",
        back=reverse("protected:told", args=[person_id, told.pk]) if told else "",
        lead="Call first, write after. Tell them the minimum that they need, and do not name a protected source unless "
        "the agency cannot act without it.",
    )


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, person_id: UUID, referral_id: UUID) -> HttpResponse:
    """One referral, and what came of it."""
    sight = reader_of(request, person_id)
    referral = referrals_of(person_id).filter(pk=referral_id).first()
    if referral is None:
        raise Http404
    may_write = sight.may(Right.RECORD_PROTECTED)
    form = OutcomeForm(request.POST or None, referral=referral, initial=initial_outcome(referral))
    if request.method == "POST" and not may_write:
        raise Http404
    if form.is_valid():
        typed = form.cleaned_data
        try:
            record_outcome(
                by=user_of(request),
                referral=referral,
                seen_version=typed["version"],
                outcome_id=typed["outcome"],
                outcome_note=typed["outcome_note"],
                outcome_on=typed["outcome_on"],
            )
        except ChangedMeanwhileError:
            referral.refresh_from_db()
            form.changed_meanwhile(initial_outcome(referral), by=last_editor(person_id, referral_id))
        else:
            messages.success(request, "Saved.")
            return redirect("protected:referral", person_id, referral_id)
    return form_page(
        request,
        sight,
        form,
        title="Safeguarding referral",
        button="Save what came of it",
        template="safety/protected/referral.html",
        referral=referral,
        agency=label_of(str(referral.agency_id)),
        consent=label_of(str(referral.consent_id)),
        made_by=names_of([referral.made_by]).get(referral.made_by, ""),
        may_write=may_write,
    )
