"""What the pages about one family member's permissions have in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.ui.forms import GovForm
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, member_or_404, render_member
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.queries import history_of, last_number_of, with_history
from alongside.safety.permissions.rules import History, PermissionFacts, facts_of
from alongside.safety.permissions.words import headline, lines

CASE_PAGE = "permissions:grid"
MEMBER_PAGE = "permissions:member"
WHAT = "permissions.page"


@dataclass(frozen=True)
class About:
    """One family member as one user may see them, and all that was said about them."""

    sight: Sight
    member: FamilyMember
    history: History
    facts: PermissionFacts
    at: datetime

    @property
    def called(self) -> str:
        """What the person is called."""
        return self.sight.person.called

    @property
    def seen(self) -> int:
        """The number of the last entry."""
        return last_number_of(self.member)


def about(request: HttpRequest, person_id: UUID, member_id: UUID, *, right: Right = Right.EDIT_PERMISSIONS) -> About:
    """The family member of a page; 404 where the user may not, or where they are a stranger to the person."""
    sight = case_for(request, person_id, right=right, what=WHAT)
    member = member_or_404(person_id, member_id, reading=with_history)
    member.person = sight.person
    at, history = timezone.now(), history_of(member)
    return About(sight=sight, member=member, history=history, facts=facts_of(history, at), at=at)


def member_page(request: HttpRequest, found: About, template: str, **context: Any) -> HttpResponse:
    """A page about one family member in the frame of the case."""
    frame: dict[str, Any] = {
        "headline": headline(found.facts, called=found.called),
        "lines": lines(found.facts),
        "facts": found.facts,
    }
    path = f"safety/permissions/{template}"
    return render_member(request, path, found.sight, found.member, here=MEMBER_PAGE, **frame | context)


def form_page(
    request: HttpRequest,
    found: About,
    form: GovForm,
    *,
    title: str,
    button: str,
    template: str = "form.html",
    **more: Any,
) -> HttpResponse:
    """A form about one family member, with what stands beside it."""
    return member_page(request, found, template, form=form, title=title, button=button, **more)


def to_member(found: About) -> HttpResponse:
    """Back to what stands about the family member."""
    return redirect(MEMBER_PAGE, found.sight.person.pk, found.member.pk)
