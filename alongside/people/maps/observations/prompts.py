"""The daily round of observations: who expected something of a visit says afterwards what they saw (R027)."""

from datetime import date

from django.db.models import Exists, OuterRef

from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import ToDoFacts, open_to_do
from alongside.foundation.work.models import ToDo
from alongside.people.maps.models import Observation
from alongside.people.maps.observations.actions import OPINIONS, SAY_TO_DO, heading_of


def ask_on_day(*, on: date | None = None) -> int:
    """Ask whoever holds the case what was seen on each visit whose day has passed; answers how many were asked for."""
    day = on or today()
    later = Observation.objects.filter(key=OuterRef("key"), number__gt=OuterRef("number"))
    asked = ToDo.objects.filter(case=OuterRef("case"), kind=SAY_TO_DO, subject=OuterRef("key"), done_at=None)
    rows = list(
        Observation.objects.filter(happens_on__lt=day, outcome="", seen="").filter(~Exists(later), ~Exists(asked))
    )
    for row in rows:
        open_to_do(
            case_id=row.case,
            to_do=ToDoFacts(
                kind=SAY_TO_DO,
                title=f"Say what you saw: {heading_of(row)}",
                due_on=row.happens_on,
                right=OPINIONS,
                subject_id=row.key,
            ),
        )
    return len(rows)
