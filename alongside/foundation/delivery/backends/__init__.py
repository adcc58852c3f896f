"""Those who carry messages, behind one face. Which one carries which channel is a setting."""

from alongside.foundation.delivery.backends.base import (
    Carrier,
    LostAnswerError,
    Parcel,
    ParcelRefusedError,
    Receipt,
    TryLaterError,
    carrier_for,
)

__all__ = ["Carrier", "LostAnswerError", "Parcel", "ParcelRefusedError", "Receipt", "TryLaterError", "carrier_for"]
