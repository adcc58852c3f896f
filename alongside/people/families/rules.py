"""Rules about family members: who may be under supervision too, and when to think again about a notice."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.people.persons.rules import searchable

NOTICE_REVIEW_AFTER = timedelta(days=28)
"""How long a privacy notice may be put off before someone has to think again, unless they choose a sooner day."""

YEARS_APART = 1


@dataclass(frozen=True)
class Candidate:
    """Someone under supervision, as far as a comparison needs."""

    given_names: str
    family_name: str
    known_as: str
    date_of_birth: date


def same_human_basis(*, given_name: str, family_name: str, year_of_birth: int | None, candidate: Candidate) -> str:
    """Why a family member may be the candidate, in words; empty where nothing suggests it.

    Family names have to agree, and a given name or the name they are known by; where both years of birth are known they
    may be a year apart. Without a family name nothing is suggested: a first name alone would accuse too many.
    """
    if not family_name.strip() or searchable(family_name) != searchable(candidate.family_name):
        return ""
    given = searchable(given_name).split(" ")[0]
    theirs = {searchable(name).split(" ")[0] for name in (candidate.given_names, candidate.known_as) if name}
    if given not in theirs:
        return ""
    if year_of_birth is None:
        return "Same name; year of birth not known"
    if abs(year_of_birth - candidate.date_of_birth.year) > YEARS_APART:
        return ""
    return "Same name and year of birth"


NATIONAL = 9
"""How many digits of a number are compared, from its end, as `comparing.last_digits` compares them."""


def same_for(kind: str, value: str) -> str:
    """A number or an email address in the form in which two ways of writing it agree; "" for anything else."""
    if kind in ("mobile", "phone"):
        return re.sub(r"\D", "", value)[-NATIONAL:]
    return value.lower() if kind == "email" else ""


NOT_A_NUMBER = "Enter a telephone number, such as 07700 900123, 01632 960001 or +353 87 123 4567"
TOO_SHORT = "This number is too short or too long. A UK mobile number has 11 digits, such as 07700 900123"
WITHOUT_AREA = "Enter the whole number, with its area code, or with + and the country code if it is from abroad"


def telephone_fault(value: str) -> str:
    """What is wrong with a telephone number, in words; "" where it can be one. Abroad other lengths hold."""
    number = re.sub(r"\s*(?:ext\.?|x|#)\s*\d{1,6}\s*$", "", value.strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"\+?[\d\s().\-/\u2010-\u2015]+", number):
        return NOT_A_NUMBER
    digits = re.sub(r"[^\d+]", "", number)
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^\+440?", "0", digits)
    if digits.startswith("+"):
        return "" if 8 <= len(digits) <= 16 else TOO_SHORT
    if digits.startswith("07"):
        return "" if len(digits) == 11 else TOO_SHORT
    if digits.startswith("0"):
        return "" if len(digits) in (10, 11) else TOO_SHORT
    return "" if 10 <= len(digits) <= 15 else WITHOUT_AREA


def notice_review_day(*, deferred_on: date) -> date:
    """When to think again about a notice that was put off."""
    return deferred_on + NOTICE_REVIEW_AFTER
