"""Which of the numbers and addresses of a family member asked us to stop, and who has said yes again since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.contact.messages.addresses import address_on
from alongside.contact.messages.models import Reply, StoppedAddress
from alongside.contact.messages.preparing import CHANNEL_OF_POINT
from alongside.contact.messages.rules import said_since
from alongside.foundation.access.rights import Right
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.rules import AddressError
from alongside.people.casework.points import asked_of, covers
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind
from alongside.safety.permissions.models import Willingness
from alongside.safety.permissions.rules import Willing


@dataclass(frozen=True)
class StoppedPlace:
    """Where nothing goes any more, as it stands on record, and what stops it."""

    value: str
    stopped: StoppedAddress


def stopped_places(member: FamilyMember, rights: Collection[Right]) -> list[StoppedPlace]:
    """What is on record of them and stopped, but for what is covered for someone with these rights."""
    points = list(ContactPoint.objects.filter(family_member=member, kind__in=list(CHANNEL_OF_POINT)).order_by("pk"))
    covered = covers(member.person_id, rights, [asked_of(point) for point in points])
    by_digest = {_digest(point, member): point.value for point in points if point.pk not in covered}
    rows = StoppedAddress.objects.filter(address_digest__in=list(by_digest), lifted_at=None).order_by("asked_at", "pk")
    return [StoppedPlace(by_digest[row.address_digest], row) for row in rows]


def _digest(point: ContactPoint, member: FamilyMember) -> str:
    try:
        return digest_of(address_on(CHANNEL_OF_POINT[PointKind(point.kind)], point.value, member=member))
    except AddressError:
        return ""


def yes_since(reply: Reply, member_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Those of these family members whose last word is a yes that they said after this came, each with when. One query.

    Ask again under their lock before anything is noted: they may say so at any moment.
    """
    last = Willingness.objects.filter(family_member__in=list(member_ids)).order_by("family_member", "-number")
    said = last.distinct("family_member").values_list("family_member", "state", "at")
    return {
        member_id: at
        for member_id, state, at in said
        if state == Willing.AGREED and said_since(at, came_at=reply.came_at, by_hand=reply.taken_by is not None)
    }
