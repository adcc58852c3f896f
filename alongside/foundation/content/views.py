"""Public pages that are nothing but governed wording."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.foundation.content.queries import content


@login_not_required
@require_safe
def public_page(request: HttpRequest, key: str) -> HttpResponse:
    """One page of wording, in the reader's language; a draft says that it is one."""
    return render(request, "foundation/content/page.html", {"wording": content(key)})
