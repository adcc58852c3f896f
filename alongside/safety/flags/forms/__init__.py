"""Forms about flags, checks, plans, markers, incidents and exceptions. Their pages are for staff."""

from alongside.safety.flags.forms.desk import (
    PERSON,
    CheckForm,
    CorrectIncidentForm,
    IncidentForm,
    MarkerForm,
    WhoForm,
    initial_incident,
)
from alongside.safety.flags.forms.exceptions import AnswerExceptionForm, ExceptionForm
from alongside.safety.flags.forms.flags import (
    ChangeFlagForm,
    FlagForm,
    KindForm,
    RemoveForm,
    ReviewForm,
    SourceForm,
    initial_flag,
)
from alongside.safety.flags.forms.plans import (
    TOLD_HOW,
    ChangePlanForm,
    EndPlanForm,
    PlanForm,
    StepForm,
    ToldForm,
    initial_plan,
)

__all__ = [
    "PERSON",
    "TOLD_HOW",
    "AnswerExceptionForm",
    "ChangeFlagForm",
    "ChangePlanForm",
    "CheckForm",
    "CorrectIncidentForm",
    "EndPlanForm",
    "ExceptionForm",
    "FlagForm",
    "IncidentForm",
    "KindForm",
    "MarkerForm",
    "PlanForm",
    "RemoveForm",
    "ReviewForm",
    "SourceForm",
    "StepForm",
    "ToldForm",
    "WhoForm",
    "initial_flag",
    "initial_incident",
    "initial_plan",
]
