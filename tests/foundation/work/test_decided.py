"""Whoever asked for an approval hears of the decision, in the same transaction."""

from uuid import uuid4

import pytest

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.work.actions import (
    DecidedAlreadyError,
    OwnWorkError,
    ask_for_approval,
    decide_approval,
    withdraw_approval,
)
from alongside.foundation.work.decided import on_decided
from alongside.foundation.work.models import Approval, ApprovalState
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def asked(kind: str) -> Approval:
    return ask_for_approval(
        by=UserFactory(), case_id=None, kind=kind, subject_id=uuid4(), title="A", right=Right.APPROVE, due_on=today()
    )


def test_the_room_that_asked_hears_who_decided_what() -> None:
    heard = []
    on_decided("test.heard", lambda by, approval: heard.append((by, approval.state, approval.reason)))
    senior = UserFactory()
    decide_approval(by=senior, approval=asked("test.heard"), state=ApprovalState.RETURNED, reason="Why now?")
    decide_approval(by=senior, approval=asked("test.heard.not"), state=ApprovalState.APPROVED, reason="Yes")
    assert heard == [(senior, ApprovalState.RETURNED, "Why now?")]


def test_a_room_may_refuse_the_decider_and_then_nothing_is_decided() -> None:
    def refuse(by: object, approval: Approval) -> None:
        raise OwnWorkError("You had a hand in this.")

    on_decided("test.refusing", refuse)
    approval = asked("test.refusing")
    with pytest.raises(OwnWorkError):
        decide_approval(by=UserFactory(), approval=approval, state=ApprovalState.APPROVED, reason="")
    approval.refresh_from_db()
    assert approval.state == ApprovalState.WAITING


def test_what_was_withdrawn_waits_no_longer_and_nobody_decided_it() -> None:
    approval = asked("test.withdrawn")
    facts = {"kind": "test.withdrawn", "subject_id": approval.subject, "reason": "A newer one was made"}
    assert withdraw_approval(by=UserFactory(), **facts)
    assert not withdraw_approval(by=UserFactory(), **facts)
    approval.refresh_from_db()
    assert (approval.state, approval.decided_by) == (ApprovalState.WITHDRAWN, None)
    with pytest.raises(DecidedAlreadyError):
        decide_approval(by=UserFactory(), approval=approval, state=ApprovalState.APPROVED, reason="")
