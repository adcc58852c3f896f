"""What a permission is before it is taken, and everything that may be wrong with it, in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.safety.permissions.rules import Advocate, Direction, Interpreter

LONGEST = timedelta(days=366)
"""A permission lasts a year at most: then it is asked again."""
FURTHEST_START = timedelta(days=90)
MOST_DAYS_MISSED = 60


@dataclass(frozen=True)
class Draft:
    """What the person said, and how it was asked (R060, R062, R071, R072). Both days are included."""

    topics: frozenset[str]
    direction: Direction
    channels: frozenset[str]
    starts_on: date
    ends_on: date
    how_id: str
    alone: bool
    pressed: bool
    understood: bool
    interpreter: Interpreter = Interpreter.NONE
    advocate: Advocate = Advocate.NOT_NEEDED
    company: str = ""
    where: str = ""
    support: str = ""
    missed_days: int | None = None
    words: str = ""
    today_only: bool = False


@dataclass(frozen=True)
class Whom:
    """About whom it is, as far as a permission may be wrong for them."""

    name: str
    called: str
    private: frozenset[str] = frozenset()
    refused: bool = False
    paused: bool = False
    deceased: bool = False
    ended: bool = False
    person_has_died: bool = False
    is_the_person: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong, at which field ("" for the whole), and what to do."""

    field: str
    words: str


def faults_of(draft: Draft, whom: Whom, *, today: date) -> tuple[Fault, ...]:
    """Everything that keeps a permission from being taken; none where it may be."""
    return (*_with_whom(whom), *_with_days(draft, today), *_with_words(draft, whom))


def _with_whom(whom: Whom) -> Iterator[Fault]:
    if whom.person_has_died:
        yield Fault("", f"{whom.called} has died. Nothing can be permitted any more.")
    if whom.deceased:
        yield Fault("", f"{whom.name} has died. If that is wrong, change who they are first.")
    if whom.ended:
        yield Fault("", f"{whom.called} no longer names {whom.name}. Name them again first, if that has changed.")
    if whom.is_the_person:
        yield Fault("", f"{whom.name} looks like the person on probation. Check who this family member is.")
    if whom.refused:
        yield Fault("", f"{whom.called} has asked us not to talk to {whom.name}. Ask alone whether that has changed.")
    if whom.paused:
        yield Fault("", f"Everything about {whom.name} is paused. Ask {whom.called} alone whether it may go on.")


def _with_days(draft: Draft, today: date) -> Iterator[Fault]:
    if draft.starts_on < today:
        yield Fault(
            "starts_on", "A permission begins today or later. What was said before it was asked does not count."
        )
    elif draft.starts_on > today + FURTHEST_START:
        yield Fault("starts_on", f"Choose a day within {FURTHEST_START.days} days, or ask again nearer the time.")
    if draft.ends_on < draft.starts_on:
        yield Fault("ends_on", "The last day is before the first. Choose a later day.")
    elif draft.ends_on > draft.starts_on + LONGEST:
        yield Fault("ends_on", "A permission lasts a year at most. Choose a day within a year, and ask again then.")


def _with_words(draft: Draft, whom: Whom) -> Iterator[Fault]:
    if not draft.topics:
        yield Fault("topics", "Select what may be talked about.")
    if draft.topics & whom.private:
        yield Fault(
            "topics",
            f"{whom.called} wants some of this kept from {whom.name}. Ask which holds, and change that list first.",
        )
    if not draft.channels:
        yield Fault("channels", "Select how we may be in touch.")
    if draft.missed_days is not None:
        if not 0 < draft.missed_days <= MOST_DAYS_MISSED:
            yield Fault("missed_days", f"Enter a number of days between 1 and {MOST_DAYS_MISSED}.")
        if not draft.words:
            yield Fault("words", "Enter the words that you agreed. Nothing else may be said.")
        if draft.direction is Direction.FROM_THEM:
            yield Fault("direction", "Words that we say need a permission to tell them.")
    if not draft.alone and not draft.company and not draft.today_only:
        yield Fault("company", "Enter who else was there or could hear.")
