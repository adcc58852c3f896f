"""The lines of the map: partnerships, parents, homes, twins, and how two people get on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import GovForm, posted
from alongside.people.maps.changes import Changes, Set, connect_partners, new_key
from alongside.people.maps.edits import add_quality, set_household, set_parentage, set_twins
from alongside.people.maps.elements import Stored, from_data
from alongside.people.maps.forms import (
    ConnectForm,
    HouseholdForm,
    ParentageForm,
    QualityForm,
    StretchForm,
    TwinsForm,
    others_than,
)
from alongside.people.maps.frames import Desk, as_partial, draw_on
from alongside.people.maps.network import FamilyNetwork, Parentage, Siblings, Stretch
from alongside.people.maps.queries import MapView
from alongside.people.maps.together import together_too
from alongside.people.maps.views.genogram import WRONG
from alongside.people.maps.vocabulary import ParentKind, PartnershipStatus, QualityKind, TwinKind

MOST_STRETCHES = 12
StretchSet = formset_factory(StretchForm, extra=1, max_num=MOST_STRETCHES, absolute_max=MOST_STRETCHES)
Make = Callable[[], Changes]


def _stored(view: MapView, key: UUID, kind: str) -> Stored:
    """An element of the map. Raises Http404 where there is none."""
    found = next((e for e in view.elements if e.key == str(key) and e.kind == kind), None)
    if found is None:
        raise Http404
    return found


def _saved(desk: Desk, view: MapView, form: GovForm, make: Make) -> bool:
    """Whether the change was written; otherwise the form says why not, and keeps what was typed."""
    try:
        desk.draw(view, make())
    except WRONG as wrong:
        form.add_error(None, str(wrong))
        return False
    return True


def _someone(network: FamilyNetwork, key: str) -> str:
    if key not in network.by_id:
        raise Http404
    return key


@together_too
def connect(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """A line between two people who are both on the map."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    network = view.network
    of = _someone(network, str(key))
    form = ConnectForm(**posted(request), people=others_than(network, of), initial={"kind": ParentKind.BIRTH})
    if request.method == "POST" and form.is_valid() and _saved(desk, view, form, lambda: _joined(network, of, form)):
        return desk.back(at=of)
    return desk.page("line.html", form=form, view=view, at=of, heading=_heading(network, of))


def _heading(network: FamilyNetwork, of: str) -> str:
    return _("Connect %(name)s with somebody on the map") % {"name": network.label(of)}


def _joined(network: FamilyNetwork, of: str, form: ConnectForm) -> Changes:
    other, join = form.cleaned_data["other"], form.cleaned_data["join"]
    kind = ParentKind(form.cleaned_data["kind"] or ParentKind.BIRTH)
    if join in ("partner", "former_partner"):
        status = PartnershipStatus.CURRENT if join == "partner" else PartnershipStatus.ENDED
        return connect_partners(network, first=of, second=other, stretches=(Stretch(status=status),))
    if join == "twin":
        return set_twins(network, "", members=(of, other), kind=TwinKind.UNKNOWN)
    if join == "sibling":
        group = next((row for row in network.siblings if of in row.members), None)
        members = tuple(dict.fromkeys((*(group.members if group else (of,)), other)))
        part = Siblings(group.id if group else new_key(), members)
        names = f"{network.label(of)} and {network.label(other)}"
        return Changes(sets=(Set(part.id, "siblings", part),), summary=f"{names}: brothers or sisters")
    child, parent = (of, other) if join == "parent" else (other, of)
    return set_parentage(network, new_key(), Parentage(child=child, parent=parent, kind=kind))


