"""The map with its drawing, its words and its history, and what changes it from the drawing itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.paging import page_of
from alongside.people.maps import members
from alongside.people.maps.actions import (
    MapChangedError,
    NothingToUndoError,
    TooLargeError,
    say_still_right,
)
from alongside.people.maps.changes import NotOnMapError, Relation, add_relative
from alongside.people.maps.checks import check_network
from alongside.people.maps.forms import DayForm
from alongside.people.maps.frames import Desk, draw_on, drawing, look_at
from alongside.people.maps.models import MapVersion
from alongside.people.maps.panel import panel_for
from alongside.people.maps.queries import (
    differences,
    latest_version,
    map_at,
    members_not_on_map,
    version_on,
    versions_of,
)
from alongside.people.maps.reviews import with_review_day
from alongside.people.maps.saying import Changed, say
from alongside.people.maps.together import together_too
from alongside.people.maps.told import where_it_goes

WRONG = (MapChangedError, NotOnMapError, TooLargeError, ValueError)
LATEST = 6


@require_GET
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The map as it is now, or, with `on` or `version`, as it was."""
    desk = look_at(request, person_id, what="maps.genogram")
    if _asks_for_a_day(request) and not (form := DayForm(request.GET)).is_valid():
        return _history(desk, form)
    past = _past(desk)
    return show_past(desk, past) if past is not None else show_now(desk)


