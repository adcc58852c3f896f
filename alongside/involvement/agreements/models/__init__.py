"""Agreements and their versions; what happens under them; boundaries."""

from alongside.involvement.agreements.models.agreement import Agreement, Answer, How, Version
from alongside.involvement.agreements.models.boundaries import (
    BoundaryIncident,
    BoundaryPlan,
    ContactEnd,
    OutOfRemit,
)
from alongside.involvement.agreements.models.living import (
    AgreementReview,
    ContactDraw,
    Holds,
    Nagging,
    PromptWishes,
    Tick,
    Visit,
    VisitKind,
    VisitState,
)

__all__ = [
    "Agreement",
    "AgreementReview",
    "Answer",
    "BoundaryIncident",
    "BoundaryPlan",
    "ContactDraw",
    "ContactEnd",
    "Holds",
    "How",
    "Nagging",
    "OutOfRemit",
    "PromptWishes",
    "Tick",
    "Version",
    "Visit",
    "VisitKind",
    "VisitState",
]
