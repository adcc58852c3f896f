"""What stands beside an agreement on its page: how far involvement reaches today, and what the person permits."""

from django.db.models import QuerySet
from django.utils import timezone

from alongside.foundation.calendar.rules import today
from alongside.involvement.agreements.rules import Channel, Terms, over_the_level
from alongside.involvement.agreements.rules.permitted import beyond_permission
from alongside.involvement.goals.rules import PLAN_TOPIC
from alongside.involvement.suitability.queries import level_now, with_involvement
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.queries import permission_facts_of, with_history
from alongside.safety.permissions.rules import Direction


def with_beside(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with what this module reads."""
    return with_history(with_involvement(members))


def not_permitted(member: FamilyMember, terms: Terms | None) -> tuple[str, ...]:
    """What the terms say and the person does not permit. `member` is read by `with_beside`.

    Nothing while permissions are suspended: then none of it holds, which `holds_for_now` answers.
    """
    said = permission_facts_of(member, at=timezone.now())
    if terms is None or said.suspended:
        return ()
    ways = {way for permitted in said.live for way in permitted.channels}
    may_join = PLAN_TOPIC in said.topics(Direction.TO_THEM, channel=Channel.FACE.value)
    return beyond_permission(terms, ways=ways, may_join=may_join)


def holds_for_now(member: FamilyMember, terms: Terms | None) -> bool:
    """Whether anything agreed may be used today as far as the person permits it: not while that is suspended.

    `member` is read by `with_beside`. The page is read with the family member beside, so it says to ask first, and
    neither what is suspended nor why: “May I?” and the permissions tell that to whoever may know.
    """
    return terms is None or not permission_facts_of(member, at=timezone.now()).suspended


def goes_beyond_level(member: FamilyMember, terms: Terms | None) -> bool:
    """Whether what is in force promises more than involvement allows today: it was paused, or stepped down, since.

    `member` is read by `with_beside`.
    """
    return terms is not None and bool(over_the_level(terms, level_now(member, on=today())))
