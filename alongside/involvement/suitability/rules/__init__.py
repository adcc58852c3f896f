"""What a judgement may say, who has to approve it, and how an involvement stands: pure, over frozen facts.

Nothing here adds ratings up. Rules stop what may never happen and say who has to look; people judge (R040, R044, R065).
"""

from alongside.involvement.suitability.rules.scale import (
    FULL_FROM,
    HIGHEST_LEVEL,
    IN_FORCE,
    LEVEL_WORDS,
    PENDING,
    QUICK_LEVELS,
    REVIEW_WITHIN,
    SUMMARY_WORDS,
    Approval,
    Confidence,
    Direction,
    Level,
    Rating,
    State,
    StepKind,
    Summary,
    last_review_day,
)
from alongside.involvement.suitability.rules.signs import SessionFacts, markers_form_a_pattern, too_little_alone
from alongside.involvement.suitability.rules.standing import (
    JudgementFacts,
    SafetyThen,
    Standing,
    StepFacts,
    SuitabilityFacts,
    standing_of,
    tightened,
)

__all__ = [
    "FULL_FROM",
    "HIGHEST_LEVEL",
    "IN_FORCE",
    "LEVEL_WORDS",
    "PENDING",
    "QUICK_LEVELS",
    "REVIEW_WITHIN",
    "SUMMARY_WORDS",
    "Approval",
    "Confidence",
    "Direction",
    "JudgementFacts",
    "Level",
    "Rating",
    "SafetyThen",
    "SessionFacts",
    "Standing",
    "State",
    "StepFacts",
    "StepKind",
    "SuitabilityFacts",
    "Summary",
    "last_review_day",
    "markers_form_a_pattern",
    "standing_of",
    "tightened",
    "too_little_alone",
]
