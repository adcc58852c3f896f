"""What the pages of the map share: who is asking, which map, the drawing with its twin, the answer to a change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.looking import Sight
from alongside.people.casework.frames import case_for, identity_of, navigation_of
from alongside.people.maps.changes import Changes
from alongside.people.maps.genogram import Options, RenderOptions, Scene, describe, layout
from alongside.people.maps.genogram import render as render_svg
from alongside.people.maps.members import draw
from alongside.people.maps.network import FamilyNetwork, near
from alongside.people.maps.queries import MapView, map_at
from alongside.people.maps.together import is_together
from alongside.people.maps.vocabulary import PartialDate
from alongside.people.persons.models import Person

OPINIONS = Right.SEE_SENSITIVE
DRAWN_AT_ONCE = 250
STEPS = 3


@dataclass(frozen=True)
class Desk:
    """One request at one map: the case and what the user may do to it, and whether the person sits beside."""

    request: HttpRequest
    sight: Sight
    together: bool

    @property
    def person(self) -> Person:
        return self.sight.person

    @property
    def user(self) -> User:
        return user_of(self.request)

    @property
    def may_draw(self) -> bool:
        return self.sight.may(Right.EDIT_FAMILY)

    @property
    def may_see_opinions(self) -> bool:
        """How people get on is never on the screen while the person sits beside (R021)."""
        return self.sight.may(OPINIONS) and not self.together

    def map(self, version: int | None = None) -> MapView:
        """The map; without opinions where they are not for these eyes."""
        view = map_at(self.person.pk, version)
        if self.may_see_opinions:
            return view
        return replace(view, elements=tuple(e for e in view.elements if e.kind != "quality"))

    def address(self, **query: str) -> str:
        """Where the map is, with somebody chosen on it."""
        name = "maps:together" if self.together else "maps:genogram"
        asked = {key: value for key, value in query.items() if value}
        return reverse(name, args=[self.person.pk]) + (f"?{urlencode(asked)}" if asked else "")

    def back(self, at: str = "") -> HttpResponse:
        """After a change: the map again, at the person whom the change was about."""
        anchor = "" if self.request.POST.get("drawn") else "#chosen"
        return HttpResponseRedirect(self.address(at=at) + (anchor if at else ""))

    def draw(
        self,
        view: MapView,
        changes: Changes,
        *,
        members: Mapping[str, UUID] | None = None,
        name_everyone: bool = True,
    ) -> None:
        """Make a change; raises what the action raises."""
        draw(
            by=self.user,
            person=self.person,
            view=view,
            seen_version=seen_version(self.request, view),
            changes=changes,
            together=self.together,
            members=members,
            name_everyone=name_everyone,
        )

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Draw a page of the map, in the frame of the case or, together, in none at all."""
        base = "people/maps/together_base.html" if self.together else "people/maps/case_base.html"
        response = render(
            self.request,
            f"people/maps/{template}",
            {
                "base": base,
                "person": self.person,
                "called": self.person.called,
                "together": self.together,
                "may_draw": self.may_draw,
                "map_address": self.address(),
                **self._frame(),
                "opinions_allowed": self.may_see_opinions,
                **context,
            },
            status=status,
        )
        response["Cache-Control"] = "no-store"
        return response

    def _frame(self) -> dict[str, Any]:
        """Whose the case is and where else one may go; nothing of it while the person sits beside."""
        if self.together:
            return {}
        navigation = navigation_of(self.sight, current="maps:genogram")
        return {"sight": self.sight, "identity": identity_of(self.sight), **navigation}


def look_at(request: HttpRequest, person_id: UUID, *, what: str) -> Desk:
    """The map for someone who may look, or a 404."""
    sight = case_for(request, person_id, right=Right.SEE_FAMILY, what=what)
    return Desk(request, sight, is_together(request, person_id))


def draw_on(request: HttpRequest, person_id: UUID, *, what: str) -> Desk:
    """The map for someone who may draw, or a 404."""
    sight = case_for(request, person_id, right=Right.EDIT_FAMILY, what=what)
    return Desk(request, sight, is_together(request, person_id))


def seen_version(request: HttpRequest, view: MapView) -> int:
    """The version that this editor saw; the one that stands, where the page did not say."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 9 else view.version


def as_partial(day: date) -> PartialDate:
    """A day as the engines take it."""
    return PartialDate(day.year, day.month, day.day)


@dataclass(frozen=True)
class Drawing:
    """A drawn map: picture, words, and which person lies in which direction from which."""

    scene: Scene
    svg: SafeString
    twin: SafeString
    neighbours: str
    partial: bool = False


def drawing(
    network: FamilyNetwork,
    *,
    title: str,
    address: Any = None,
    chosen: str = "",
    opinions: bool = False,
    day: date | None = None,
    whole: bool = False,
) -> Drawing:
    """Draw a network. `address` answers with a person's page, or nothing for a picture without links.

    A very large map is drawn round the person chosen; `whole` draws all of it.
    """
    as_of = as_partial(day or today())
    partial = len(network.people) > DRAWN_AT_ONCE and not whole
    if partial:
        centre = chosen or (network.index.id if network.index else network.people[0].id)
        network = near(network, centre, STEPS)
    if not opinions:
        network = network.without_qualities()
    scene = layout(network, Options(title=title, as_of=as_of, qualities=opinions))
    svg = render_svg(scene, RenderOptions(href=address, chosen=chosen))
    twin = describe(network, scene, as_of).as_html(3, href=address)
    return Drawing(
        scene=scene,
        svg=mark_safe(svg),  # noqa: S308 - the engine escapes whatever was typed
        twin=mark_safe(twin),  # noqa: S308
        neighbours=json.dumps(neighbours(network, scene)),
        partial=partial,
    )


def neighbours(network: FamilyNetwork, scene: Scene) -> dict[str, dict[str, str]]:
    """For the arrow keys: up to a parent, down to a child, left and right along the generation."""
    rows: dict[int, list[Any]] = {}
    for node in scene.nodes:
        if not node.is_copy:
            rows.setdefault(node.row, []).append(node)
    order = sorted(rows)
    found: dict[str, dict[str, str]] = {}
    for place, row in enumerate(order):
        nodes = sorted(rows[row], key=lambda n: n.x)
        for spot, node in enumerate(nodes):
            ways = found.setdefault(node.person, {})
            if spot > 0:
                ways["left"] = nodes[spot - 1].person
            if spot + 1 < len(nodes):
                ways["right"] = nodes[spot + 1].person
            if place > 0:
                ways["up"] = _nearest(rows[order[place - 1]], node.x)
            if place + 1 < len(order):
                ways["down"] = _nearest(rows[order[place + 1]], node.x)
    _along_lines(network, found)
    return found


def _along_lines(network: FamilyNetwork, found: dict[str, dict[str, str]]) -> None:
    """Up to a parent by birth rather than to whoever stands above, and down to a child."""
    for line in sorted(network.parentage, key=lambda p: (p.kind != "birth", p.id), reverse=True):
        if line.child in found and line.parent in found:
            found[line.child]["up"] = line.parent
            found[line.parent]["down"] = line.child


def _nearest(nodes: list[Any], x: float) -> str:
    return str(min(nodes, key=lambda n: (abs(n.x - x), n.id)).person)
