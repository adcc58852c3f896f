"""The items of a request: gather them, decide on each, and have a second person agree."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.models import StoredFile
from alongside.foundation.files.queries import open_file
from alongside.foundation.files.storage import BytesMissingError
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.reference.queries import label_of
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.safety.access_requests.actions.deciding import agree, decide, release_of_kind, send_back
from alongside.safety.access_requests.actions.gathering import gather
from alongside.safety.access_requests.actions.noting import NotNowError, open_gate
from alongside.safety.access_requests.areas import areas_of
from alongside.safety.access_requests.attachments import MOST_PAGES, NotPicturedError, preview
from alongside.safety.access_requests.forms import GateForm, ItemForm, initial_item
from alongside.safety.access_requests.gathering import as_parts
from alongside.safety.access_requests.models import AccessRequest, Item, State
from alongside.safety.access_requests.naming import Names, names_for, readable_parts
from alongside.safety.access_requests.queries import names_of, pages_of, shows_masked_address
from alongside.safety.access_requests.rules import Gathered, Part, Verdict, VerdictError, lines_of, redacted
from alongside.safety.access_requests.views.requests import REQUEST, answers, form_page, request_or_404

ITEMS = "access_requests:items"
SHOWS = {
    "open": "To decide",
    "check": "To check",
    "done": "Checked",
    "all": "All",
}


@require_POST
@answers
def gather_items(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Find all that is held: add what is new, and mark anew what was gathered before."""
    request = request_or_404(http, request_id)
    try:
        done = gather(by=user_of(http), request=request)
    except NotNowError as fault:
        messages.warning(http, str(fault))
    else:
        messages.success(http, _gathered_words(done))
    return redirect(REQUEST, request_id)


