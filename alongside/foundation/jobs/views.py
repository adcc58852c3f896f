"""The page on which someone watches the long work that they asked for."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alongside.foundation.jobs.progress import ask_to_cancel
from alongside.foundation.jobs.queries import progress_or_404


@never_cache
@require_GET
@login_required
def watch_progress(request: HttpRequest, progress_id: UUID) -> HttpResponse:
    """How far the work has come. With `?part` only the part that changes, for the script that asks again."""
    progress = progress_or_404(request.user, progress_id)
    template = "foundation/jobs/parts/state.html" if "part" in request.GET else "foundation/jobs/progress.html"
    return render(request, template, {"progress": progress})


@require_POST
@login_required
def cancel_progress(request: HttpRequest, progress_id: UUID) -> HttpResponse:
    """Ask the work to stop, and go on watching it."""
    progress = progress_or_404(request.user, progress_id)
    ask_to_cancel(progress.pk)
    return redirect("jobs:progress", progress.pk)
