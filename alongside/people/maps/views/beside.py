"""Turning the screen to the person, and turning it back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from alongside.foundation.accounts.provider import sign_out_address
from alongside.foundation.accounts.rules import SignInMethod
from alongside.foundation.accounts.sessions import method_of
from alongside.people.maps.frames import draw_on
from alongside.people.maps.together import begin, is_together, together_too


@require_POST
def turn(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """From here on, this session has the one map with its exercises and nothing else, notices from before included."""
    draw_on(request, person_id, what="maps.together")
    begin(request, person_id)
    list(get_messages(request))
    first = "exercises:overview" if request.POST.get("to") == "exercises" else "maps:together"
    response = HttpResponseRedirect(reverse(first, args=[person_id]))
    response["Cache-Control"] = "no-store"
    response["Clear-Site-Data"] = '"cache"'
    return response


@together_too
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ending it signs out: whoever goes on says who they are first. Tells nothing about anybody."""
    if request.method == "POST":
        together = is_together(request, person_id)
        back = reverse("maps:genogram", args=[person_id])
        if not together:
            return HttpResponseRedirect(back)
        # Where a provider vouched, it has to ask again too: otherwise its own session would let anybody back in.
        by_provider = method_of(request.session) is SignInMethod.PROVIDER
        farewell = sign_out_address(request) if by_provider else ""
        logout(request)
        asks = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
        response: HttpResponse = HttpResponseRedirect(farewell or asks)
    else:
        response = render(
            request,
            "people/maps/leaving.html",
            {
                "base": "people/maps/together_base.html",
                "together": True,
                "drawing_address": reverse("maps:together", args=[person_id]),
            },
        )
    response["Cache-Control"] = "no-store"
    return response
