"""Recording a flag, looking at it, changing, reviewing and removing it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import OwnWorkError
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import render_case
from alongside.people.casework.queries.editors import last_editor
from alongside.safety.flags.actions import (
    NamedFlagError,
    RemovedAlreadyError,
    change_flag,
    confirm_in_source,
    record_flag,
    remove_flag,
    review_flag,
)
from alongside.safety.flags.forms import (
    ChangeFlagForm,
    FlagForm,
    KindForm,
    RemoveForm,
    ReviewForm,
    SourceForm,
    initial_flag,
)
from alongside.safety.flags.kinds import FlagKind, flag_kind, flag_kinds
from alongside.safety.flags.models import Flag
from alongside.safety.flags.pages import flag_row
from alongside.safety.flags.queries import entries_of_flag, flags_of_case
from alongside.safety.flags.rules import Scope
from alongside.safety.flags.views.common import CURRENT, form_page, home_of, may_record, member_if_any, sight_for
from alongside.safety.guidance.reading import note_read
from alongside.safety.guidance.rules import Point

RECORDS = (Right.EDIT_SAFETY, Right.SET_NAMED_FLAGS)
STOPPED = "Staff action is stopped until someone else has reviewed it. Nobody outside has been told anything."


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID, member_id: UUID | None = None) -> HttpResponse:
    """Record a flag about the person, or about a family member: first what it is, then what is known."""
    sight = sight_for(request, person_id, *RECORDS)
    member = member_if_any(person_id, member_id)
    person, back = sight.person, home_of(person_id, member)
    about = member.name if member else person.called
    offered = _offered(sight, about_member=member is not None)
    kind = next((one for one in offered if one.id == request.GET.get("kind")), None)
    if kind is None:
        asked = request.GET if "kind" in request.GET else None
        first = KindForm(asked, kinds=offered)
        title = f"Record a safety flag about {about}"
        return render_case(
            request, "safety/flags/kind.html", sight, current=CURRENT, form=first, title=title, back=back
        )
    form = FlagForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        scope=_scope(kind, about_member=member is not None),
        person=person.called,
        member=member.called if member else "",
    )
    if request.method == "POST" and form.is_valid():
        flag = record_flag(
            by=user_of(request),
            person=person,
            member=member,
            values=form.values(),
            may_set_named=sight.may(Right.SET_NAMED_FLAGS),
            key=form.cleaned_data["once"],
        )
        note_read(request, Point.FLAG)
        messages.success(request, f"Recorded. {STOPPED}")
        return redirect("flags:flag", person_id, flag.pk)
    return form_page(
        request,
        sight,
        form,
        title=f"{label_of(kind.id)}: {about}",
        back=f"{request.path}?{urlencode({'kind': ''})}",
        button="Record it, and stop staff action",
        guided=kind.is_of_abuse,
    )


@require_GET
def show(request: HttpRequest, person_id: UUID, flag_id: UUID) -> HttpResponse:
    """One flag: what is known, what is to be done about it, and everything it ever was."""
    sight = sight_for(request, person_id)
    flag = _flag(person_id, flag_id)
    kind, user = flag_kind(str(flag.kind_id)), user_of(request)
    stands = flag.removed_on is None
    named = sight.may(Right.SET_NAMED_FLAGS)
    return render_case(
        request,
        "safety/flags/flag.html",
        sight,
        current=CURRENT,
        row=flag_row(flag, sight.person),
        flag=flag,
        kind=label_of(str(flag.kind_id)),
        source=label_of(str(flag.source_id)),
        signs=[label_of(sign) for sign in flag.signs],
        removal_reason=label_of(str(flag.removal_reason_id or "")),
        entries=[(entry, _stood(entry.stood)) for entry in entries_of_flag(flag.pk)],
        may_change=stands and (sight.may(Right.EDIT_SAFETY) or named) and (named or not kind.set_by_named),
        may_review=stands and _may_review(sight, flag) and not (flag.awaiting_review and flag.changed_by == user.pk),
        own_work=stands and flag.awaiting_review and flag.changed_by == user.pk,
        may_confirm=stands and sight.may(Right.EDIT_SAFETY) and flag.in_source_on is None,
        may_remove=stands and may_record(sight) and (named or not (kind.set_by_named or kind.removed_by_named)),
        asks_named=stands and sight.may(Right.EDIT_SAFETY) and not named and kind.removed_by_named,
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID, flag_id: UUID) -> HttpResponse:
    """Change what a flag says. Someone who comes second sees what changed, and loses nothing."""
    sight = sight_for(request, person_id, *RECORDS)
    flag = _flag(person_id, flag_id)
    if _is_over(request, flag):
        return redirect("flags:flag", person_id, flag_id)
    kind, member = flag_kind(str(flag.kind_id)), flag.family_member
    form = ChangeFlagForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        scope=Scope(flag.scope),
        person=sight.person.called,
        member=member.called if member else "",
        initial=initial_flag(flag),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_flag(
                by=user_of(request),
                flag=flag,
                seen_version=form.cleaned_data["version"],
                values=form.values(),
                may_set_named=sight.may(Right.SET_NAMED_FLAGS),
            )
        except ChangedMeanwhileError:
            flag.refresh_from_db()
            form.changed_meanwhile(initial_flag(flag), by=last_editor(person_id, flag_id))
        except NamedFlagError as refused:
            form.add_error(None, f"This would loosen what stands. {refused}")
        except RemovedAlreadyError as refused:
            form.add_error(None, str(refused))
        else:
            note_read(request, Point.FLAG)
            messages.success(request, f"Changed. {STOPPED}")
            return redirect("flags:flag", person_id, flag_id)
    title = f"Change: {label_of(kind.id)}"
    return form_page(
        request,
        sight,
        form,
        title=title,
        back=_address(flag),
        button="Save, and stop staff action",
        guided=kind.is_of_abuse,
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, person_id: UUID, flag_id: UUID) -> HttpResponse:
    """Say that a flag stands as it is. A new or changed one needs someone else, who may approve."""
    sight = sight_for(request, person_id)
    flag = _flag(person_id, flag_id)
    if not _may_review(sight, flag):
        raise Http404
    if _is_over(request, flag):
        return redirect("flags:flag", person_id, flag_id)
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        initial={"review_on": flag.review_on if flag.review_on > today() else None, "version": flag.version},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            review_flag(
                by=user_of(request),
                flag=flag,
                seen_version=typed["version"],
                note=typed["note"],
                review_on=typed["review_on"],
            )
        except ChangedMeanwhileError as changed:
            messages.warning(request, "Someone changed this flag while you were reading. Read it again first.")
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, flag_id))
        except (OwnWorkError, RemovedAlreadyError) as refused:
            form.add_error(None, str(refused))
        else:
            note_read(request, Point.FLAG)
            messages.success(request, "Reviewed. What it stops, it still stops; the pause for review is over.")
            return redirect("flags:flag", person_id, flag_id)
    warning = "Until this is reviewed, staff action with them is stopped." if flag.awaiting_review else ""
    title = f"Review: {label_of(str(flag.kind_id))}"
    return form_page(
        request,
        sight,
        form,
        title=title,
        back=_address(flag),
        button="It stands",
        words=flag.words,
        warning=warning,
        guided=flag_kind(str(flag.kind_id)).is_of_abuse,
    )


@require_http_methods(["GET", "POST"])
def in_source(request: HttpRequest, person_id: UUID, flag_id: UUID) -> HttpResponse:
    """Say that a flag was seen in the system of record."""
    sight = sight_for(request, person_id, Right.EDIT_SAFETY)
    flag = _flag(person_id, flag_id)
    if _is_over(request, flag):
        return redirect("flags:flag", person_id, flag_id)
    form = SourceForm(
        request.POST if request.method == "POST" else None, initial={"on": today(), "version": flag.version}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            confirm_in_source(by=user_of(request), flag=flag, seen_version=typed["version"], on=typed["on"])
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, flag_id))
        except RemovedAlreadyError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Confirmed.")
            return redirect("flags:flag", person_id, flag_id)
    return form_page(
        request,
        sight,
        form,
        title="It is in the system of record",
        words="Look it up there first: the registration or alert, with its date and its review.",
        back=_address(flag),
        button="Confirm",
    )


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, person_id: UUID, flag_id: UUID) -> HttpResponse:
    """Take a flag away, with the reason. The matter then has to be checked again."""
    sight = sight_for(request, person_id, *RECORDS)
    flag = _flag(person_id, flag_id)
    if _is_over(request, flag):
        return redirect("flags:flag", person_id, flag_id)
    form = RemoveForm(request.POST if request.method == "POST" else None, initial={"version": flag.version})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            remove_flag(
                by=user_of(request),
                flag=flag,
                seen_version=typed["version"],
                reason_id=typed["reason"],
                note=typed["note"],
                may_set_named=sight.may(Right.SET_NAMED_FLAGS),
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version}, by=last_editor(person_id, flag_id))
        except (NamedFlagError, RemovedAlreadyError) as refused:
            form.add_error(None, str(refused))
        else:
            note_read(request, Point.FLAG)
            messages.success(request, "Taken away. What it was about has to be checked again before anything is open.")
            return redirect(home_of(person_id, flag.family_member))
    return form_page(
        request,
        sight,
        form,
        title=f"Take away: {label_of(str(flag.kind_id))}",
        words="What it said is kept. What it was about counts as not checked until someone has looked again.",
        back=_address(flag),
        button="Take it away",
        guided=flag_kind(str(flag.kind_id)).is_of_abuse,
    )


def _offered(sight: Sight, *, about_member: bool) -> list[FlagKind]:
    """The kinds that the user may record about them."""
    named, edits = sight.may(Right.SET_NAMED_FLAGS), sight.may(Right.EDIT_SAFETY)
    return [
        kind
        for kind in flag_kinds()
        if _scope_or_none(kind, about_member=about_member)
        and (named if kind.set_by_named else edits or (named and kind.removed_by_named))
    ]


def _scope_or_none(kind: FlagKind, *, about_member: bool) -> Scope | None:
    if not about_member:
        return Scope.PERSON if Scope.PERSON in kind.scopes else None
    return next((scope for scope in (Scope.RELATIONSHIP, Scope.MEMBER) if scope in kind.scopes), None)


def _scope(kind: FlagKind, *, about_member: bool) -> Scope:
    scope = _scope_or_none(kind, about_member=about_member)
    if scope is None:
        raise Http404
    return scope


def _may_review(sight: Sight, flag: Flag) -> bool:
    return sight.may(Right.APPROVE if flag.awaiting_review else Right.EDIT_SAFETY)


def _flag(person_id: UUID, flag_id: UUID) -> Flag:
    flag = flags_of_case(person_id).filter(pk=flag_id).first()
    if flag is None:
        raise Http404
    return flag


def _is_over(request: HttpRequest, flag: Flag) -> bool:
    """Whether a page opened now would be about a flag that was taken away, and says so.

    What was typed before comes back with its form: whoever sent it reads there that the flag is gone, and keeps it.
    """
    if flag.removed_on is None or request.method == "POST":
        return False
    messages.info(request, "This flag was taken away. What it said is kept here.")
    return True


def _address(flag: Flag) -> str:
    return reverse("flags:flag", args=[flag.person_id, flag.pk])


def _stood(stood: dict[str, str] | None) -> str:
    """What a flag said at one moment, in a line."""
    return str((stood or {}).get("words", ""))
