"""The same human being in several networks, along matches that the safeguarding lead confirmed (invariant 3)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.people.families.models import FamilyMember, MatchState, PossibleMatch
from alongside.safety.orders.models import OrderPlace, ProtectedPerson, ProtectiveOrder


def same_humans(member_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each family member, those of other networks who are the same human being; an entry for every id. One query.

    Two family members are one where both are confirmed to be the same person under supervision.
    """
    networks: dict[UUID, set[UUID]] = {}
    rows = _sharing(member_ids).values_list("matched_person", "family_member")
    for person_id, member_id in rows:
        networks.setdefault(person_id, set()).add(member_id)
    return {
        member_id: frozenset(
            other for humans in networks.values() if member_id in humans for other in humans if other != member_id
        )
        for member_id in member_ids
    }


def confirmed_with(member_ids: Collection[UUID]) -> QuerySet[PossibleMatch, UUID]:
    """The ids of all who are the same human being as one of these family members, for use within another query."""
    return _sharing(member_ids).values_list("family_member", flat=True)


def stop_travels(on: date) -> Q:
    """Whether, for a family member of a query, an order that stops something elsewhere has one of the two as a party.

    True where the family member is confirmed to be a person under supervision who is bound or protected by an order, or
    whom another network names so; and where the person is named so in another network. What stops, and where, is told
    to nobody: the safeguarding lead is asked.
    """
    parties = _parties(on)
    same_elsewhere = (
        _confirmed()
        .filter(matched_person=OuterRef("matched_person"), family_member__in=parties)
        .exclude(family_member=OuterRef("family_member"))
    )
    they_are_supervised = _confirmed().filter(
        Exists(_stopping(on).filter(Q(bound_member=None) | Q(protects_person=True), person=OuterRef("matched_person")))
        | Exists(same_elsewhere),
        family_member=OuterRef("pk"),
    )
    the_person_is_named_elsewhere = _confirmed().filter(matched_person=OuterRef("person"), family_member__in=parties)
    return Exists(they_are_supervised) | Exists(the_person_is_named_elsewhere)


def _sharing(member_ids: Collection[UUID]) -> QuerySet[PossibleMatch]:
    theirs = _confirmed().filter(family_member__in=member_ids).values("matched_person")
    return _confirmed().filter(matched_person__in=theirs)


def _confirmed() -> QuerySet[PossibleMatch]:
    return PossibleMatch.objects.filter(state=MatchState.CONFIRMED)


def _stopping(on: date) -> QuerySet[ProtectiveOrder]:
    """Orders that stop anything on a day; past their last day too, until their end is confirmed."""
    return ProtectiveOrder.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        Q(forbids_contact=True) | Q(forbids_places=True) | Q(forbids_children=True),
        from_date__lte=on,
    )


def _parties(on: date) -> QuerySet[FamilyMember]:
    """Family members whom an order that stops something binds or protects, or whose home it names."""
    protected = ProtectedPerson.objects.filter(order__in=_stopping(on), family_member=OuterRef("pk"))
    homes = OrderPlace.objects.filter(order__in=_stopping(on), family_member=OuterRef("pk"), removed_on=None)
    bound = _stopping(on).filter(bound_member=OuterRef("pk"))
    return FamilyMember.objects.filter(Exists(bound) | Exists(protected) | Exists(homes))
