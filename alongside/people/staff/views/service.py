"""Pages for managing the service: places, members, posts and patches."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.people.staff import actions
from alongside.people.staff.forms import (
    EndForm,
    FindMemberForm,
    MemberForm,
    NewMemberForm,
    PatchForm,
    PlaceForm,
    PostForm,
    TeamForm,
)
from alongside.people.staff.models import DeliveryUnit, Member, Patch, Post, Region, Team
from alongside.people.staff.queries import members_found, patches_of, places_in_order, posts_of
from alongside.people.staff.rules import PostError

MEMBER_FIELDS = ("grade", "telephone", "staff_code", "employment", "vetted_until", "trained_on")
TEAM_FIELDS = ("name", "telephone", "active")


@needs(Right.MANAGE_STAFF)
def members(request: HttpRequest) -> HttpResponseBase:
    """Members of staff, found by name, address or code."""
    form = FindMemberForm(request.GET)
    form.is_valid()
    page = page_of(members_found(form.cleaned_data.get("q", "")), request)
    posts = posts_of([member.pk for member in page.rows])
    record_consultation(by=user_of(request), what="staff.members")
    rows = [(member, [post for post in posts if post.member_id == member.pk]) for member in page.rows]
    return render(
        request,
        "people/staff/members.html",
        {"form": form, "page": page, "rows": [(member, _roles(live)) for member, live in rows]},
    )


@needs(Right.MANAGE_STAFF)
def new_member(request: HttpRequest) -> HttpResponseBase:
    """Make an account a member of staff."""
    form = NewMemberForm(**posted(request), initial={"employment": "employee"})
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in MEMBER_FIELDS}
        member = actions.add_member(by=user_of(request), user=form.cleaned_data["user"], **values)
        messages.success(request, _("Added. Now give them a post, so that they can see their work."))
        return redirect("staff:member", member.pk)
    return _form(request, form, title=_("Add a member of staff"), button=_("Add"), back="/staff/")


@needs(Right.MANAGE_STAFF)
def member(request: HttpRequest, member_id: UUID) -> HttpResponseBase:
    """A member of staff and their posts."""
    found = get_object_or_404(Member.objects.select_related("user"), pk=member_id)
    record_consultation(by=user_of(request), what="staff.member", detail=str(member_id))
    posts = [(post, _role(post), _place(post), post.until_date is None) for post in posts_of([found.pk])]
    return render(request, "people/staff/member.html", {"member": found, "posts": posts})


@needs(Right.MANAGE_STAFF)
def change_member(request: HttpRequest, member_id: UUID) -> HttpResponseBase:
    """Change what is recorded about a member."""
    found = get_object_or_404(Member.objects.select_related("user"), pk=member_id)
    form = MemberForm(**posted(request), initial=_initial(found, MEMBER_FIELDS), member=found)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in MEMBER_FIELDS}
        seen = form.cleaned_data["version"] or found.version
        try:
            actions.change_member(by=user_of(request), member=found, seen_version=seen, **values)
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile(_initial(changed.current, MEMBER_FIELDS))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:member", found.pk)
    return _form(request, form, title=found.user.name, button=_("Save"), back=f"/staff/{found.pk}/")


@needs(Right.MANAGE_STAFF)
def give_post(request: HttpRequest, member_id: UUID) -> HttpResponseBase:
    """Give a member a role in a place."""
    found = get_object_or_404(Member.objects.select_related("user"), pk=member_id)
    form = PostForm(**posted(request), initial={"from_date": today()})
    if form.is_valid():
        try:
            actions.give_post(
                by=user_of(request),
                member=found,
                role=form.cleaned_data["role"],
                place=form.chosen_place,
                from_date=form.cleaned_data["from_date"],
                until_date=form.cleaned_data["until_date"],
            )
        except PostError as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, _("The post is theirs from that day."))
            return redirect("staff:member", found.pk)
    title = _("A post for %(name)s") % {"name": found.user.name}
    return _form(request, form, title=title, button=_("Give the post"), back=f"/staff/{found.pk}/")


@needs(Right.MANAGE_STAFF)
def end_post(request: HttpRequest, post_id: UUID) -> HttpResponseBase:
    """Let a post end."""
    post = get_object_or_404(Post.objects.select_related("member__user"), pk=post_id)
    form = EndForm(**posted(request), initial={"last_day": today(), "version": post.version})
    if form.is_valid():
        try:
            actions.end_post(
                by=user_of(request),
                post=post,
                seen_version=form.cleaned_data["version"] or post.version,
                last_day=form.cleaned_data["last_day"],
            )
        except actions.PostOrderError as refused:
            form.add_error("last_day", str(refused))
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"last_day": changed.current.until_date, "version": changed.current.version})  # type: ignore[attr-defined]
        else:
            messages.success(request, _("The post ends on that day."))
            return redirect("staff:member", post.member_id)
    title = _("End the post of %(name)s") % {"name": post.member.user.name}
    return _form(request, form, title=title, button=_("End the post"), back=f"/staff/{post.member_id}/")


@needs(Right.MANAGE_STAFF)
def places(request: HttpRequest) -> HttpResponseBase:
    """The service as a tree of regions, delivery units and teams."""
    return render(request, "people/staff/places.html", {"tree": places_in_order()})


@needs(Right.MANAGE_STAFF)
def new_region(request: HttpRequest) -> HttpResponseBase:
    """Add a region; the service itself is made with the first."""
    form = PlaceForm(**posted(request), model=Region)
    if form.is_valid():
        service = actions.the_service(by=user_of(request))
        actions.add_place(by=user_of(request), place=Region(service=service, **form.cleaned_data))
        return redirect("staff:places")
    return _form(request, form, title=_("Add a region"), button=_("Add"), back="/staff/places/")


@needs(Right.MANAGE_STAFF)
def new_unit(request: HttpRequest, region_id: UUID) -> HttpResponseBase:
    """Add a delivery unit to a region."""
    region = get_object_or_404(Region, pk=region_id)
    form = PlaceForm(**posted(request), model=DeliveryUnit)
    if form.is_valid():
        actions.add_place(by=user_of(request), place=DeliveryUnit(region=region, **form.cleaned_data))
        return redirect("staff:places")
    title = _("Add a delivery unit to %(name)s") % {"name": region.name}
    return _form(request, form, title=title, button=_("Add"), back="/staff/places/")


@needs(Right.MANAGE_STAFF)
def new_team(request: HttpRequest, unit_id: UUID) -> HttpResponseBase:
    """Add a team to a delivery unit."""
    unit = get_object_or_404(DeliveryUnit, pk=unit_id)
    form = PlaceForm(**posted(request), model=Team)
    if form.is_valid():
        actions.add_place(by=user_of(request), place=Team(delivery_unit=unit, **form.cleaned_data))
        return redirect("staff:places")
    title = _("Add a team to %(name)s") % {"name": unit.name}
    return _form(request, form, title=title, button=_("Add"), back="/staff/places/")


@needs(Right.MANAGE_STAFF)
def team(request: HttpRequest, team_id: UUID) -> HttpResponseBase:
    """A team: its details, and the places that it looks after."""
    found = get_object_or_404(Team.objects.select_related("delivery_unit"), pk=team_id)
    form = TeamForm(**posted(request), initial=_initial(found, TEAM_FIELDS))
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in TEAM_FIELDS}
        seen = form.cleaned_data["version"] or found.version
        try:
            actions.change_team(by=user_of(request), team=found, seen_version=seen, **values)
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile(_initial(changed.current, TEAM_FIELDS))
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:team", found.pk)
    return render(request, "people/staff/team.html", {"form": form, "team": found, "patches": patches_of(found.pk)})


@needs(Right.MANAGE_STAFF)
def new_patch(request: HttpRequest, team_id: UUID) -> HttpResponseBase:
    """Let a team look after a place."""
    found = get_object_or_404(Team, pk=team_id)
    form = PatchForm(**posted(request), initial={"from_date": today()}, team=found)
    if form.is_valid():
        actions.add_patch(by=user_of(request), team=found, **form.cleaned_data)
        return redirect("staff:team", found.pk)
    title = _("A place for %(name)s") % {"name": found.name}
    return _form(request, form, title=title, button=_("Add the place"), back=f"/staff/teams/{found.pk}/")


@needs(Right.MANAGE_STAFF)
def end_patch(request: HttpRequest, patch_id: UUID) -> HttpResponseBase:
    """Let a patch end."""
    patch = get_object_or_404(Patch, pk=patch_id)
    form = EndForm(**posted(request), initial={"last_day": today()})
    if form.is_valid():
        actions.end_patch(by=user_of(request), patch=patch, last_day=form.cleaned_data["last_day"])
        return redirect("staff:team", patch.team_id)
    title = _("No longer look after %(place)s") % {"place": patch.place}
    return _form(request, form, title=title, button=_("Save"), back=f"/staff/teams/{patch.team_id}/")


def _form(request: HttpRequest, form: Any, *, title: str, button: str, back: str) -> HttpResponseBase:
    return render(request, "people/staff/form.html", {"form": form, "title": title, "button": button, "back": back})


def _initial(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*names, "version")}


def _role(post: Post) -> str:
    return ROLES[RoleCode(post.role)].label


def _place(post: Post) -> str:
    place = post.team or post.delivery_unit or post.region or post.service
    return place.name if place else ""


def _roles(posts: list[Post]) -> str:
    held = [post for post in posts if post.until_date is None or post.until_date >= today()]
    return "; ".join(f"{_role(post)}, {_place(post)}" for post in held)
