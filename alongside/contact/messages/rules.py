"""When a message may go, what a reply means, and where a message stands. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from enum import IntEnum, StrEnum

from alongside.foundation.calendar.rules import LONDON, working_minutes
from alongside.foundation.delivery import rules as delivery
from alongside.foundation.delivery.rules import AddressError, Channel, uk_mobile
from alongside.involvement.agreements.rules.wishes import Wishes
from alongside.safety.permissions.rules import SafeContact

FURTHEST = timedelta(days=28)
"""A message that cannot go within four weeks is not kept waiting: by then it would say something else."""

WAKING = (time(8), time(20))
"""A text lights up a screen: it goes between eight in the morning and eight in the evening, like a call."""

LONGEST_REPLY = 5_000
"""Characters of a reply that are kept. A longer one is told apart by its sender, so nothing goes unnoticed."""

DAYS_OF_CAP = timedelta(days=7)

DAY_ALONE = time(12)
"""The time of day at which something stands of which only the day is known, because it was taken in by hand."""

STOP_WORDS = frozenset(
    {"stop", "stopall", "stopio", "stopiwch", "peidio", "peidiwch", "unsubscribe", "optout", "dadgofrestru"}
)
ALONE_WORDS = frozenset({"cancel", "end", "quit"})
"""Words that ask us to stop where nothing else stands beside them."""

BESIDE_STOP = frozenset(
    {"now", "please", "this", "it", "all", "me", "us", "texting", "texts", "text", "messaging", "messages", "emails"}
    | {
        "emailing",
        "contacting",
        "sending",
        "writing",
        "to",
        "the",
        "these",
        "nawr",
        "rwan",
        "nhecstio",
        "os",
        "gwelwch",
    }
    | {"yn", "dda", "plis", "pls", "thanks", "diolch", "and", "with"}
)
STOP_PHRASES = frozenset(
    {"optout", "dimmwy", "nomore", "nomoretexts", "nomoremessages", "leavemealone", "dimrhagor"}
    | {f"{no}{what}me" for no in ("dont", "donot") for what in ("text", "message", "email", "contact", "writeto")}
)
MOST_WORDS_OF_STOP = 6


class State(StrEnum):
    """Where a message stands. `waiting` has not been handed to whoever carries it; `unknown` may or may not have gone.

    `delivered` and `not_delivered` are what the carrier said afterwards.
    """

    WAITING = "waiting"
    ON_ITS_WAY = "on_its_way"
    SENT = "sent"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    STOPPED = "stopped"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CALLED_OFF = "called_off"
    GIVEN_UP = "given_up"


OPEN = frozenset({State.WAITING, State.ON_ITS_WAY, State.UNKNOWN})
WENT = frozenset({State.SENT, State.DELIVERED})
STATE_WORDS = {
    State.WAITING: "Waits to go",
    State.ON_ITS_WAY: "On its way",
    State.SENT: "Sent",
    State.DELIVERED: "Arrived",
    State.NOT_DELIVERED: "Did not arrive",
    State.STOPPED: "Stopped",
    State.FAILED: "Did not go",
    State.UNKNOWN: "Not known whether it went",
    State.CALLED_OFF: "Called off",
    State.GIVEN_UP: "Not known, and not sent again",
}
STATE_TONES = {
    State.WAITING: "grey",
    State.ON_ITS_WAY: "grey",
    State.SENT: "green",
    State.DELIVERED: "green",
    State.NOT_DELIVERED: "red",
    State.STOPPED: "orange",
    State.FAILED: "red",
    State.UNKNOWN: "orange",
    State.CALLED_OFF: "grey",
    State.GIVEN_UP: "grey",
}

RECEIPTS = {
    "delivered": State.DELIVERED,
    "received": State.DELIVERED,
    "permanent-failure": State.NOT_DELIVERED,
    "temporary-failure": State.NOT_DELIVERED,
    "technical-failure": State.NOT_DELIVERED,
    "validation-failed": State.NOT_DELIVERED,
    "virus-scan-failed": State.NOT_DELIVERED,
}
"""What GOV.UK Notify says of a message afterwards. What it says on the way there changes nothing."""

FROM_DELIVERY = {
    delivery.State.QUEUED: State.ON_ITS_WAY,
    delivery.State.SENDING: State.ON_ITS_WAY,
    delivery.State.SENT: State.SENT,
    delivery.State.FAILED: State.FAILED,
    delivery.State.STOPPED: State.STOPPED,
    delivery.State.UNKNOWN: State.UNKNOWN,
}


def first_moment(
    safe: SafeContact, wishes: Wishes, *, now: datetime, channel: Channel, prompt: bool
) -> datetime | None:
    """The first moment from `now` at which it may go: at a safe time, awake, and not a prompt on a quiet day.

    None where there is none within four weeks. An email or letter waits to be opened, so only quiet days hold it.
    """
    timed = channel is Channel.TEXT
    there = now.astimezone(LONDON)
    for ahead in range(FURTHEST.days + 1):
        day = (there + timedelta(days=ahead)).date()
        if prompt and wishes.quiet_on(day):
            continue
        if not timed:
            return now if ahead == 0 else datetime.combine(day, WAKING[0], LONDON)
        if safe.days and day.weekday() not in safe.days:
            continue
        begin, end = WAKING
        if safe.from_time is not None and safe.until_time is not None:
            begin, end = max(begin, safe.from_time), min(end, safe.until_time)
        moment = max(datetime.combine(day, begin, LONDON), there)
        if moment < datetime.combine(day, end, LONDON):
            return now if moment == there else moment
    return None


def told_moment(values: Mapping[str, object]) -> datetime | None:
    """The moment of which a message tells, by the values that fill it; without a time of day, the end of its day."""
    on = values.get("on")
    if not on:
        return None
    clock = values.get("at")
    return datetime.combine(date.fromisoformat(str(on)), time.fromisoformat(str(clock)) if clock else time.max, LONDON)


@dataclass(frozen=True)
class Lately:
    """What was had with a family member lately, most direct first (R152)."""

    met: bool = False
    called: bool = False

    @property
    def prefer(self) -> str:
        """What to do before writing, in words; "" where both have been done."""
        if not self.met and not self.called:
            return "Nobody has met or called them yet. Meet them, or ring, before you write."
        if not self.met:
            return "They have been called but nobody has met them. Meeting them is better than writing."
        return "" if self.called else "They have been met but never called. A call is better than writing."


def is_stop(text: str) -> bool:
    """Whether a reply asks us to stop and says nothing else, in English or Welsh, however it is written."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text).casefold()
        if character.isalnum() or character.isspace()
    )
    words = plain.split()
    if not 0 < len(words) <= MOST_WORDS_OF_STOP:
        return False
    said = set(words)
    return bool(
        said <= ALONE_WORDS
        or "".join(word for word in words if word not in ("please", "plis", "pls")) in STOP_PHRASES
        or (said & STOP_WORDS and said <= STOP_WORDS | BESIDE_STOP)
    )


