"""What stands behind the wall, and the one thing that may be seen of it outside: how to act."""

from alongside.safety.protected.models.disclosures import (
    DisclosureDecision,
    DisclosureEnd,
    DisclosureMade,
    DisclosureReview,
    RefusedRequest,
)
from alongside.safety.protected.models.instructions import HandlingInstruction
from alongside.safety.protected.models.told import Handling, Referral, Told

__all__ = [
    "DisclosureDecision",
    "DisclosureEnd",
    "DisclosureMade",
    "DisclosureReview",
    "Handling",
    "HandlingInstruction",
    "Referral",
    "RefusedRequest",
    "Told",
]
