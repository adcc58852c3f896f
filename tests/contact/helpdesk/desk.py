"""What is typed at the desk."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from alongside.foundation.calendar.rules import today
from alongside.foundation.content.models import ContentItem, Language
from alongside.foundation.editorial.actions import approve_version, newest_version, write_version
from tests.cast import Cast

KEY = "helpdesk.answer.missed.what_happens"


def log(**more: Any) -> dict[str, Any]:
    return {"asker": "help_asker.relative", "channel": "contact_channel.phone", "minutes": "4"} | more


def handing(cast: Cast, **more: Any) -> dict[str, Any]:
    return log(
        topic="help_topic.release",
        question="Wants to know when someone comes home",
        reach="01632 960777",
        when="After six",
        name="Gran",
        about="Danny Achebe",
        team=str(cast.team.pk),
        once=str(uuid4()),
        **more,
    )


def flagged(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "topic": "help_topic.missed",
        "said": "That a sick note is enough",
        "said_where": "help_place.desk",
        "other": "That only a hospital letter counts",
        "other_where": "help_place.programme",
        "once": str(uuid4()),
    } | more


def post(client: Client, name: str, data: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def approve_another(cast: Cast) -> None:
    item = ContentItem.objects.get(key=KEY)
    newest = newest_version(item, Language.ENGLISH)
    assert newest is not None
    version = write_version(
        by=cast.editor,
        item=item,
        language=Language.ENGLISH,
        text=f"{newest.text}\n\nAsk today.",
        review_on=today() + timedelta(days=200),
        reason="Clearer",
        seen_number=newest.number,
    )
    approve_version(by=cast.senior, version=version)
