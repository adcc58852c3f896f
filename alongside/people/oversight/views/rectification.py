"""Correcting a record at the request of whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.audit.erasure import personal_fields
from alongside.foundation.audit.rectification import NotRectifiableError, rectifiable_models, rectify, rows_of_case
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.records.models import Record
from alongside.foundation.ui.forms import posted
from alongside.people.casework.points import shown_points
from alongside.people.families.models import ContactPoint
from alongside.people.oversight.correcting import correction_form
from alongside.people.oversight.forms import CaseNumberForm
from alongside.people.oversight.queries import TrailOfCase, readable_trail
from alongside.people.persons.rules import SourceOwnedError

MOST_ROWS = 200


@dataclass(frozen=True)
class RecordLine:
    """One record that may be corrected."""

    kind: str
    summary: str
    href: str


@needs(Right.RECTIFY)
def correct(request: HttpRequest) -> HttpResponseBase:
    """Say whose record is wrong."""
    form = CaseNumberForm(**posted(request))
    if form.is_valid():
        person = form.person()
        if person is not None and readable_trail(request.user, person.pk):
            return redirect("oversight:correct_case", person.pk)
        form.add_error("number", _("There is no case under this number that you may correct. Check the number."))
    return render(request, "people/oversight/correct.html", {"form": form})


@needs(Right.RECTIFY)
def correct_case(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """The records of a case that can be corrected."""
    trail = _case_or_404(request, case_id)
    record_consultation(by=user_of(request), what="oversight.correct_case", case_id=case_id)
    lines = []
    for label, model in rectifiable_models().items():
        rows = list(rows_of_case(model, case_id)[:MOST_ROWS])
        covered = _covers(case_id, rows)
        lines += [
            RecordLine(
                kind=str(model._meta.verbose_name).capitalize(),
                summary=covered.get(row.pk) or _summary(row),
                href=reverse("oversight:correct_record", args=[case_id, label, row.pk]),
            )
            for row in rows
        ]
    return render(request, "people/oversight/correct_case.html", {"trail": trail, "lines": lines})


@needs(Right.RECTIFY)
def correct_record(request: HttpRequest, case_id: UUID, label: str, record_id: UUID) -> HttpResponseBase:
    """Correct one record."""
    trail = _case_or_404(request, case_id)
    model = rectifiable_models().get(label)
    row = rows_of_case(model, case_id).filter(pk=record_id).first() if model else None
    if row is None:
        raise Http404
    covered = _covers(case_id, [row]).get(row.pk, "")
    form = correction_form(row, request.POST if request.method == "POST" else None, covered=bool(covered))
    if form.is_valid():
        try:
            rectify(
                by=user_of(request),
                row=row,
                case_id=case_id,
                values=form.corrected(),
                ground=form.cleaned_data["ground"],
                forget_wrong_values=form.cleaned_data["forget"] == "yes",
                family_member_id=_family_member_of(row),
                unseen=bool(covered),
            )
        except (SourceOwnedError, NotRectifiableError, ChangedMeanwhileError) as refused:
            form.add_error(None, str(refused))
        except IntegrityError:
            record_consultation(
                by=user_of(request), what="oversight.correct_record", case_id=case_id, detail=label, refused=True
            )
            form.add_error(None, _("This cannot be saved beside what else is recorded. Ask whoever holds the case."))
        else:
            messages.success(request, _("Corrected. The trail keeps who corrected it, when and why."))
            return redirect("oversight:correct_case", case_id)
    else:
        record_consultation(by=user_of(request), what="oversight.correct_record", case_id=case_id, detail=label)
    return render(
        request,
        "people/oversight/correct_record.html",
        {"form": form, "trail": trail, "kind": str(row._meta.verbose_name), "covered": covered},
    )


def _covers(case_id: UUID, rows: Sequence[Record]) -> dict[UUID, str]:
    """What stands in place of those rows that are ways to reach someone and are covered for whoever has no right."""
    points = [row for row in rows if isinstance(row, ContactPoint)]
    shown = shown_points(case_id, (), points) if points else []
    return {point.id: f"{point.kind.label}: {point.text}" for point in shown if point.cover is not None}


def _summary(row: Record) -> str:
    words = [
        str(getattr(row, field.name))
        for field in personal_fields(type(row))
        if field.get_internal_type() in ("CharField", "TextField", "DateField")
        and field.editable
        and getattr(row, field.name)
    ]
    return " · ".join(words)[:120]


def _family_member_of(row: Record) -> UUID | None:
    found = getattr(row, "family_member_id", None) or getattr(row, "family_member", None)
    if isinstance(found, UUID):
        return found
    return row.pk if row._meta.label == "people_families.FamilyMember" else None


def _case_or_404(request: HttpRequest, case_id: UUID) -> TrailOfCase:
    trail = readable_trail(request.user, case_id)
    if trail is None or trail.person is None:
        record_consultation(by=user_of(request), what="oversight.correct_case", case_id=case_id, refused=True)
        raise Http404
    return trail
