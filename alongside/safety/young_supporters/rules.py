"""What holds for a supporter under 18 (R118, vignette 10). Pure.

Nobody's date of birth is needed: an age band, a year of birth or an answer says how early and how late an eighteenth
birthday can be. Between the two nobody knows, and not known is treated as under 18.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

ADULT = 18
LEVEL_CAP = 3
"""The highest level of involvement of someone under 18: practical help."""

ANSWER_HOLDS = timedelta(days=365)
"""How long a yes to "are you under 18?" is believed where nothing else says when they turn 18."""

LONGEST_EXCEPTION = timedelta(days=183)
"""How long an exception may hold before somebody thinks about it again."""


@dataclass(frozen=True)
class AgeKnown:
    """What is recorded of someone's age. Ages of a band are in full years on `band_on`; a band without ages is unborn.

    Nothing at all is an adult, since whoever adds a family member says whether it is a child; not so where `not_said`,
    as for somebody who was only drawn on the map.
    """

    band_from: int | None = None
    band_to: int | None = None
    band_on: date | None = None
    year_of_birth: int | None = None
    said_under_18: bool | None = None
    said_on: date | None = None
    not_said: bool = False


def years_later(day: date, years: int) -> date:
    """The same day some years on; the 29th of February becomes the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def is_under_18(known: AgeKnown, *, on: date) -> bool | None:
    """Whether someone is under 18 on a day; None where what is known leaves it open.

    An answer given after an age band was noted outweighs it: a no for good, a yes for a year.
    """
    said_on = known.said_on
    if said_on is not None and said_on <= on and (known.band_on is None or known.band_on <= said_on):
        if known.said_under_18 is False:
            return False
        if known.said_under_18 and on < said_on + ANSWER_HOLDS:
            return True
    birthdays = eighteenth_birthday(known)
    if birthdays is None:
        return None if known.said_under_18 or known.not_said else False
    earliest, latest = birthdays
    if on < earliest:
        return True
    return False if on >= latest else None


def surely_adult(known: AgeKnown, *, on: date) -> bool:
    """Whether the year of birth that is recorded leaves no doubt that someone is 18 or over."""
    birthdays = eighteenth_birthday(known) if known.band_on is None else None
    return birthdays is not None and on >= birthdays[1]


def eighteenth_birthday(known: AgeKnown) -> tuple[date, date] | None:
    """The first and the last day that can be someone's eighteenth birthday; None where nothing says."""
    if known.band_on is not None:
        if known.band_from is None or known.band_to is None:
            return years_later(known.band_on, ADULT), years_later(known.band_on, ADULT + 1)
        first = years_later(known.band_on, ADULT - 1 - known.band_to) + timedelta(days=1)
        return first, years_later(known.band_on, ADULT - known.band_from)
    if known.year_of_birth is not None:
        year = known.year_of_birth + ADULT
        return date(year, 1, 1), date(year, 12, 31)
    return None


@dataclass(frozen=True)
class YoungFacts:
    """What the other rooms need to know of a supporter's age. For an adult nothing more is asked.

    `is_under_18` is None where it is not known, and the cap holds. `parent_consulted` is None for an adult.
    `consulting_unsafe` says that it was judged unsafe to consult, with a reason; `parent_objects` that someone who was
    consulted does not agree.
    """

    is_under_18: bool | None = False
    heard_alone: bool = False
    parent_consulted: bool | None = None
    exception_approved: bool = False
    level_cap: int | None = None
    consulting_unsafe: bool = False
    parent_objects: bool = False
    told: bool = False


@dataclass(frozen=True)
class Steps:
    """What has been done for a supporter who is, or may be, under 18."""

    heard_alone: bool = False
    consulted: bool = False
    objects: bool = False
    unsafe: bool = False
    told: bool = False


def young_facts_for(under_18: bool | None, steps: Steps, *, exception: bool) -> YoungFacts:
    """The facts for one family member; someone who has turned 18 leaves all of this behind."""
    if under_18 is False:
        return YoungFacts()
    return YoungFacts(
        is_under_18=under_18,
        heard_alone=steps.heard_alone,
        parent_consulted=steps.consulted,
        exception_approved=exception,
        level_cap=LEVEL_CAP,
        consulting_unsafe=steps.unsafe,
        parent_objects=steps.objects,
        told=steps.told,
    )


def still_to_do(steps: Steps) -> tuple[str, ...]:
    """What has to happen before an exception may be asked for, in the order in which one would do it."""
    wanting = (
        (steps.heard_alone, "Hear them alone"),
        (steps.consulted or steps.unsafe, "Ask whoever has parental responsibility, or say why that is not safe"),
        (steps.told, "Tell them what helping means, and that they may stop"),
    )
    return tuple(words for done, words in wanting if not done)


@dataclass(frozen=True)
class ExceptionKnown:
    """An exception as far as facts need it."""

    family_member: UUID
    approved: bool
    from_date: date
    until_date: date
    ended_on: date | None = None


def exception_holds(known: ExceptionKnown, *, on: date) -> bool:
    """Whether an approved exception holds on a day."""
    over = known.ended_on is not None and known.ended_on <= on
    return known.approved and known.from_date <= on <= known.until_date and not over


def fault_of_dates(from_date: date, until_date: date) -> str:
    """What is wrong with the days of an exception, in words; empty where nothing is."""
    if until_date < from_date:
        return "Its last day must be the same as or after its first"
    if until_date - from_date > LONGEST_EXCEPTION:
        return "An exception holds for half a year at most. Choose an earlier last day, and ask again then"
    return ""
