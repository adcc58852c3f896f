"""The demo: be any of the cast with one click. Only where everyone is invented."""

from uuid import UUID

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.foundation.accounts.backends import DemoBackend
from alongside.foundation.accounts.queries import cast, demo_stands
from alongside.foundation.accounts.views.helpers import page


@login_not_required
@never_cache
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """The cast, with what each of them is and one thing to try."""
    if not demo_stands():
        raise Http404
    return page(request, "demo", {"cast": cast()})


@login_not_required
@require_POST
def become(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Sign in as one of the cast."""
    if not demo_stands():
        raise Http404
    member = get_object_or_404(cast(), pk=member_id)
    if request.user.is_authenticated:
        request.session.flush()
    login(request, member.user, backend=f"{DemoBackend.__module__}.{DemoBackend.__qualname__}")
    return redirect("/")
