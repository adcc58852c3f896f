"""How a family member may safely be reached: adding, changing, taking away, and showing once what is covered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.people.allocations.looking import Sight
from alongside.people.casework.forms.family import (
    ChangePointForm,
    PointForm,
    SafeAgainForm,
    ShowPointForm,
    initial_point,
)
from alongside.people.casework.frames import render_case
from alongside.people.casework.points import ShownPoint, shown_point
from alongside.people.casework.queries.editors import last_editor
from alongside.people.casework.views.family import CURRENT, form_page, member_for, to_member
from alongside.people.families.actions import (
    MarkedUnsafeError,
    add_contact_point,
    change_contact_point,
    remove_contact_point,
    say_safe_again,
    show_contact_point,
)
from alongside.people.families.models import ContactPoint, FamilyMember, PointSafety
from alongside.people.families.queries import contact_points_of


@require_http_methods(["GET", "POST"])
def add_point(request: HttpRequest, person_id: UUID, member_id: UUID) -> HttpResponse:
    """Add a way to reach a family member.

    What stands already under a cover is answered as if it were added: otherwise someone could try values out.
    """
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    form = PointForm(request.POST or None)
    if form.is_valid():
        same = _same_as(member, form)
        if same is not None and shown_point(person_id, sight.rights, same).cover is None:
            form.add_error("value", _("This is recorded for them already"))
        else:
            if same is None:
                add_contact_point(by=user_of(request), member=member, **form.cleaned_data)
            messages.success(request, _("Added."))
            return to_member(person_id, member_id)
    return form_page(request, sight, member, form, title=_("A way to reach %(name)s") % {"name": member.name})


@require_http_methods(["GET", "POST"])
def change_point(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Change a way to reach a family member; what is covered can only be taken away and written anew."""
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    point = _point(member, point_id)
    shown = shown_point(person_id, sight.rights, point)
    if shown.cover is not None:
        return _covered(request, sight, member, shown)
    form = ChangePointForm(request.POST or None, initial=initial_point(point))
    if form.is_valid():
        typed = dict(form.cleaned_data)
        if _same_as(member, form, besides=point) is not None:
            form.add_error("value", _("This is recorded for them already"))
        else:
            try:
                change_contact_point(
                    by=user_of(request), point=point, member=member, seen_version=typed.pop("version"), **typed
                )
            except MarkedUnsafeError as refused:
                form.add_error("safety", str(refused))
            except ChangedMeanwhileError:
                point.refresh_from_db()
                form.changed_meanwhile(initial_point(point), by=last_editor(person_id, point.pk))
            else:
                messages.success(request, _("Saved."))
                return to_member(person_id, member_id)
    return form_page(request, sight, member, form, title=_("A way to reach %(name)s") % {"name": member.name})


@require_POST
def set_safety(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Say with one press whether a way to reach someone is safe. The last word is always the more careful one."""
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    point = _point(member, point_id)
    shown = shown_point(person_id, sight.rights, point)
    if shown.neutral:
        return _covered(request, sight, member, shown)
    safety = request.POST.get("safety", "")
    if safety not in PointSafety.values:
        return redirect("casework:change_contact_point", person_id, member_id, point_id)
    if point.safety == PointSafety.UNSAFE and safety != PointSafety.UNSAFE:
        return redirect("casework:contact_point_safe_again", person_id, member_id, point_id)
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
    return to_member(person_id, member_id)


@require_http_methods(["GET", "POST"])
def safe_again(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Say who told us that something marked as not safe is safe. Marking it takes one press; this takes words."""
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    point = _point(member, point_id)
    shown = shown_point(person_id, sight.rights, point)
    if shown.cover is not None:
        return _covered(request, sight, member, shown)
    form = SafeAgainForm(**posted(request), initial={"version": point.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            say_safe_again(
                by=user_of(request),
                point=point,
                member=member,
                seen_version=typed["version"],
                said_by=typed["said_by"],
                said_on=typed["said_on"],
            )
        except ChangedMeanwhileError:
            point.refresh_from_db()
            form.changed_meanwhile({"version": point.version}, by=last_editor(person_id, point.pk))
        else:
            messages.success(request, f"Noted: {shown.named} is safe, and who said so.")
            return to_member(person_id, member_id)
    title = f"Is {shown.named} safe to use now?"
    words = "It was marked as not safe. Somebody may be hurt if that is taken back too soon."
    return form_page(request, sight, member, form, title=title, words=words, button="It is safe now")


@require_http_methods(["GET", "POST"])
def remove_point(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Take a way to reach someone away, after asking."""
    sight, member = member_for(request, person_id, member_id, right=Right.EDIT_FAMILY)
    point = _point(member, point_id)
    shown = shown_point(person_id, sight.rights, point)
    if shown.neutral:
        return _covered(request, sight, member, shown)
    if request.method == "POST":
        remove_contact_point(by=user_of(request), point=point, member=member)
        messages.success(request, _("Taken away."))
        return to_member(person_id, member_id)
    title = _("Take %(value)s away?") % {"value": shown.named}
    words = _(
        "If it is still theirs but not safe, keep it and say that it is not safe: then nobody uses it by mistake."
    )
    return form_page(request, sight, member, None, title=title, words=words, button=_("Take it away"))


@never_cache
@require_http_methods(["GET", "POST"])
def show_once(request: HttpRequest, person_id: UUID, member_id: UUID, point_id: UUID) -> HttpResponse:
    """Show a covered way to reach someone once, to whoever may and says why: danger does not wait for an adviser."""
    sight, member = member_for(request, person_id, member_id, right=Right.SEE_FAMILY)
    point = _point(member, point_id)
    shown = shown_point(person_id, sight.rights, point)
    if not shown.may_open:
        raise Http404
    form = ShowPointForm(**posted(request))
    value = ""
    if form.is_valid():
        value = show_contact_point(by=user_of(request), point=point, member=member, reason=form.cleaned_data["reason"])
    return render_case(
        request, "show_point.html", sight, current=CURRENT, member=member, point=shown, form=form, value=value
    )


def _covered(request: HttpRequest, sight: Sight, member: FamilyMember, shown: ShownPoint) -> HttpResponse:
    return render_case(request, "point_covered.html", sight, current=CURRENT, status=403, member=member, point=shown)


def _point(member: FamilyMember, point_id: UUID) -> ContactPoint:
    point = contact_points_of(member.pk).filter(pk=point_id).first()
    if point is None:
        raise Http404
    return point


def _same_as(member: FamilyMember, form: PointForm, besides: ContactPoint | None = None) -> ContactPoint | None:
    same = contact_points_of(member.pk).filter(kind=form.cleaned_data["kind"], value=form.cleaned_data["value"])
    return (same.exclude(pk=besides.pk) if besides else same).first()
