"""What a new version and an approval must be. Pure: no request, no database."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

WARN_BEFORE = timedelta(days=30)
LONGEST_REVIEW = timedelta(days=2 * 365)


class ReviewState(StrEnum):
    """How a review date stands to today."""

    FINE = "fine"
    SOON = "soon"
    OVERDUE = "overdue"


class ApprovalRefusal(StrEnum):
    """Why a version cannot be approved by this person."""

    OWN_WORK = "own work"
    APPROVED_ALREADY = "approved already"
    NOT_THE_NEWEST = "not the newest"
    REVIEW_DATE_PASSED = "review date passed"


@dataclass(frozen=True)
class Proposal:
    """A version that someone is about to approve. `written_by` is None for what shipped with the product."""

    written_by: UUID | None
    number: int
    newest_number: int
    approved: bool
    review_on: date


def review_state(review_on: date, *, today: date) -> ReviewState:
    """Whether a text is due for review: overdue behind its date, soon within thirty days of it (R187)."""
    if review_on < today:
        return ReviewState.OVERDUE
    return ReviewState.SOON if review_on - today <= WARN_BEFORE else ReviewState.FINE


def refusal_of_approval(proposal: Proposal, *, by: UUID, today: date) -> ApprovalRefusal | None:
    """Why `by` may not approve the proposal; None where they may. Nobody approves their own work."""
    if proposal.approved:
        return ApprovalRefusal.APPROVED_ALREADY
    if proposal.number != proposal.newest_number:
        return ApprovalRefusal.NOT_THE_NEWEST
    if proposal.written_by == by:
        return ApprovalRefusal.OWN_WORK
    if proposal.review_on < today:
        return ApprovalRefusal.REVIEW_DATE_PASSED
    return None


def missing_placeholders(wanted: frozenset[str], given: frozenset[str]) -> tuple[list[str], list[str]]:
    """The values that a text leaves out, and those that it asks for and will never be given."""
    return sorted(wanted - given), sorted(given - wanted)
