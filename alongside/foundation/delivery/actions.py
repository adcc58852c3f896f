"""Queuing a message, and sending it."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.content.markup import title_and_body
from alongside.foundation.content.queries import wording_for_sending
from alongside.foundation.delivery import sending
from alongside.foundation.delivery.gates import why_not
from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import (
    LONGEST_TEXT,
    AddressError,
    Channel,
    RecipientKind,
    State,
    address_lines,
    uk_mobile,
)
from alongside.foundation.files.models import StoredFile
from alongside.foundation.jobs.outbox import publish


class NotQueuedError(Exception):
    """The message may not go, or cannot. The message says why, and what else can be done."""


@dataclass(frozen=True)
class Recipient:
    """To whom: who they are to us, and where on this channel they are reached."""

    kind: RecipientKind
    id: UUID
    address: str
    case_id: UUID | None = None
    family_member_id: UUID | None = None


@dataclass(frozen=True)
class Words:
    """What is said: the key of governed wording, its language, and the values that fill it. A letter brings its PDF."""

    key: str
    language: str
    values: Mapping[str, str]
    letter: StoredFile | None = None


@action
def queue_message(*, by: User | None, channel: Channel, to: Recipient, words: Words, purpose: str) -> Message:
    """Queue one message, to be sent by a worker once this transaction stands.

    Raises NotApprovedError where the wording is a draft, AddressError, and NotQueuedError where a gate refuses.
    """
    wording = wording_for_sending(words.key, words.language)
    text = wording.filled(**words.values)
    if channel is Channel.TEXT and len(title_and_body(text)[1]) > LONGEST_TEXT:
        raise NotQueuedError(f"A text holds {LONGEST_TEXT} characters and this one is longer. Send a letter instead.")
    if (channel is Channel.LETTER) != (words.letter is not None):
        raise NotQueuedError("A letter goes with its PDF, and nothing else does.")
    address = checked_address(channel, to.address)
    message = Message(
        channel=channel.value,
        recipient_kind=to.kind.value,
        recipient=to.id,
        case=to.case_id,
        family_member=to.family_member_id,
        purpose=purpose,
        content_key=wording.key,
        content_version=wording.version_id,
        language=wording.language,
        values=dict(words.values),
        file=words.letter,
        address=address,
        address_digest=digest_of(address),
        reference=uuid4(),
        queued_by=by.pk if by else None,
    )
    if reason := why_not(message):
        raise NotQueuedError(reason)
    message.save(force_insert=True)
    _record(message, by=by, kind=EventKind.CHANGE, name="delivery.message.queued")
    sending.send_message.later(by=by, message_id=message.pk)
    return message


@action
def stop_message(*, by: User | None, message: Message, reason: str) -> bool:
    """Keep a message that has not been handed over from going; answers whether it was still in time."""
    stopped = Message.objects.filter(pk=message.pk, state=State.QUEUED).update(
        state=State.STOPPED, reason=reason[:200], address=None, over_at=timezone.now()
    )
    if stopped:
        _record(message, by=by, kind=EventKind.CHANGE, name="delivery.message.stopped")
        publish(by=by, name=sending.MESSAGE_OVER, subject=message.pk, case_id=message.case)
    return bool(stopped)


def checked_address(channel: Channel, address: str) -> str:
    """The address in the one form in which it is kept. Raises AddressError."""
    if channel is Channel.TEXT:
        return uk_mobile(address)
    if channel is Channel.LETTER:
        return address_lines(address)
    email = address.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise AddressError("Enter an email address in the form name@example.com.") from None
    return email


def digest_of(address: str) -> str:
    """A digest that tells whether two messages went to one address, and not which; it needs our secret key."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"address:" + address.encode(), "sha256").hex()


def _record(message: Message, *, by: User | None, kind: EventKind, name: str) -> None:
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=message,
        case_id=message.case,
        family_member_id=message.family_member,
        after={"channel": message.channel, "content_key": message.content_key, "purpose": message.purpose},
    )
