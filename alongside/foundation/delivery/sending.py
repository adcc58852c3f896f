"""Handing messages over: once, whatever is killed in between, and never after it was withdrawn.

A message is first marked as being handed over, in a transaction of its own. In the next one every gate is asked, and
what they lock stays locked until the message has been handed over and that is written down: whoever takes back a
permission, words or a stand-down plan waits for it, or comes first, and then it does not go. What gates read without a
lock, such as flags and orders, holds as it stood a moment before: what is in the carrier's hands as a flag is put up
has gone. Where no answer came, or a worker was killed, the carrier is asked
whether it has it, until a look-up that finds nothing can be relied on; where it cannot tell, the message is left for a
person to look at. The same where another carries that channel since. It is never sent twice on a guess.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.content.markup import fill, title_and_body
from alongside.foundation.content.models import ContentVersion
from alongside.foundation.delivery.backends import (
    Carrier,
    LostAnswerError,
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
from alongside.foundation.files.storage import BytesMissingError
from alongside.foundation.jobs.outbox import publish
from alongside.foundation.jobs.running import is_last_attempt, job

MAY_HAVE_GONE = "It may or may not have gone, and nobody can tell. Ask the recipient before sending again."
GAVE_UP = "It could not be handed over after several attempts. Use another way to reach them."
LONGEST_UNDER_WAY = timedelta(hours=2)
"""A job is tried for less than an hour. What is still being handed over after this has nobody who does it."""

LONGEST_WAIT = timedelta(days=1)
"""How long it is worth trying to hand a message over. What was to be said today is not said tomorrow."""

MOST = 500
MESSAGE_OVER = "delivery.message.over"
"""Published with the message's id once nothing more happens to it by itself."""


@job(one_transaction=False)
def send_message(*, by_id: UUID | None, message_id: UUID) -> None:
    """Send one message. Raises TryLaterError or LostAnswerError, so that the job is tried again later."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None or State(message.state) in OVER:
        return
    try:
        carrier = carrier_for(Channel(message.channel))
    except ParcelRefusedError as refusal:
        if message.state == State.SENDING:
            _step(message, Step.LOSE_SIGHT, reason=MAY_HAVE_GONE)
        else:
            _step(message, Step.REFUSED, reason=str(refusal))
        return
    if message.state == State.SENDING:
        if message.carrier != carrier.name:  # only whoever has it can say whether it went
            _step(message, Step.LOSE_SIGHT, reason=MAY_HAVE_GONE)
            return
        if not _is_known_not_to_have_gone(message, carrier):
            return
    if _waited_too_long(message):
        _step(message, Step.REFUSED, reason=GAVE_UP)
        return
    _hand_over(message, carrier)


def lose_sight_of_old() -> int:
    """Leave to a person what was begun long ago and never came to an end; answers how many messages that was.

    Jobs are given up where their worker was killed once too often, and where something failed that nobody foresaw.
    """
    old = Message.objects.filter(state=State.SENDING, handed_at__lt=timezone.now() - LONGEST_UNDER_WAY)
    return sum(_step(message, Step.LOSE_SIGHT, reason=MAY_HAVE_GONE) for message in old.order_by("handed_at")[:MOST])


def take_up_again() -> int:
    """Ask anew for what has waited too long to be handed over; answers how many messages that was.

    It has not gone, so that asking twice does no harm. After a day it is given up, and whoever wrote it hears of it.
    """
    long_ago = timezone.now() - LONGEST_UNDER_WAY
    waiting = Message.objects.filter(state=State.QUEUED, queued_at__lt=long_ago).order_by("queued_at")
    rows = list(waiting[:MOST])
    for message in rows:
        if _waited_too_long(message):
            _step(message, Step.REFUSED, reason=GAVE_UP)
        else:
            send_message.later_as(message.queued_by, message_id=message.pk)
    return len(rows)


def _waited_too_long(message: Message) -> bool:
    """Whether it is over a day old. So late it goes by no job, also where its own comes first after an outage."""
    return message.queued_at < timezone.now() - LONGEST_WAIT


def _hand_over(message: Message, carrier: Carrier) -> None:
    if not _step(message, Step.HAND_OVER, carrier=carrier):
        return
    try:
        with transaction.atomic():
            if not _held(message):
                return
            if reason := why_not(message):
                _step(message, Step.STOP, reason=reason)
                return
            receipt = carrier.send(_parcel(message))
            _step(message, Step.ACCEPTED, receipt=receipt, carrier=carrier)
    except ParcelRefusedError as refusal:
        _step(message, Step.REFUSED, reason=str(refusal))
    except TryLaterError:
        if is_last_attempt():
            _step(message, Step.REFUSED, reason=GAVE_UP)
            return
        _step(message, Step.TRY_LATER)
        raise
    except LostAnswerError:
        if is_last_attempt():
            _step(message, Step.LOSE_SIGHT, reason=MAY_HAVE_GONE)
            return
        raise


def _is_known_not_to_have_gone(message: Message, carrier: Carrier) -> bool:
    """Look up what may have gone. Raises LostAnswerError where it is too early to tell, so that it is looked up again.

    That takes two look-ups as well as time, so that a clock that jumps ahead does not make one of them certain.
    """
    with transaction.atomic():
        if not _held(message):
            return False
        try:
            receipt = carrier.find(message.reference, Channel(message.channel))
        except (LookupError, TryLaterError, LostAnswerError) as error:
            if not isinstance(error, LookupError) and not is_last_attempt():
                raise
            _step(message, Step.LOSE_SIGHT, reason=MAY_HAVE_GONE)
            return False
        if receipt is not None:
            _step(message, Step.ACCEPTED, receipt=receipt, carrier=carrier)
            return False
        since = timezone.now() - (message.handed_at or message.queued_at)
        if not carrier.certain_after or (message.looked and since.total_seconds() >= carrier.certain_after):
            return _step(message, Step.TRY_LATER)
        if is_last_attempt():
            _step(message, Step.LOSE_SIGHT, reason=MAY_HAVE_GONE)
            return False
        Message.objects.filter(pk=message.pk).update(looked=F("looked") + 1)
    raise LostAnswerError("It is too early to tell whether the message has gone.")


def _held(message: Message) -> bool:
    """Hold the row until the transaction ends; whether it is still being handed over, now that it is ours alone."""
    row = Message.objects.select_for_update().get(pk=message.pk)
    message.state, message.looked, message.handed_at = row.state, row.looked, row.handed_at
    return row.state == State.SENDING


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
    try:
        with open_file(message.file) as stream:
            return stream.read()
    except BytesMissingError:
        raise ParcelRefusedError("The letter's PDF is missing where files are kept. Tell your service desk.") from None


def _step(
    message: Message, step: Step, *, reason: str = "", receipt: Receipt | None = None, carrier: Carrier | None = None
) -> bool:
    """Take one step, if the message still stands where we think; committed at once, with its event where it is over."""
    before = State(message.state)
    following = TRANSITIONS[before][step]
    over = following in OVER
    values: dict[str, Any] = {
        "state": following.value,
        "reason": reason[:200],
        "carrier_reference": receipt.reference[:120] if receipt else "",
        "over_at": timezone.now() if over else None,
    }
    if over:
        values["address"] = None
    if carrier is not None:
        values["carrier"] = carrier.name
    if step is Step.HAND_OVER:
        values |= {"handed_at": timezone.now(), "looked": 0}
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
            publish(by=None, name=MESSAGE_OVER, subject=message.pk, case_id=message.case)
    message.state = following.value
    return True
