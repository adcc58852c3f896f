"""The copy that everyone keeps, every version that there was, and how the three are named."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.documents.rendering import UnprintableTextError, render_pdf
from alongside.foundation.documents.shapes import Language
from alongside.involvement.agreements.copy import Names, copy_of
from alongside.involvement.agreements.models import Agreement
from alongside.involvement.agreements.queries import said_to, standing_agreement, terms_of, versions_of
from alongside.involvement.agreements.views.shared import MEMBER_PAGE, draw_member, member_of
from alongside.involvement.agreements.views.showing import shown_version
from alongside.people.allocations.looking import Sight
from alongside.people.allocations.queries import holder_of
from alongside.people.families.models import FamilyMember

LANGUAGES: tuple[Language, ...] = ("en", "cy")


@require_GET
def versions(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Every version, and what everyone said to it."""
    sight, member = member_of(request, person_id, member_id, right=Right.SEE_AGREEMENTS)
    rows = Agreement.objects.filter(family_member=member.pk).order_by("-made_at")[:5]
    names = names_of(sight, member)
    return draw_member(
        request,
        "versions.html",
        sight,
        member,
        agreements=[
            {"row": row, "versions": [shown_version(one, names) for one in versions_of(row.pk)]} for row in rows
        ],
    )


@require_GET
def copy(request: HttpRequest, person_id: UUID, member_id: UUID, number: int, language: Language) -> HttpResponse:
    """The copy that everyone keeps, noted in the trail as something that leaves the service."""
    sight, member = member_of(request, person_id, member_id, right=Right.EDIT_AGREEMENTS, what="agreements.copy")
    agreement = standing_agreement(member.pk)
    terms = terms_of(agreement.pk, number) if agreement else None
    if agreement is None or terms is None or language not in LANGUAGES:
        raise Http404
    document = copy_of(
        terms=terms,
        said=said_to(agreement.pk, number),
        number=number,
        names=names_of(sight, member),
        language=language,
        day=today(),
    )
    try:
        pdf = render_pdf(document)
    except UnprintableTextError as error:
        messages.warning(request, str(error))
        return redirect(MEMBER_PAGE, person_id, member_id)
    record_change(
        by=user_of(request),
        kind=EventKind.DISCLOSURE,
        name="agreements.copy.made",
        subject=agreement,
        case_id=person_id,
        after={"number": number, "language": language},
        family_member_id=member.pk,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="agreement-{number}-{language}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def names_of(sight: Sight, member: FamilyMember) -> Names:
    """The three, and the office, as they stand on paper and on pages."""
    holder = holder_of(sight.person)
    return Names(
        person=sight.person.called,
        member=member.name,
        officer=(holder.officer if holder else "") or "The practitioner",
        service=holder.team if holder else "Probation",
        telephone=holder.telephone if holder else "",
    )
