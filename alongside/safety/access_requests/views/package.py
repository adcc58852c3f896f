"""The package: make it, read it, give it out, erase it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundation.access.guards import user_of
from alongside.foundation.calendar.rules import today
from alongside.foundation.files.models import StoredFile
from alongside.foundation.files.responses import file_response
from alongside.foundation.files.storage import BytesMissingError
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import posted
from alongside.safety.access_requests.actions.noting import NotNowError
from alongside.safety.access_requests.actions.releasing import ask_for_package, erase_package, release, why_not_released
from alongside.safety.access_requests.forms import EraseForm, ReleaseForm, not_before
from alongside.safety.access_requests.models import State
from alongside.safety.access_requests.views.requests import REQUEST, answers, form_page, request_or_404


@require_POST
@answers
def make(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Have the package made, and watch."""
    request = request_or_404(http, request_id)
    try:
        progress = ask_for_package(by=user_of(http), request=request, next_url=reverse(REQUEST, args=[request_id]))
    except NotNowError as fault:
        messages.warning(http, str(fault))
        return redirect(REQUEST, request_id)
    return redirect("jobs:progress", progress.pk)


@require_GET
@answers
def download(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """The package as a file."""
    request = request_or_404(http, request_id)
    file = StoredFile.objects.filter(pk=request.package).first() if request.package else None
    if file is None:
        raise Http404
    try:
        return file_response(file, by=user_of(http))
    except BytesMissingError:
        messages.warning(http, "The file is missing. Make the package again.")
        return redirect(REQUEST, request_id)


@require_http_methods(["GET", "POST"])
@answers
def give(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Note that the package was given out."""
    request = request_or_404(http, request_id)
    refused = why_not_released(request)
    if refused:
        messages.warning(http, refused)
        return redirect(REQUEST, request_id)
    form = ReleaseForm(**posted(http), initial={"on": today(), "version": request.version})
    if form.is_valid():
        not_before(form, "on", request.received_on, "It cannot have been given before the request came.")
    if form.is_valid():
        typed = form.cleaned_data
        try:
            release(
                by=user_of(http),
                request=request,
                seen_version=typed["version"],
                on=typed["on"],
                released_to=typed["released_to"],
            )
        except NotNowError as fault:
            form.add_error(None, str(fault))
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            messages.success(http, "Noted as a disclosure. Erase the package when nothing of it is needed here.")
            return redirect(REQUEST, request_id)
    words = "Read the package through before you give it out. What is given cannot be taken back."
    return form_page(http, request, form, title="The package was given out", words=words)


@require_http_methods(["GET", "POST"])
@answers
def erase(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Erase the package and what was copied for it."""
    request = request_or_404(http, request_id)
    if request.state == State.OPEN or request.package_erased_on is not None:
        raise Http404
    form = EraseForm(**posted(http))
    if form.is_valid():
        erase_package(by=user_of(http), request=request)
        messages.success(http, "Erased. That it was answered, when and by whom, is kept.")
        return redirect(REQUEST, request_id)
    words = "The package and the items that were copied for it go for good. The records themselves stay."
    return form_page(http, request, form, title="Erase the package", button="Erase", words=words)
