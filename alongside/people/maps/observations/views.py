"""Pages of what staff saw. None may be asked for while the person sits beside: the turned screen leads none here."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.foundation.access.guards import signed_in, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import GovForm, posted
from alongside.foundation.ui.paging import page_of
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, render_case
from alongside.people.families.queries import current_members
from alongside.people.maps.observations.actions import OPINIONS, WrittenMeanwhileError, expect, say_seen
from alongside.people.maps.observations.forms import ExpectForm, SayForm
from alongside.people.maps.observations.queries import Observed, observations_of, observed
from alongside.people.maps.observations.rules import Stage, may_word_expectation, tally_of
from alongside.people.persons.models import Person

TEMPLATES = "people/maps/observations/"
PER_PAGE = 10


@signed_in
@require_GET
def overview(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is expected, what was seen, and how often an expectation held."""
    sight = _opinions_of(request, person_id, right=Right.SEE_FAMILY)
    found = observations_of(sight.person)
    waiting = [one for one in found if one.stage is Stage.EXPECTED and not one.erased]
    page = page_of([one for one in found if one not in waiting], request, per_page=PER_PAGE)
    return _draw(
        request,
        "overview",
        sight,
        waiting=sorted(waiting, key=lambda one: one.latest.happens_on),
        page=page,
        tally=tally_of(one.written for one in found),
    )


@signed_in
def expect_something(request: HttpRequest, person_id: UUID, key: UUID | None = None) -> HttpResponse:
    """What is expected before a visit; again, to word it anew or to put the visit off."""
    sight = _opinions_of(request, person_id, right=Right.EDIT_FAMILY)
    standing = _standing(sight.person, key)
    if _sent_already(request, standing):
        return redirect("observations:overview", person_id)
    if standing and standing.stage is not Stage.EXPECTED:
        return redirect("observations:say", person_id, standing.latest.key)
    words_stand = bool(standing) and not may_word_expectation(standing.written if standing else (), on=today())
    form = ExpectForm(
        **posted(request),
        people=_people(sight.person, standing),
        initial=_initial(standing),
        standing=standing,
        words_stand=words_stand,
    )
    if form.is_valid():
        typed = form.cleaned_data
        try:
            expect(
                by=user_of(request),
                person=sight.person,
                visit=form.visit(),
                expected=typed.get("expected") or (standing.latest.expected if standing else "") or "",
                key=key,
                seen_number=form.seen_number,
                once=typed["once"],
            )
        except WrittenMeanwhileError as meanwhile:
            _show_meanwhile(form, meanwhile.current)
        except ValueError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Kept. After that day you are asked what you saw.")
            return redirect("observations:overview", person_id)
    title = "Change what you expect, or the day" if standing else "Before a visit: what do you expect?"
    return _draw(request, "form", sight, form=form, title=title, standing=standing if words_stand else None)


@signed_in
def say(request: HttpRequest, person_id: UUID, key: UUID | None = None) -> HttpResponse:
    """What was seen, beside what was expected; once that is written, a correction."""
    sight = _opinions_of(request, person_id, right=Right.EDIT_FAMILY)
    standing = _standing(sight.person, key)
    if _sent_already(request, standing):
        return redirect("observations:overview", person_id)
    standing = _as_seen(request, standing)
    correcting = standing is not None and standing.stage is not Stage.EXPECTED
    form = SayForm(
        **posted(request),
        people=_people(sight.person, standing),
        initial=_initial(standing),
        standing=standing,
        correcting=correcting,
    )
    if form.is_valid():
        typed = form.cleaned_data
        try:
            say_seen(
                by=user_of(request),
                person=sight.person,
                visit=form.visit(),
                key=key,
                seen_number=form.seen_number,
                once=typed["once"],
                **{name: typed.get(name, "") for name in ("expected", "seen", "outcome", "meaning", "reason")},
            )
        except WrittenMeanwhileError as meanwhile:
            _show_meanwhile(form, meanwhile.current)
        except ValueError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Kept as your opinion of that day.")
            return redirect("observations:overview", person_id)
    title = "Correct what was written" if correcting else "What did you see?"
    return _draw(request, "form", sight, form=form, title=title, standing=standing)


def _opinions_of(request: HttpRequest, person_id: UUID, *, right: Right) -> Sight:
    """The case for someone who may see opinions of its family and holds `right` beside; 404 for anyone else."""
    sight = case_for(request, person_id, right=right, what="maps.observations")
    if not sight.may(OPINIONS):
        raise Http404
    return sight


def _standing(person: Person, key: UUID | None) -> Observed | None:
    if key is None:
        return None
    found = observed(person, key)
    if found is None or found.erased:
        raise Http404
    return found


def _sent_already(request: HttpRequest, standing: Observed | None) -> bool:
    """Whether this very sending made a version before: what it wrote may ask for more than it could say."""
    sent = request.POST.get("once", "")
    return standing is not None and any(
        str(row.pk) == sent and row.by == user_of(request).pk for row in standing.versions
    )


def _as_seen(request: HttpRequest, standing: Observed | None) -> Observed | None:
    """What stood when this editor opened the form: somebody who was quicker does not turn it into a correction."""
    said = request.POST.get("version", "")
    if standing is None or not (said.isdecimal() and len(said) < 6 and 0 < int(said) < standing.latest.number):
        return standing
    return replace(standing, versions=standing.versions[: int(said)])


def _people(person: Person, standing: Observed | None) -> list[tuple[str, str]]:
    """Who may be ticked: the person, their family members of today, and whoever was ticked before."""
    known = {person.pk: f"{person.called}, on probation"}
    known |= {member.pk: member.called for member in current_members(person.pk) if not member.deceased}
    if standing:
        known |= {pk: name for pk, name in standing.names.items() if pk not in known}
    return [(str(pk), name) for pk, name in known.items()]


def _initial(standing: Observed | None) -> dict[str, Any]:
    if standing is None:
        return {}
    row = standing.latest
    return {
        "setting": row.setting_id,
        "happens_on": row.happens_on,
        "place": row.place,
        "present": [str(pk) for pk in row.present],
        "expected": row.expected,
        "seen": row.seen,
        "outcome": row.outcome,
        "meaning": row.meaning,
        "version": row.number,
    }


def _show_meanwhile(form: GovForm, current: Observed) -> None:
    now = {name: value for name, value in _initial(current).items() if name in form.fields}
    form.changed_meanwhile(now, by=current.latest.by_name)


def _draw(request: HttpRequest, name: str, sight: Sight, **context: Any) -> HttpResponse:
    """A page in the frame of the case, under the map; nothing of it is kept by the browser."""
    back = reverse("maps:genogram" if name == "overview" else "observations:overview", args=[sight.person.pk])
    response = render_case(request, f"{TEMPLATES}{name}.html", sight, current="maps:genogram", back=back, **context)
    response["Cache-Control"] = "no-store"
    return response
