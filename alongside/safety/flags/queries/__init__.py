"""Reading flags, checks and what they stop."""

from alongside.safety.flags.queries.case import (
    IncidentFacts,
    entries_of_flag,
    exceptions_of_member,
    flags_of_case,
    incidents_of,
    plans_of_case,
    stand_downs,
    versions_of_incident,
    with_incidents,
)
from alongside.safety.flags.queries.desk import (
    NOTHING_ARRANGED,
    MarkerFacts,
    as_marker_facts,
    live_reception_markers,
    markers_for_desk,
    markers_of_case,
    reception_markers,
)
from alongside.safety.flags.queries.facts import (
    SafetyOfCase,
    flag_facts,
    live_flags,
    live_markers,
    safety_of,
    with_safety,
)

__all__ = [
    "NOTHING_ARRANGED",
    "IncidentFacts",
    "MarkerFacts",
    "SafetyOfCase",
    "as_marker_facts",
    "entries_of_flag",
    "exceptions_of_member",
    "flag_facts",
    "flags_of_case",
    "incidents_of",
    "live_flags",
    "live_markers",
    "live_reception_markers",
    "markers_for_desk",
    "markers_of_case",
    "plans_of_case",
    "reception_markers",
    "safety_of",
    "stand_downs",
    "versions_of_incident",
    "with_incidents",
    "with_safety",
]