@together_too
def partnership(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """A partnership with its stretches: people part, and come back, and marry again."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    network = view.network
    couple = from_data(_stored(view, key, "partnership"))
    start = [StretchForm.initial_from(stretch) for stretch in couple.stretches]
    forms = StretchSet(request.POST or None, initial=start)
    trouble = GovForm({})
    if request.method == "POST" and forms.is_valid():
        kept = _kept(forms)
        if not kept:
            trouble.add_error(None, _("Keep at least one stretch, or take the whole partnership off the map."))
        elif _saved(
            desk,
            view,
            trouble,
            lambda: connect_partners(network, first=couple.first, second=couple.second, stretches=kept, key=couple.id),
        ):
            return desk.back(at=request.GET.get("at", couple.first))
    names = {"first": network.label(couple.first), "second": network.label(couple.second)}
    heading = _("%(first)s and %(second)s") % names
    return desk.page(
        "partnership.html",
        forms=forms,
        form=trouble,
        failed=bool(trouble.errors) or any(f.errors for f in forms),
        view=view,
        key=couple.id,
        heading=heading,
        at=request.GET.get("at", couple.first),
    )


def _kept(forms: BaseFormSet[StretchForm]) -> tuple[Stretch, ...]:
    """The stretches that were filled in and not taken out; the empty one at the end is left alone."""
    last = len(forms.forms) - 1
    kept = []
    for place, form in enumerate(forms.forms):
        untouched = place == last and place >= forms.initial_form_count() and not form.has_changed()
        if not untouched and not form.cleaned_data.get("remove"):
            kept.append(form.stretch())
    return tuple(kept)


@together_too
def parentage(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """In what way somebody is a parent: by birth, by adoption, as foster carer."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    network = view.network
    row: Parentage = from_data(_stored(view, key, "parentage"))
    form = ParentageForm(**posted(request), initial=ParentageForm.initial_from(row))
    at = request.GET.get("at", row.child)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = replace(row, kind=ParentKind(given["kind"]), begin=given["begin"], end=given["end"])
        if _saved(desk, view, form, lambda: set_parentage(network, str(key), new)):
            return desk.back(at=at)
    names = {"parent": network.label(row.parent), "child": network.label(row.child)}
    return desk.page(
        "line.html",
        form=form,
        view=view,
        at=at,
        key=key,
        heading=_("%(parent)s as a parent of %(child)s") % names,
    )


@together_too
def household(request: HttpRequest, person_id: UUID, key: UUID | None = None) -> HttpResponse:
    """Who lives together under one roof."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    network = view.network
    at = request.GET.get("at", "")
    start = dict(_stored(view, key, "household").data) if key else {"members": [at]}
    form = HouseholdForm(**posted(request), people=others_than(network), initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def make() -> Changes:
            return set_household(network, str(key or ""), label=given["label"], members=given["members"])

        if not key and not given["members"]:
            form.add_error("members", _("Choose who lives there"))
        elif _saved(desk, view, form, make):
            return desk.back(at=at)
    return desk.page("line.html", form=form, view=view, at=at, key=key, heading=_("A home"))


@together_too
def twins(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """Children of one birth."""
    desk = draw_on(request, person_id, what="maps.draw")
    view = desk.map()
    network = view.network
    start = dict(_stored(view, key, "twins").data)
    at = request.GET.get("at", "")
    form = TwinsForm(**posted(request), people=others_than(network), initial={"kind": TwinKind.UNKNOWN, **start})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _saved(
            desk,
            view,
            form,
            lambda: set_twins(network, str(key), members=given["members"], kind=TwinKind(given["kind"])),
        ):
            return desk.back(at=at)
    return desk.page("line.html", form=form, view=view, at=at, key=key, heading=_("Born together"))


def quality(request: HttpRequest, person_id: UUID, key: UUID) -> HttpResponse:
    """How two people get on, as somebody sees it. Not while the person sits beside; never on a shared copy."""
    desk = draw_on(request, person_id, what="maps.draw")
    if not desk.may_see_opinions:
        raise Http404
    view = desk.map()
    network = view.network
    of = _someone(network, str(key))
    form = QualityForm(**posted(request), people=others_than(network, of))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def make() -> Changes:
            return add_quality(
                network,
                first=of,
                second=given["other"],
                kind=QualityKind(given["kind"]),
                author=desk.user.name,
                on=as_partial(today()),
                source=given["source"],
            )

        if _saved(desk, view, form, make):
            return desk.back(at=of)
    heading = _("How %(name)s gets on with somebody") % {"name": network.label(of)}
    return desk.page("line.html", form=form, view=view, at=of, heading=heading, opinion=True)
