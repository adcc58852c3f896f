"""Victim liaison's pages: who is known, and which names elsewhere may be theirs."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.foundation.access.guards import needs, user_of
from alongside.foundation.access.rights import Right
from alongside.foundation.audit.actions import record_consultation
from alongside.foundation.records.actions import ChangedMeanwhileError
from alongside.foundation.ui.forms import GovForm, posted
from alongside.foundation.ui.paging import page_of
from alongside.safety.advocacy.actions.liaison import add_victim, change_victim, decide_clash, end_victim
from alongside.safety.advocacy.forms import ChangeVictimForm, ClashForm, EndVictimForm, VictimForm, initial_victim
from alongside.safety.advocacy.models import ClashState, KnownVictim
from alongside.safety.advocacy.queries.workspace import clashes_for, open_clashes_for, teams_with, victims_for

QUEUE = "advocacy:clashes"
VICTIMS = "advocacy:victims"


@require_GET
@needs(Right.RESOLVE_CLASHES)
def clashes(request: HttpRequest) -> HttpResponseBase:
    """Possible clashes that wait, oldest first."""
    record_consultation(by=user_of(request), what="advocacy.clashes")
    page = page_of(open_clashes_for(request.user), request)
    return render(request, "safety/advocacy/clashes.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Right.RESOLVE_CLASHES)
def clash(request: HttpRequest, clash_id: UUID) -> HttpResponseBase:
    """Decide on one possible clash."""
    user = user_of(request)
    found = clashes_for(user).filter(pk=clash_id).first()
    record_consultation(by=user, what="advocacy.clash", refused=found is None, detail=str(clash_id))
    if found is None:
        raise Http404
    form = ClashForm(**posted(request), initial={"version": found.version})
    if found.state == ClashState.OPEN and form.is_valid():
        typed = form.cleaned_data
        try:
            decide_clash(
                by=user,
                clash=found,
                seen_version=typed["version"],
                state=ClashState(typed["state"]),
                decision=typed["decision"],
            )
        except ChangedMeanwhileError:
            messages.warning(request, "Someone else decided this meanwhile. Read what they said.")
            return redirect("advocacy:clash", clash_id)
        messages.success(request, "Decided. Nobody is told by itself: ring the officer if they need to know.")
        return redirect(QUEUE)
    waits = found.state == ClashState.OPEN
    return render(request, "safety/advocacy/clash.html", {"clash": found, "form": form, "waits": waits})


@require_GET
@needs(Right.RESOLVE_CLASHES)
def victims(request: HttpRequest) -> HttpResponseBase:
    """Victims whose names are compared, by name."""
    record_consultation(by=user_of(request), what="advocacy.victims")
    return render(request, "safety/advocacy/victims.html", {"page": page_of(victims_for(request.user), request)})


@require_http_methods(["GET", "POST"])
@needs(Right.RESOLVE_CLASHES)
def new_victim(request: HttpRequest) -> HttpResponseBase:
    """Note a victim with whom victim liaison keeps in touch."""
    form = VictimForm(**posted(request), teams=teams_with(request.user, Right.RESOLVE_CLASHES))
    if form.is_valid():
        add_victim(by=user_of(request), **_values(form))
        messages.success(request, "Noted. Names elsewhere are being compared; what agrees comes to your queue.")
        return redirect(VICTIMS)
    return _form(request, form, title="A victim we keep in touch with", button="Note them")


@require_http_methods(["GET", "POST"])
@needs(Right.RESOLVE_CLASHES)
def edit_victim(request: HttpRequest, victim_id: UUID) -> HttpResponseBase:
    """Change what names are compared with."""
    victim = _victim(request, victim_id)
    teams = teams_with(request.user, Right.RESOLVE_CLASHES)
    form = ChangeVictimForm(**posted(request), teams=teams, initial=initial_victim(victim))
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_victim(by=user_of(request), victim=victim, seen_version=version, **_values(form))
        except ChangedMeanwhileError:
            form.changed_meanwhile(initial_victim(_victim(request, victim_id)))
        else:
            messages.success(request, "Saved.")
            return redirect(VICTIMS)
    return _form(request, form, title="Change a victim’s names", button="Save", victim=victim)  # noqa: RUF001


@require_http_methods(["GET", "POST"])
@needs(Right.RESOLVE_CLASHES)
def stop_victim(request: HttpRequest, victim_id: UUID) -> HttpResponseBase:
    """Compare no more names with a victim's, who has left the scheme."""
    victim = _victim(request, victim_id)
    form = EndVictimForm(**posted(request), initial={"version": victim.version})
    if form.is_valid():
        try:
            end_victim(by=user_of(request), victim=victim, seen_version=form.cleaned_data["version"])
        except ChangedMeanwhileError as changed:
            form.changed_meanwhile({"version": changed.current.version})
        else:
            messages.success(request, "Their name is compared no more.")
            return redirect(VICTIMS)
    return _form(request, form, title=f"{victim.name} has left the scheme", button="Compare no more", victim=victim)


def _values(form: VictimForm) -> dict[str, object]:
    values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    return values | {"team": UUID(values["team"])}


def _victim(request: HttpRequest, victim_id: UUID) -> KnownVictim:
    user = user_of(request)
    found = victims_for(user).filter(pk=victim_id).first()
    record_consultation(by=user, what="advocacy.victim", refused=found is None, detail=str(victim_id))
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, form: GovForm, *, title: str, button: str, victim: KnownVictim | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "victim": victim}
    return render(request, "safety/advocacy/victim_form.html", context)
