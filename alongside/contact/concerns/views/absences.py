"""An absence that a relative tells us of, and the person's own evidence."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from alongside.contact.concerns.actions import record_absence, record_evidence
from alongside.contact.concerns.forms.saying import AbsenceForm, EvidenceForm, initial_evidence
from alongside.contact.concerns.models import AbsenceNotice, Evidence
from alongside.contact.concerns.queries import absence_or_404
from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.people.casework.frames import case_for, member_or_404, render_case
from alongside.people.casework.queries.editors import last_editor

CURRENT = "concerns:of_case"


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note an absence that a relative tells us of."""
    sight = case_for(request, person_id, right=Right.LOG_CONTACTS, what="concerns.absence")
    member = member_or_404(person_id, member_id)
    form = AbsenceForm(**posted(request))
    if form.is_valid():
        key = form.cleaned_data["once"]
        if not AbsenceNotice.objects.filter(person=person_id, pk=key).exists():
            record_absence(
                by=user_of(request),
                person=sight.person,
                member=member,
                facts=form.facts(identity=request.GET.get("identity", "")),
                key=key,
            )
            messages.success(request, "Noted. It is not evidence: ask for their own with the words below.")
        return redirect("concerns:absence", person_id, key)
    return render_case(request, "contact/concerns/add_absence.html", sight, current=CURRENT, form=form, member=member)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, person_id: UUID, absence_id: UUID) -> HttpResponse:
    """One absence: what we were told, the words that ask for evidence, and where the evidence stands."""
    sight = case_for(request, person_id, right=Right.LOG_CONTACTS, what="concerns.absence")
    notice = absence_or_404(person_id, absence_id)
    form = EvidenceForm(**posted(request), initial=initial_evidence(notice))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            record_evidence(
                by=user_of(request),
                notice=notice,
                seen_version=typed["version"],
                evidence=Evidence(typed["evidence"]),
                on=typed["evidence_on"],
                note=typed["evidence_note"],
            )
        except ChangedMeanwhileError:
            notice = absence_or_404(person_id, absence_id)
            form.changed_meanwhile(initial_evidence(notice), by=last_editor(person_id, absence_id))
        else:
            messages.success(request, "Saved.")
            return redirect("concerns:absence", person_id, absence_id)
    return render_case(request, "contact/concerns/absence.html", sight, current=CURRENT, form=form, notice=notice)
