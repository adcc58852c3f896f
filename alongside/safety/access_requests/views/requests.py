"""Requests and their clocks. The reader has no cases of their own: they find one by its number, as for corrections."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import GovForm, posted
from alongside.foundation.ui.paging import page_of
from alongside.people.families.models import FamilyMember
from alongside.people.oversight.forms import CaseNumberForm
from alongside.people.oversight.queries import readable_trail
from alongside.safety.access_requests.actions.noting import (
    NotNowError,
    ask_to_clarify,
    end_request,
    extend,
    note_clarified,
    note_request,
    prove_identity,
    set_taken_out,
)
from alongside.safety.access_requests.actions.releasing import why_not_packed, why_not_released
from alongside.safety.access_requests.forms import (
    PERSON,
    ClarifiedForm,
    ClarifyForm,
    EndForm,
    ExtendForm,
    IdentityForm,
    NoteForm,
    WordsForm,
    not_before,
)
from alongside.safety.access_requests.gathering import marking_edition
from alongside.safety.access_requests.models import AccessRequest, Clarification, State
from alongside.safety.access_requests.queries import (
    clock_of,
    lines_of,
    progress_of,
    requests_for,
)
from alongside.safety.access_requests.rules import deadline_of, first_month_ends, why_not_extended
from alongside.safety.access_requests.waiting import pressing_first, with_next_steps

REQUEST = "access_requests:request"
answers = needs(Right.ANSWER_ACCESS_REQUESTS)


def request_or_404(http: HttpRequest, request_id: UUID) -> AccessRequest:
    """A request that the user may answer, with the look recorded on its case; 404 otherwise."""
    found = requests_for(http.user).filter(pk=request_id).first()
    if found is None:
        raise Http404
    record_consultation(by=user_of(http), what="access_requests.page", case_id=found.person_id)
    return found


def form_page(
    http: HttpRequest, request: AccessRequest, form: GovForm, *, title: str, button: str = "Save", words: str = ""
) -> HttpResponse:
    """A form about a request."""
    context = {"request_": request, "form": form, "title": title, "button": button, "words": words}
    return render(http, "safety/access_requests/form.html", context)


@require_GET
@answers
def requests(http: HttpRequest) -> HttpResponseBase:
    """Open requests, those due soonest first, each with what is next; or those that are over."""
    record_consultation(by=user_of(http), what="access_requests.requests")
    over = http.GET.get("show") == "over"
    rows = requests_for(http.user).exclude(state=State.OPEN).order_by("-answered_on", "pk")
    if over:
        ended = page_of(rows, http)
        context: dict[str, Any] = {"page": ended, "lines": [(line, "") for line in lines_of(ended.rows, on=today())]}
    else:
        page = page_of(pressing_first(http.user, on=today()), http)
        context = {"page": page, "lines": with_next_steps(page.rows)}
    return render(http, "safety/access_requests/requests.html", context | {"over": over})


@require_http_methods(["GET", "POST"])
@answers
def find(http: HttpRequest) -> HttpResponseBase:
    """Say on whose case it is held."""
    form = CaseNumberForm(**posted(http))
    if form.is_valid():
        person = form.person()
        if person is not None and readable_trail(http.user, person.pk):
            return redirect("access_requests:note", person.pk)
        form.add_error("number", "There is no case under this number for which you may answer. Check the number.")
    return render(http, "safety/access_requests/find.html", {"form": form})


@require_http_methods(["GET", "POST"])
@answers
def note(http: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Note who asks, for what, and when it came."""
    trail = readable_trail(http.user, person_id)
    person = trail.person if trail else None
    if person is None:
        raise Http404
    record_consultation(by=user_of(http), what="access_requests.page", case_id=person_id)
    members = list(FamilyMember.objects.filter(person=person_id).order_by("given_name", "pk"))
    form = NoteForm(**posted(http), person_name=person.name, members=members)
    if form.is_valid():
        values = dict(form.cleaned_data)
        whose = values.pop("whose")
        member = None if whose == PERSON else next(one for one in members if str(one.pk) == whose)
        values["regime_id"] = values.pop("regime")
        values["key"] = values.pop("once")
        made = note_request(by=user_of(http), person=person, member=member, **values)
        messages.success(http, "Noted. The clock starts when they have shown who they are.")
        return redirect(REQUEST, made.pk)
    return render(http, "safety/access_requests/note.html", {"form": form, "person": person})


