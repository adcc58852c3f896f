"""What stands round every page of a case: whose it is, and where else one may go. Cut to what the user may see."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.prepared import PreparedQuery, Reading, is_steady, steady
from alongside.foundation.reference.queries import label_of
from alongside.people.allocations.looking import Sight, sight_or_404
from alongside.people.allocations.queries import Holder, holder_of, with_holder, with_limited
from alongside.people.casework.queries.access import unconfirmed
from alongside.people.casework.registry import case_groups, member_links
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person
from alongside.people.persons.overview import needs_of, with_needs
from alongside.people.persons.rules import age_on

PAGE = "casework.page"
Fact = dict[str, str]
ReadingMember = Callable[[QuerySet[FamilyMember]], QuerySet[FamilyMember]]


def with_frame(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with what the frame shows."""
    return with_needs(with_limited(with_holder(cases)))


def case_for(
    request: HttpRequest, person_id: UUID, *, right: Right, what: str = PAGE, reading: Reading | None = None
) -> Sight:
    """The case of a page, read with its frame and with what `reading` adds; 404 where the user may not."""
    whole = _framed(reading) if is_steady(reading) else _framed.__wrapped__(reading)
    return sight_or_404(request, person_id, right=right, what=what, reading=whole)


@lru_cache
def _framed(reading: Reading | None) -> Reading:
    def whole(cases: QuerySet[Person]) -> QuerySet[Person]:
        framed = with_frame(cases)
        return reading(framed) if reading else framed

    return steady(whole) if is_steady(reading) else whole


def member_or_404(person_id: UUID, member_id: UUID, *, reading: ReadingMember | None = None) -> FamilyMember:
    """A family member of this very case, read with what `reading` adds; 404 where the case has no such one."""
    if is_steady(reading):
        found = next(iter(_prepared_member(reading, today()).rows({CASE: person_id, MEMBER: member_id})), None)
    else:
        found = _member_as_read(person_id, member_id, reading).first()
    if found is None:
        raise Http404
    return found


def _member_as_read(person_id: UUID, member_id: UUID, reading: ReadingMember | None) -> QuerySet[FamilyMember]:
    members = FamilyMember.objects.filter(person=person_id, pk=member_id)
    return reading(members) if reading else members


CASE, MEMBER = (uuid5(NAMESPACE_OID, f"alongside.frames.{name}") for name in ("case", "member"))


@lru_cache(maxsize=64)
def _prepared_member(reading: ReadingMember | None, _on: date) -> PreparedQuery[FamilyMember]:
    return PreparedQuery(_member_as_read(CASE, MEMBER, reading), stand_ins=frozenset({CASE, MEMBER}))


def render_case(
    request: HttpRequest, template: str, sight: Sight, *, current: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """A page of a case in its frame. `current` is the name of its address, or of the one that it belongs to.

    `template` is one of casework's own by its name, or another room's by its path.
    """
    frame = {
        "sight": sight,
        "person": sight.person,
        "today": today(),
        "identity": identity_of(sight),
        **navigation_of(sight, current=current),
        "may_edit_family": sight.may(Right.EDIT_FAMILY),
        "may_edit_case": sight.may(Right.EDIT_CASE),
    }
    path = template if "/" in template else f"people/casework/{template}"
    return render(request, path, frame | context, status=status)


def render_member(
    request: HttpRequest,
    template: str,
    sight: Sight,
    member: FamilyMember,
    *,
    here: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about one family member, in the frame of the case. `here` is the name of its address in their navigation.

    It belongs to the family, whichever room draws it.
    """
    links = member_links(sight, member, current=here)
    about = {"member": member, "member_links": links}
    return render_case(request, template, sight, current="casework:family", status=status, **about | context)


def say_who_can_open(request: HttpRequest, person_id: UUID) -> None:
    """Tell whoever asks somebody else to decide that nobody else can open the case yet, and so cannot answer."""
    if unconfirmed(person_id) is not None:
        messages.warning(
            request,
            "Nobody but you can open this case yet, so nobody sees what you asked. Look up whether access to it is"
            " limited, and confirm it: Record, then Access.",
        )


def navigation_of(sight: Sight, *, current: str) -> dict[str, Any]:
    """What the navigation of a case needs: its groups, and the one that is open."""
    groups = case_groups(sight, current=current)
    return {"case_groups": groups, "case_group": next((group for group in groups if group.active), None)}


def identity_of(sight: Sight) -> dict[str, Any]:
    """The parameters of the identity bar."""
    person = sight.person
    facts = [
        *(_who(person) if sight.may(Right.SEE_CASE) else []),
        *_how_to_speak(person),
        *_whose(holder_of(person)),
    ]
    return {
        "label": _("Who this is about"),
        "title": {"text": person.name},
        "facts": facts,
        "tags": _tags(person),
    }


def _who(person: Person) -> list[Fact]:
    facts = [{"label": _("CRN"), "text": person.crn}]
    full = f"{person.given_names} {person.family_name}"
    if full != person.name:
        facts.append({"label": _("Full name"), "text": full})
    if person.date_of_death is None:
        facts.append({"label": _("Age"), "text": str(age_on(today(), born=person.date_of_birth))})
    return facts


def _how_to_speak(person: Person) -> list[Fact]:
    facts = []
    if person.pronouns:
        facts.append({"label": _("Pronouns"), "text": person.pronouns})
    if person.preferred_language_id:
        facts.append({"label": _("Language"), "text": label_of(str(person.preferred_language_id))})
    needs = needs_of(person)
    if needs:
        facts.append({"label": _("Needs"), "text": ", ".join(label_of(need.need_id) for need in needs)})
    return facts


def _whose(holder: Holder | None) -> list[Fact]:
    if holder is None:
        return [{"label": _("Officer"), "text": _("Nobody yet")}]
    words = ", ".join(filter(None, [holder.officer or _("Nobody yet"), holder.team, holder.telephone]))
    facts = [{"label": _("Officer"), "text": words}]
    if holder.covered_by:
        facts.append({"label": _("Covered by"), "text": holder.covered_by})
    return facts


def _tags(person: Person) -> list[dict[str, str]]:
    tags = []
    if getattr(person, "limited", False):
        tags.append({"text": _("LAO: limited access"), "classes": "moj-badge--black"})
    if person.date_of_death is not None:
        tags.append({"text": _("Has died"), "classes": "moj-badge--grey"})
    if person.interpreter_needed:
        tags.append({"text": _("Interpreter needed"), "classes": "moj-badge--orange"})
    return tags
