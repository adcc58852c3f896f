"""Rules about people under supervision: which fields belong to the system of record, and how names are searched."""

import unicodedata
from collections.abc import Iterable
from datetime import date

SOURCE_OWNED = frozenset(
    {
        "crn",
        "prison_number",
        "pnc",
        "cro",
        "given_names",
        "family_name",
        "date_of_birth",
        "date_of_death",
        "sex",
        "home_area",
        "supervision_ends_on",
    }
)
"""Fields that the system of record owns. An import may write these and no others; staff change them there, not here."""

LOCAL = frozenset(
    {
        "known_as",
        "pronouns",
        "gender",
        "ethnicity",
        "disability",
        "preferred_language",
        "interpreter_needed",
    }
)
"""Fields that are kept here, because the system of record has no place for them or the person tells us directly."""


class SourceOwnedError(ValueError):
    """Someone tried to change here what the system of record owns."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = sorted(fields)
        names = ", ".join(name.replace("_", " ") for name in self.fields)
        super().__init__(f"Change this in the system of record, and it will follow here: {names}.")


def searchable(*names: str) -> str:
    """Names in lower case, without accents or doubled spaces, as `search_name` keeps them.

    Without NUL either, which no name holds and the database refuses.
    """
    joined = " ".join(names).replace("\x00", " ")
    if joined.isascii():
        return " ".join(joined.casefold().split())
    decomposed = unicodedata.normalize("NFKD", joined)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.replace("\u2019", "'").casefold().split())


def age_on(day: date, *, born: date) -> int:
    """Whole years lived on a day; a birthday on 29 February counts from 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def refuse_source_owned(changed: Iterable[str], *, source: str) -> None:
    """Raise SourceOwnedError where a row that came from a system of record would change in a field that it owns."""
    owned = SOURCE_OWNED.intersection(changed)
    if source and owned:
        raise SourceOwnedError(owned)
