"""Handing messages over: once, whatever is killed in between.

A message is marked as being handed over in a transaction of its own, then handed over, then marked with how it went.
Where a worker was killed in between, the carrier is asked whether it has it; where it cannot tell, the message is left
for a person to look at. It is never sent twice on a guess.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.content.markup import fill, title_and_body
from alongside.foundation.content.models import ContentVersion
from alongside.foundation.delivery.backends import (
    Carrier,
    Parcel,
    ParcelRefusedError,
    Receipt,
    TryLaterError,
    carrier_for,
)
from alongside.foundation.delivery.gates import why_not
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import OVER, TRANSITIONS, Channel, State, Step
from alongside.foundation.files.queries import open_file
from alongside.foundation.jobs.running import is_last_attempt, job

MAY_HAVE_GONE = (
    "It may or may not have gone: we were stopped while handing it over. Ask the recipient before sending again."
)
GAVE_UP = "It could not be handed over after several attempts. Use another way to reach them."


@job(one_transaction=False)
def send_message(*, by_id: UUID | None, message_id: UUID) -> None:
    """Send one message. Raises TryLaterError, so that the job is tried again later."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None or State(message.state) in OVER:
        return
    try:
        carrier = carrier_for(Channel(message.channel))
    except ParcelRefusedError as refusal:
        _step(message, Step.REFUSED, reason=str(refusal))
        return
    if message.state == State.SENDING:
        _look_after_crash(message, carrier)
    else:
        _hand_over(message, carrier)


def _may_go(message: Message) -> bool:
    """Mark it as being handed over, if every gate lets it through. What a gate locks stays locked until that stands."""
    with transaction.atomic():
        if reason := why_not(message):
            _step(message, Step.STOP, reason=reason)
            return False
        return _step(message, Step.HAND_OVER)


def _hand_over(message: Message, carrier: Carrier) -> None:
    if not _may_go(message):
        return
    try:
        receipt = carrier.send(_parcel(message))
    except ParcelRefusedError as refusal:
        _step(message, Step.REFUSED, reason=str(refusal))
    except TryLaterError:
        if is_last_attempt():
            _step(message, Step.REFUSED, reason=GAVE_UP)
            return
        _step(message, Step.TRY_LATER)
        raise
    else:
        _step(message, Step.ACCEPTED, receipt=receipt, carrier=carrier)


def _look_after_crash(message: Message, carrier: Carrier) -> None:
    try:
        receipt = carrier.find(message.reference, Channel(message.channel))
    except LookupError:
        _step(message, Step.LOSE_SIGHT, reason=MAY_HAVE_GONE)
        return
    if receipt is not None:
        _step(message, Step.ACCEPTED, receipt=receipt, carrier=carrier)
        return
    _step(message, Step.TRY_LATER)
    _hand_over(message, carrier)


def _parcel(message: Message) -> Parcel:
    words = ContentVersion.objects.values_list("text", flat=True).get(pk=message.content_version)
    subject, text = title_and_body(fill(words, message.values))
    return Parcel(
        channel=Channel(message.channel),
        address=message.address or "",
        reference=message.reference,
        subject=subject,
        text=text,
        pdf=_pdf(message),
    )


def _pdf(message: Message) -> bytes | None:
    if message.channel != Channel.LETTER:
        return None
    if message.file is None:
        raise ParcelRefusedError("The letter's PDF has been erased.")
    with open_file(message.file) as stream:
        return stream.read()


def _step(
    message: Message, step: Step, *, reason: str = "", receipt: Receipt | None = None, carrier: Carrier | None = None
) -> bool:
    """Take one step, if the message still stands where we think; committed at once, with its event where it is over."""
    before = State(message.state)
    following = TRANSITIONS[before][step]
    over = following in OVER
    values = {
        "state": following.value,
        "reason": reason[:200],
        "carrier": carrier.name if carrier else "",
        "carrier_reference": receipt.reference[:120] if receipt else "",
        "over_at": timezone.now() if over else None,
    }
    if over:
        values["address"] = None
    with transaction.atomic():
        if not Message.objects.filter(pk=message.pk, state=before.value).update(**values):
            return False
        if over:
            record_change(
                by=None,
                kind=EventKind.DISCLOSURE if following is State.SENT else EventKind.CHANGE,
                name=f"delivery.message.{following.value}",
                subject=message,
                case_id=message.case,
                family_member_id=message.family_member,
                after={"channel": message.channel, "content_key": message.content_key, "purpose": message.purpose},
            )
    message.state = following.value
    return True
