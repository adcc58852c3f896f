"""Trails: of a case and of a user, to read and to take away."""

import csv
import io
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.audit.models import Consultation, Event, Payload
from alongside.foundation.ui.paging import Page, page_of
from alongside.people.oversight.forms import TrailForm, UserTrailForm
from alongside.people.oversight.presenting import consultation_rows, event_rows, payload_rows
from alongside.people.oversight.queries import (
    TrailOfCase,
    events_of,
    looks_at,
    looks_by,
    names_of,
    numbers_open_to,
    readable_trail,
)
from alongside.people.oversight.rules import Purpose, in_words

LARGEST_EXPORT = 100_000


@needs(Right.READ_TRAIL)
def trails(request: HttpRequest) -> HttpResponseBase:
    """Ask for the trail of a case or of a user, and say why."""
    asked = request.POST.get("of", "")
    case_form = TrailForm(request.POST if asked == "case" else None, prefix="case")
    user_form = UserTrailForm(request.POST if asked == "user" else None, prefix="user")
    if asked == "case" and case_form.is_valid():
        person = case_form.person()
        if person is not None and readable_trail(request.user, person.pk):
            return _to(reverse("oversight:case_trail", args=[person.pk]), case_form.cleaned_data["purpose"])
        record_consultation(
            by=user_of(request), what="oversight.case_trail", case_id=person.pk if person else None, refused=True
        )
        case_form.add_error("number", _("There is no trail that you may read under this number."))
    if asked == "user" and user_form.is_valid():
        user = User.objects.filter(email=user_form.cleaned_data["email"].strip().lower()).first()
        if user is not None:
            return _to(reverse("oversight:user_trail", args=[user.pk]), user_form.cleaned_data["purpose"])
        user_form.add_error("email", _("Nobody has an account with this address. Check it and try again."))
    form = user_form if asked == "user" else case_form
    return render(
        request,
        "people/oversight/trails.html",
        {"form": form, "case_form": case_form, "user_form": user_form},
    )


