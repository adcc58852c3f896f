"""The adviser's workspace. Whoever may not see someone gets a 404, as for someone who is not there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import GovForm, posted
from alongside.foundation.ui.paging import page_of
from alongside.safety.advocacy.actions.supporting import (
    PlanChangedError,
    TakenAlreadyError,
    acknowledge,
    add_detail,
    change_detail,
    change_supported,
    close_support,
    hand_over,
    reopen_support,
    write_entry,
    write_plan,
)
from alongside.safety.advocacy.forms import (
    ChangeDetailForm,
    CloseForm,
    DetailForm,
    EntryForm,
    HandOverForm,
    PlanForm,
    ReopenForm,
    SupportedForm,
    initial_detail,
    initial_plan,
    initial_supported,
)
from alongside.safety.advocacy.models import CloseReason, ContactDetail, Entry, EntryKind, SafetyPlan
from alongside.safety.advocacy.queries.outside import declined_of
from alongside.safety.advocacy.queries.workspace import (
    Pile,
    SupportedRow,
    advisers_to_take_over,
    latest_plan,
    pile_of,
    rows_of,
    supported_for,
)

SUPPORT = "advocacy:support"


@require_GET
@needs(Right.KEEP_ADVOCACY)
def workspace(request: HttpRequest) -> HttpResponseBase:
    """Whom the adviser supports, and who waits."""
    user = user_of(request)
    record_consultation(by=user, what="advocacy.workspace")
    asked = request.GET.get("pile", "")
    pile = Pile(asked) if asked in Pile._value2member_map_ else Pile.NEW
    page = page_of(pile_of(user, pile), request)
    return render(
        request,
        "safety/advocacy/workspace.html",
        {
            "page": page,
            "rows": rows_of(page.rows),
            "pile": pile,
            "piles": [{"text": one.label, "href": f"?pile={one}", "active": one is pile} for one in Pile],
        },
    )


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def support(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """One person supported: what was asked, the plan, and what was done. Writing something down stands on the page."""
    row = _row(request, supported_id)
    form = EntryForm(**posted(request), initial={"on": today()})
    if form.is_valid() and row.supported.adviser:
        write_entry(
            by=user_of(request),
            supported=row.supported,
            kind=EntryKind(form.cleaned_data["kind"]),
            at=form.at(),
            text=form.cleaned_data["text"],
            key=form.cleaned_data["once"],
        )
        messages.success(request, "Written down.")
        return redirect(SUPPORT, supported_id)
    entries = page_of(Entry.objects.filter(supported=supported_id).order_by("-at", "-written_at"), request)
    return _render(
        request,
        row,
        "support.html",
        form=form,
        entries=entries,
        plan=latest_plan(supported_id),
        declined=declined_of(row.supported.case),
        mine=row.supported.adviser == user_of(request).pk,
    )


@require_POST
@needs(Right.KEEP_ADVOCACY)
def take(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """Acknowledge a referral, and take it on."""
    row = _row(request, supported_id)
    try:
        acknowledge(by=user_of(request), supported=row.supported)
    except (TakenAlreadyError, ChangedMeanwhileError):
        messages.warning(request, "Another adviser has acknowledged this already.")
    else:
        messages.success(request, "Acknowledged. The practitioner sees that, with the day, and nothing else.")
    return redirect(SUPPORT, supported_id)


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def change(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """Change who is supported, and what they hope for."""
    row = _row(request, supported_id)
    form = SupportedForm(**posted(request), initial=initial_supported(row.supported))
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            change_supported(by=user_of(request), supported=row.supported, seen_version=values.pop("version"), **values)
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile(initial_supported(changed.current))  # type: ignore[arg-type]
        else:
            messages.success(request, "Saved.")
            return redirect(SUPPORT, supported_id)
    return _form(request, row, form, title="Change who they are", button="Save")


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def give(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """Give the work to another adviser of the team."""
    row = _row(request, supported_id)
    others = advisers_to_take_over(user_of(request), row.supported)
    form = HandOverForm(**posted(request), advisers=others, initial={"version": row.supported.version})
    if form.is_valid():
        try:
            hand_over(
                by=user_of(request),
                supported=row.supported,
                seen_version=form.cleaned_data["version"],
                adviser_id=UUID(form.cleaned_data["adviser"]),
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            messages.success(request, "Handed over.")
            return redirect("advocacy:workspace")
    words = "They see everything that you see now. Tell the person whom you support before you do."
    if not others:
        words = "Nobody of their team can be given the work by you. Ask an adviser of that team, or your manager."
    return _form(request, row, form if others else None, title="Hand over", button="Hand over", words=words)


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def close(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """End the work, or take it up again."""
    row = _row(request, supported_id)
    if row.supported.closed_at is not None:
        return _reopen(request, row)
    form = CloseForm(**posted(request), initial={"version": row.supported.version})
    if form.is_valid():
        try:
            close_support(
                by=user_of(request),
                supported=row.supported,
                seen_version=form.cleaned_data["version"],
                reason=CloseReason(form.cleaned_data["reason"]),
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            messages.success(request, "Closed. Nothing shows that on the practitioner’s side.")  # noqa: RUF001
            return redirect("advocacy:workspace")
    words = "Nothing is deleted, and nothing shows on the practitioner’s side. You can take it up again."  # noqa: RUF001
    return _form(request, row, form, title="End the work", button="End the work", words=words)


def _reopen(request: HttpRequest, row: SupportedRow) -> HttpResponse:
    """Take it up again, where the page that was sent asked for that: the form that ended it, sent twice, does not."""
    form = ReopenForm(**posted(request), initial={"version": row.supported.version})
    if form.is_valid():
        try:
            reopen_support(by=user_of(request), supported=row.supported, seen_version=form.cleaned_data["version"])
        except ChangedMeanwhileError:
            messages.info(request, "The work has ended. You can take it up again from here.")
        else:
            messages.success(request, "Taken up again.")
        return redirect(SUPPORT, row.supported.pk)
    return _form(request, row, form, title="Take it up again", button="Take it up again")


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def correct(request: HttpRequest, supported_id: UUID, entry_id: UUID) -> HttpResponseBase:
    """Correct an entry by writing another."""
    row = _row(request, supported_id)
    entry = Entry.objects.filter(supported=supported_id, pk=entry_id).first()
    if entry is None:
        raise Http404
    known = {"kind": entry.kind, "text": entry.text, "on": entry.at.date(), "corrects": str(entry.pk)}
    form = EntryForm(**posted(request), initial=known)
    if form.is_valid():
        write_entry(
            by=user_of(request),
            supported=row.supported,
            kind=EntryKind(form.cleaned_data["kind"]),
            at=form.at(),
            text=form.cleaned_data["text"],
            key=form.cleaned_data["once"],
            corrects=entry.pk,
        )
        messages.success(request, "Corrected. What stood before is kept beside it.")
        return redirect(SUPPORT, supported_id)
    return _form(request, row, form, title="Correct what was written", button="Save the correction")


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def plan(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """The safety plan: written together, kept here, never printed with a name on it."""
    row = _row(request, supported_id)
    stands = latest_plan(supported_id)
    form = PlanForm(**posted(request), initial=initial_plan(stands))
    if form.is_valid():
        try:
            write_plan(
                by=user_of(request),
                supported=row.supported,
                seen_number=form.seen_number(),
                words=form.words(),
                review_on=form.cleaned_data["review_on"],
            )
        except PlanChangedError as changed:
            form.changed_meanwhile(initial_plan(stands), by=stands.made_by_name if stands else "")
            messages.warning(request, str(changed))
        else:
            messages.success(request, "The plan is saved. Older versions are kept.")
            return redirect(SUPPORT, supported_id)
    return _form(
        request,
        row,
        form,
        title="Safety plan",
        button="Save the plan",
        words="In their words. Ask where it is safe for them to keep a copy, if anywhere.",
    )


@require_GET
@needs(Right.KEEP_ADVOCACY)
def plans(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """Every version of the safety plan, newest first."""
    row = _row(request, supported_id)
    page = page_of(SafetyPlan.objects.filter(supported=supported_id).order_by("-number"), request, per_page=5)
    return _render(request, row, "plans.html", page=page)


@require_GET
@needs(Right.KEEP_ADVOCACY)
def details(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """How to reach the person supported: a page of its own, each look at which is recorded."""
    row = _row(request, supported_id, what="advocacy.details")
    found = ContactDetail.objects.filter(supported=supported_id).order_by("-safety", "kind", "pk")
    return _render(request, row, "details.html", details=list(found))


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def new_detail(request: HttpRequest, supported_id: UUID) -> HttpResponseBase:
    """Add a way to reach them."""
    row = _row(request, supported_id)
    form = DetailForm(**posted(request))
    if form.is_valid():
        add_detail(by=user_of(request), supported=row.supported, **form.cleaned_data)
        messages.success(request, "Added.")
        return redirect("advocacy:details", supported_id)
    return _form(request, row, form, title="A way to reach them", button="Add it", back="advocacy:details")


@require_http_methods(["GET", "POST"])
@needs(Right.KEEP_ADVOCACY)
def edit_detail(request: HttpRequest, supported_id: UUID, detail_id: UUID) -> HttpResponseBase:
    """Change a way to reach them."""
    row = _row(request, supported_id, what="advocacy.details")
    detail = ContactDetail.objects.filter(supported=supported_id, pk=detail_id).first()
    if detail is None:
        raise Http404
    form = ChangeDetailForm(**posted(request), initial=initial_detail(detail))
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            change_detail(by=user_of(request), detail=detail, seen_version=values.pop("version"), **values)
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile(initial_detail(changed.current))  # type: ignore[arg-type]
        else:
            messages.success(request, "Saved.")
            return redirect("advocacy:details", supported_id)
    return _form(request, row, form, title="Change how to reach them", button="Save", back="advocacy:details")


def _row(request: HttpRequest, supported_id: UUID, *, what: str = "advocacy.support") -> SupportedRow:
    """Someone supported, with the look recorded in the adviser's own trail; 404 where it is not theirs to see."""
    user = user_of(request)
    found = rows_of(supported_for(user).filter(pk=supported_id))
    record_consultation(by=user, what=what, refused=not found, detail=str(supported_id))
    if not found:
        raise Http404
    return found[0]


def _render(request: HttpRequest, row: SupportedRow, template: str, **context: Any) -> HttpResponse:
    return render(request, f"safety/advocacy/{template}", {"row": row, "supported": row.supported} | context)


def _form(
    request: HttpRequest,
    row: SupportedRow,
    form: GovForm | None,
    *,
    title: str,
    button: str,
    words: str = "",
    back: str = SUPPORT,
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "words": words, "back_name": back}
    return _render(request, row, "support_form.html", **context)
