"""Retention: the rules, what is due, legal holds, erasure and its certificates."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.audit.erasure import HeldError, HoldStandsError, erase
from alongside.foundation.audit.holds import lift_hold, place_hold
from alongside.foundation.audit.models import Certificate, LegalHold, RetentionRule
from alongside.foundation.audit.retention import change_retention_rule
from alongside.foundation.documents.rendering import UnprintableTextError, long_date, render_pdf
from alongside.foundation.documents.shapes import Certificate as CertificateDocument
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.people.oversight.forms import ErasureForm, HoldForm, ReasonForm, RetentionForm
from alongside.people.oversight.queries import Due, due_today, names_of, numbers_open_to, open_holds, readable_trail
from alongside.people.persons.models import Person

DUE_SHOWN = 50


@needs(Right.ERASE)
def retention(request: HttpRequest) -> HttpResponseBase:
    """What is due, the holds that stand, the rules and the last certificates."""
    user = user_of(request)
    due = due_today(DUE_SHOWN + 1)
    holds = page_of(open_holds(), request, name="holds")
    certificates = list(Certificate.objects.order_by("-at", "id")[:10])
    case_ids = [row.subject.case_id for row in due] + [hold.case for hold in holds.rows]
    record_consultation(by=user, what="oversight.retention")
    numbers = numbers_open_to(user, case_ids)
    return render(
        request,
        "people/oversight/retention.html",
        {
            "due": [(row, numbers.get(row.subject.case_id)) for row in due[:DUE_SHOWN]],
            "more_due": len(due) > DUE_SHOWN,
            "holds": holds,
            "hold_rows": [(hold, numbers.get(hold.case)) for hold in holds.rows],
            "rules": RetentionRule.objects.order_by("title"),
            "certificates": certificates,
            "names": names_of([certificate.erased_by for certificate in certificates]),
        },
    )


@needs(Right.ERASE)
def erase_due(request: HttpRequest, case_id: UUID, family_member_id: UUID | None = None) -> HttpResponseBase:
    """Erase one subject that is due, after asking once more."""
    due = next(
        (
            row
            for row in due_today(10_000)
            if row.subject.case_id == case_id and row.subject.family_member_id == family_member_id
        ),
        None,
    )
    if due is None or readable_trail(request.user, case_id) is None:
        raise Http404
    form = ErasureForm(**posted(request))
    if form.is_valid():
        return _erase(request, due, form.cleaned_data["ground"])
    person = Person.objects.get(pk=case_id)
    record_consultation(by=user_of(request), what="oversight.erase", case_id=case_id)
    return render(request, "people/oversight/erase.html", {"form": form, "due": due, "person": person})


def _erase(request: HttpRequest, due: Due, ground: str) -> HttpResponseBase:
    try:
        certificate = erase(by=user_of(request), subject=due.subject, rule=due.rule.code, ground=ground)
    except HeldError as held:
        messages.error(request, str(held))
        return redirect("oversight:retention")
    return redirect("oversight:certificate", certificate.pk)


@needs(Right.ERASE)
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponseBase:
    """The certificate of an erasure."""
    found = get_object_or_404(Certificate, pk=certificate_id)
    return render(
        request,
        "people/oversight/certificate.html",
        {
            "certificate": found,
            "erased_by": names_of([found.erased_by]).get(found.erased_by) if found.erased_by else _("The system"),
            "counts": sorted((label.split(".")[-1], count) for label, count in found.counts.items()),
        },
    )


@needs(Right.ERASE)
def certificate_pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponseBase:
    """The certificate as a document to keep."""
    found = get_object_or_404(Certificate, pk=certificate_id)
    by = names_of([found.erased_by]).get(found.erased_by) if found.erased_by else None
    at = timezone.localtime(found.at)
    document = CertificateDocument(
        title=_("Certificate of erasure"),
        author=_("Alongside"),
        statement=_("Everything that belonged to the record below was erased, in every part of Alongside."),
        facts=(
            (_("Certificate"), str(found.pk)),
            (_("Case"), str(found.case)),
            (_("Rule"), found.rule),
            (_("Ground"), found.ground),
            *((label.split(".")[-1], str(count)) for label, count in sorted(found.counts.items())),
        ),
        day=long_date(at.date(), "en"),
        signed_by=(by or _("The system"),),
        reference=str(found.pk),
    )
    try:
        pdf = render_pdf(document)
    except UnprintableTextError as unprintable:
        messages.warning(request, str(unprintable))
        return redirect("oversight:certificate", found.pk)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{found.pk}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@needs(Right.ERASE)
def new_hold(request: HttpRequest) -> HttpResponseBase:
    """Place a legal hold."""
    form = HoldForm(**posted(request))
    if form.is_valid():
        person = form.person()
        if person is None or readable_trail(request.user, person.pk) is None:
            form.add_error("number", _("There is no case under this number that you may hold. Check the number."))
        else:
            try:
                place_hold(
                    by=user_of(request),
                    case_id=person.pk,
                    reason=form.cleaned_data["reason"],
                    review_on=form.cleaned_data["review_on"],
                )
            except HoldStandsError as stands:
                form.add_error("number", str(stands))
            else:
                messages.success(request, _("The hold stands. Nothing of the case is erased until it is lifted."))
                return redirect("oversight:retention")
    return render(request, "people/oversight/hold.html", {"form": form})


@needs(Right.ERASE)
def end_hold(request: HttpRequest, hold_id: UUID) -> HttpResponseBase:
    """Lift a legal hold."""
    hold = get_object_or_404(LegalHold, pk=hold_id, lifted_at__isnull=True)
    number = numbers_open_to(request.user, [hold.case]).get(hold.case)
    if number is None:
        raise Http404
    form = ReasonForm(**posted(request))
    if form.is_valid():
        lift_hold(by=user_of(request), hold=hold, reason=form.cleaned_data["reason"])
        messages.success(request, _("The hold is lifted."))
        return redirect("oversight:retention")
    return render(request, "people/oversight/lift_hold.html", {"form": form, "hold": hold, "number": number})


@needs(Right.MANAGE_REFERENCE)
def retention_rule(request: HttpRequest, rule_id: UUID) -> HttpResponseBase:
    """Change how long one kind of record is kept."""
    rule = get_object_or_404(RetentionRule, pk=rule_id)
    form = RetentionForm(
        **posted(request), initial={"months": rule.months, "source": rule.source, "version": rule.version}
    )
    if form.is_valid():
        try:
            change_retention_rule(
                by=user_of(request),
                rule=rule,
                seen_version=form.cleaned_data["version"],
                months=form.cleaned_data["months"],
                source=form.cleaned_data["source"],
            )
        except ChangedMeanwhileError:
            rule.refresh_from_db()
            form.changed_meanwhile({"months": rule.months, "source": rule.source, "version": rule.version})
        else:
            messages.success(request, _("Saved. What is due is counted anew from now on."))
            return redirect("oversight:retention_rules")
    return render(request, "people/oversight/rule.html", {"form": form, "rule": rule})


@needs(Right.MANAGE_REFERENCE)
def retention_rules(request: HttpRequest) -> HttpResponse:
    """The retention rules, for whoever keeps them."""
    return render(request, "people/oversight/rules.html", {"rules": RetentionRule.objects.order_by("title")})
