"""Pages that belong to the look itself: changing the language, and an outage, which needs no database."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

ONE_YEAR = 60 * 60 * 24 * 365


@login_not_required
@require_GET
def change_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the chosen language in a cookie and goes back to where the reader was, within this site."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page of an outage; it asks to come back in a minute and needs nothing but templates."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "60"})
