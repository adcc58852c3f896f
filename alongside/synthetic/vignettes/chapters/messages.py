"""Words that somebody agreed may be sent in a story, and what came back."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alongside.contact.messages.actions.phrases import agree_words
from alongside.contact.messages.actions.replies import Arrived, take_in
from alongside.foundation.delivery.rules import Channel
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """Words first, then what came back by text, as its carrier would tell of it."""
    told: dict[str, list[dict[str, Any]]] = told_by("messages").get(telling.story.number, {})
    for one in told.get("words", []):
        agree_words(
            by=telling.by,
            member=telling.member(one["who"]),
            topic=one["topic"],
            words=one["words"],
            alone=True,
            on=telling.today - timedelta(days=14),
        )
    for number, one in enumerate(told.get("replies", [])):
        came_at = timezone.now() - timedelta(days=int(one["days_ago"]))
        key = f"story:{telling.person.pk}:{number}"
        take_in(by=None, arrived=Arrived(Channel.TEXT, one["from"], one["words"], came_at, key))
