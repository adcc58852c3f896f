"""The rows of advocacy: those before the wall, and those behind it."""

from alongside.safety.advocacy.models.clashes import Clash, ClashState, KnownVictim, NameCheck
from alongside.safety.advocacy.models.referrals import DeclinedRequest, Referral
from alongside.safety.advocacy.models.workspace import (
    CloseReason,
    ContactDetail,
    DetailKind,
    DetailSafety,
    Entry,
    EntryKind,
    SafetyPlan,
    SupportedPerson,
)

WALLED = (SupportedPerson, ContactDetail, Entry, SafetyPlan, KnownVictim, Clash)
"""Whose rows the database itself shows to nobody but those for whom they are."""

__all__ = [
    "WALLED",
    "Clash",
    "ClashState",
    "CloseReason",
    "ContactDetail",
    "DeclinedRequest",
    "DetailKind",
    "DetailSafety",
    "Entry",
    "EntryKind",
    "KnownVictim",
    "NameCheck",
    "Referral",
    "SafetyPlan",
    "SupportedPerson",
]
