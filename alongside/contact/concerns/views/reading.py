"""Reading what was told and deciding: the queue, one thing, whose case it is, and what is done about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.contact.concerns.actions import (
    DecidedBeforeError,
    Decision,
    decide_concern,
    do_step,
    mark_read,
    pass_on,
    place_concern,
)
from alongside.contact.concerns.actions.deciding import NotPlacedError
from alongside.contact.concerns.forms.reading import (
    DecideForm,
    OutcomeForm,
    PassForm,
    PlaceForm,
    ReferOnCaseForm,
    ReferredForm,
)
from alongside.contact.concerns.models import PASSED, Concern, Taken
from alongside.contact.concerns.queries import (
    absences_of,
    concerns_of,
    decided_of,
    held_with_number,
    is_asked_to_read,
    is_missing,
    is_passed_on,
    open_for,
    steps_of,
    taken_or_404,
    team_holding,
    waits_since,
)
from alongside.contact.concerns.rules import Offer, offered
from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded_list, label_of
from alongside.foundation.ui.forms import posted
from alongside.foundation.ui.paging import page_of
from alongside.people.allocations.looking import sight_of
from alongside.people.allocations.queries import visible_to
from alongside.people.casework.frames import case_for, render_case
from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members
from alongside.people.persons.models import Person
from alongside.people.persons.rules import searchable
from alongside.people.staff.models import Team
from alongside.safety.protected.models import Told
from alongside.safety.protected.queries.pages import owed_for, stands_behind_wall

MOST_FOUND = 10
TEMPLATES = "contact/concerns"


@require_GET
@needs(Right.TRIAGE_CONCERNS)
def queue(request: HttpRequest) -> HttpResponse:
    """What is not decided and the user may read: urgent first, then the longest unread."""
    user = user_of(request)
    record_consultation(by=user, what="concerns.queue")
    page = page_of(open_for(user), request)
    return render(request, f"{TEMPLATES}/queue.html", {"page": page, "lines": [line_of(row) for row in page.rows]})


def line_of(concern: Concern) -> dict[str, Any]:
    """One thing as lists show it."""
    return {
        "row": concern,
        "kind": label_of(str(concern.kind_id)),
        "channel": label_of(str(concern.channel_id)),
        "since": waits_since(concern, today()),
    }


@require_GET
def of_case(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What was told on a case and where each thing stands, for those who stand beside it; absences for all its team."""
    sight = case_for(request, person_id, right=Right.TRIAGE_CONCERNS, what="concerns.of_case")
    page = page_of(concerns_of(person_id), request)
    return render_case(
        request,
        f"{TEMPLATES}/of_case.html",
        sight,
        current="concerns:of_case",
        page=page,
        lines=[line_of(row) for row in page.rows],
        behind_wall=stands_behind_wall(person_id),
        absences=list(absences_of(person_id)[:MOST_FOUND]),
    )


