"""What tests of this room say about flags and plans."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from alongside.foundation.calendar.rules import today
from alongside.safety.flags.actions import FlagValues, PlanValues


def flag_values(kind: str = "RVAD", scope: str = "member", **values: Any) -> FlagValues:
    """A flag as someone would record it."""
    said = FlagValues(
        kind_id=f"safety_flag.{kind}",
        scope=scope,
        certainty="suspected",
        basis="reported",
        source_id="safety_source.SELF",
        words="Said so, alone, after the last appointment.",
        review_on=today() + timedelta(days=28),
    )
    return replace(said, **values)


def abuse(direction: str = "from_member", certainty: str = "suspected") -> FlagValues:
    """Domestic abuse between the person and a family member."""
    return flag_values("DA_BETWEEN", "relationship", direction=direction, certainty=certainty)


def plan_values(**values: Any) -> PlanValues:
    """A plan as someone would prepare it."""
    said = PlanValues(
        occasion="safety",
        words_key="stand_down.pause",
        tell_on=today() + timedelta(days=7),
        told_how="call",
        cover="Lifts to appointments: a taxi from the office account.",
        private_contact="",
        review_on=today() + timedelta(days=60),
    )
    return replace(said, **values)
