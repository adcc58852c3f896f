"""Bringing school terms in from a file."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from django.db import DEFAULT_DB_ALIAS, transaction

from alongside.foundation.calendar.models import SchoolTerm

EXAMPLES = Path(__file__).resolve().parent / "example_terms.yaml"
LONGEST_TERM = timedelta(days=100)


class TermFileError(ValueError):
    """A file of school terms cannot be taken. The message names the authority, the term and what to mend."""


@dataclass(frozen=True)
class _Term:
    name: str
    starts: date
    ends: date


def load_school_terms(path: Path, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Put the terms in the file in the place of those held for the same authority and school year; answers how many.

    All or nothing, and safe to repeat. Raises TermFileError.
    """
    blocks = _read(path)
    count = 0
    with transaction.atomic(using=using):
        for block in blocks:
            terms = _terms(block)
            held = SchoolTerm.objects.using(using).filter(
                local_authority=block["local_authority"], school_year=block["school_year"]
            )
            held.delete()
            SchoolTerm.objects.using(using).bulk_create(
                SchoolTerm(
                    local_authority=block["local_authority"],
                    school_year=block["school_year"],
                    is_example=bool(block.get("example", False)),
                    name=term.name,
                    starts=term.starts,
                    ends=term.ends,
                )
                for term in terms
            )
            count += len(terms)
    return count


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise TermFileError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(raw, list):
        raise TermFileError(f"{path.name} must be a list of authorities; see docs/recipes/load-school-terms.md.")
    for block in raw:
        if not isinstance(block, dict) or not {"local_authority", "school_year", "terms"} <= set(block):
            raise TermFileError(f"{path.name}: each authority needs local_authority, school_year and terms.")
        if not isinstance(block["school_year"], int) or not isinstance(block["terms"], list):
            raise TermFileError(f"{path.name}: {block['local_authority']} needs a year in figures and a list of terms.")
    return raw


def _terms(block: dict[str, Any]) -> list[_Term]:
    authority, year = block["local_authority"], block["school_year"]
    terms = [_term(authority, raw) for raw in block["terms"]]
    terms.sort(key=lambda term: term.starts)
    for term in terms:
        if not date(year, 8, 1) <= term.starts <= term.ends <= date(year + 1, 8, 31):
            raise TermFileError(
                f"{authority}: {term.name} must start before it ends, between August {year} and August {year + 1}."
            )
        if term.ends - term.starts > LONGEST_TERM:
            raise TermFileError(
                f"{authority}: {term.name} is longer than {LONGEST_TERM.days} days. Split it at its break."
            )
    for earlier, later in pairwise(terms):
        if later.starts <= earlier.ends:
            raise TermFileError(f"{authority}: {later.name} starts before {earlier.name} has ended. Mend one of them.")
    return terms


def _term(authority: str, raw: Any) -> _Term:
    if not isinstance(raw, dict) or set(raw) != {"name", "starts", "ends"}:
        raise TermFileError(f"{authority}: each term needs name, starts and ends.")
    for key in ("starts", "ends"):
        if type(raw[key]) is not date:
            raise TermFileError(f"{authority}: {key} of {raw['name']} must be a day, like 2026-09-02.")
    return _Term(str(raw["name"]), raw["starts"], raw["ends"])
