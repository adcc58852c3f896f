"""What an agreement holds, line by line, for whoever asks what is held about them."""

from collections.abc import Iterator
from typing import Any

from alongside.involvement.agreements.copy import Names
from alongside.involvement.agreements.rules import from_data
from alongside.involvement.agreements.views.showing import shown_terms

NAMES = Names("The person on probation", "The family member", "The practitioner", "", "")


def version_lines(row: Any) -> Iterator[tuple[str, str, str]]:
    """The terms of a version."""
    yield from _lines(row.terms)


def draft_lines(row: Any) -> Iterator[tuple[str, str, str]]:
    """The terms of an agreement that is being made."""
    yield from _lines(row.draft)


def _lines(data: Any) -> Iterator[tuple[str, str, str]]:
    if not data:
        return
    shown = shown_terms(from_data(data), NAMES)
    for part, heading in (("contact", "Contact"), ("sessions", "Sessions"), ("boundaries", "Limits")):
        for number, fact in enumerate(shown[part]):
            yield f"{part}.{number}", fact.label or heading, fact.words
    for duty in shown["duties"]:
        told = ", ".join(words for words in (duty["what"], duty["when"], duty["where"]) if words)
        yield f"duty.{duty['key']}", f"To do: {duty['who']}", told
