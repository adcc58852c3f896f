"""What was told at the desk and on the telephone in a story: taken down, brought before someone, some of it read."""

from datetime import timedelta
from typing import Any

from alongside.contact.concerns.actions import (
    AbsenceFacts,
    Decision,
    TakenFacts,
    decide_concern,
    do_step,
    record_absence,
    say_when_read,
    take_down,
)
from alongside.contact.concerns.models import Concern
from alongside.contact.concerns.queries import taken_or_404
from alongside.foundation.records.identity import identity
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling

WORDS = ("about", "seen", "reported", "opinion", "wishes", "expects", "reach", "told_by_name")


def tell(telling: Telling) -> None:
    """What the file tells of this story, each thing in the name of whoever took it down."""
    told: dict[str, Any] = told_by("concerns").get(telling.story.number, {})
    for way in told.get("ways", ()):
        say_when_read(
            by=telling.user("senior"),
            team=telling.company.team,
            channel_id=f"told_channel.{way['channel']}",
            seen_version=0,
            read_when=way["read"],
            within_hours=way["within"],
            ring_now=way["ring"],
        )
    for facts in told.get("told", ()):
        _told(telling, facts)
    for facts in told.get("absences", ()):
        _absence(telling, facts)


def _told(telling: Telling, facts: dict[str, Any]) -> None:
    by = telling.user(facts["by"]) if "by" in facts else telling.by
    at_case = "by" not in facts
    taken = TakenFacts(
        kind_id=f"concern_kind.{facts['kind']}",
        channel_id=f"told_channel.{facts.get('channel', 'PHONE')}",
        told_by_id=f"told_by.{facts.get('from', 'FAMILY')}",
        limits_said=facts.get("limits", True),
        identity=facts.get("identity", "unverified"),
        duties=tuple(f"duty_owed.{code}" for code in facts.get("duties", ())),
        context=tuple(f"concern_context.{code}" for code in facts.get("context", ())),
        **{name: facts.get(name, "") for name in WORDS},
    )
    with identity(by.pk):
        concern = take_down(
            by=by,
            facts=taken,
            person=telling.person if at_case else None,
            member=telling.member(facts["with"]) if at_case and "with" in facts else None,
            place=at_case,
        )
        for code, note in facts.get("steps", {}).items():
            do_step(by=by, concern=concern, step_id=f"missing_step.{code}", note=note)
        if "decided" in facts:
            _decided(telling, concern, facts["decided"])


def _decided(telling: Telling, concern: Concern, facts: dict[str, Any]) -> None:
    concern, taken = taken_or_404(concern.pk)
    decide_concern(
        by=telling.by,
        concern=concern,
        taken=taken,
        decision=Decision(f"concern_outcome.{facts['as']}", why=facts["why"], discussed_with=facts.get("with", "")),
    )


def _absence(telling: Telling, facts: dict[str, Any]) -> None:
    day = telling.today + timedelta(days=facts["in_days"])
    with identity(telling.by.pk):
        record_absence(
            by=telling.by,
            person=telling.person,
            member=telling.member(facts["with"]),
            facts=AbsenceFacts(
                from_date=day,
                until_date=None,
                said=facts["said"],
                person_knows=facts["knows"],
                limits_said=True,
                identity="called_back",
            ),
        )
