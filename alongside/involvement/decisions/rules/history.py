"""What of the policy each rule reads, so that it can be told which versions changed how it speaks."""

from collections.abc import Mapping
from types import MappingProxyType

from alongside.involvement.decisions.rules.answers import Rule
from alongside.involvement.decisions.rules.policy import Policy

_LEVELS = ("act_levels", "topic_levels")
READS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "role.remit": ("remits",),
        "level.cap": (*_LEVELS, "light_level"),
        "agreement.needed": (*_LEVELS, "agreement_from"),
        "agreement.channel": (*_LEVELS, "agreement_from"),
        "budget.spent": ("spent_budget_asks",),
        "budget.spent_known": ("spent_budget_asks",),
        "time.hours": ("call_from", "call_until"),
        "topic.careful": ("careful_topics",),
        "suitability.enquiries": _LEVELS,
        "suitability.review": _LEVELS,
    }
)
"""By the rule, the limits that it reads. A rule that is not here reads none, and no version changes when it speaks."""


def changes_rule(rule: Rule, before: Policy, after: Policy) -> bool:
    """Whether one version after another makes a rule speak otherwise, or has somebody else asked first."""
    if any(getattr(before, name) != getattr(after, name) for name in READS.get(rule.id, ())):
        return True
    asked = rule.finding.ask
    return asked is not None and before.approvers.get(asked) != after.approvers.get(asked)