@require_GET
@needs(Right.TRIAGE_CONCERNS)
def show(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One thing that we were told. A glance is no reading: whoever has read it says so."""
    user = user_of(request)
    concern, taken = _found(request, concern_id)
    told = Told.objects.filter(pk=taken.told).first() if taken.told else None
    decided = decided_of(concern_id)
    offers = _offers(concern)
    return render(
        request,
        f"{TEMPLATES}/concern.html",
        {
            "concern": concern,
            "taken": taken,
            "words": told or taken,
            "told": told,
            "kind": label_of(str(concern.kind_id)),
            "channel": label_of(str(concern.channel_id)),
            "teller": FamilyMember.objects.filter(pk=taken.family_member).first() if taken.family_member else None,
            "told_by": label_of(str(taken.told_by_id)),
            "owed": owed_for(taken.duties),
            "context": [label_of(code) for code in (told or taken).context],
            "steps": steps_of(concern_id) if is_missing(concern) else [],
            "decided": decided,
            "to_read": decided is None and (concern.read_at is None or is_asked_to_read(user, concern)),
            "passed_on": decided is not None and str(decided.outcome_id) == PASSED,
            "outcome": label_of(str(decided.outcome_id)) if decided else "",
            "form": OutcomeForm(offers=offers),
            "may_place": told is None and concern.decided_at is None,
            "at_once": _at_once(user, concern),
        },
    )


@require_POST
@needs(Right.TRIAGE_CONCERNS)
def read(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Say that one has read it. The first to say so is its reader, by name, until it is decided."""
    concern, _ = _found(request, concern_id)
    if mark_read(by=user_of(request), concern=concern):
        messages.success(request, "You are the first to read this. It is yours until you decide it or hand it on.")
    return redirect("concerns:concern", concern_id)


AT_ONCE: tuple[tuple[str, str, Right], ...] = (
    ("Record a flag: it stops what staff do, at once and unseen", "flags:add", Right.EDIT_SAFETY),
    ("Ask the domestic abuse adviser", "advocacy:refer", Right.REFER_TO_ADVISER),
    ("See what is permitted, and pause it", "permissions:grid", Right.EDIT_PERMISSIONS),
)
"""Pages of the case, where one chooses whom it is about. Never those of whoever told us: nothing must show there."""


def _at_once(user: User, concern: Concern) -> list[tuple[str, str]]:
    """What may have to be done on the case before anything is decided, for whoever may: its words and its address."""
    sight = sight_of(user, concern.person_id) if concern.person_id and concern.decided_at is None else None
    if sight is None:
        return []
    return [(words, reverse(page, args=[concern.person_id])) for words, page, right in AT_ONCE if sight.may(right)]


def _found(request: HttpRequest, concern_id: UUID) -> tuple[Concern, Taken]:
    concern, taken = taken_or_404(concern_id)
    record_consultation(by=user_of(request), what="concerns.concern", case_id=concern.person_id)
    return concern, taken


def _offers(concern: Concern) -> list[Offer]:
    return offered(coded_list("concern_outcome"), missing=is_missing(concern), placed=concern.person_id is not None)


@require_http_methods(["GET", "POST"])
@needs(Right.TRIAGE_CONCERNS)
def decide(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Say why, and to whom it was referred. The outcome was chosen on the page before."""
    concern, taken = _found(request, concern_id)
    chosen = next((one for one in _offers(concern) if one.id == request.GET.get("outcome")), None)
    if chosen is None:
        messages.error(request, "Select what is done about it.")
        return redirect("concerns:concern", concern_id)
    if concern.decided_at is not None:
        messages.warning(request, f"{concern.decided_by_name} has decided this already. This is what they decided.")
        return redirect("concerns:concern", concern_id)
    form = _decide_form(request, concern, taken, chosen)
    if form.is_valid():
        try:
            decide_concern(by=user_of(request), concern=concern, taken=taken, decision=_decision(form, chosen))
        except DecidedBeforeError as before:
            messages.warning(request, str(before))
        else:
            messages.success(request, "Decided, in your name.")
        return redirect("concerns:concern", concern_id)
    return render(
        request,
        f"{TEMPLATES}/decide.html",
        {"form": form, "chosen": chosen, "concern": concern, "owed": owed_for(taken.duties)},
    )


def _decide_form(request: HttpRequest, concern: Concern, taken: Taken, chosen: Offer) -> DecideForm | ReferOnCaseForm:
    if chosen.agency and concern.person_id is not None and taken.told is not None:
        return ReferOnCaseForm(**posted(request), agency=chosen.agency, protects=chosen.protects)
    return ReferredForm(**posted(request)) if chosen.agency else DecideForm(**posted(request))


def _decision(form: DecideForm | ReferOnCaseForm, chosen: Offer) -> Decision:
    typed = form.cleaned_data
    if isinstance(form, ReferOnCaseForm):
        return Decision(
            chosen.id,
            why=typed["concern"],
            discussed_with=typed["discussed_with"],
            receipt=typed["agency_name"],
            referral=form.values(),
        )
    return Decision(
        chosen.id, why=typed["why"], discussed_with=typed["discussed_with"], receipt=typed.get("receipt", "")
    )


@require_POST
@needs(Right.TRIAGE_CONCERNS)
def step(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Say that a step was taken because someone has not come home."""
    concern, _ = _found(request, concern_id)
    chosen = request.POST.get("step", "")
    steps = {one["id"]: one for one in steps_of(concern_id)} if is_missing(concern) else {}
    if chosen not in steps or is_passed_on(concern_id):
        messages.error(request, "That step is not open. Read where this stands.")
    elif steps[chosen]["done"] is not None:
        messages.warning(request, f"{steps[chosen]['done'].by_name} has done this already.")
    else:
        note = request.POST.get("note", "").replace("\x00", "").strip()
        try:
            do_step(by=user_of(request), concern=concern, step_id=chosen, note=note[:300])
        except DecidedBeforeError as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Noted, in your name.")
    return redirect("concerns:concern", concern_id)


@require_http_methods(["GET", "POST"])
@needs(Right.TRIAGE_CONCERNS)
def place(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Whose case it is: found among those that the user may see; or the team that it belongs to."""
    user = user_of(request)
    concern, taken = _found(request, concern_id)
    if taken.told is not None or concern.decided_at is not None:
        return redirect("concerns:concern", concern_id)
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    form = PassForm(**posted(request), teams=_other_teams(concern))
    if form.is_valid():
        answer = _pass_on(request, concern, taken, form)
        if answer is not None:
            return answer
    return render(
        request,
        f"{TEMPLATES}/place.html",
        {
            "concern": concern,
            "taken": taken,
            "query": query,
            "found": _people(user, query) if query else [concern.person] if concern.person else [],
            "form": form,
        },
    )


def _other_teams(concern: Concern) -> Any:
    return Team.objects.filter(active=True).exclude(pk=concern.team_id).order_by("name")


def _people(user: object, query: str) -> list[Person]:
    rows = visible_to(user, Right.RECORD_PROTECTED)
    words = searchable(query).split()
    crn = "".join(query.split()).upper()
    exact = list(rows.filter(crn=crn)[:1])
    if exact or not words:
        return exact
    for word in words[:6]:
        rows = rows.filter(search_name__contains=word)
    return list(rows.order_by("family_name", "given_names", "pk")[:MOST_FOUND])


def _pass_on(request: HttpRequest, concern: Concern, taken: Taken, form: PassForm) -> HttpResponse | None:
    number = form.cleaned_data["number"]
    person = held_with_number(number) if number else None
    team = team_holding(person.pk) if person else form.cleaned_data["team"]
    if team is None:
        form.add_error("number", "No team holds a case with this number. Check it, or choose a team")
        return None
    try:
        pass_on(by=user_of(request), concern=concern, taken=taken, team=team, person=person)
    except (NotPlacedError, DecidedBeforeError) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"Passed to {team.name}, who are asked to read it now.")
    return redirect("concerns:queue")


@require_http_methods(["GET", "POST"])
@needs(Right.TRIAGE_CONCERNS)
def place_with(request: HttpRequest, concern_id: UUID, person_id: UUID) -> HttpResponse:
    """Say that it is about this person, once it is sure."""
    concern, taken = _found(request, concern_id)
    sight = sight_of(request.user, person_id)
    if sight is None or not sight.may(Right.RECORD_PROTECTED):
        raise Http404
    if taken.told is not None or concern.decided_at is not None:
        return redirect("concerns:concern", concern_id)
    told_by = {"family_member": str(taken.family_member or "")}
    form = PlaceForm(**posted(request), members=list(current_members(person_id)), initial=told_by)
    if form.is_valid():
        try:
            now = place_concern(
                by=user_of(request), concern=concern, taken=taken, person=sight.person, member=form.member
            )
        except NotPlacedError as refused:
            messages.warning(request, str(refused))
            return redirect("concerns:concern", concern_id)
        if now.pk != concern.pk:
            messages.success(request, "Given to those who stand beside that case. You no longer see it.")
            return redirect("concerns:queue")
        messages.success(request, "It stands with the case now, and its source is protected.")
        return redirect("concerns:concern", concern_id)
    return render(
        request,
        f"{TEMPLATES}/place_with.html",
        {"form": form, "concern": concern, "taken": taken, "person": sight.person, "back": _back(concern_id)},
    )


def _back(concern_id: UUID) -> str:
    return reverse("concerns:place", args=[concern_id])
