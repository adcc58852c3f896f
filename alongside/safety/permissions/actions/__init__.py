"""Writing down what the person permits, and what follows from it."""

from alongside.safety.permissions.actions.claiming import Claim, NotPermittedError, claim
from alongside.safety.permissions.actions.missed import note_back_in_contact, note_missed_contact, stands_as_missed
from alongside.safety.permissions.actions.stopping import pause, refuse, withdraw
from alongside.safety.permissions.actions.taking import (
    Asked,
    NotAloneError,
    NotTakenError,
    confirm_alone,
    lift_refusal,
    resume,
    take_permission,
)
from alongside.safety.permissions.actions.theirs import (
    Answer,
    NotWillinglyError,
    SafeProfile,
    WordWeSayError,
    keep_private,
    keep_safe_contact,
    note_answer,
)
from alongside.safety.permissions.actions.writing import SaidMeanwhileError

__all__ = [
    "Answer",
    "Asked",
    "Claim",
    "NotAloneError",
    "NotPermittedError",
    "NotTakenError",
    "NotWillinglyError",
    "SafeProfile",
    "SaidMeanwhileError",
    "WordWeSayError",
    "claim",
    "confirm_alone",
    "keep_private",
    "keep_safe_contact",
    "lift_refusal",
    "note_answer",
    "note_back_in_contact",
    "note_missed_contact",
    "pause",
    "refuse",
    "resume",
    "stands_as_missed",
    "take_permission",
    "withdraw",
]
