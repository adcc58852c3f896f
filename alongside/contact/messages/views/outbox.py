"""The outbox of a demonstration: what would have gone, as whoever gets it would read it. Nowhere else is there one."""

import json
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.contact.messages.views.common import CHANNELS, TEMPLATES
from alongside.foundation.access.guards import signed_in
from alongside.foundation.accounts.menus import is_demo
from alongside.foundation.accounts.queries import demo_stands

MOST = 50


@require_GET
@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """The last messages that were put into the folder, newest first."""
    folder = _folder(request)
    files = sorted(folder.glob("*/*.json"), key=lambda path: path.stat().st_mtime, reverse=True)[:MOST]
    found = [message for path in files if (message := _read(path))]
    return render(request, f"{TEMPLATES}/outbox.html", {"found": found})


@require_GET
@signed_in
def pdf(request: HttpRequest, channel: str, reference: UUID) -> HttpResponse:
    """A letter of the demonstration."""
    path = _folder(request) / "letter" / f"{reference}.pdf"
    if channel != "letter" or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return response


def _folder(request: HttpRequest) -> Path:
    """The folder; 404 unless this is a demonstration, where everyone is invented."""
    if not (is_demo(request) and demo_stands()):
        raise Http404
    return Path(settings.DELIVERY_FOLDER)


def _read(path: Path) -> dict[str, object] | None:
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    channel = path.parent.name
    has_pdf = path.with_suffix(".pdf").is_file()
    return {
        "channel": CHANNELS.get(channel, channel),
        "to": str(words.get("to", "")).splitlines(),
        "subject": words.get("subject", "") if channel != "text" else "",
        "lines": str(words.get("text", "")).splitlines(),
        "pdf": reverse("messages:outbox_pdf", args=[channel, path.stem]) if has_pdf else "",
    }
