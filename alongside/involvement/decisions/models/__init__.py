"""What is kept: purposes, answers that were used with their facts, checks of homes, and versions of the policy."""

from alongside.involvement.decisions.models.answers import Basis, Decision, PurposeSaid, Use
from alongside.involvement.decisions.models.homes import HomeCheck, HomeCheckEnd, HomeCheckStep
from alongside.involvement.decisions.models.policies import PolicyState, PolicyVersion, Trial

__all__ = [
    "Basis",
    "Decision",
    "HomeCheck",
    "HomeCheckEnd",
    "HomeCheckStep",
    "PolicyState",
    "PolicyVersion",
    "PurposeSaid",
    "Trial",
    "Use",
]
