"""The words of family maps: the kinds of people, partnerships, parents and ties, and dates known only in part."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Gender(StrEnum):
    """How the person describes their gender; the symbol follows this and nothing else."""

    WOMAN = "woman"
    MAN = "man"
    NON_BINARY = "non_binary"
    OTHER = "other"
    UNKNOWN = "unknown"


class SexAssigned(StrEnum):
    """Sex assigned at birth: optional, and written beneath the symbol only where it was given for the map."""

    FEMALE = "AFAB"
    MALE = "AMAB"
    UNASSIGNED = "UAAB"


class PersonKind(StrEnum):
    """A person, or a pregnancy or loss that the family counts as one of them."""

    PERSON = "person"
    PREGNANCY = "pregnancy"
    MISCARRIAGE = "miscarriage"
    TERMINATION = "termination"
    STILLBIRTH = "stillbirth"


class Standing(StrEnum):
    """Where somebody stands towards the family."""

    FAMILY = "family"
    FRIEND = "friend"
    PROFESSIONAL = "professional"


class PartnershipKind(StrEnum):
    """What the two are, or were, to each other."""

    MARRIAGE = "marriage"
    CIVIL_PARTNERSHIP = "civil_partnership"
    LIVING_TOGETHER = "living_together"
    RELATIONSHIP = "relationship"
    ENGAGED = "engaged"
    BRIEF = "brief"
    UNKNOWN = "unknown"


class PartnershipStatus(StrEnum):
    """How the partnership stands, or how it ended."""

    CURRENT = "current"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    ANNULLED = "annulled"
    WIDOWED = "widowed"
    ENDED = "ended"
    UNKNOWN = "unknown"


class ParentKind(StrEnum):
    """In what way somebody is, or was, a parent to a child."""

    BIRTH = "birth"
    SECOND = "second_parent"
    ADOPTIVE = "adoptive"
    FOSTER = "foster"
    KINSHIP = "kinship"
    STEP = "step"
    GUARDIAN = "guardian"
    DONOR = "donor"
    SURROGATE = "surrogate"
    UNKNOWN = "unknown"


class TwinKind(StrEnum):
    """Twins, triplets and more."""

    IDENTICAL = "identical"
    FRATERNAL = "fraternal"
    UNKNOWN = "unknown"


class QualityKind(StrEnum):
    """How two people get on, in somebody's opinion on a day (B1.4)."""

    CLOSE = "close"
    FUSED = "fused"
    DISTANT = "distant"
    CONFLICT = "conflict"
    CLOSE_CONFLICT = "close_conflict"
    CUT_OFF = "cut_off"
    REPAIRED = "repaired"
    FOCUSED_ON = "focused_on"
    CARETAKER = "caretaker"
    HARM_PHYSICAL = "harm_physical"
    HARM_EMOTIONAL = "harm_emotional"
    HARM_SEXUAL = "harm_sexual"


class SystemKind(StrEnum):
    """The parts of a life that an ecomap shows around the household (R024, R036)."""

    KIN = "kin"
    FRIENDS = "friends"
    SERVICE = "service"
    WORK = "work"
    EDUCATION = "education"
    HEALTH = "health"
    FAITH = "faith"
    CLUB = "club"
    NEIGHBOURHOOD = "neighbourhood"
    JUSTICE = "justice"
    OTHER = "other"


class TieStrength(StrEnum):
    """How strong a tie is felt to be."""

    STRONG = "strong"
    ORDINARY = "ordinary"
    TENUOUS = "tenuous"
    BROKEN = "broken"


class Flow(StrEnum):
    """Which way help and energy run along a tie, seen from the centre."""

    NONE = "none"
    TO_CENTRE = "to_centre"
    FROM_CENTRE = "from_centre"
    BOTH = "both"


_ISO = re.compile(r"(~?)(\d{1,4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class PartialDate:
    """A date as well as it is known: year, year and month, or the day; `about` where it is a guess."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `1970`, `1970-05`, `1970-05-03`, each with `~` in front for "about"; ValueError otherwise."""
        match = _ISO.fullmatch(text.strip())
        if not match:
            raise ValueError("Write the date as a year, a year and month, or a full date, such as 1970-05-03.")
        about, year, month, day = match.groups()
        if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
            raise ValueError("Check the month and the day: there is no such date.")
        return cls(int(year), int(month) if month else None, int(day) if day else None, about=bool(about))

    @property
    def iso(self) -> str:
        """The date in the form that `parse` reads."""
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return ("~" if self.about else "") + "-".join(parts)

    @property
    def words(self) -> str:
        """The date in plain English: "about May 1970"."""
        parts = [str(self.year)]
        if self.month:
            parts.insert(0, MONTHS[self.month - 1])
            if self.day:
                parts.insert(0, str(self.day))
        return ("about " if self.about else "") + " ".join(parts)

    @property
    def is_real(self) -> bool:
        """Whether the calendar has it: 31 February it has not."""
        return not (self.month and self.day) or self.day <= monthrange(self.year, self.month)[1]

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Earlier dates first; an unknown month or day stands before known ones."""
        return (self.year, self.month or 0, self.day or 0)

    def years_until(self, later: PartialDate) -> int:
        """Whole years from this date to a later one; from the years alone where no more is known."""
        years = later.year - self.year
        if self.month and later.month:
            before_birthday = (later.month, later.day or 31) < (self.month, self.day or 1)
            years -= 1 if before_birthday else 0
        return years