@require_GET
@answers
def items(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Items of one kind or all, by how far they are."""
    request = request_or_404(http, request_id)
    show = http.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    kind = http.GET.get("kind", "")
    rows = _shown(Item.objects.filter(request=request).order_by("number"), show, kind)
    page = page_of(rows, http)
    user, names = user_of(http), names_for(request)
    bulk = show == "open" and kind and rows.filter(guarded=False).exists()
    return render(
        http,
        "safety/access_requests/items.html",
        {
            "request_": request,
            "page": page,
            "items": [_line(item, user.pk, names) for item in page.rows],
            "show": show,
            "title": SHOWS[show],
            "kind": kind,
            "shows": [
                {
                    "text": words,
                    "href": f"?{urlencode({'show': code, 'kind': kind})}",
                    "active": code == show,
                }
                for code, words in SHOWS.items()
            ],
            "bulk": bulk and request.state == State.OPEN,
            "may_agree": show == "check" and request.state == State.OPEN,
        },
    )


@require_POST
@answers
def release_kind(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Release every item of a kind as about the asker alone."""
    request = request_or_404(http, request_id)
    kind = http.POST.get("kind", "")
    try:
        count = release_of_kind(by=user_of(http), request=request, kind=kind)
    except NotNowError as fault:
        messages.warning(http, str(fault))
    else:
        messages.success(http, f"{count:,} items are to be released, once a second person agrees.")
    return redirect(REQUEST, request_id)


@require_POST
@answers
def agree_with(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """As the second person, agree with the items that were ticked."""
    request = request_or_404(http, request_id)
    seen = dict(found for text in http.POST.getlist("item") if (found := _seen(text)) is not None)
    try:
        count = agree(by=user_of(http), request=request, seen=seen)
    except NotNowError as fault:
        messages.warning(http, str(fault))
    else:
        passed = len(seen) - count
        words = f"You agreed with {count:,}."
        if passed:
            words += (
                f" {passed:,} were passed over: you decided them yourself, or they are not decided, or were decided"
            )
            words += " anew since you read them. Files are read and agreed one by one."
        messages.success(http, words)
    return redirect(f"{reverse(ITEMS, args=[request_id])}?show=check")


@require_http_methods(["GET", "POST"])
@answers
def item(http: HttpRequest, request_id: UUID, item_id: UUID) -> HttpResponseBase:
    """One item: what it holds, and what is decided about it."""
    request, row = _item(http, request_id, item_id)
    parts = readable_parts(request, row, names_for(request))
    pages = _page_count(row)
    form = ItemForm(**posted(http), parts=parts or (), pages=pages, initial=initial_item(row))
    if form.is_valid():
        try:
            decide(by=user_of(http), item=row, seen_version=form.cleaned_data["version"], decision=form.decision())
        except (VerdictError, NotNowError) as fault:
            form.add_error(None, str(fault))
        except ChangedMeanwhileError:
            row.refresh_from_db()
            form.changed_meanwhile(initial_item(row))
        else:
            messages.success(http, "Decided. A second person looks at it next.")
            return _to_next(request, row)
    return _item_page(http, request, row, parts, form, pages=pages)


@require_GET
@answers
def page_picture(http: HttpRequest, request_id: UUID, item_id: UUID, number: int) -> HttpResponseBase:
    """One page of a file with what goes black, under the grid by which boxes are named."""
    _request, row = _item(http, request_id, item_id)
    file = StoredFile.objects.filter(pk=row.file).first() if row.file else None
    if file is None or shows_masked_address(file.pk):
        raise Http404
    try:
        with open_file(file) as stream:
            areas = areas_of(row.blacked_out, pages=MOST_PAGES)
            content = preview(stream, Kind(file.kind), number, areas=areas)
    except (NotPicturedError, BytesMissingError):
        raise Http404 from None
    record_consultation(by=user_of(http), what="access_requests.page", case_id=file.case, detail=f"page {number}")
    response = HttpResponse(content, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@answers
def check(http: HttpRequest, request_id: UUID, item_id: UUID) -> HttpResponseBase:
    """As the second person, agree with an item or send it back."""
    request, row = _item(http, request_id, item_id)
    user, version = user_of(http), _version(http.POST.get("version", ""))
    try:
        if http.POST.get("answer") != "agree":
            send_back(by=user, item=row, seen_version=version)
            messages.success(http, "Sent back: it is to be decided again.")
        elif agree(by=user, request=request, seen={row.pk: version}, files_too=True):
            messages.success(http, "Agreed.")
        elif row.decided_by == user.pk:
            messages.warning(http, "You decided this yourself. Someone else has to look at it.")
        else:
            return _read_again(http, request, row)
    except NotNowError as fault:
        messages.warning(http, str(fault))
    except ChangedMeanwhileError:
        return _read_again(http, request, row)
    return redirect(f"{reverse(ITEMS, args=[request_id])}?show=check")


@require_http_methods(["GET", "POST"])
@answers
def gate(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Open the gate to what was told in confidence."""
    request = request_or_404(http, request_id)
    if request.state != State.OPEN:
        raise Http404
    form = GateForm(**posted(http))
    if form.is_valid():
        open_gate(by=user_of(http), request=request, reason=form.cleaned_data["reason"])
        messages.success(http, "The gate is open for eight hours, for you alone.")
        return redirect(f"{reverse(ITEMS, args=[request_id])}?show=all")
    words = (
        "What was told in confidence is withheld, and neither confirmed nor denied, unless two people decide otherwise."
        " Read it only if you think that some of it can go out without harm. The adviser’s workspace has no gate."  # noqa: RUF001
    )
    return form_page(http, request, form, title="Open the gate", button="Open the gate", words=words)


def _gathered_words(done: Gathered) -> str:
    added = f"{done.added:,} {'item was' if done.added == 1 else 'items were'} added." if done.added else ""
    if not done.again:
        return added or "Nothing new is held."
    again = f"{done.again:,} {'item that was' if done.again == 1 else 'items that were'} decided"
    return f"{added} {again} changed since, or now call for a second look. Look at them again.".strip()


def _shown(rows: QuerySet[Item], show: str, kind: str) -> QuerySet[Item]:
    if kind:
        rows = rows.filter(kind=kind)
    if show == "open":
        return rows.filter(verdict=Verdict.OPEN.value)
    if show == "check":
        return rows.exclude(verdict=Verdict.OPEN.value).filter(checked_by__isnull=True)
    return rows.filter(checked_by__isnull=False) if show == "done" else rows


def _line(row: Item, user_id: UUID, names: Names) -> dict[str, Any]:
    parts = names.in_parts(as_parts(row.parts))
    said = " · ".join(part.value.replace("\n", " ") for part in parts)
    return {
        "item": row,
        "says": said[:140] + ("…" if len(said) > 140 else "") if parts else "Behind the wall",
        "verdict": Verdict(row.verdict).label,
        "mine": row.decided_by == user_id,
    }


def _item(http: HttpRequest, request_id: UUID, item_id: UUID) -> tuple[AccessRequest, Item]:
    request = request_or_404(http, request_id)
    row = Item.objects.filter(request=request, pk=item_id).first()
    if row is None:
        raise Http404
    row.request = request
    return request, row


def _item_page(
    http: HttpRequest,
    request: AccessRequest,
    row: Item,
    parts: tuple[Part, ...] | None,
    form: ItemForm,
    *,
    pages: int,
) -> HttpResponse:
    words = (*lines_of(request.taken_out), *lines_of(row.taken_out))
    user = user_of(http)
    names = names_of({one for one in (row.decided_by, row.checked_by) if one})
    return render(
        http,
        "safety/access_requests/item.html",
        {
            "request_": request,
            "item": row,
            "parts": parts,
            "after": redacted(parts, left_out=row.left_out, words=words) if parts and (words or row.left_out) else None,
            "form": form,
            "pages": range(1, pages + 1),
            "masked": row.file is not None and not pages and shows_masked_address(row.file),
            "verdict": Verdict(row.verdict),
            "ground": label_of(str(row.ground_id)) if row.ground_id else "",
            "decided_by": names.get(row.decided_by, "") if row.decided_by else "",
            "checked_by": names.get(row.checked_by, "") if row.checked_by else "",
            "may_check": row.decided_by not in (None, user.pk)
            and row.checked_by is None
            and request.state == State.OPEN,
            "open": request.state == State.OPEN,
        },
    )


def _page_count(row: Item) -> int:
    """How many pages of a file there are to look at; none where it is no file, or no picture can be made of it."""
    try:
        return pages_of(row.file) if row.file and not shows_masked_address(row.file) else 0
    except NotPicturedError:
        return 0


def _to_next(request: AccessRequest, row: Item) -> HttpResponse:
    """On to the next item that is to be decided, so that a thousand are one walk."""
    following = Item.objects.filter(request=request, verdict=Verdict.OPEN.value, number__gt=row.number)
    nearest = following.order_by("number").values_list("pk", flat=True).first()
    if nearest is not None:
        return redirect("access_requests:item", request.pk, nearest)
    return redirect(ITEMS, request.pk)


def _read_again(http: HttpRequest, request: AccessRequest, row: Item) -> HttpResponse:
    messages.warning(http, "It changed after you opened it, so nothing was saved. Read it as it stands now.")
    return redirect("access_requests:item", request.pk, row.pk)


def _seen(text: str) -> tuple[UUID, int] | None:
    """An item and the version of it that was read, as a tick says them; None where it does not."""
    key, _, version = text.partition(":")
    try:
        return UUID(key), _version(version)
    except ValueError:
        return None


def _version(text: str) -> int:
    """A version as a page posts it; one that no row has where it cannot be read."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
