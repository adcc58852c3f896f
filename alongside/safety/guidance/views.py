"""The library of guidance, one piece to read and acknowledge, and the card of who does what."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.access.guards import user_of
from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import Language
from alongside.safety.guidance.actions import NoSuchVersionError, acknowledge
from alongside.safety.guidance.boundaries import card_in, card_pdf
from alongside.safety.guidance.queries import guidance_for, readers_of
from alongside.safety.guidance.reading import FIELD
from alongside.safety.guidance.rules import Point


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Every piece of guidance, whether one has read it, and for a lead how many of their teams have not."""
    pieces = guidance_for(_staff(request), Point)
    teams = holding_of(request.user).teams_reached_with(Right.APPROVE)
    readers = readers_of([piece.wording.version_id for piece in pieces], teams, on=today()) if teams else {}
    rows = [(piece, readers.get(piece.wording.version_id)) for piece in pieces]
    return render(request, "safety/guidance/library.html", {"rows": rows, "leads": bool(teams)})


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, point: str) -> HttpResponse:
    """One piece of guidance. What is acknowledged is the very version that the page showed."""
    reader = _staff(request)
    if point not in list(Point):
        raise Http404
    here = Point(point)
    if request.method == "POST":
        try:
            acknowledge(by=user_of(request), point=here, version_id=UUID(request.POST.get(FIELD, "")))
        except (ValueError, NoSuchVersionError):
            messages.error(request, "That could not be taken down. Read the guidance as it stands now first.")
            return redirect("guidance:read", here)
        messages.success(request, "Taken down. You are asked again when it changes.")
        return redirect("guidance:library")
    (piece,) = guidance_for(reader, [here])
    return render(request, "safety/guidance/read.html", {"piece": piece})


@require_safe
def who_does_what(request: HttpRequest) -> HttpResponse:
    """What each role does and does not do. It names nobody, and is the same for everyone."""
    _staff(request)
    return render(
        request, "safety/guidance/roles.html", {"card": card_in(_language(request)), "languages": list(Language)}
    )


@require_safe
def who_does_what_pdf(request: HttpRequest) -> HttpResponse:
    """The same to print for a case meeting."""
    _staff(request)
    language = _language(request)
    response = HttpResponse(card_pdf(language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="who-does-what-{language.value}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _language(request: HttpRequest) -> Language:
    return Language.WELSH if request.GET.get("language") == Language.WELSH else Language.ENGLISH


def _staff(request: HttpRequest) -> UUID:
    """Whoever asks; 404 where no post makes them staff."""
    if not holding_of(request.user).roles:
        raise Http404
    return user_of(request).pk
