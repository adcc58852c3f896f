"""Keeps the contact points of victims from whoever should not have them (R095)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.urls import reverse

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.people.casework.points import Cover, PointAsked
from alongside.safety.advocacy.queries import advocacy_facts
from alongside.safety.advocacy.rules import route_for


def shield(person_id: UUID, rights: Collection[Right], points: Sequence[PointAsked]) -> dict[UUID, Cover]:
    """Covers every contact point of a victim. One query.

    Who may refer learns the safe way, and may have one shown once where someone is in danger. Who may not know of the
    referral gets the words that stand for anything. The adviser has to reach them.
    """
    if Right.KEEP_ADVOCACY in rights:
        return {}
    facts = advocacy_facts({point.member_id for point in points}, on=today())
    return {point.id: _cover(person_id, rights, point.member_id) for point in points if facts[point.member_id].victim}


def _cover(person_id: UUID, rights: Collection[Right], member_id: UUID) -> Cover:
    if Right.REFER_TO_ADVISER not in rights:
        return Cover()
    return Cover(
        words=route_for(victim=True).words,
        neutral=False,
        way=reverse("advocacy:member", args=[person_id, member_id]),
        way_text="How they are reached",
        opens=Right.REFER_TO_ADVISER,
    )
