"""When something unread has waited too long, who is asked then, and what is offered as a decision. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from alongside.foundation.calendar.rules import CLOSES, LONDON, OPENS, is_working_day, working_minutes

USUAL_HOURS = 4
"""Working hours within which something is read, where a team has not said otherwise."""

URGENT_WAITS = timedelta(minutes=30)
"""How long something urgent waits for one reader before the next is asked, at any hour of any day."""


class Rung(IntEnum):
    """Who is asked to read. Each is asked beside those before, never instead of them."""

    FIRST = 0
    DUTY = 1
    LEADERS = 2


def rung_for(
    *, urgent: bool, taken_at: datetime, now: datetime, within_hours: int, closures: Iterable[date] = ()
) -> Rung:
    """How far up something that nobody has read belongs by now.

    What is urgent begins with the duty senior, at once, and goes on to everyone who leads after half an hour. What is
    not goes to the duty senior when its working hours are over, and to everyone who leads when they are over twice.
    `closures` are the days on which its unit is closed: they hold back nothing that is urgent.
    """
    if urgent:
        return Rung.LEADERS if now - taken_at >= URGENT_WAITS else Rung.DUTY
    waited = working_minutes(taken_at, now, closures=closures)
    if waited >= 2 * within_hours * 60:
        return Rung.LEADERS
    return Rung.DUTY if waited >= within_hours * 60 else Rung.FIRST


URGENT_UNDECIDED = timedelta(hours=4)
USUAL_UNDECIDED_MINUTES = 2 * 8 * 60
"""How long something may lie read and not decided: four hours where it is urgent, otherwise two working days."""


def lies_undecided(*, urgent: bool, read_at: datetime, now: datetime, closures: Iterable[date] = ()) -> bool:
    """Whether whoever read something has had it too long: they may have gone home, or be away."""
    if urgent:
        return now - read_at >= URGENT_UNDECIDED
    return working_minutes(read_at, now, closures=closures) >= USUAL_UNDECIDED_MINUTES


def read_by(taken_at: datetime, within_hours: int, *, closures: Iterable[date] = ()) -> datetime:
    """By when something that can wait is read, or the next is asked: its working hours after it was told.

    `closures` are days on which nobody of the unit is at work, besides weekends and bank holidays.
    """
    closed = frozenset(closures)
    left, moment = timedelta(hours=within_hours), taken_at.astimezone(LONDON)
    while True:
        day = moment.date()
        begins = max(moment, datetime.combine(day, OPENS, LONDON))
        there = datetime.combine(day, CLOSES, LONDON) - begins if is_working_day(day, closures=closed) else timedelta()
        if there >= left:
            return begins + left
        left -= max(there, timedelta())
        moment = datetime.combine(day + timedelta(days=1), OPENS, LONDON)


def about_with_number(about: str, number: str) -> str:
    """Whom something is about as they said it, after the case number that they gave, ours or not."""
    given = f"Case number given: {number}" if number else ""
    return ". ".join(part for part in (given, about) if part)


@dataclass(frozen=True)
class Offer:
    """A value of the list of outcomes that may be chosen for a thing that we were told."""

    id: str
    label: str
    description: str
    agency: str
    protects: str


def offered(outcomes: Iterable[Any], *, missing: bool, placed: bool) -> list[Offer]:
    """The outcomes that fit: being found only where someone was missing, "nobody of ours" only where not placed."""
    found = []
    for value in outcomes:
        marks: Mapping[str, Any] = value.attributes
        if marks.get("never_chosen") or (marks.get("missing") and not missing) or (marks.get("unplaced") and placed):
            continue
        found.append(
            Offer(
                value.id,
                value.label(),
                value.description,
                str(marks.get("agency", "")),
                str(marks.get("protects", "")),
            )
        )
    return found


MISSING_ASKED: Mapping[str, str] = {
    "last_seen": "Last seen",
    "wearing": "Wearing or carrying",
    "going": "Where they may have gone",
    "danger": "What worries them most",
    "health": "Health and medicines",
    "who_else": "Who else was told",
}
"""What is asked when someone has not come home, in the order in which it is asked."""


def missing_words(answers: Mapping[str, str]) -> str:
    """What was answered, as one text under its headings; questions without an answer are left out."""
    return "\n".join(f"{label}: {answers[name]}" for name, label in MISSING_ASKED.items() if answers.get(name))


@dataclass(frozen=True)
class Reader:
    """Someone who might read something: whether they are away today, and whether the case is open to them."""

    user: Any
    away: bool
    may_read: bool


def readers_of(groups: Iterable[Iterable[Reader]], *, all_groups: bool) -> list[Any]:
    """Whom to ask: those of the first group in which anyone is there and may read; with `all_groups`, of every one.

    Nobody who is away is asked while anyone is there. Where everybody is away, everybody who may read is asked.
    """
    listed = [list(group) for group in groups]
    for there in (lambda one: not one.away, lambda one: True):
        chosen = _present(listed, there, all_groups=all_groups)
        if chosen:
            return chosen
    return []


def _present(groups: list[list[Reader]], there: Callable[[Reader], bool], *, all_groups: bool) -> list[Any]:
    found: list[Any] = []
    for group in groups:
        present = dict.fromkeys(one.user for one in group if one.may_read and there(one))
        found += [user for user in present if user not in found]
        if found and not all_groups:
            return found
    return found


def evidence_due(day: date, *, next_working_day: Callable[[date], date], on: date) -> date:
    """By when the person is asked for their own evidence: the working day after the absence, never a day gone by."""
    return max(next_working_day(day), on)
