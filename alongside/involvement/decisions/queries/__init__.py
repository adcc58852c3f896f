"""Reads: the facts of a decision, the policy in force, and answers that were kept."""

from alongside.involvement.decisions.queries.gathering import May, facts_about, may_i
from alongside.involvement.decisions.queries.kept import (
    approvals_of,
    decision_of,
    decisions_of,
    live_purpose_of,
    open_home_check_of,
)
from alongside.involvement.decisions.queries.policies import policy_numbered, policy_on, versions

__all__ = [
    "May",
    "approvals_of",
    "decision_of",
    "decisions_of",
    "facts_about",
    "live_purpose_of",
    "may_i",
    "open_home_check_of",
    "policy_numbered",
    "policy_on",
    "versions",
]