@together_too
@require_GET
def show_together(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The map on a screen that the person sees too. Asked for without having turned the screen, it offers that."""
    desk = look_at(request, person_id, what="maps.together")
    if not desk.together:
        view = desk.map()
        return desk.page(
            "turn_screen.html",
            view=view,
            waiting=list(members_not_on_map(person_id, view)),
            to=_to_exercises(request.GET),
        )
    return show_now(desk)


def show_now(desk: Desk, *, error: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    """The map as it stands, with somebody chosen on it."""
    view = desk.map()
    network = view.network
    asked = desk.request.GET
    chosen = typed.get("of", "") if typed else asked.get("at", "")
    panel = panel_for(view, network, chosen)
    opinions = desk.may_see_opinions and asked.get("opinions") == "yes"
    drawn = None
    if network.people:
        drawn = drawing(
            network,
            title=_("Family of %(name)s") % {"name": desk.person.called},
            address=lambda key: desk.address(at=key, opinions="yes" if opinions else ""),
            chosen=panel.person.id if panel else "",
            opinions=opinions,
            whole=asked.get("whole") == "yes",
        )
    versions = [] if desk.together else list(with_review_day(versions_of(desk.person.pk))[:LATEST])
    review_on: date | None = getattr(versions[0], "review_on", None) if versions else None
    waiting = [] if desk.together else list(members_not_on_map(desk.person.pk, view))
    return desk.page(
        "genogram.html",
        view=view,
        drawn=drawn,
        panel=panel,
        chosen_link=view.members.get(panel.person.id) if panel else None,
        people=len(network.people),
        findings=() if desk.together else check_network(network),
        versions=versions,
        review_on=review_on,
        review_is_due=bool(review_on and review_on <= today()),
        checked=next((row for row in versions if row.still_right), None),
        waiting=waiting,
        told_address=where_it_goes(desk.sight, together=desk.together),
        index=network.index,
        opinions=opinions,
        error=error,
        typed=typed or {},
        day_form=DayForm(),
        status=409 if error and not desk.together else 200,
    )


def _past(desk: Desk) -> int | None:
    """The version asked for; None for the map as it is. Raises Http404 for a version that never was."""
    asked = desk.request.GET
    if asked.get("version", "").isdecimal():
        number = int(asked["version"][:9])
        if number > latest_version(desk.person.pk):
            raise Http404
        return number
    if _asks_for_a_day(desk.request) and (form := DayForm(asked)).is_valid():
        day: date = form.cleaned_data["on"]
        return version_on(desk.person.pk, day)
    return None


def _asks_for_a_day(request: HttpRequest) -> bool:
    return any(name == "on" or name.startswith(("on_", "on-")) for name in request.GET)


def show_past(desk: Desk, number: int) -> HttpResponse:
    """The map as it was, with what that version changed."""
    view = desk.map(number)
    row = MapVersion.objects.filter(case=desk.person.pk, number=number).first()
    network = view.network
    day = row.at.date() if row else today()
    drawn = drawing(network, title=_("Family map as it was"), day=day) if network.people else None
    return desk.page(
        "past.html",
        view=view,
        row=row,
        drawn=drawn,
        said=what_changed(desk, number) if number else [],
        newest=latest_version(desk.person.pk),
    )


def what_changed(desk: Desk, number: int) -> list[str]:
    """What one version changed, in words."""
    before, after = map_at(desk.person.pk, number - 1), map_at(desk.person.pk, number)
    labels = {e.key: str(e.data.get("label", "")) for e in (*before.elements, *after.elements) if e.kind == "person"}
    found = differences(desk.person.pk, number - 1, number)
    return say([Changed(d.before, d.after) for d in found], labels, opinions=desk.may_see_opinions)


@require_GET
def history(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every version, newest first."""
    return _history(look_at(request, person_id, what="maps.history"), DayForm())


def _history(desk: Desk, form: DayForm) -> HttpResponse:
    return desk.page("history.html", page=page_of(versions_of(desk.person.pk), desk.request), form=form)


@together_too
@require_POST
def start(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Begin the map: with the person alone, or, while no screen is turned, with everybody named already."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    everybody = request.POST.get("who") == "named" and not desk.together
    changes, named = members.beginning(desk.person, view, named=everybody)
    if not changes.sets:
        return desk.back()
    try:
        desk.draw(view, changes, members=named)
    except WRONG as wrong:
        return show_now(desk, error=str(wrong))
    if request.POST.get("turning") and not desk.together:
        return redirect(f"{reverse('maps:together', args=[person_id])}?to={_to_exercises(request.POST)}")
    return desk.back(at=changes.new_person)


def _to_exercises(said: QueryDict) -> str:
    """What the screen is turned for: the exercises, or, by an empty word, the map."""
    return "exercises" if said.get("to") == "exercises" else ""


@together_too
@require_POST
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Someone new beside someone on the map: one press."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    given = request.POST
    typed: dict[str, str] = {name: str(given.get(name, "")) for name in ("of", "label", "other_parent")}
    try:
        changes = add_relative(
            view.network,
            of=typed["of"],
            relation=Relation(given.get("relation", "")),
            label=typed["label"][:100],
            other_parent=_other_parent(typed["other_parent"]),
        )
        desk.draw(view, changes)
    except WRONG as wrong:
        return show_now(desk, error=_worded(wrong), typed=typed)
    return desk.back(at=changes.new_person)


def _other_parent(said: str) -> str | None:
    """Nothing for the usual; "nobody" for nobody; otherwise somebody on the map."""
    return {"": None, "nobody": ""}.get(said, said)


def _worded(wrong: Exception) -> str:
    if isinstance(wrong, MapChangedError | NotOnMapError | TooLargeError):
        return str(wrong)
    return _("Choose what they are to each other: press one of the buttons.")


@together_too
@require_POST
def still_right(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Nothing changed: somebody went through the map and it holds (R019)."""
    desk = draw_on(request, person_id, what="maps.draw")
    say_still_right(by=desk.user, person=desk.person, together=desk.together)
    if not desk.together:
        messages.success(request, _("Noted: the map is still right."))
    return desk.back(at=request.POST.get("at", ""))


@together_too
@require_POST
def take_back(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take the last change back."""
    desk = draw_on(request, person_id, what="maps.draw")
    try:
        version = members.take_back(by=desk.user, person=desk.person, together=desk.together)
    except NothingToUndoError as nothing:
        return show_now(desk, error=str(nothing))
    except MapChangedError as wrong:
        return show_now(desk, error=str(wrong))
    if not desk.together:
        messages.info(request, version.summary or "")
    return desk.back(at=_still_there(desk, request.POST.get("at", "")))


def _still_there(desk: Desk, key: str) -> str:
    """Whoever was chosen, if they are still on the map."""
    return key if key in desk.map().network.by_id else ""