@require_GET
@answers
def show(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """One request: its clock, how far the work is, and what comes next."""
    request = request_or_404(http, request_id)
    clarifications = list(Clarification.objects.filter(request=request).order_by("asked_on"))
    clock, on = clock_of(request, clarifications), today()
    return render(
        http,
        "safety/access_requests/request.html",
        {
            "request_": request,
            "whose": _whose(request),
            "clarifications": clarifications,
            "deadline": deadline_of(clock, on=on),
            "last_notice": first_month_ends(clock, on=on),
            "may_extend": not why_not_extended(clock, on=on),
            "kinds": progress_of(request.pk),
            "outdated": request.marked_under != marking_edition(),
            "not_packed": why_not_packed(request),
            "not_released": why_not_released(request),
            "open": request.state == State.OPEN,
        },
    )


@require_http_methods(["GET", "POST"])
@answers
def identity(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Note how the asker showed who they are."""
    request = _open_or_404(http, request_id)
    form = IdentityForm(**posted(http), initial={"on": today(), "version": request.version})
    if form.is_valid():
        try:
            prove_identity(
                by=user_of(http),
                request=request,
                seen_version=form.cleaned_data["version"],
                on=form.cleaned_data["on"],
                how=form.cleaned_data["how"],
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            return _done(http, request, "Noted. The clock runs.")
    return form_page(http, request, form, title="They showed who they are")


@require_http_methods(["GET", "POST"])
@answers
def clarify(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Note that the asker was asked what they mean, or what they answered."""
    request = _open_or_404(http, request_id)
    waiting = Clarification.objects.filter(request=request, answered_on__isnull=True).first()
    if waiting is not None:
        return _clarified(http, request, waiting)
    form = ClarifyForm(**posted(http), initial={"on": today()})
    if form.is_valid():
        not_before(form, "on", request.received_on, "You cannot have asked before the request came.")
    if form.is_valid():
        try:
            ask_to_clarify(by=user_of(http), request=request, **form.cleaned_data)
        except NotNowError as fault:
            form.add_error(None, str(fault))
        else:
            return _done(http, request, "Noted. The clock stands until they answer.")
    words = "Only where you cannot search without it. The clock stands from the day on which you asked."
    return form_page(http, request, form, title="Ask what they mean", words=words)


def _clarified(http: HttpRequest, request: AccessRequest, waiting: Clarification) -> HttpResponse:
    form = ClarifiedForm(**posted(http), initial={"on": today()})
    if form.is_valid():
        try:
            note_clarified(by=user_of(http), clarification=waiting, **form.cleaned_data)
        except NotNowError as fault:
            form.add_error("on", str(fault))
        else:
            return _done(http, request, "Noted. The clock runs again.")
    return form_page(http, request, form, title="They answered", words=f"You asked: {waiting.question}")


@require_http_methods(["GET", "POST"])
@answers
def longer(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Note that the asker was told that it takes longer."""
    request = _open_or_404(http, request_id)
    form = ExtendForm(**posted(http), initial={"on": today(), "version": request.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            extend(
                by=user_of(http), request=request, seen_version=typed["version"], on=typed["on"], reason=typed["reason"]
            )
        except NotNowError as fault:
            form.add_error("on", str(fault))
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            return _done(http, request, "Noted. Two months more.")
    words = "The law allows up to two months more, once, where you tell them with reasons before the first month ends."
    return form_page(http, request, form, title="It takes longer", words=words)


@require_http_methods(["GET", "POST"])
@answers
def words(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Say which words go from every item."""
    request = _open_or_404(http, request_id)
    known: dict[str, Any] = {"words": request.taken_out, "version": request.version}
    form = WordsForm(**posted(http), initial=known)
    if form.is_valid():
        try:
            set_taken_out(
                by=user_of(http),
                request=request,
                seen_version=form.cleaned_data["version"],
                words=form.cleaned_data["words"],
            )
        except ChangedMeanwhileError:
            now = request_or_404(http, request_id)
            form.changed_meanwhile({"words": now.taken_out, "version": now.version})
        else:
            return _done(http, request, "Saved. Make the package again if one was made.")
    return form_page(http, request, form, title="Words to take out everywhere")


@require_http_methods(["GET", "POST"])
@answers
def end(http: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """Note that a request ends without a package."""
    request = _open_or_404(http, request_id)
    form = EndForm(**posted(http), initial={"on": today(), "version": request.version})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            end_request(
                by=user_of(http),
                request=request,
                seen_version=typed["version"],
                state=State(typed["state"]),
                on=typed["on"],
                reason=typed["reason"],
            )
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            return _done(http, request, "Noted. The request is over.")
    return form_page(http, request, form, title="End the request without a package")


def _open_or_404(http: HttpRequest, request_id: UUID) -> AccessRequest:
    request = request_or_404(http, request_id)
    if request.state != State.OPEN:
        raise Http404
    return request


def _whose(request: AccessRequest) -> str:
    if request.family_member is None:
        return "The person on probation"
    member = FamilyMember.objects.filter(pk=request.family_member).first()
    return f"{member.name}, a family member" if member else "A family member whose record was erased"


def _done(http: HttpRequest, request: AccessRequest, words: str) -> HttpResponse:
    messages.success(http, words)
    return redirect(REQUEST, request.pk)
