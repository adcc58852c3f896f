"""Pages for bringing a caseload in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.menus import is_demo
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.ui.paging import page_of
from alongside.people.arrivals.actions import LARGEST_FILE, finish_with, receive_file
from alongside.people.arrivals.changes import FIELDS
from alongside.people.arrivals.columns import COLUMNS
from alongside.people.arrivals.example import columns_by_group, example_file
from alongside.people.arrivals.forms import UploadForm
from alongside.people.arrivals.models import Arrival, Stage
from alongside.people.arrivals.queries import (
    arrivals_in_order,
    changes_of,
    rows_with_faults,
    rows_with_notes,
    taken_before,
)
from alongside.people.arrivals.returning import returned_bytes
from alongside.people.arrivals.tasks import ask_to_check, ask_to_take

ROOM_FOR_THE_REST = 64 * 1024
View = Callable[..., HttpResponseBase]


@require_GET
@needs(Right.IMPORT_CASELOAD)
def arrivals(request: HttpRequest) -> HttpResponseBase:
    """Every file that was brought, the newest first."""
    return _page(request, "arrivals", {"page": page_of(arrivals_in_order(), request)})


def within_size(view: View) -> View:
    """Answer a request that is too large before any of it is read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE + ROOM_FOR_THE_REST:
            form = UploadForm({}, {})
            form.errors["file"] = form.error_class(
                [_("The selected file is larger than 400MB. Divide it, and bring the parts one by one")]
            )
            return _page(request, "new", {"form": form, "groups": columns_by_group()}, status=413)
        return view(request, *args, **kwargs)

    return guarded


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT_CASELOAD)
@within_size
@csrf_protect
def new_arrival(request: HttpRequest) -> HttpResponseBase:
    """Bring a file. Exempt at first only so that its size is judged before it is read; the inner guard then checks."""
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*typed, in_demo=is_demo(request))
    if request.method == "POST" and form.is_valid():
        user, upload = user_of(request), form.cleaned_data["file"]
        row = receive_file(
            by=user, name=upload.name, content=upload.file, size=upload.size, synthetic_mark=form.synthetic_mark
        )
        return redirect("jobs:progress", ask_to_check(by=user, arrival=row).pk)
    return _page(request, "new", {"form": form, "groups": columns_by_group()})


@require_GET
@needs(Right.IMPORT_CASELOAD)
def example(request: HttpRequest) -> HttpResponseBase:
    """A file with every column and one invented person."""
    return HttpResponse(
        "\ufeff" + example_file(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="caseload-example.csv"'},
    )


@require_GET
@needs(Right.IMPORT_CASELOAD)
def arrival(request: HttpRequest, arrival_id: UUID) -> HttpResponseBase:
    """Where a file stands, and what can be done with it."""
    row = get_object_or_404(Arrival, pk=arrival_id)
    counted = [
        {"label": FIELDS[field], "times": times, "field": field}
        for field, times in row.changes.items()
        if field in FIELDS
    ]
    return _page(
        request,
        "arrival",
        {
            "arrival": row,
            "stage": row.stage,
            "sound": row.rows - row.faulty,
            "counted": counted,
            "before": taken_before(row),
            "mine": row.brought_by == request.user.pk,
        },
    )


@require_GET
@needs(Right.IMPORT_CASELOAD)
def faults(request: HttpRequest, arrival_id: UUID) -> HttpResponseBase:
    """What is wrong, by row and column; with `?show=notes`, what was left out of rows that are taken."""
    row = get_object_or_404(Arrival, pk=arrival_id)
    notes = request.GET.get("show") == "notes"
    page = page_of(rows_with_notes(row) if notes else rows_with_faults(row), request)
    shown = [
        {
            "row": staged.row,
            "said": [
                (COLUMNS[key].title if key in COLUMNS else _("The row"), words)
                for key, words in (staged.notes if notes else staged.faults)
            ],
        }
        for staged in page.rows
    ]
    record_consultation(by=user_of(request), what="arrivals.faults")
    return _page(request, "faults", {"arrival": row, "page": page, "rows": shown, "notes": notes})


@require_GET
@needs(Right.IMPORT_CASELOAD)
def to_fix(request: HttpRequest, arrival_id: UUID) -> HttpResponseBase:
    """The rows with faults as a file, each with what to fix."""
    row = get_object_or_404(Arrival, pk=arrival_id)
    record_consultation(by=user_of(request), what="arrivals.to_fix")
    return FileResponse(
        returned_bytes(row), as_attachment=True, filename="caseload-to-fix.csv", content_type="text/csv; charset=utf-8"
    )


@require_GET
@needs(Right.IMPORT_CASELOAD)
def changes(request: HttpRequest, arrival_id: UUID) -> HttpResponseBase:
    """What the file changes, before and after; values of cases that limited access closes are left out."""
    row = get_object_or_404(Arrival, pk=arrival_id)
    field = request.GET.get("field", "")
    field = field if field in row.changes else ""
    record_consultation(by=user_of(request), what="arrivals.changes")
    page = page_of(changes_of(row, field=field), request)
    for change in page.rows:
        change.label = FIELDS.get(change.field, change.field)  # type: ignore[attr-defined]
    choices = [{"value": "", "text": _("Every field"), "selected": not field}]
    choices += [
        {"value": key, "text": f"{FIELDS[key]} ({times})", "selected": key == field}
        for key, times in row.changes.items()
        if key in FIELDS
    ]
    return _page(request, "changes", {"arrival": row, "page": page, "choices": choices, "field": field})


@require_POST
@needs(Right.IMPORT_CASELOAD)
def take(request: HttpRequest, arrival_id: UUID) -> HttpResponseBase:
    """Have a checked file taken."""
    row = get_object_or_404(Arrival, pk=arrival_id)
    if row.stage != Stage.CHECKED:
        messages.info(request, _("This file has been brought in already."))
        return redirect("arrivals:arrival", row.pk)
    return redirect("jobs:progress", ask_to_take(by=user_of(request), arrival=row).pk)


@require_POST
@needs(Right.IMPORT_CASELOAD)
def finish(request: HttpRequest, arrival_id: UUID) -> HttpResponseBase:
    """Delete the file and all that was staged of it."""
    row = get_object_or_404(Arrival, pk=arrival_id)
    if row.stage != Stage.DONE:
        finish_with(by=user_of(request), arrival=row)
        messages.success(request, _("The file has been deleted. Its counts stay in the list."))
    return redirect("arrivals:arrivals")


def _page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, f"people/arrivals/{name}.html", context, status=status)
