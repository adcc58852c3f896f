"""Which of the numbers and addresses of a family member asked us to stop, for someone who may see them."""

from collections.abc import Collection
from dataclasses import dataclass

from alongside.contact.messages.addresses import address_on
from alongside.contact.messages.models import StoppedAddress
from alongside.contact.messages.preparing import CHANNEL_OF_POINT
from alongside.foundation.access.rights import Right
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.rules import AddressError
from alongside.people.casework.points import asked_of, covers
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind


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
