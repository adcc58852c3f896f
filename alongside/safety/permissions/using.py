"""Whether something may be said or sent to a family member now, and if not, why. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from alongside.safety.permissions.rules import Direction, PermissionFacts, Permitted, Willing

TIMED = frozenset({"phone", "text"})
"""Ways of being in touch that arrive the moment they are used; the others wait to be opened."""


class NotNow(Enum):
    """Why not, in words for staff."""

    CLOSED = "They are no longer named here, or someone has died."
    REFUSED = "The person has asked us not to be in touch with them."
    PAUSED = "Everything about them is paused until the person says alone that it may go on."
    UNWILLING = "They have said that they do not want to be involved."
    THINKING = "They agreed a short while ago and still have time to think it over."
    UNSAFE_WAY = "This is not a safe way to reach them."
    UNSAFE_TIME = "This is not a safe time to reach them."
    NOT_PERMITTED = "What the person permits does not cover this."


@dataclass(frozen=True)
class Use:
    """What is about to be done: topics spoken of in a direction, on a channel. No topics: public information alone.

    `by_hand`: someone does it who can keep to agreed words. What is sent without anyone's hand never rests on a
    contingent permission (R072).
    """

    topics: frozenset[str]
    channel: str
    direction: Direction = Direction.TO_THEM
    by_hand: bool = True


def why_not_now(facts: PermissionFacts, use: Use, at: datetime) -> NotNow | None:
    """The first reason that stands against it; None where it may be done. Listening needs no permission: do not ask."""
    if facts.closed:
        return NotNow.CLOSED
    if facts.refused:
        return NotNow.REFUSED
    if facts.suspended:
        return NotNow.PAUSED
    if use.direction is not Direction.FROM_THEM and (refusal := _against_reaching(facts, use, at)):
        return refusal
    if use.topics - frozenset().union(*(one.topics for one in permitted_for(facts, use))):
        return NotNow.NOT_PERMITTED
    return None


def permitted_for(facts: PermissionFacts, use: Use) -> tuple[Permitted, ...]:
    """The live permissions that bear on it."""
    wanted = _directions(use.direction)
    return tuple(
        one
        for one in facts.live
        if one.topics & use.topics
        and use.channel in one.channels
        and wanted <= one.directions
        and (use.by_hand or one.contingent_on is None)
    )


def words_to_keep_to(facts: PermissionFacts, use: Use) -> tuple[str, ...]:
    """The agreed words, where something of it rests on a contingent permission alone: nothing else may be said."""
    bearing = permitted_for(facts, use)
    free: frozenset[str] = frozenset().union(*(one.topics for one in bearing if one.contingent_on is None))
    return tuple(one.contingent_on.words for one in bearing if one.contingent_on and use.topics - free)


def _against_reaching(facts: PermissionFacts, use: Use, at: datetime) -> NotNow | None:
    if facts.member_agrees in (Willing.DECLINED, Willing.WITHDRAWN):
        return NotNow.UNWILLING
    if facts.cooling_off:
        return NotNow.THINKING
    if use.channel in facts.safe_contact.never:
        return NotNow.UNSAFE_WAY
    if use.channel in TIMED and not facts.safe_contact.is_safe_at(at):
        return NotNow.UNSAFE_TIME
    return None


def _directions(direction: Direction) -> frozenset[Direction]:
    both = direction is Direction.BOTH
    return frozenset({Direction.TO_THEM, Direction.FROM_THEM}) if both else frozenset({direction})
