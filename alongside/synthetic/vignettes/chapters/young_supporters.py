"""What is done in a story for a supporter under 18."""

from datetime import timedelta
from typing import Any

from alongside.foundation.calendar.rules import today as real_today
from alongside.safety.young_supporters.actions import (
    ExceptionSaid,
    ParentSaid,
    ask_for_exception,
    ask_parent,
    hear_alone,
    tell_them,
)
from alongside.safety.young_supporters.models import Attitude
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """Every step that the file tells of, up to the exception that waits for someone else's decision."""
    told: dict[str, Any] | None = told_by("young_supporters").get(telling.story.number)
    if told is None:
        return
    member, asked = telling.member(told["who"]), told["exception"]
    on = telling.today - timedelta(days=told["days_ago"])
    row = hear_alone(by=telling.by, member=member, seen_version=1, heard_on=on, words=told["words"])
    parent = told["parent"]
    said = ParentSaid(
        on, Attitude(parent["attitude"]), parent_id=telling.member(parent["who"]).pk, words=parent["words"]
    )
    ask_parent(by=telling.by, member=member, said=said)
    tell_them(
        by=telling.by,
        member=member,
        seen_version=row.version,
        told_on=on,
        language_id="language.en",
        questions=told["questions"],
    )
    wish = ExceptionSaid(
        what_id=f"age_exception.{asked['what']}",
        reason=asked["reason"],
        safeguards=asked["safeguards"],
        from_date=real_today(),
        until_date=real_today() + timedelta(days=asked["days"]),
    )
    ask_for_exception(by=telling.by, member=member, said=wish)
