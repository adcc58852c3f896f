"""What the help desk was asked. It belongs to no story, so it is told once."""

from typing import Any
from uuid import UUID, uuid5

from alongside.contact.helpdesk.actions import (
    Asked,
    Told,
    ToRing,
    decide_conflict,
    flag_conflict,
    hand_on,
    log_answer,
    log_sent_on,
)
from alongside.contact.helpdesk.models import Decision
from alongside.contact.helpdesk.queries import approved
from alongside.contact.helpdesk.rules import DIRECTORY, Answer
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling

CHANNELS = ("phone", "phone", "face", "email")


def tell(telling: Telling) -> None:
    """What was answered, sent on and handed on at the desk, and advice that did not agree."""
    told: dict[str, list[dict[str, Any]]] = told_by("helpdesk").get(telling.story.number, {})
    desk, team = telling.user("reception"), telling.company.team
    for place, one in enumerate(told.get("answered", [])):
        answer = _wording(one["key"])
        for asked in _asked(telling, one, f"answered {place}", topic=answer.topic):
            log_answer(by=desk, team=team, asked=asked, answer=answer)
    for place, one in enumerate(told.get("sent_on", [])):
        entry = _wording(f"{DIRECTORY}{one['remit'].lower()}")
        for asked in _asked(telling, one, f"sent on {place}", topic="other"):
            log_sent_on(by=desk, team=team, asked=asked, entry=entry, remit_id=f"out_of_remit.{one['remit']}")
    for place, one in enumerate(told.get("handed_on", [])):
        [asked] = _asked(telling, one, f"handed on {place}", topic=one["topic"])
        ring = ToRing(one["reach"], one.get("name", ""), one.get("when", ""), one.get("about", ""))
        hand_on(by=desk, team=team, to=team, asked=asked, question=one["question"], ring=ring)
    for place, one in enumerate(told.get("conflicts", [])):
        _conflict(telling, one, f"conflict {place}")


def _conflict(telling: Telling, told: dict[str, Any], name: str) -> None:
    row = flag_conflict(
        by=telling.user("reception"),
        team=telling.company.team,
        told=Told(
            topic_id=f"help_topic.{told['topic']}",
            said=told["said"],
            said_where_id=f"help_place.{told['said_where']}",
            other=told["other"],
            other_where_id=f"help_place.{told['other_where']}",
            key=_key(telling, name),
        ),
    )
    if "decision" in told:
        decide_conflict(
            by=telling.user("senior"),
            conflict=row,
            decision=Decision(told["decision"]),
            wording=_wording(told["key"]),
            words=told["words"],
        )


def _wording(key: str) -> Answer:
    found = approved(key)
    if found is None:
        raise LookupError(f"The help desk has no approved wording {key}.")
    return found


def _asked(telling: Telling, told: dict[str, Any], name: str, *, topic: str) -> list[Asked]:
    return [
        Asked(
            topic_id=f"help_topic.{topic}",
            asker_id=f"help_asker.{told['asker']}",
            channel_id=f"contact_channel.{CHANNELS[number % len(CHANNELS)]}",
            minutes=told["minutes"] + number % 3,
            key=_key(telling, f"{name} {number}"),
        )
        for number in range(told.get("times", 1))
    ]


def _key(telling: Telling, name: str) -> UUID:
    return uuid5(telling.person.pk, f"help desk {name}")
