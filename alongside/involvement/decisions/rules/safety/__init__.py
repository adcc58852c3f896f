"""Ask first: what is not checked, what is a sign of danger without a judgement, and facts at odds with each other."""

from alongside.involvement.decisions.rules.safety import checks, known, odds
from alongside.involvement.decisions.rules.safety.words import BOTH, OPEN

__all__ = ["BOTH", "OPEN", "checks", "known", "odds"]
