"""Who sees what is done for supporters under 18."""

from typing import Any

from alongside.foundation.calendar.rules import today
from tests.factories import FamilyMemberFactory
from tests.pages import CASE, TEAM, Page, World
from tests.safety.young_supporters.rows import young_supporter

APPROVERS = frozenset({"senior", "safeguarding"})


def furnish(world: World) -> None:
    """A sister of sixteen for whom an exception was asked, and another whose has been approved."""
    from alongside.foundation.work.actions import decide_approval
    from alongside.foundation.work.models import Approval, ApprovalState

    sisters = [
        FamilyMemberFactory(
            person=world.person,
            given_name=name,
            relationship_id="relationship.SIS",
            age_band_id="age_band.A16_17",
            age_band_on=today(),
        )
        for name in ("Ellie", "Beca")
    ]
    waiting, approved = (young_supporter(sister, world.cast.owner, "Wants to wait inside") for sister in sisters)
    approval = Approval.objects.get(subject=approved.pk)
    decide_approval(by=world.cast.senior, approval=approval, state=ApprovalState.APPROVED, reason="It helps him come")
    world.more |= {"sister": sisters[0], "waiting": waiting, "approved": approved}


def of(key: str) -> Any:
    return lambda world: [world.person.pk, world.more[key].pk]


PAGES = [
    Page("young_supporters:young", CASE, args=of("sister")),
    Page("young_supporters:age", TEAM, args=of("sister")),
    Page("young_supporters:heard", TEAM, args=of("sister")),
    Page("young_supporters:parents", TEAM, args=of("sister")),
    Page("young_supporters:unsafe", TEAM, args=of("sister")),
    Page("young_supporters:safe", TEAM, args=of("sister"), method="post", answer=302, browse=False),
    Page("young_supporters:told", TEAM, args=of("sister")),
    Page("young_supporters:ask", TEAM, args=of("sister")),
    Page("young_supporters:exception", CASE, args=of("waiting")),
    Page(
        "young_supporters:exception",
        CASE,
        args=of("waiting"),
        method="post",
        data={"state": "approved", "reason": "It helps"},
        answer=302,
        browse=False,
    ),
    Page("young_supporters:end", TEAM, args=of("approved")),
]
