"""The family: adding, changing and ending those whom the person names, and how each may safely be reached.

No page here ever says that a family member may be under supervision: that goes to a named role alone.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

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
    ChangePointForm,
    EndMemberForm,
    PointForm,
    initial_member,
    initial_notice,
    initial_point,
)
from alongside.people.casework.frames import case_for, member_or_404, render_case
from alongside.people.casework.queries.case import family_cards, member_cards
from alongside.people.casework.queries.editors import last_editor
from alongside.people.casework.registry import member_actions, member_buttons, member_links
from alongside.people.families.actions import (
    add_contact_point,
    add_family_member,
    change_contact_point,
    change_family_member,
    end_family_member,
    remove_contact_point,
)
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind, PointSafety
from alongside.people.families.overview import with_family
from alongside.people.families.queries import contact_points_of

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
    sight, member = _member(request, person_id, member_id, right=Right.SEE_FAMILY)
    gone = member.ended_on or member.deceased
    cards = member_cards(sight, member.pk)
    return render_case(
        request,
        "family_member.html",
        sight,
        current=CURRENT,
        member=member,
        points=list(contact_points_of(member.pk)),
        relationship=label_of(str(member.relationship_id)),
        labels={
            name: label_of(str(getattr(member, f"{name}_id") or ""))
            for name in ("gender", "language", "age_band", "notice_ground", "end_reason")
        },
        sees_history=sight.may(Right.SEE_JUSTICE_HISTORY),
        safety=PointSafety,
        member_links=[vars(link) for link in member_links(sight, member.pk, current="casework:family_member")],
        first=[card for card in cards if card.first],
        cards=[card for card in cards if not card.first],
        member_buttons=[] if gone else member_buttons(sight, member.pk),
        member_actions=[] if gone else member_actions(sight, member.pk),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Change what is recorded about a family member."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_FAMILY)
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
            return _to_member(person_id, member_id)
    return _form_page(request, sight, member, form, title=_("Change %(name)s") % {"name": member.name})


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Say whether a family member knows that we hold their details."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_FAMILY)
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
            return _to_member(person_id, member_id)
    return _form_page(request, sight, member, form, title=_("Privacy notice for %(name)s") % {"name": member.name})


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Note that the person no longer names someone, or, where that stands already, that they name them again."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_FAMILY)
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
    return _form_page(request, sight, member, form, title=title, words=words, button=_("Save"))


def _name_again(request: HttpRequest, sight: Sight, member: FamilyMember) -> HttpResponse:
    if request.method == "POST":
        change_family_member(
            by=user_of(request), member=member, seen_version=member.version, ended_on=None, end_reason_id=None
        )
        messages.success(request, _("%(name)s is named again.") % {"name": member.name})
        return _to_member(sight.person.pk, member.pk)
    title = _("Name %(name)s again") % {"name": member.name}
    words = _("They will stand among the people in the person’s life again, with what was recorded before.")  # noqa: RUF001
    return _form_page(request, sight, member, None, title=title, words=words, button=_("Name them again"))


@require_http_methods(["GET", "POST"])
def add_point(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Add a way to reach a family member."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_FAMILY)
    form = PointForm(request.POST or None)
    if form.is_valid():
        if _stands_already(member, form):
            form.add_error("value", _("This is recorded for them already"))
        else:
            add_contact_point(by=user_of(request), member=member, **form.cleaned_data)
            messages.success(request, _("Added."))
            return _to_member(person_id, member_id)
    return _form_page(request, sight, member, form, title=_("A way to reach %(name)s") % {"name": member.name})


@require_http_methods(["GET", "POST"])
def change_point(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Change a way to reach a family member."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_FAMILY)
    point = _point(member, point_id)
    form = ChangePointForm(request.POST or None, initial=initial_point(point))
    if form.is_valid():
        typed = dict(form.cleaned_data)
        if _stands_already(member, form, besides=point):
            form.add_error("value", _("This is recorded for them already"))
        else:
            try:
                change_contact_point(
                    by=user_of(request), point=point, member=member, seen_version=typed.pop("version"), **typed
                )
            except ChangedMeanwhileError:
                point.refresh_from_db()
                form.changed_meanwhile(initial_point(point), by=last_editor(person_id, point.pk))
            else:
                messages.success(request, _("Saved."))
                return _to_member(person_id, member_id)
    return _form_page(request, sight, member, form, title=_("A way to reach %(name)s") % {"name": member.name})


@require_POST
def set_safety(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Say with one press whether a way to reach someone is safe. The last word is always the more careful one."""
    _sight, member = _member(request, person_id, member_id, right=Right.EDIT_FAMILY)
    point = _point(member, point_id)
    safety = request.POST.get("safety", "")
    if safety not in PointSafety.values:
        return redirect("casework:change_contact_point", person_id, member_id, point_id)
    seen = request.POST.get("version", "")
    try:
        change_contact_point(
            by=user_of(request),
            point=point,
            member=member,
            seen_version=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
            safety=safety,
        )
    except ChangedMeanwhileError:
        messages.warning(request, _("Someone changed this meanwhile. Look at it before you say whether it is safe."))
        return redirect("casework:change_contact_point", person_id, member_id, point_id)
    messages.success(
        request,
        _("Noted: %(kind)s, %(safety)s.") % {"kind": point.get_kind_display(), "safety": PointSafety(safety).label},
    )
    return _to_member(person_id, member_id)


@require_http_methods(["GET", "POST"])
def remove_point(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Take a way to reach someone away, after asking."""
    sight, member = _member(request, person_id, member_id, right=Right.EDIT_FAMILY)
    point = _point(member, point_id)
    if request.method == "POST":
        remove_contact_point(by=user_of(request), point=point, member=member)
        messages.success(request, _("Taken away."))
        return _to_member(person_id, member_id)
    title = _("Take %(value)s away?") % {"value": point.value}
    words = _(
        "If it is still theirs but not safe, keep it and say that it is not safe: then nobody uses it by mistake."
    )
    return _form_page(request, sight, member, None, title=title, words=words, button=_("Take it away"))


def _member(request: HttpRequest, person_id: UUID, member_id: UUID, *, right: Right) -> tuple[Sight, FamilyMember]:
    sight = case_for(request, person_id, right=right, what=WHAT)
    return sight, member_or_404(person_id, member_id)


def _point(member: FamilyMember, point_id: UUID) -> ContactPoint:
    point = contact_points_of(member.pk).filter(pk=point_id).first()
    if point is None:
        raise Http404
    return point


def _stands_already(member: FamilyMember, form: PointForm, besides: ContactPoint | None = None) -> bool:
    same = contact_points_of(member.pk).filter(kind=form.cleaned_data["kind"], value=form.cleaned_data["value"])
    return (same.exclude(pk=besides.pk) if besides else same).exists()


def _to_member(person_id: UUID, member_id: UUID) -> HttpResponse:
    return redirect("casework:family_member", person_id, member_id)


def _form_page(
    request: HttpRequest,
    sight: Sight,
    member: FamilyMember,
    form: Any,
    *,
    title: str,
    words: str = "",
    button: str = "",
) -> HttpResponse:
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
