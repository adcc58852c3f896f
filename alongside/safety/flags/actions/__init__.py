"""Writing flags, checks, stand-down plans, markers and incidents."""

from alongside.safety.flags.actions.checks import FlagStandsError, record_check
from alongside.safety.flags.actions.desk import (
    IncidentFacts,
    MarkerStandsError,
    correct_incident,
    end_marker,
    put_marker,
    record_incident,
)
from alongside.safety.flags.actions.exceptions import (
    ExceptionSaid,
    ExceptionStandsError,
    ExceptionStateError,
    NothingToExceptError,
    answer_exception,
    ask_for_exception,
    end_exception,
)
from alongside.safety.flags.actions.flags import (
    FlagValues,
    NamedFlagError,
    RemovedAlreadyError,
    change_flag,
    confirm_in_source,
    record_flag,
    remove_flag,
    review_flag,
)
from alongside.safety.flags.actions.plans import (
    PlanStandsError,
    PlanStateError,
    PlanValues,
    agree_plan,
    change_plan,
    end_plan,
    prepare_plan,
    tell_plan,
)

__all__ = [
    "ExceptionSaid",
    "ExceptionStandsError",
    "ExceptionStateError",
    "FlagStandsError",
    "FlagValues",
    "IncidentFacts",
    "MarkerStandsError",
    "NamedFlagError",
    "NothingToExceptError",
    "PlanStandsError",
    "PlanStateError",
    "PlanValues",
    "RemovedAlreadyError",
    "agree_plan",
    "answer_exception",
    "ask_for_exception",
    "change_flag",
    "change_plan",
    "confirm_in_source",
    "correct_incident",
    "end_exception",
    "end_marker",
    "end_plan",
    "prepare_plan",
    "put_marker",
    "record_check",
    "record_flag",
    "record_incident",
    "remove_flag",
    "review_flag",
    "tell_plan",
]
