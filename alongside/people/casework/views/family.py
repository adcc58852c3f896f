"""The family: adding, changing and ending those whom the person names.

No page here ever says that a family member may be under supervision: that goes to a named role alone.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.people.allocations.looking import Sight
from alongside.people.casework.forms.family import (
    AddMemberForm,
    ChangeMemberForm,
    ChangeNoticeForm,
    EndMemberForm,
    initial_member,
    initial_notice,
)
from alongside.people.casework.frames import case_for, member_or_404, render_case, render_member
from alongside.people.casework.points import shown_points
from alongside.people.casework.queries.case import family_cards, member_cards
from alongside.people.casework.queries.editors import last_editor
from alongside.people.casework.registry import member_actions, member_buttons
from alongside.people.families.actions import (
    add_contact_point,
    add_family_member,
    change_family_member,
    end_family_member,
)
from alongside.people.families.models import FamilyMember, PointKind, PointSafety
from alongside.people.families.overview import with_family
from alongside.people.families.queries import contact_points_of, points_of, with_points

WHAT = "casework.family"
CURRENT = "casework:family"


@require_GET
def show_family(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everyone whom the person names, and those whom they once named."""
    sight = case_for(request, person_id, right=Right.SEE_FAMILY, what=WHAT, reading=with_family)
    cards = family_cards(sight)
    return render_case(
        request,
        "family.html",
        sight,
        current=CURRENT,
        family=[card for card in cards if card.facts.ended_on is None],
        ended=[card for card in cards if card.facts.ended_on is not None],
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Add someone whom the person names."""
    sight = case_for(request, person_id, right=Right.EDIT_FAMILY, what=WHAT)
    form = AddMemberForm(request.POST or None)
    if form.is_valid():
        user, typed = user_of(request), form.cleaned_data
        member = add_family_member(
            by=user, person=sight.person, key=typed["once"], **form.who_values(), **form.notice_values()
        )
        if typed["telephone"] and not contact_points_of(member.pk).exists():
            kind = PointKind.MOBILE if typed["telephone"].lstrip("+").startswith(("07", "447")) else PointKind.PHONE
            safety = typed["safety"] or PointSafety.NOT_ASKED
            add_contact_point(by=user, member=member, kind=kind, value=typed["telephone"], safety=safety)
        messages.success(request, _("%(name)s is added.") % {"name": member.name})
        return redirect("casework:family_member", person_id, member.pk)
    return render_case(request, "add_family_member.html", sight, current=CURRENT, form=form)


@require_GET
def show_member(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """One family member: who they are, how to reach them safely, and whether they know that we hold their details."""
    sight = case_for(request, person_id, right=Right.SEE_FAMILY, what=WHAT)
    member = member_or_404(person_id, member_id, reading=with_points)
    gone = member.ended_on or member.deceased
    cards = member_cards(sight, member.pk)
    return render_member(
        request,
        "family_member.html",
        sight,
        member,
        here="casework:family_member",
        points=shown_points(person_id, sight.rights, points_of(member)),
        relationship=label_of(str(member.relationship_id)),
        labels={
            name: label_of(str(getattr(member, f"{name}_id") or ""))
            for name in ("gender", "language", "age_band", "notice_ground", "end_reason")
        },
        sees_history=sight.may(Right.SEE_JUSTICE_HISTORY),
        safety=PointSafety,
        first=[card for card in cards if card.first],
        cards=[card for card in cards if not card.first],
        member_buttons=[] if gone else member_buttons(sight, member.pk),
        member_actions=[] if gone else member_actions(sight, member.pk, cards={card.key for card in cards}),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Change what is recorded about a family member."""
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    form = ChangeMemberForm(
        request.POST or None,
        member=member,
        sees_history=sight.may(Right.SEE_JUSTICE_HISTORY),
        initial=initial_member(member),
    )
    if form.is_valid():
        try:
            change_family_member(
                by=user_of(request),
                member=member,
                seen_version=form.cleaned_data["version"],
                **form.values(member),
            )
        except ChangedMeanwhileError:
            member.refresh_from_db()
            form.changed_meanwhile(initial_member(member), by=last_editor(person_id, member_id))
        else:
            messages.success(request, _("Saved."))
            return to_member(person_id, member_id)
    return form_page(request, sight, member, form, title=_("Change %(name)s") % {"name": member.name})


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Say whether a family member knows that we hold their details."""
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    form = ChangeNoticeForm(request.POST or None, initial=initial_notice(member))
    if form.is_valid():
        try:
            change_family_member(
                by=user_of(request), member=member, seen_version=form.cleaned_data["version"], **form.notice_values()
            )
        except ChangedMeanwhileError:
            member.refresh_from_db()
            form.changed_meanwhile(initial_notice(member), by=last_editor(person_id, member_id))
        else:
            messages.success(request, _("Saved."))
            return to_member(person_id, member_id)
    return form_page(request, sight, member, form, title=_("Privacy notice for %(name)s") % {"name": member.name})


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note that the person no longer names someone, or, where that stands already, that they name them again."""
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    if member.ended_on is not None:
        return _name_again(request, sight, member)
    form = EndMemberForm(request.POST or None, initial={"ended_on": today(), "version": member.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            end_family_member(
                by=user_of(request),
                member=member,
                seen_version=typed["version"],
                ended_on=typed["ended_on"],
                reason_id=typed["reason"],
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, member_id))
        else:
            messages.success(request, _("%(name)s is no longer named. Nothing is deleted.") % {"name": member.name})
            return redirect("casework:family", person_id)
    title = _("%(name)s is no longer named") % {"name": member.name}
    words = _(
        "Use this when the person no longer counts them among the people in their life. What was recorded is kept."
    )
    return form_page(request, sight, member, form, title=title, words=words, button=_("Save"))


def _name_again(request: HttpRequest, sight: Sight, member: FamilyMember) -> HttpResponse:
    if request.method == "POST":
        change_family_member(
            by=user_of(request), member=member, seen_version=member.version, ended_on=None, end_reason_id=None
        )
        messages.success(request, _("%(name)s is named again.") % {"name": member.name})
        return to_member(sight.person.pk, member.pk)
    title = _("Name %(name)s again") % {"name": member.name}
    words = _("They will stand among the people in the person’s life again, with what was recorded before.")  # noqa: RUF001
    return form_page(request, sight, member, None, title=title, words=words, button=_("Name them again"))


def member_for(request: HttpRequest, person_id: UUID, member_id: UUID, *, right: Right) -> tuple[Sight, FamilyMember]:
    """A case and one of its family members, for someone with `right` on it; 404 otherwise."""
    sight = case_for(request, person_id, right=right, what=WHAT)
    return sight, member_or_404(person_id, member_id)


def to_member(person_id: UUID, member_id: UUID) -> HttpResponse:
    """Back to the family member's page."""
    return redirect("casework:family_member", person_id, member_id)


def form_page(
    request: HttpRequest,
    sight: Sight,
    member: FamilyMember,
    form: Any,
    *,
    title: str,
    words: str = "",
    button: str = "",
) -> HttpResponse:
    """A page with one form about a family member."""
    return render_case(
        request,
        "member_form.html",
        sight,
        current=CURRENT,
        member=member,
        form=form,
        title=title,
        words=words,
        button=button or _("Save"),
    )
