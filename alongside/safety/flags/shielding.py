"""What a stand-down covers: whoever works beside the officer leaves contact to the officer while it lasts."""

from collections.abc import Collection, Sequence
from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.people.casework.points import Cover, PointAsked
from alongside.safety.flags.queries import stand_downs

KNOW_MORE = frozenset({Right.REFER_TO_ADVISER, Right.KEEP_ADVOCACY})


def shield(person_id: UUID, rights: Collection[Right], points: Sequence[PointAsked]) -> dict[UUID, Cover]:
    """Covers the contact points of whoever was told that contact pauses, for leave and for safety alike. One query.

    So the same words stand where someone is stood down because a colleague is on leave, and where they must not be
    found: nobody narrow can tell one from the other. Officers see the plan, and the points with it.
    """
    if KNOW_MORE & set(rights):
        return {}
    told = stand_downs({point.member_id for point in points}, on=today())
    return {point.id: Cover() for point in points if told[point.member_id] is not None}
