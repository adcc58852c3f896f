"""What follows when somebody at a number or address asks us to stop, and how that is lifted."""

from collections.abc import Sequence

from django.utils import timezone

from alongside.contact.messages.actions.telling import record
from alongside.contact.messages.matching import members_at
from alongside.contact.messages.models import Reply, StoppedAddress
from alongside.contact.messages.rules import as_sender
from alongside.contact.messages.stopped import yes_since
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.delivery.rules import Channel
from alongside.foundation.records.actions import change_record
from alongside.people.families.models import FamilyMember
from alongside.safety.permissions.actions import Answer, note_answer
from alongside.safety.permissions.queries import lock, permission_facts
from alongside.safety.permissions.rules import Willing


def bind(digest: str, found: Sequence[FamilyMember]) -> None:
    """From now on nothing goes to this number or address. It waits for what is being handed over to those found."""
    for member in sorted(found, key=lambda one: one.pk):
        lock(member.pk)
    StoppedAddress.objects.bulk_create(
        [StoppedAddress(address_digest=digest, asked_at=timezone.now())], ignore_conflicts=True
    )


def note_stop(reply: Reply, *, chosen: FamilyMember | None, by: User | None) -> None:
    """Note a “stop” as the own word of everyone who is reached there, whoever may see their cases, and of the chosen.

    One human being may be named by two people: whoever sorts the reply may see one of the two alone. It holds from the
    moment it came, and again as it is sorted, for whoever is reached there by then. Whoever has said yes since it came
    has said so last, and is left as they are; nothing goes to the number or address itself until that is lifted.
    """
    channel = Channel(reply.channel)
    there = {member.pk: member for member in members_at(channel, as_sender(channel, reply.sender))}
    if chosen is not None:
        there[chosen.pk] = chosen
    now = timezone.now()
    for pk in sorted(there):
        lock(pk)
        if permission_facts([pk], at=now)[pk].member_agrees is Willing.WITHDRAWN or yes_since(reply, [pk]):
            continue
        is_chosen = chosen is not None and pk == chosen.pk
        note = f"Sent “stop” by {channel}" if is_chosen else f"“Stop” came by {channel} from where they are reached"
        note_answer(
            by=by if is_chosen else None,
            member=there[pk],
            answer=Answer(state=Willing.WITHDRAWN, note=note),
        )


@action
def lift_stop(*, by: User, member: FamilyMember, stopped: StoppedAddress, seen_version: int, why: str) -> None:
    """Whoever is reached there wants messages again, and `why` says how we know.

    Their own answer stays what it was: where that is no, nothing goes until they are asked again. Raises
    ChangedMeanwhileError.
    """
    change_record(
        stopped,
        seen_version=seen_version,
        lifted_at=timezone.now(),
        lifted_by=by.pk,
        lifted_by_name=by.name,
    )
    record(
        by=by,
        row=stopped,
        name="messages.stop.lifted",
        case_id=member.person_id,
        member_id=member.pk,
        ground=why,
    )
