"""When wording is due for review, and who may approve what."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.foundation.editorial.rules import (
    ApprovalRefusal,
    Proposal,
    ReviewState,
    missing_placeholders,
    refusal_of_approval,
    review_state,
)

TODAY = date(2026, 11, 22)
ME, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, ReviewState.OVERDUE), (0, ReviewState.SOON), (30, ReviewState.SOON), (31, ReviewState.FINE)],
)
def test_a_review_is_warned_of_thirty_days_before(days: int, expected: ReviewState) -> None:
    assert review_state(TODAY + timedelta(days), today=TODAY) is expected


def proposal(**changed: object) -> Proposal:
    values = {"written_by": OTHER, "number": 3, "newest_number": 3, "approved": False, "review_on": TODAY}
    return Proposal(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"written_by": None}, None),
        ({"written_by": ME}, ApprovalRefusal.OWN_WORK),
        ({"approved": True}, ApprovalRefusal.APPROVED_ALREADY),
        ({"newest_number": 4}, ApprovalRefusal.NOT_THE_NEWEST),
        ({"review_on": TODAY - timedelta(1)}, ApprovalRefusal.REVIEW_DATE_PASSED),
    ],
)
def test_who_may_approve_what(changed: dict[str, object], expected: ApprovalRefusal | None) -> None:
    assert refusal_of_approval(proposal(**changed), by=ME, today=TODAY) is expected


@settings(deadline=None)
@given(st.booleans(), st.integers(1, 5), st.integers(1, 5), st.integers(-40, 40))
def test_nobody_ever_approves_their_own_work(approved: bool, number: int, newest: int, days: int) -> None:
    own = proposal(
        written_by=ME, approved=approved, number=number, newest_number=newest, review_on=TODAY + timedelta(days)
    )
    assert refusal_of_approval(own, by=ME, today=TODAY) is not None


def test_placeholders_stay() -> None:
    assert missing_placeholders(frozenset({"a", "b"}), frozenset({"b", "c"})) == (["a"], ["c"])
