"""What the pages of agreements share: finding whom they are about, and drawing a form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.involvement.agreements.models import Agreement
from alongside.involvement.agreements.queries import standing_agreement
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_member
from alongside.people.families.models import FamilyMember

Reading = Callable[[QuerySet[FamilyMember]], QuerySet[FamilyMember]]
CASE_PAGE = "agreements:agreements"
MEMBER_PAGE = "agreements:agreement"
MEANWHILE = "Someone changed this meanwhile. Look at it as it stands now, then try again."


def member_of(
    request: HttpRequest,
    person_id: UUID,
    member_id: UUID,
    *,
    right: Right,
    what: str = "agreements.agreement",
    reading: Reading | None = None,
) -> tuple[Sight, FamilyMember]:
    """The case and the family member of a page; 404 where the user may not, or where they are no member of it.

    `reading` may annotate the family member with more that the page needs.
    """
    sight = case_for(request, person_id, right=right, what=what)
    members = FamilyMember.objects.select_related("person").filter(person=person_id, pk=member_id)
    member = (reading(members) if reading else members).first()
    if member is None:
        raise Http404
    return sight, member


def agreement_of(request: HttpRequest, person_id: UUID, member_id: UUID) -> tuple[Sight, Agreement]:
    """The standing agreement that a page writes to; 404 where there is none."""
    sight, member = member_of(request, person_id, member_id, right=Right.EDIT_AGREEMENTS)
    agreement = standing_agreement(member.pk)
    if agreement is None:
        raise Http404
    agreement.family_member = member
    return sight, agreement


def seen_version(request: HttpRequest) -> int:
    """The version that a button was pressed on; 0, which is none, where it says nothing sensible."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def draw_member(
    request: HttpRequest, template: str, sight: Sight, member: FamilyMember, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about one family member, in the frame of the case."""
    return render_member(
        request,
        f"involvement/agreements/{template}",
        sight,
        member,
        here=MEMBER_PAGE,
        status=status,
        may_edit=sight.may(Right.EDIT_AGREEMENTS),
        **context,
    )


def draw_form(
    request: HttpRequest,
    sight: Sight,
    member: FamilyMember,
    form: Any,
    *,
    title: str,
    words: str = "",
    button: str = "Save",
    back: str = MEMBER_PAGE,
    template: str = "form.html",
    **context: Any,
) -> HttpResponse:
    """A form about one family member."""
    return draw_member(
        request,
        template,
        sight,
        member,
        form=form,
        title=title,
        words=words,
        button=button,
        back=reverse(back, args=[sight.person.pk, member.pk]),
        **context,
    )
