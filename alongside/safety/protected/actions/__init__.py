"""Everything that is written in this room. Nothing of its content reaches the trail, timelines, to-dos or cards."""

from alongside.safety.protected.actions.disclosures import (
    DecisionFacts,
    EndedAlreadyError,
    NotApprovedError,
    ToMember,
    decide_disclosure,
    end_disclosure,
    note_answer_read,
    record_disclosure,
    review_disclosure,
    share_in_danger,
)
from alongside.safety.protected.actions.instructions import AlreadySetError, end_instruction, set_instruction
from alongside.safety.protected.actions.refusing import log_refusal
from alongside.safety.protected.actions.told import (
    CorrectedMeanwhileError,
    HandledMeanwhileError,
    ToldFacts,
    correct_told,
    decide_handling,
    make_referral,
    record_outcome,
    record_told,
)

__all__ = [
    "AlreadySetError",
    "CorrectedMeanwhileError",
    "DecisionFacts",
    "EndedAlreadyError",
    "HandledMeanwhileError",
    "NotApprovedError",
    "ToMember",
    "ToldFacts",
    "correct_told",
    "decide_disclosure",
    "decide_handling",
    "end_disclosure",
    "end_instruction",
    "log_refusal",
    "make_referral",
    "note_answer_read",
    "record_disclosure",
    "record_outcome",
    "record_told",
    "review_disclosure",
    "set_instruction",
    "share_in_danger",
]