def said_since(said_at: datetime, *, came_at: datetime, by_hand: bool) -> bool:
    """Whether somebody said something after a message of theirs came: then what they said last is what counts.

    Where only the day is known on which it came, it may have come in its last minute.
    """
    there = came_at.astimezone(LONDON)
    if by_hand and there.time() == DAY_ALONE:
        there = datetime.combine(there.date(), time.max, LONDON)
    return said_at > there


READ_WITHIN = 4 * 60
"""Working minutes within which a reply is read. Then who is on duty is asked, and after as long again all who lead."""


class Asked(IntEnum):
    """Who is asked to read or sort a reply by now. Each is asked beside those before."""

    FIRST = 0
    DUTY = 1
    LEADERS = 2


def asked_by(since: datetime, *, now: datetime, closures: Iterable[date] = ()) -> Asked:
    """Who is asked by now about a reply that lies before somebody since then: it never waits for one who is away.

    `closures` are the days on which its unit is closed.
    """
    return Asked(min(working_minutes(since, now, closures=closures) // READ_WITHIN, Asked.LEADERS))


def cleaned(text: str) -> str:
    """A reply as it is kept: no control characters, no direction marks that hide what follows, not beyond the longest.

    Every alphabet stays as it is.
    """
    kept = "".join(
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t"
        or (
            unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")
            and character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )
    )
    return kept.strip()[:LONGEST_REPLY]


def as_sender(channel: Channel, sender: str) -> str:
    """A sender as it is compared: a number in one form, an address in small letters. Nothing raises; "" is nobody."""
    plain = " ".join(cleaned(sender).split())[:300]
    if channel is Channel.EMAIL:
        return (parseaddr(plain)[1] or plain).lower()
    if channel is Channel.LETTER:
        return squashed(plain)
    try:
        return uk_mobile(plain)
    except AddressError:
        return _without_plus(re.sub(r"\D", "", plain))


def _without_plus(digits: str) -> str:
    """A number whose + was left out, as GOV.UK Notify gives it, or whose first nought was, as spreadsheets do."""
    if re.fullmatch(r"7[0-9]{9}", digits):
        return f"+44{digits}"
    return f"+{digits}" if re.fullmatch(r"[1-9][0-9]{9,14}", digits) else digits


def squashed(text: str) -> str:
    """Letters and digits alone, in capitals: how postal addresses are compared."""
    return "".join(character for character in text.upper() if character.isalnum())
