"""Whose number or address something came from. It looks with full sight, and what it finds is shown to nobody."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from alongside.contact.messages.models import Outgoing
from alongside.contact.messages.rules import as_sender
from alongside.foundation.calendar.rules import today
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.rules import Channel
from alongside.people.allocations.queries import current_allocations
from alongside.people.families.comparing import NATIONAL, last_digits, letters_and_digits, small_letters
from alongside.people.families.models import NUMBERS, ContactPoint, FamilyMember, PointKind
from alongside.people.staff.models import Team


def members_at(channel: Channel, sender: str) -> list[FamilyMember]:
    """Family members who are reached at `sender` (as `as_sender` gives it), named and alive; none where it is empty."""
    found = {point.family_member_id for point in _standing_at(channel, sender)}
    rows = FamilyMember.objects.filter(pk__in=found, ended_on=None, deceased=False, person__date_of_death=None)
    return list(rows.select_related("person").order_by("pk"))


def cases_at(channel: Channel, sender: str) -> set[UUID]:
    """Every case from which words sent by `sender` may tell something: it stands there, or was written to from there.

    Whoever has ended, died or changed their number since may answer still, so that nothing is left out for that.
    """
    if not sender:
        return set()
    written_to = Outgoing.objects.filter(address_digest=digest_of(sender)).values_list("person", flat=True)
    members = {point.family_member_id for point in _standing_at(channel, sender)}
    return {*written_to, *FamilyMember.objects.filter(pk__in=members).values_list("person", flat=True)}


def _standing_at(channel: Channel, sender: str) -> list[ContactPoint]:
    """What stands on record as the very same. Of a letter that is the whole address, and nothing before or after it."""
    if not sender:
        return []
    return [point for point in points_at(channel, sender) if as_sender(channel, point.value) == sender]


def points_at(channel: Channel, sender: str) -> QuerySet[ContactPoint]:
    """What is on record that may be this sender's, found by index; compared whole by whoever asks."""
    if channel is Channel.EMAIL:
        return ContactPoint.objects.filter(kind=PointKind.EMAIL).alias(plain=small_letters()).filter(plain=sender)
    if channel is Channel.TEXT:
        ends = "".join(character for character in sender if character.isdigit())[-NATIONAL:]
        return ContactPoint.objects.filter(kind__in=NUMBERS).alias(end=last_digits()).filter(end=ends)
    return ContactPoint.objects.filter(kind=PointKind.ADDRESS).alias(plain=letters_and_digits()).filter(plain=sender)


def team_for(found: Sequence[FamilyMember], *, digest: str) -> Team | None:
    """Which team sorts it: the one that last wrote to this number, or else one that holds a case of those found."""
    last = Outgoing.objects.filter(address_digest=digest).order_by("-written_at").values_list("person", flat=True)
    people = [*last[:1], *(member.person_id for member in found)]
    for person_id in people:
        held = current_allocations(today()).filter(person=person_id).select_related("team").first()
        if held is not None and held.team_id:
            return held.team
    return None
