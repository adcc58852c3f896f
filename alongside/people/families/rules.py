"""Rules about family members: who may be under supervision too, and when to think again about a notice."""

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


def notice_review_day(*, deferred_on: date) -> date:
    """When to think again about a notice that was put off."""
    return deferred_on + NOTICE_REVIEW_AFTER
