"""What GOV.UK Notify tells us: receipts, and texts that came back. It shows who it is by a token that we gave it.

Whoever has no token, or where none is set, finds nothing here. What cannot be read is refused in a word, and nothing
of it is repeated. The answer is the same whether anyone was found or not.
"""

import hmac
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from alongside.contact.messages.actions.following import note_receipt
from alongside.contact.messages.actions.replies import Arrived, take_in
from alongside.foundation.delivery.rules import Channel

LARGEST = 64 * 1024


@csrf_exempt
@login_not_required
@require_POST
def notify(request: HttpRequest) -> HttpResponse:
    """A receipt or a text that came back. Told twice, it counts once."""
    expected = f"Bearer {settings.NOTIFY_CALLBACK_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.NOTIFY_CALLBACK_TOKEN or not hmac.compare_digest(expected.encode(), given.encode()):
        raise Http404
    told = _told(request)
    if told is None:
        return HttpResponse("This cannot be read.", status=400, content_type="text/plain")
    done = _take_reply(told) if "message" in told else _take_receipt(told)
    return HttpResponse(status=204 if done else 400)


def _told(request: HttpRequest) -> dict[str, Any] | None:
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return None
    try:
        told = json.loads(request.body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _take_receipt(told: dict[str, Any]) -> bool:
    try:
        reference = UUID(str(told.get("reference")))
    except ValueError:
        return False
    note_receipt(reference=reference, status=str(told.get("status")))
    return True


def _take_reply(told: dict[str, Any]) -> bool:
    their_id = str(told.get("id") or "")[:100]
    words, sender = told.get("message"), told.get("source_number")
    if not their_id or not isinstance(words, str) or not isinstance(sender, str):
        return False
    take_in(
        by=None,
        arrived=Arrived(Channel.TEXT, sender, words, _moment(told.get("date_received")), f"notify:{their_id}"),
    )
    return True


def _moment(text: object) -> datetime:
    """When it came, as they say; now where that cannot be read."""
    try:
        read = parse_datetime(str(text))
    except ValueError:
        read = None
    if read is None:
        return timezone.now()
    return read if timezone.is_aware(read) else timezone.make_aware(read)
