"""Safety in a story: what was checked, which flags stand, what the desk is told, and how someone is stood down."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from alongside.people.families.models import FamilyMember
from alongside.safety.flags.actions import (
    ExceptionSaid,
    FlagValues,
    IncidentFacts,
    PlanValues,
    agree_plan,
    answer_exception,
    ask_for_exception,
    confirm_in_source,
    prepare_plan,
    put_marker,
    record_check,
    record_flag,
    record_incident,
    review_flag,
    tell_plan,
)
from alongside.safety.flags.kinds import flag_kind
from alongside.safety.flags.models import ExceptionSide
from alongside.synthetic.vignettes.chapters import told_by
from alongside.synthetic.vignettes.scene import Telling


def tell(telling: Telling) -> None:
    """What the file tells of this story, in the order in which it happened."""
    told: Mapping[str, Any] = told_by("flags").get(telling.story.number, {})
    for facts in told.get("checks", ()):
        _check(telling, facts)
    for facts in told.get("flags", ()):
        _flag(telling, facts)
    for facts in told.get("incidents", ()):
        _incident(telling, facts)
    for facts in told.get("desk", ()):
        _desk(telling, facts)
    for facts in told.get("plans", ()):
        _plan(telling, facts)
    for facts in told.get("exceptions", ()):
        _exception(telling, facts)


def _who(telling: Telling, facts: Mapping[str, Any]) -> FamilyMember | None:
    return telling.member(facts["who"]) if "who" in facts else None


def _check(telling: Telling, facts: Mapping[str, Any]) -> None:
    for matter in facts["matters"]:
        record_check(
            by=telling.by,
            person=telling.person,
            member=_who(telling, facts),
            matter_id=f"safety_matter.{matter}",
            checked_on=telling.today - timedelta(days=facts.get("days_ago", 0)),
            looked_at=[f"safety_source.{code}" for code in facts["looked_at"]],
            note=facts.get("note", ""),
        )


def _flag(telling: Telling, facts: Mapping[str, Any]) -> None:
    by = telling.user(facts["by"]) if "by" in facts else telling.by
    kind = flag_kind(f"safety_flag.{facts['kind']}")
    recorded_on = telling.today - timedelta(days=facts.get("days_ago", 0))
    flag = record_flag(
        by=by,
        person=telling.person,
        member=_who(telling, facts),
        values=FlagValues(
            kind_id=kind.id,
            scope=facts["scope"],
            certainty=facts.get("certainty", "suspected"),
            basis=facts.get("basis", "reported"),
            source_id=f"safety_source.{facts['source']}",
            words=facts["words"],
            direction=facts.get("direction", ""),
            signs=tuple(f"control_sign.{code}" for code in facts.get("signs", ())),
            review_on=telling.today + timedelta(days=kind.review_days),
        ),
        may_set_named=True,
        recorded_on=recorded_on,
    )
    if "reviewed" in facts:
        review_flag(
            by=telling.user(facts.get("reviewed_by", "senior")),
            flag=flag,
            seen_version=flag.version,
            note=facts["reviewed"],
            review_on=telling.today + timedelta(days=facts.get("review_in", kind.review_days)),
        )
    if facts.get("in_source"):
        confirm_in_source(by=telling.by, flag=flag, seen_version=flag.version, on=telling.today)


def _incident(telling: Telling, facts: Mapping[str, Any]) -> None:
    ban = facts.get("ban_days")
    record_incident(
        by=telling.by,
        person=telling.person,
        member=_who(telling, facts),
        facts=IncidentFacts(
            kind_id=f"incident_kind.{facts['kind']}",
            happened_on=telling.today - timedelta(days=facts["days_ago"]),
            words=facts["words"],
            police_called=facts.get("police", False),
            staff_at_risk=facts.get("staff_at_risk", False),
            ban_until=telling.today + timedelta(days=ban) if ban else None,
        ),
    )


def _desk(telling: Telling, facts: Mapping[str, Any]) -> None:
    for action in facts["actions"]:
        put_marker(
            by=telling.by,
            person=telling.person,
            member=_who(telling, facts),
            action_id=f"reception_action.{action}",
            from_date=telling.today,
            until_date=telling.today + timedelta(days=facts["days"]),
        )


def _plan(telling: Telling, facts: Mapping[str, Any]) -> None:
    plan = prepare_plan(
        by=telling.by,
        member=telling.member(facts["who"]),
        values=PlanValues(
            occasion=facts["occasion"],
            words_key=f"stand_down.{facts['words']}",
            tell_on=telling.today + timedelta(days=facts["tell_in"]),
            told_how=facts["how"],
            cover=facts["cover"],
            private_contact=facts.get("alone", ""),
            review_on=telling.today + timedelta(days=facts["review_in"]),
        ),
    )
    if "agreed_by" in facts:
        agree_plan(by=telling.user(facts["agreed_by"]), plan=plan, seen_version=plan.version)
    if facts.get("told"):
        tell_plan(by=telling.by, plan=plan, seen_version=plan.version, told_on=telling.today)


def _exception(telling: Telling, facts: Mapping[str, Any]) -> None:
    row = ask_for_exception(
        by=telling.user("senior"),
        side=ExceptionSide.SENIOR,
        member=telling.member(facts["who"]),
        said=ExceptionSaid(
            what=facts["what"],
            reason=facts["reason"],
            review_on=telling.today + timedelta(days=facts["review_in"]),
        ),
    )
    if "agreed" in facts:
        answer_exception(
            by=telling.user("abuse_adviser"),
            side=ExceptionSide.ADVISER,
            row=row,
            seen_version=row.version,
            agrees=True,
            answer=facts["agreed"],
        )
