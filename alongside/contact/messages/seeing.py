"""Who may see where a message went."""

from collections.abc import Collection

from alongside.contact.messages.addresses import address_on
from alongside.contact.messages.models import Outgoing
from alongside.foundation.access.rights import Right
from alongside.foundation.delivery.actions import digest_of
from alongside.foundation.delivery.rules import AddressError, Channel
from alongside.people.casework.points import asked_of, covers
from alongside.people.families.models import ContactPoint


def may_see_address(outgoing: Outgoing, rights: Collection[Right]) -> bool:
    """Whether it went to what is still on record, and nothing covers that for someone with these rights on the case.

    What is no longer on record may be covered for a reason that its row took along.
    """
    point = ContactPoint.objects.filter(pk=outgoing.point, family_member=outgoing.family_member_id).first()
    if point is None or covers(outgoing.person_id, rights, [asked_of(point)]):
        return False
    try:
        address = address_on(Channel(outgoing.channel), point.value, member=outgoing.family_member)
    except AddressError:
        return False
    return digest_of(address) == outgoing.address_digest
