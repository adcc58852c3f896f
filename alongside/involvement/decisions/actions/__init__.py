"""Writing: purposes, answers that are used, checks of homes, and versions of the policy."""

from alongside.involvement.decisions.actions.homes import (
    HomeFaultError,
    change_home_check,
    end_home_check,
    note_household_checks,
    note_householder,
    open_home_check,
    withdraw_home_agreement,
)
from alongside.involvement.decisions.actions.keeping import (
    ChangedSinceError,
    answer_approval,
    keep_answer,
    say_purpose,
)

__all__ = [
    "ChangedSinceError",
    "HomeFaultError",
    "answer_approval",
    "change_home_check",
    "end_home_check",
    "keep_answer",
    "note_household_checks",
    "note_householder",
    "open_home_check",
    "say_purpose",
    "withdraw_home_agreement",
]