@needs(Right.READ_TRAIL)
def case_trail(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """The trail of one case: what was done, and who looked."""
    trail = _trail_or_404(request, case_id)
    purpose = _purpose(request)
    if purpose is None:
        return redirect("oversight:trails")
    record_consultation(by=user_of(request), what="oversight.case_trail", case_id=case_id, detail=purpose.value)
    return _draw(
        request,
        title=_("Trail of case %(number)s") % {"number": trail.title},
        what_page=page_of(events_of(case_id), request),
        looks_page=page_of(looks_at(case_id), request, name="looks"),
        purpose=purpose,
        export=reverse("oversight:case_trail_export", args=[case_id]),
    )


@needs(Right.READ_TRAIL)
def user_trail(request: HttpRequest, user_id: UUID) -> HttpResponseBase:
    """The trail of one user: their account and posts, and what they looked at."""
    purpose = _purpose(request)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    if purpose is None:
        return redirect("oversight:trails")
    record_consultation(by=user_of(request), what="oversight.user_trail", detail=f"{purpose.value} {user_id}")
    return _draw(
        request,
        title=_("Trail of %(name)s") % {"name": user.name},
        what_page=page_of(events_of(user_id), request),
        looks_page=page_of(looks_by(user_id), request, name="looks"),
        purpose=purpose,
        export=reverse("oversight:user_trail_export", args=[user_id]),
    )


@needs(Right.READ_TRAIL)
def event(request: HttpRequest, event_id: int) -> HttpResponseBase:
    """One event with the values that it holds, unless they were emptied."""
    found = Event.objects.filter(pk=event_id).first()
    if found is None or (found.chain_kind == "case" and readable_trail(request.user, found.chain) is None):
        raise Http404
    purpose = _purpose(request)
    if purpose is None:
        return redirect("oversight:trails")
    record_consultation(
        by=user_of(request),
        what="oversight.event",
        case_id=found.chain if found.chain_kind == "case" else None,
        detail=f"{purpose.value} {event_id}",
    )
    payload = Payload.objects.filter(event=found).first()
    # An event about a family member that stands in no case's chain is one that the case must not tell of: a match.
    withheld = payload is not None and payload.family_member is not None and found.chain_kind != "case"
    return render(
        request,
        "people/oversight/event.html",
        {
            "event": found,
            "title": in_words(found.name),
            "actor": names_of([found.actor]).get(found.actor) if found.actor else _("The system"),
            "rows": [] if withheld else payload_rows(payload, event=found),
            "withheld": withheld,
            "emptied": payload is not None and payload.content is None,
            "digest": bytes(found.digest or b"").hex(),
        },
    )


@needs(Right.READ_TRAIL)
def case_trail_export(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """A case's trail as a file."""
    trail = _trail_or_404(request, case_id)
    return _export(request, name=f"trail-{trail.title}", chain_id=case_id, looks=looks_at(case_id), case_id=case_id)


@needs(Right.READ_TRAIL)
def user_trail_export(request: HttpRequest, user_id: UUID) -> HttpResponseBase:
    """A user's trail as a file."""
    if not User.objects.filter(pk=user_id).exists():
        raise Http404
    return _export(request, name="trail-of-user", chain_id=user_id, looks=looks_by(user_id), case_id=None)


def _draw(
    request: HttpRequest,
    *,
    title: str,
    what_page: Page[Event],
    looks_page: Page[Consultation],
    purpose: Purpose,
    export: str,
) -> HttpResponse:
    names = names_of([*(row.actor for row in what_page.rows), *(row.actor for row in looks_page.rows)])
    numbers = numbers_open_to(request.user, [row.case for row in looks_page.rows])
    return render(
        request,
        "people/oversight/trail.html",
        {
            "title": title,
            "events": what_page,
            "event_rows": event_rows(what_page.rows, names, purpose),
            "looks": looks_page,
            "look_rows": consultation_rows(looks_page.rows, names, numbers),
            "purpose": purpose,
            "export": f"{export}?purpose={purpose.value}",
        },
    )


def _export(
    request: HttpRequest, *, name: str, chain_id: UUID, looks: QuerySet[Consultation], case_id: UUID | None
) -> HttpResponseBase:
    purpose = _purpose(request)
    if purpose is None:
        return redirect("oversight:trails")
    record_consultation(
        by=user_of(request), what="oversight.trail_export", case_id=case_id, detail=f"{purpose.value} {chain_id}"
    )
    events = list(events_of(chain_id)[:LARGEST_EXPORT])
    consultations: list[Consultation] = list(looks[:LARGEST_EXPORT])
    names = names_of([*(row.actor for row in events), *(row.actor for row in consultations)])
    numbers = numbers_open_to(request.user, [row.case for row in consultations])
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(["when", "kind", "what", "who", "case", "fields", "refused", "position", "digest"])
    for row in events:
        sheet.writerow(
            [
                timezone.localtime(row.at).isoformat(timespec="seconds"),
                row.get_kind_display(),
                in_words(row.name),
                _safe(names.get(row.actor, "") if row.actor else _("The system")),
                "",
                row.fields,
                "",
                row.position,
                bytes(row.digest or b"").hex(),
            ]
        )
    for look in consultations:
        sheet.writerow(
            [
                timezone.localtime(look.at).isoformat(timespec="seconds"),
                _("Looked at"),
                in_words(look.what),
                _safe(names.get(look.actor, "") if look.actor else _("The system")),
                numbers.get(look.case, "") if look.case else "",
                "",
                _("refused") if look.refused else "",
                "",
                "",
            ]
        )
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _safe(text: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _trail_or_404(request: HttpRequest, case_id: UUID) -> TrailOfCase:
    trail = readable_trail(request.user, case_id)
    if trail is None:
        record_consultation(by=user_of(request), what="oversight.case_trail", case_id=case_id, refused=True)
        raise Http404
    return trail


def _purpose(request: HttpRequest) -> Purpose | None:
    try:
        return Purpose(request.GET.get("purpose", ""))
    except ValueError:
        return None


def _to(address: str, purpose: str) -> HttpResponse:
    return redirect(f"{address}?purpose={purpose}")
