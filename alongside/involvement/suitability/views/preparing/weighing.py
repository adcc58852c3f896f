"""What one makes of what was heard, and what became of what was not known."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.involvement.suitability.actions import (
    close_enquiry,
    record_findings,
)
from alongside.involvement.suitability.forms.preparing import (
    EnquiryForm,
    FindingsForm,
)
from alongside.involvement.suitability.models import Enquiry
from alongside.involvement.suitability.preparation import preparation_of
from alongside.involvement.suitability.questions import bank_on
from alongside.involvement.suitability.rules import Direction
from alongside.involvement.suitability.views.preparing.meanwhile import say_meanwhile
from alongside.involvement.suitability.views.preparing.table import prepared
from alongside.involvement.suitability.views.shared import draw, look_of_row
from alongside.safety.guidance.reading import at_point, note_read
from alongside.safety.guidance.rules import Point


def weigh(request: HttpRequest, person_id: UUID, member_id: UUID, section: str) -> HttpResponse:
    """What one makes of the items of a section, with the accounts side by side."""
    seen, preparation = prepared(request, person_id, member_id)
    part = preparation.bank.section(section)
    if part is None:
        raise Http404
    items = preparation.shown(part)
    form = FindingsForm(
        **posted(request),
        items=items,
        standing=preparation.findings,
        agreed={item: rating.value for item, rating in preparation.agreed.items()},
        differing=preparation.differing,
    )
    if form.is_valid():
        try:
            record_findings(by=user_of(request), assessment=preparation.assessment, findings=form.findings())
        except ChangedMeanwhileError:
            now = preparation_of(preparation.assessment, member=seen.member, person=seen.person).findings
            say_meanwhile(
                form,
                [
                    (item.key, item.statement, row.get_rating_display(), row.version)
                    for item in items
                    if (row := now.get(item.key)) and row.version != form.seen(item.key)
                ],
            )
        else:
            note_read(request, Point.JUDGEMENT)
            messages.success(request, "Saved.")
            sections = preparation.bank.sections
            place = sections.index(part) + 1
            if "stop" in request.POST or place == len(sections):
                return redirect("suitability:prepare", *seen.args)
            return redirect("suitability:weigh", *seen.args, sections[place].key)
    return draw(
        request,
        "weigh",
        seen,
        form=form,
        section=part,
        rows=[
            row
            | {
                "accounts": preparation.accounts_of(row["item"].key),
                "more": bool(row["times"].value() or row["critical"].value()),
            }
            for row in form.rows()
        ],
        guidance=at_point(request, Point.JUDGEMENT) if part.direction is Direction.SAFETY else None,
        sections=[
            {"text": one.title, "href": reverse("suitability:weigh", args=[*seen.args, one.key]), "active": one == part}
            for one in preparation.bank.sections
        ],
        last=part == preparation.bank.sections[-1],
        back=reverse("suitability:prepare", args=seen.args),
    )


def enquiry(request: HttpRequest, person_id: UUID, enquiry_id: UUID) -> HttpResponse:
    """What came of something that was not known."""
    row = Enquiry.objects.filter(family_member__person=person_id, pk=enquiry_id).first()
    seen = look_of_row(request, person_id, row, right=Right.JUDGE_SUITABILITY)
    if row is None:
        raise Http404
    if row.closed_at is not None:
        messages.warning(request, "Somebody has answered this already.")
        return seen.back()
    form = EnquiryForm(**posted(request), initial={"version": row.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            close_enquiry(
                by=user_of(request),
                enquiry=row,
                seen_version=typed["version"],
                ended_as=typed["ended_as"],
                finding=typed["finding"],
                member=seen.member,
            )
        except ChangedMeanwhileError:
            messages.warning(request, "Somebody has answered this already.")
        else:
            messages.success(request, "Noted. If it changes how you judge, judge anew.")
        return seen.back()
    item = bank_on(today()).item(row.item)
    return draw(request, "enquiry", seen, form=form, enquiry=row, item=item, title=row.question, button="Save")
