"""Whom a prompt may ask somebody to reach out to: nobody who is refused, unwilling or stood down."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from alongside.safety.flags.queries import stand_downs
from alongside.safety.permissions.queries import permission_facts
from alongside.safety.permissions.rules import PermissionFacts, Willing

UNWILLING = frozenset({Willing.DECLINED, Willing.WITHDRAWN})


def whom_to_reach(member_ids: Collection[UUID], *, on: date, at: datetime) -> dict[UUID, PermissionFacts]:
    """What stands for those of these family members whom somebody may reach out to; the others are left out.

    Something is permitted now, they have not said no, nor only just said yes (R082), and nobody told them that contact
    pauses. Two queries, however many they are.
    """
    told = stand_downs(member_ids, on=on)
    return {
        member_id: facts
        for member_id, facts in permission_facts(member_ids, at=at).items()
        if facts.live and facts.member_agrees not in UNWILLING and not facts.cooling_off and told[member_id] is None
    }
