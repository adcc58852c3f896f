"""Rules of access requests: when the answer is due, what may be left out and why, and what remains of an item then."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from alongside.foundation.calendar.rules import working_day_on_or_after

MONTHS = 1
MONTHS_MORE = 2
WITHHELD = "[withheld]"


class ClockState(StrEnum):
    """How the clock of a request stands."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    STOPPED = "stopped"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Pause:
    """Clarification was asked for on `since`, and came on `until`; None while it is awaited."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class Clock:
    """What the deadline of a request follows from (section 45 and 54 of the Data Protection Act 2018).

    `extended_on` is the day on which the person was given notice, with reasons, that it takes longer.
    """

    received_on: date
    identity_proved_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    extended_on: date | None = None
    answered_on: date | None = None

    @property
    def starts_on(self) -> date | None:
        """The later of receipt and proof of identity; None while identity is not proved."""
        if self.identity_proved_on is None:
            return None
        return max(self.received_on, self.identity_proved_on)


@dataclass(frozen=True)
class Deadline:
    """When the answer is due: None while the clock has not started or stands still."""

    state: ClockState
    due_on: date | None
    days_left: int | None

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.days_left is not None and self.days_left < 0


def deadline_of(clock: Clock, *, on: date) -> Deadline:
    """How the clock stands on a day.

    One month from the start, or three where it was extended in time, and as many days more as it stood still. A day
    that is no working day moves to the next one.
    """
    if clock.answered_on is not None:
        return Deadline(ClockState.ANSWERED, None, None)
    if clock.starts_on is None:
        return Deadline(ClockState.NOT_STARTED, None, None)
    if any(pause.until is None and pause.since <= on for pause in clock.pauses):
        return Deadline(ClockState.STOPPED, None, None)
    due = _due(clock, months=MONTHS + (MONTHS_MORE if clock.extended_on else 0), on=on)
    return Deadline(ClockState.RUNNING, due, (due - on).days)


def how_pressing(deadline: Deadline, received_on: date) -> tuple[bool, date]:
    """What open requests are sorted by: those with a day before those whose clock does not run."""
    return (deadline.due_on is None, deadline.due_on or received_on)


def due_words(deadline: Deadline, *, extended: bool) -> str:
    """When an answer is due, in words; why there is no day, where there is none."""
    if deadline.state is ClockState.NOT_STARTED:
        return "Waits for identity"
    if deadline.state is ClockState.STOPPED:
        return "Clock stands: an answer is awaited"
    if deadline.due_on is None or deadline.days_left is None:
        return "Answered"
    day, days, longer = f"{deadline.due_on:%-d %B %Y}", abs(deadline.days_left), ", extended" if extended else ""
    if deadline.late:
        return f"Late: was due on {day}{longer}, {days} {'day' if days == 1 else 'days'} ago"
    return f"Due on {day}{longer}, " + ("today" if days == 0 else f"in {days} {'day' if days == 1 else 'days'}")


@dataclass(frozen=True)
class Done:
    """How far the work on a request is."""

    gathered: bool
    up_to_date: bool
    undecided: int
    unchecked: int
    packed: bool


def next_step(state: ClockState, done: Done) -> str:
    """What is next on an open request."""
    if state is ClockState.NOT_STARTED:
        return "have them show who they are"
    if state is ClockState.STOPPED:
        return "note what they answer"
    if not done.gathered:
        return "gather what is held"
    if not done.up_to_date:
        return "gather it again"
    if done.undecided:
        return f"decide {done.undecided:,} {'item' if done.undecided == 1 else 'items'}"
    if done.unchecked:
        return f"have a second person check {done.unchecked:,} {'item' if done.unchecked == 1 else 'items'}"
    return "read the package and give it out" if done.packed else "make the package"


def first_month_ends(clock: Clock, *, on: date) -> date | None:
    """The last day on which notice of an extension may be given; None while the clock has not started."""
    return None if clock.starts_on is None else _due(replace(clock, extended_on=None), months=MONTHS, on=on)


def why_not_extended(clock: Clock, *, on: date) -> str:
    """Why a request cannot be extended on a day, as a sentence; empty where it can."""
    last = first_month_ends(clock, on=on)
    if clock.answered_on is not None:
        return "This request has been answered."
    if last is None:
        return "The clock has not started, so there is nothing to extend. It starts when identity is proved."
    if clock.extended_on is not None:
        return "It was extended already. The law allows that once."
    if on > last:
        return (
            f"Notice had to be given by {last:%-d %B %Y}, before the first month ended. Answer as soon as you can, and"
            " tell the data protection officer that it is late."
        )
    return ""


def days_paused(clock: Clock, *, on: date) -> int:
    """On how many days after the start, up to a day, the clock stood still. Pauses that overlap count once."""
    start = clock.starts_on
    if start is None:
        return 0
    days = 0
    reached = start
    for pause in sorted(clock.pauses, key=lambda one: one.since):
        since = max(pause.since, reached)
        until = min(pause.until or on, on)
        if until > since:
            days += (until - since).days
            reached = until
    return days


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _due(clock: Clock, *, months: int, on: date) -> date:
    start = clock.starts_on or clock.received_on
    due = months_after(start, months) + timedelta(days=days_paused(clock, on=on))
    return working_day_on_or_after(due)


class About(StrEnum):
    """Whom an item tells of, seen from the person who asks."""

    NOT_LOOKED = "not_looked"
    ASKER = "asker"
    BOTH = "both"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            About.NOT_LOOKED: "Not looked at yet",
            About.ASKER: "The person who asks, and nobody else",
            About.BOTH: "The person who asks, and someone else",
            About.OTHER: "Someone else",
        }[self]


class Provider(StrEnum):
    """Who gave us an item."""

    NOT_KNOWN = "not_known"
    ASKER = "asker"
    STAFF = "staff"
    OTHER = "other"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        return {
            Provider.NOT_KNOWN: "Not known",
            Provider.ASKER: "The person who asks",
            Provider.STAFF: "Staff",
            Provider.OTHER: "Another person",
            Provider.AGENCY: "Another agency",
        }[self]


class Verdict(StrEnum):
    """What is done with an item."""

    OPEN = "open"
    RELEASE = "release"
    REDACT = "redact"
    WITHHOLD = "withhold"
    SILENT = "silent"

    @property
    def label(self) -> str:
        return {
            Verdict.OPEN: "Not decided",
            Verdict.RELEASE: "Release",
            Verdict.REDACT: "Release with parts taken out",
            Verdict.WITHHOLD: "Withhold, and say so",
            Verdict.SILENT: "Withhold, and neither confirm nor deny that it exists",
        }[self]


NEEDS_GROUND = frozenset({Verdict.REDACT, Verdict.WITHHOLD, Verdict.SILENT})
SHOWN = frozenset({Verdict.RELEASE, Verdict.REDACT})


class VerdictError(ValueError):
    """A decision on an item that the law does not allow, in words that say what to do."""


def check_verdict(
    verdict: Verdict, *, about: About, source_protected: bool, ground: str, reason: str, takes_out: bool
) -> None:
    """Raise VerdictError for a decision that lacks what it rests on."""
    if verdict is Verdict.OPEN:
        raise VerdictError("Select what to do with it.")
    if about is About.NOT_LOOKED:
        raise VerdictError("Say first whom it is about.")
    if verdict is Verdict.RELEASE and source_protected:
        raise VerdictError("Its source is protected, so it cannot go out as it is. Take parts out, or withhold it.")
    if verdict is Verdict.RELEASE and about is About.OTHER:
        raise VerdictError("It is about someone else, so it is not theirs to have. Withhold it.")
    if verdict in NEEDS_GROUND and not ground:
        raise VerdictError("Select the ground in law.")
    if verdict in NEEDS_GROUND and not reason.strip():
        raise VerdictError("Give the reason: what harm, to whom, and why it is more than speculation.")
    if verdict is Verdict.REDACT and not takes_out:
        raise VerdictError("Say which words or parts are taken out.")


@dataclass(frozen=True)
class Part:
    """One field of an item: its name in words, and what it holds."""

    key: str
    label: str
    value: str


@dataclass(frozen=True)
class Gathered:
    """What gathering did: how many items were added, and how many that were decided are to be decided again."""

    added: int
    again: int


def reworded(parts: Iterable[Part], now: Iterable[Part]) -> tuple[Part, ...]:
    """Parts as they were read, under the headings that the same parts have now."""
    headings = {part.key: part.label for part in now}
    return tuple(replace(part, label=headings.get(part.key, part.label)) for part in parts)


def redacted(parts: Sequence[Part], *, left_out: Iterable[str] = (), words: Iterable[str] = ()) -> tuple[Part, ...]:
    """What remains of an item: without the parts `left_out`, and with every one of `words` taken out.

    A word is taken out wherever it stands, with the rest of the word in which it stands, whatever its case, accents or
    the spaces in it; in labels too. Nothing of it remains, save where it is the mark of a withheld word itself.
    """
    gone = frozenset(left_out)
    pattern = _pattern(words)
    kept = []
    for part in parts:
        value = WITHHELD if part.key in gone else without_words(part.value, pattern)
        kept.append(Part(part.key, without_words(part.label, pattern), value))
    return tuple(kept)


def without_words(text: str, pattern: "re.Pattern[str] | None") -> str:
    """`text` with whatever `pattern` finds replaced, found in its folded form so that no accent or case hides it."""
    if pattern is None or not text:
        return text
    folded, places = _folded(text)
    result, reached = [], 0
    for found in pattern.finditer(folded):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if start < reached:
            start = reached
        result.append(text[reached:start])
        result.append(WITHHELD)
        reached = max(end, reached)
        # A letter and the accents that follow it are one.
        while reached < len(text) and unicodedata.combining(text[reached]):
            reached += 1
    result.append(text[reached:])
    return "".join(result)


def words_pattern(words: Iterable[str]) -> "re.Pattern[str] | None":
    """What finds any of some words in folded text; None where there is none."""
    return _pattern(words)


def holds_word(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words still stands in a text."""
    pattern = _pattern(words)
    return pattern is not None and pattern.search(_folded(text.replace(WITHHELD, " "))[0]) is not None


def spans_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the words stands in a text, with the rest of the word in which it stands: start and end."""
    pattern = _pattern(words)
    if pattern is None:
        return []
    folded, places = _folded(text)
    return [(places[found.start()], places[found.end() - 1] + 1) for found in pattern.finditer(folded)]


def lines_of(text: str) -> tuple[str, ...]:
    """What stands in a text one a line: trimmed, without empty lines, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _pattern(words: Iterable[str]) -> "re.Pattern[str] | None":
    found = []
    for word in words:
        pieces = _folded(word)[0].split()
        if pieces:
            found.append(r"[\s\u200b\u00ad]+".join(re.escape(piece) for piece in pieces))
    if not found:
        return None
    longest_first = sorted(set(found), key=len, reverse=True)
    return re.compile(rf"[\w'-]*(?:{'|'.join(longest_first)})[\w'-]*")


def _folded(text: str) -> tuple[str, list[int]]:
    """Text without case and accents, and for each of its characters the place in `text` that it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKD", letter):
            if unicodedata.combining(plain) or plain in "\u200b\u00ad\u200c\u200d\ufeff":
                continue
            for folded in plain.replace("\u2019", "'").casefold():
                letters.append(folded)
                places.append(place)
    return "".join(letters), places
