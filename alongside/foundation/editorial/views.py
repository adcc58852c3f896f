"""Pages for content editors: what there is, what is due, writing and approving."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.content.models import Language
from alongside.foundation.content.queries import Wording
from alongside.foundation.editorial.actions import (
    ApprovalRefusedError,
    WrittenMeanwhileError,
    approve_version,
    write_version,
)
from alongside.foundation.editorial.forms import ApprovalForm, VersionForm
from alongside.foundation.editorial.queries import ItemState, LanguageState, VersionRow, items, proposal_of
from alongside.foundation.editorial.rules import ApprovalRefusal, ReviewState, refusal_of_approval
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of

TEMPLATES = "foundation/editorial"
LISTS = ("all", "review", "approval")


@require_safe
@needs(Right.MANAGE_CONTENT)
def item_list(request: HttpRequest) -> HttpResponse:
    """All wording; or only what is due for review, or awaits approval."""
    shown = request.GET.get("show", "all")
    states = items()
    chosen = {
        "review": [state for state in states if state.review is not ReviewState.FINE],
        "approval": [state for state in states if state.needs_approval],
    }
    labels = {"all": _("All wording"), "review": _("Due for review"), "approval": _("Awaiting approval")}
    shown = shown if shown in LISTS else "all"
    parts = [
        {"text": f"{labels[name]} ({len(chosen.get(name, states))})", "href": f"?show={name}", "active": name == shown}
        for name in LISTS
    ]
    page = page_of(chosen.get(shown, states), request, per_page=50)
    return render(request, f"{TEMPLATES}/items.html", {"page": page, "parts": parts, "shown": shown})


@require_safe
@needs(Right.MANAGE_CONTENT)
def item_page(request: HttpRequest, key: str) -> HttpResponse:
    """One item: what is in use, what awaits approval, and every version that ever was."""
    state = item_or_404(key)
    may_approve = holding_of(request.user).may(Right.APPROVE_CONTENT)
    return render(request, f"{TEMPLATES}/item.html", {"state": state, "may_approve": may_approve})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_CONTENT)
def edit(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Write a new version of an item in one language."""
    state = item_or_404(key)
    place = language_or_404(state, language)
    newest = place.newest.version if place.newest else None
    initial = {"text": newest.text if newest else "", "seen": str(newest.number if newest else 0)}
    form = VersionForm(**posted(request), item=state.item, initial=initial)
    theirs = None
    if form.is_valid():
        try:
            write_version(
                by=user_of(request),
                item=state.item,
                language=place.language,
                text=form.cleaned_data["text"],
                review_on=form.cleaned_data["review_on"],
                reason=form.cleaned_data["reason"],
                seen_number=form.cleaned_data["seen"],
            )
        except WrittenMeanwhileError as meanwhile:
            theirs = meanwhile.newest
            data = request.POST.copy()
            data["seen"] = str(theirs.number)
            form.data = data
        else:
            messages.success(request, _("Saved as a draft. Someone else has to approve it before it is used."))
            return redirect("editorial:item", key=key)
    english = next(one for one in state.languages if one.language is Language.ENGLISH).in_use
    context = {"form": form, "state": state, "place": place, "theirs": theirs, "english": english}
    return render(request, f"{TEMPLATES}/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.APPROVE_CONTENT)
def approve(request: HttpRequest, key: str, language: str, number: int) -> HttpResponse:
    """Read a version and sign it. Nobody signs their own work."""
    state = item_or_404(key)
    place = language_or_404(state, language)
    row = next((row for row in place.rows if row.version.number == number), None)
    if row is None or place.newest is None:
        raise Http404
    user = user_of(request)
    proposal = proposal_of(row, newest_number=place.newest.version.number)
    refusal = refusal_of_approval(proposal, by=user.pk, today=timezone.localdate())
    form = ApprovalForm(**posted(request))
    if refusal is None and form.is_valid():
        try:
            approve_version(by=user, version=row.version)
        except ApprovalRefusedError as error:
            refusal = error.refusal
        else:
            messages.success(request, _("Approved. It is in use from now on."))
            return redirect("editorial:item", key=key)
    context = {
        "form": form,
        "state": state,
        "place": place,
        "row": row,
        "wording": preview(state, row),
        "refusal": refusal_words(refusal) if refusal else "",
    }
    return render(request, f"{TEMPLATES}/approve.html", context)


def item_or_404(key: str) -> ItemState:
    """The item called `key`."""
    found = items(key=key)
    if not found:
        raise Http404
    return found[0]


def language_or_404(state: ItemState, language: str) -> LanguageState:
    """The item in one language."""
    for one in state.languages:
        if one.language.value == language:
            return one
    raise Http404


def preview(state: ItemState, row: VersionRow) -> dict[str, object]:
    """A version as its readers would see it, with the places for values left as they are."""
    wording = Wording(
        key=state.item.key,
        title=state.item.title,
        shape=state.item.shape,
        language=row.version.language,
        number=row.version.number,
        version_id=row.version.pk,
        text=row.version.text,
        is_draft=not row.approved,
    )
    places = {name: f"{{{name}}}" for name in state.item.placeholder_names}
    return {"heading": wording.heading, "html": wording.html(places), "language": wording.language}


def refusal_words(refusal: ApprovalRefusal) -> str:
    """Why this person cannot approve this version, and what to do."""
    return {
        ApprovalRefusal.OWN_WORK: _("You wrote this version. Ask someone else who may approve wording to read it."),
        ApprovalRefusal.APPROVED_ALREADY: _("This version is approved already."),
        ApprovalRefusal.NOT_THE_NEWEST: _("There is a newer version. Read and approve that one."),
        ApprovalRefusal.REVIEW_DATE_PASSED: _(
            "Its review date has passed. Write a new version with a review date in the future."
        ),
    }[refusal]
