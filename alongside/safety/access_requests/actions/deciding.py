"""Deciding on each item, and having a second person agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.records.actions import Change, change_record
from alongside.safety.access_requests.actions.noting import NotNowError, record
from alongside.safety.access_requests.areas import AreaError, areas_of
from alongside.safety.access_requests.attachments import NotPicturedError
from alongside.safety.access_requests.models import AccessRequest, Item, State
from alongside.safety.access_requests.queries import is_masked_place, pages_of, shows_masked_address
from alongside.safety.access_requests.rules import (
    SHOWN,
    About,
    Provider,
    Verdict,
    VerdictError,
    check_verdict,
    lines_of,
)


@dataclass(frozen=True)
class Decision:
    """What is decided about an item."""

    verdict: Verdict
    about: About
    provider: Provider
    source_protected: bool
    ground_id: str = ""
    reason: str = ""
    left_out: tuple[str, ...] = ()
    taken_out: str = ""
    blacked_out: str = ""


@action
def decide(*, by: User, item: Item, seen_version: int, decision: Decision) -> Change:
    """Decide on one item; a second person then has to agree. Raises VerdictError or ChangedMeanwhileError."""
    refuse_over(item.request)
    _check(item, decision)
    change = change_record(
        item,
        seen_version=seen_version,
        verdict=decision.verdict.value,
        about=decision.about.value,
        provider=decision.provider.value,
        source_protected=decision.source_protected,
        ground_id=decision.ground_id or None,
        reason=decision.reason,
        left_out=list(decision.left_out),
        taken_out=decision.taken_out,
        blacked_out=decision.blacked_out,
        decided_by=by.pk,
        decided_at=timezone.now(),
        checked_by=None,
        checked_at=None,
    )
    record(by, item.request, "access_requests.item.decided")
    return change


@action
def release_of_kind(*, by: User, request: AccessRequest, kind: str) -> int:
    """Release every item of a kind that is still open, as about the asker alone; answers how many.

    Items that call for a second look are left: they are decided one by one.
    """
    refuse_over(request)
    rows = Item.objects.filter(request=request, kind=kind, verdict=Verdict.OPEN.value, guarded=False)
    count = rows.update(
        verdict=Verdict.RELEASE.value,
        about=About.ASKER.value,
        decided_by=by.pk,
        decided_at=timezone.now(),
        version=F("version") + 1,
    )
    record(by, request, "access_requests.items.decided")
    return count


@action
def agree(*, by: User, request: AccessRequest, seen: Mapping[UUID, int], files_too: bool = False) -> int:
    """As the second person, agree with what was decided about items; answers how many.

    `seen` is the version of each that they read. One's own are passed over, and what was decided anew since; and files,
    whose pages no list shows, unless `files_too`.
    """
    refuse_over(request)
    rows = (
        Item.objects.filter(request=request, pk__in=list(seen), checked_by__isnull=True)
        .exclude(decided_by=by.pk)
        .exclude(verdict=Verdict.OPEN.value)
    )
    if not files_too:
        rows = rows.filter(file__isnull=True)
    read = [pk for pk, version in rows.select_for_update().values_list("pk", "version") if seen[pk] == version]
    count = Item.objects.filter(pk__in=read).update(
        checked_by=by.pk, checked_at=timezone.now(), version=F("version") + 1
    )
    record(by, request, "access_requests.items.checked")
    return count


@action
def send_back(*, by: User, item: Item, seen_version: int) -> Change:
    """As the second person, disagree: the item is open again. Raises ChangedMeanwhileError."""
    refuse_over(item.request)
    if item.decided_by == by.pk:
        raise NotNowError("You decided this yourself. Someone else has to look at it.")
    change = change_record(
        item,
        seen_version=seen_version,
        verdict=Verdict.OPEN.value,
        decided_by=None,
        decided_at=None,
        checked_by=None,
        checked_at=None,
    )
    record(by, item.request, "access_requests.item.sent_back")
    return change


def _check(item: Item, decision: Decision) -> None:
    check_verdict(
        decision.verdict,
        about=decision.about,
        source_protected=decision.source_protected,
        ground=decision.ground_id,
        reason=decision.reason,
        takes_out=bool(decision.left_out or lines_of(decision.taken_out) or lines_of(decision.blacked_out)),
    )
    if decision.verdict in SHOWN and is_masked_place(item):
        raise VerdictError("It is a place whose address an order masks, so nothing of it goes out. Withhold it.")
    if item.file and decision.verdict in SHOWN and shows_masked_address(item.file):
        raise VerdictError("It is the paper of an order with a masked address, which may stand on it. Withhold it.")
    if item.file and decision.verdict is Verdict.REDACT:
        _check_file(item.file, decision.blacked_out)


def _check_file(file_id: UUID, blacked_out: str) -> None:
    """Raise VerdictError unless pages can be made of a file, and something of them goes that they have."""
    try:
        pages = pages_of(file_id)
        areas = areas_of(blacked_out, pages=pages)
    except NotPicturedError as fault:
        raise VerdictError(f"{fault} So nothing can be taken out of it: withhold it.") from fault
    except AreaError as fault:
        raise VerdictError(str(fault)) from fault
    if not areas:
        raise VerdictError(
            "Words go from what is written about a file, never from its pages. Say which pages or boxes go black,"
            " or withhold the file."
        )


def refuse_over(request: AccessRequest) -> None:
    """Raise NotNowError where a request is over."""
    if request.state != State.OPEN:
        raise NotNowError("This request is over, so nothing about it can be changed.")
