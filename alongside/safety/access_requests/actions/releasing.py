"""Making the package, giving it out, and erasing it later."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import NotApprovedError
from alongside.foundation.documents.rendering import UnprintableTextError
from alongside.foundation.files.actions import Belongs, forget_file, store_made
from alongside.foundation.files.models import StoredFile
from alongside.foundation.jobs.models import JobProgress
from alongside.foundation.jobs.progress import JobFailedError, Progress, start_progress
from alongside.foundation.records.actions import Change, change_record
from alongside.safety.access_requests.actions.noting import NotNowError, record
from alongside.safety.access_requests.gathering import marking_edition
from alongside.safety.access_requests.models import AccessRequest, Item, State
from alongside.safety.access_requests.package import GateShutError, LeakError, package_of
from alongside.safety.access_requests.purposes import PACKAGE
from alongside.safety.access_requests.rules import Verdict
from alongside.safety.access_requests.tasks import make_package


def why_not_packed(request: AccessRequest) -> str:
    """Why no package can be made now, as a sentence; empty where one can."""
    items = Item.objects.filter(request=request)
    if request.state != State.OPEN:
        return "This request is over."
    if not items.exists():
        return "Gather what is held first."
    if request.marked_under != marking_edition():
        return "The rules for what calls for a second look have changed since this was gathered. Gather it again."
    undecided = items.filter(verdict=Verdict.OPEN.value).count()
    if undecided:
        return f"{undecided:,} {'item is' if undecided == 1 else 'items are'} not decided yet."
    unchecked = items.filter(checked_by__isnull=True).count()
    if unchecked:
        return f"{unchecked:,} {'item waits' if unchecked == 1 else 'items wait'} for a second person."
    return ""


def why_not_released(request: AccessRequest) -> str:
    """Why the package cannot be given out now, as a sentence; empty where it can."""
    refused = why_not_packed(request)
    if refused:
        return refused
    if request.package is None or request.package_made_at is None:
        return "Make the package first."
    made = request.package_made_at
    later = Q(decided_at__gt=made) | Q(checked_at__gt=made)
    if Item.objects.filter(later, request=request).exists():
        return "Something was decided after the package was made. Make it again."
    return ""


@action
def ask_for_package(*, by: User, request: AccessRequest, next_url: str) -> JobProgress:
    """Have the package made, while the asker watches. Raises NotNowError."""
    refused = why_not_packed(request)
    if refused:
        raise NotNowError(refused)
    progress = start_progress(by=by, kind="access_requests.package", title="Making the package", next_url=next_url)
    make_package.later(by=by, request_id=request.pk, progress_id=progress.pk)
    return progress


@action
def build_package(request_id: UUID, *, by_id: UUID | None, progress: Progress | None = None) -> dict[str, Any]:
    """Make the package anew, in place of one that was made before. Raises JobFailedError with what to do."""
    request = AccessRequest.objects.select_for_update().get(pk=request_id)
    by = User.objects.get(pk=str(by_id))
    total = Item.objects.filter(request=request).count()
    refused = why_not_packed(request)
    if refused:
        raise JobFailedError(refused)
    tell = (lambda done: progress.report(done, total=total)) if progress else (lambda done: None)
    try:
        content = package_of(request, told=tell)
    except (GateShutError, LeakError, NotApprovedError, UnprintableTextError) as fault:
        raise JobFailedError(str(fault)) from fault
    _forget(request, by, ground="A newer package takes its place.")
    file = store_made(
        by=by,
        name="what-we-hold.pdf",
        content=content,
        purpose=PACKAGE,
        belongs=Belongs(request.person_id, request.family_member),
    )
    change_record(
        request,
        seen_version=request.version,
        package=file.pk,
        package_made_at=timezone.now(),
        package_digest=hashlib.sha256(content).hexdigest(),
        package_erased_on=None,
    )
    record(by, request, "access_requests.package.made")
    return {"items": total}


@action
def release(*, by: User, request: AccessRequest, seen_version: int, on: date, released_to: str) -> Change:
    """Note that the package was given out: a disclosure. Raises NotNowError or ChangedMeanwhileError."""
    refused = why_not_released(request)
    if refused:
        raise NotNowError(refused)
    change = change_record(
        request,
        seen_version=seen_version,
        state=State.RELEASED.value,
        answered_on=on,
        released_by=by.pk,
        released_to=released_to,
    )
    record(by, request, "access_requests.package.released", EventKind.DISCLOSURE, ground=released_to)
    return change


@action
def erase_package(*, by: User, request: AccessRequest) -> None:
    """Erase the package and what was copied for it, once the request is over; what was decided stays in the trail."""
    if request.state == State.OPEN:
        raise NotNowError("This request is open. Answer it first.")
    _forget(request, by, ground="The request was answered.")
    Item.objects.filter(request=request)._raw_delete("default")
    change_record(request, seen_version=request.version, package=None, package_erased_on=today(), taken_out="")
    record(by, request, "access_requests.package.erased", EventKind.ERASURE)


def _forget(request: AccessRequest, by: User, *, ground: str) -> None:
    file = StoredFile.objects.filter(pk=request.package).first() if request.package else None
    if file is not None:
        forget_file(by=by, file=file, ground=ground)
