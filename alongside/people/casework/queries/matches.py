"""Possible matches that a user of the named role may decide."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.people.allocations.queries import open_to, visible_to
from alongside.people.families.models import MatchState, PossibleMatch
from alongside.people.persons.models import Person


def matches_for(user: object) -> QuerySet[PossibleMatch]:
    """Undecided matches of family members in remit, oldest first.

    The matched person may sit with any team, but limited access still wins: one closed to the user is not shown.
    """
    return matches_seen_by(user).filter(state=MatchState.OPEN).order_by("found_at", "pk")


def match_for(user: object, match_id: UUID) -> PossibleMatch | None:
    """One match, decided or not."""
    return matches_seen_by(user).filter(pk=match_id).first()


def matches_seen_by(user: object) -> QuerySet[PossibleMatch]:
    """Every match, decided or not, that the user may know of."""
    in_remit = visible_to(user, Right.REVIEW_MATCHES).values("pk")
    open_persons = open_to(Person.objects.all(), holding_of(user), today()).values("pk")
    return PossibleMatch.objects.filter(
        family_member__person__in=in_remit, matched_person__in=open_persons
    ).select_related("family_member__person", "matched_person")
