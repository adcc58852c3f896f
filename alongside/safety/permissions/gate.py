"""Keeps every message to a family member that the person's permission does not cover, now, from going."""

from collections.abc import Callable, Collection

from django.utils import timezone

from alongside.foundation.delivery.models import Message
from alongside.foundation.delivery.rules import AddressError, Channel, RecipientKind, uk_mobile
from alongside.people.families.marks import safe_points
from alongside.people.families.models import ContactPoint, PointKind
from alongside.safety.permissions.actions.claiming import NotPermittedError, claim
from alongside.safety.permissions.queries import agreed_words_now
from alongside.safety.permissions.using import NotNow

NOBODY_SAID = "Nobody has said what a message of this kind tells, so it does not go to family members."
NOT_COVERED = "What stands about this family member does not let it go. The permissions page of the case says more."
NOT_SAFE = "This is not a safe way or time to reach them. Their page says how they may be reached."

_topics: dict[str, frozenset[str]] = {}
_agreed_words: set[str] = set()


def register_message(purpose: str, *, tells: Collection[str]) -> None:
    """Say which topics every message of one purpose tells; none where it is public information."""
    _topics[purpose] = frozenset(tells)


def register_agreed_words(purpose: str) -> None:
    """Say that every message of one purpose holds the words that were agreed for missed contact, and tells no more.

    A person decides on each: one that nobody queued does not go (R072).
    """
    _agreed_words.add(purpose)


def forget_message(purpose: str) -> None:
    """Take a purpose away; for tests."""
    _topics.pop(purpose, None)
    _agreed_words.discard(purpose)


def why_not_to_family(message: Message) -> str:
    """Why a message may not go to a family member, in words that give nothing away; "" where it may.

    Inside a transaction, what lets it through is held until the end of it.
    """
    if message.recipient_kind != RecipientKind.FAMILY_MEMBER or message.family_member is None:
        return ""
    if message.purpose not in _topics and message.purpose not in _agreed_words:
        return NOBODY_SAID
    by_hand = message.purpose in _agreed_words
    topics = _topics_of_words(message) if by_hand else _topics[message.purpose]
    if topics is None:
        return NOT_COVERED
    try:
        claim(
            member_id=message.family_member,
            topics=topics,
            channel=message.channel,
            by_hand=by_hand,
            at=timezone.now(),
        )
    except NotPermittedError as refusal:
        return NOT_SAFE if refusal.reason in (NotNow.UNSAFE_WAY, NotNow.UNSAFE_TIME) else NOT_COVERED
    return "" if _is_safe_address(message) else NOT_SAFE


def _topics_of_words(message: Message) -> frozenset[str] | None:
    """What the agreed words tell that the message holds; None where these words may not go now, or nobody decided."""
    if message.queued_by is None or message.family_member is None:
        return None
    said = " ".join(str(message.values.get("words", "")).split())
    agreed = agreed_words_now(message.family_member, at=timezone.now())
    return next((one.topics for one in agreed if message.channel in one.channels and one.words == said), None)


def _is_safe_address(message: Message) -> bool:
    """Whether it goes to a number or address that they say is safe (R358), and no mark in the case says otherwise."""
    channel = Channel(message.channel)
    kind, normal = KINDS[channel]
    points = ContactPoint.objects.filter(family_member=message.family_member, kind=kind)
    safe = safe_points(points).values_list("value", flat=True)
    address = message.address or ""
    if channel is Channel.LETTER:
        return any(normal(value) and normal(value) in normal(address) for value in safe)
    return any(normal(value) == address for value in safe)


def _as_mobile(value: str) -> str:
    try:
        return uk_mobile(value)
    except AddressError:
        return ""


def _as_email(value: str) -> str:
    return value.strip().lower()


def _squashed(value: str) -> str:
    return "".join(character for character in value.upper() if character.isalnum())


KINDS: dict[Channel, tuple[PointKind, Callable[[str], str]]] = {
    Channel.TEXT: (PointKind.MOBILE, _as_mobile),
    Channel.EMAIL: (PointKind.EMAIL, _as_email),
    Channel.LETTER: (PointKind.ADDRESS, _squashed),
}
