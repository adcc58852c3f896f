"""Reads of school terms."""

from datetime import date, timedelta
from enum import StrEnum

from alongside.foundation.calendar.models import SchoolTerm
from alongside.foundation.calendar.rules import is_bank_holiday

# No break within a school year is longer; a longer gap means that we do not hold the dates.
LONGEST_BREAK = timedelta(days=60)


class SchoolDay(StrEnum):
    """What a day is for the schools of a local authority."""

    TERM = "term"
    HOLIDAY = "holiday"
    UNKNOWN = "unknown"


def school_day(local_authority: str, day: date) -> SchoolDay:
    """Term, holiday, or unknown where no dates are held on both sides of `day`. One query.

    A bank holiday within a term is a holiday; a weekend within one is term.
    """
    terms = SchoolTerm.objects.filter(
        local_authority=local_authority, starts__lte=day + LONGEST_BREAK, ends__gte=day - LONGEST_BREAK
    )
    before = after = False
    for term in terms:
        if term.covers(day):
            return SchoolDay.HOLIDAY if is_bank_holiday(day) else SchoolDay.TERM
        before, after = before or term.ends < day, after or term.starts > day
    return SchoolDay.HOLIDAY if before and after else SchoolDay.UNKNOWN


def is_school_holiday(local_authority: str, day: date) -> bool | None:
    """Whether schools are on holiday; None where it is not known, which is not the same as no."""
    answer = school_day(local_authority, day)
    return None if answer is SchoolDay.UNKNOWN else answer is SchoolDay.HOLIDAY
