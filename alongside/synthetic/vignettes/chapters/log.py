"""What was said with the family in a story."""

from datetime import datetime, time, timedelta
from typing import Any

from alongside.contact.log.actions import ContactFacts, log_contact
from alongside.contact.log.models import Direction, Party
from alongside.foundation.calendar.rules import LONDON
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """Each contact that the file tells of, the oldest first."""
    told: list[dict[str, Any]] = told_by("log").get(telling.story.number, [])
    for one in sorted(told, key=lambda facts: -int(facts["days_ago"])):
        _tell_one(telling, one)


def _tell_one(telling: Telling, told: dict[str, Any]) -> None:
    hour, minute = (int(part) for part in str(told.get("clock", "10:15")).split(":"))
    day = telling.today - timedelta(days=told["days_ago"])
    next_in = told.get("next_in")
    name = told.get("with", "")
    facts = ContactFacts(
        party=Party.FAMILY if name else Party.AGENCY if told.get("agency") else Party.PERSON,
        at=datetime.combine(day, time(hour, minute), LONDON),
        channel_id=f"contact_channel.{told.get('how', 'phone')}",
        direction=Direction(told.get("direction", "from_them")),
        purpose_id=f"contact_purpose.{told['about']}",
        outcome_id=f"contact_outcome.{told.get('outcome', 'SPOKE')}",
        heard=told.get("heard", ""),
        shared=told.get("shared", ""),
        agency=told.get("agency", ""),
        thanked=bool(told.get("thanked", False)),
        efforts=list(told.get("did", ())),
        effort_hours=told.get("hours"),
        effort_pounds=told.get("pounds"),
        minutes=told.get("minutes"),
        next_step=told.get("next", ""),
        next_on=telling.today + timedelta(days=next_in) if next_in is not None else None,
    )
    log_contact(
        by=telling.by,
        person=telling.person,
        member=telling.member(name) if name else None,
        facts=facts,
        view=told.get("view", ""),
    )
