"""What is asked, said, found and judged of one involvement, and what became of it.

What is being prepared may change; what was judged, decided, paused, asked for and answered is written once. Rows that
are written once name case and family member by id, so that erasing those leaves them, emptied.
"""

from alongside.involvement.suitability.models.following import (
    AskedBy,
    Changed,
    JoinedSession,
    LookEnd,
    LookKind,
    Marker,
    Pattern,
    SecondLook,
    SecondLookAnswer,
    Step,
    Told,
)
from alongside.involvement.suitability.models.judging import (
    HypothesisEnd,
    Judgement,
    JudgementKind,
    Verdict,
)
from alongside.involvement.suitability.models.preparing import (
    Account,
    Assessment,
    Conversation,
    Enquiry,
    EnquiryEnd,
    Finding,
)
from alongside.involvement.suitability.models.shared import (
    Confidence,
    How,
    Nature,
    Party,
    Rating,
    Source,
    Variant,
)

__all__ = [
    "Account",
    "AskedBy",
    "Assessment",
    "Changed",
    "Confidence",
    "Conversation",
    "Enquiry",
    "EnquiryEnd",
    "Finding",
    "How",
    "HypothesisEnd",
    "JoinedSession",
    "Judgement",
    "JudgementKind",
    "LookEnd",
    "LookKind",
    "Marker",
    "Nature",
    "Party",
    "Pattern",
    "Rating",
    "SecondLook",
    "SecondLookAnswer",
    "Source",
    "Step",
    "Told",
    "Variant",
    "Verdict",
]
