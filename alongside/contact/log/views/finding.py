"""Pages that list contacts, search them and hand them out in the codes of the system of record."""

import csv
from io import StringIO
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.contact.log.effort import efforts_of
from alongside.contact.log.models import Contact
from alongside.contact.log.queries import (
    contacts_of,
    holding_words,
    in_full,
    page_across,
    patterns_of,
)
from alongside.contact.log.returning import files_for, rows_in_delius_codes
from alongside.contact.log.rules import Pattern, told_of_effort
from alongside.contact.log.sharing import agreed_of
from alongside.contact.log.views.shared import PAGE, as_line, by_law_for
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_change, record_consultation
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.paging import Page, page_of
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_case, render_member
from alongside.people.families.models import FamilyMember


def _patterns(sight: Sight) -> list[Pattern]:
    agreed = agreed_of(sight.person.pk)
    return patterns_of(sight.person, by_law=by_law_for(sight), agreed=agreed, on=today())


@require_GET
def show_contacts(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """All contacts of a case, with a search over years of notes, and what shows over the last four weeks."""
    sight = case_for(request, person_id, right=Right.SEE_CONTACTS, what="log.contacts")
    text = request.GET.get("q", "").strip()[:200]
    among = FamilyMember.objects.filter(person=person_id)
    contacts, may_log = contacts_of(person_id, by_law=by_law_for(sight)), sight.may(Right.LOG_CONTACTS)
    total = contacts.count() if may_log and not text else None
    page = _page(contacts, text, request, among=among, total=total)
    return render_case(
        request,
        "contact/log/contacts.html",
        sight,
        current=PAGE,
        page=page,
        lines=[as_line(contact) for contact in page.rows],
        q=text,
        patterns=[] if text else _patterns(sight),
        may_log=may_log,
        files=files_for(total) if total is not None else [],
    )


@require_GET
def show_member_contacts(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Contacts with one family member, or about them."""
    sight = case_for(request, person_id, right=Right.SEE_CONTACTS, what="log.contacts")
    member = member_or_404(person_id, member_id)
    page = page_of(contacts_of(person_id, by_law=by_law_for(sight), member_id=member_id), request)
    return render_member(
        request,
        "contact/log/member_contacts.html",
        sight,
        member,
        here="log:member_contacts",
        page=page,
        lines=[as_line(contact) for contact in page.rows],
        effort=told_of_effort(efforts_of(member_id, by_law=by_law_for(sight), on=today()), on=today()),
        may_log=sight.may(Right.LOG_CONTACTS),
    )


@require_GET
@needs(Right.SEE_CONTACTS)
def search(request: HttpRequest) -> HttpResponse:
    """Search the notes of every case whose contacts the user may read."""
    user = user_of(request)
    text = request.GET.get("q", "").strip()[:200]
    page = _whole(page_across(user, text, request) if text else page_of([], request))
    if text:
        record_consultation(by=user, what="log.search")
    lines = [as_line(contact) for contact in page.rows]
    return render(request, "contact/log/search.html", {"q": text, "page": page, "lines": lines})


def _page(
    rows: QuerySet[Contact], text: str, request: HttpRequest, *, among: QuerySet[FamilyMember], total: int | None
) -> Page[Contact]:
    if not text:
        return page_of(rows, request, total=total)
    return _whole(page_of(holding_words(rows, text, among=among).values_list("pk", flat=True), request))


def _whole(keys: Page[UUID]) -> Page[Contact]:
    return Page(**vars(keys) | {"rows": in_full(keys.rows)})


@require_GET
def give_back(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The contacts of a case as rows in the codes of the system of record, as CSV: the oldest first, in parts.

    A contact that comes in meanwhile stands at the end, so that it makes no part lack what it had.
    """
    sight = case_for(request, person_id, right=Right.LOG_CONTACTS, what="log.returned")
    contacts = contacts_of(person_id, by_law=by_law_for(sight)).order_by("at", "id")
    parts = files_for(contacts.count())
    part = next((one for one in parts if str(one.number) == request.GET.get("part", "1")), None)
    if part is None:
        raise Http404
    rows = rows_in_delius_codes(contacts[part.rows])
    target = StringIO()
    writer = csv.writer(target)
    writer.writerows(rows)
    record_change(
        by=user_of(request),
        kind=EventKind.DISCLOSURE,
        name="log.contacts.returned",
        subject=sight.person,
        case_id=person_id,
        after={"rows": len(rows) - 1, "part": part.name, "to": "system of record"},
    )
    answer = HttpResponse(target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="contacts-{today():%Y-%m-%d}{part.suffix}.csv"'
    return answer
