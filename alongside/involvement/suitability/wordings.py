"""Governed words for the family and the person: the same whatever lies behind them (invariant 5)."""

from dataclasses import dataclass

from alongside.foundation.content.queries import content

LANGUAGES = (("en", "English"), ("cy", "Cymraeg"))


@dataclass(frozen=True)
class FamilyWords:
    """What may be said or written to the family, in one language."""

    language: str
    code: str
    text: str
    draft: bool


def words_for_family(key: str, **values: object) -> list[FamilyWords]:
    """The wording in each language, and whether a named approver has signed it."""
    found = []
    for code, language in LANGUAGES:
        wording = content(key, code)
        found.append(FamilyWords(language, code, wording.filled(**values), draft=wording.is_draft))
    return found
