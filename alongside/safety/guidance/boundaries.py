"""Who does what beside whom, in governed words: the card for case meetings (R096)."""

from dataclasses import dataclass
from functools import lru_cache

from alongside.foundation.content.models import Language
from alongside.foundation.content.queries import content
from alongside.foundation.documents.rendering import render_pdf
from alongside.foundation.documents.shapes import Column, Listing

ROWS: dict[str, tuple[str, ...]] = {
    "person": ("practitioner", "senior", "facilitator", "engagement", "reception"),
    "partner": ("adviser", "partner_link", "practitioner"),
    "family": ("practitioner", "family_worker"),
    "victim": ("liaison", "practitioner"),
    "children": ("social_worker", "practitioner", "family_worker"),
}
"""Beside whom, and which roles: the keys of the words in `roles.yaml`."""


@dataclass(frozen=True)
class Boundary:
    """What one role does, and does not do, beside someone."""

    role: str
    does: str
    does_not: str


@dataclass(frozen=True)
class Part:
    """Who does what for one person round a case."""

    about: str
    boundaries: tuple[Boundary, ...]


@dataclass(frozen=True)
class Card:
    """The card in one language. It names nobody; `is_draft` where any of its words is not approved yet."""

    title: str
    intro: str
    headings: tuple[str, str, str, str]
    parts: tuple[Part, ...]
    language: Language
    is_draft: bool


def card_in(language: Language) -> Card:
    """The card. What has no words in that language yet stands in English, and the card is a draft."""
    drafts = []

    def words(key: str) -> str:
        found = content(f"roles.{key}", language)
        drafts.append(found.is_draft or found.language != language)
        return found.filled()

    parts = tuple(
        Part(
            words(f"about.{about}"),
            tuple(
                Boundary(words(f"name.{role}"), words(f"{about}.{role}.does"), words(f"{about}.{role}.does_not"))
                for role in roles
            ),
        )
        for about, roles in ROWS.items()
    )
    return Card(
        title=words("card.title"),
        intro=words("card.intro"),
        headings=(words("card.about"), words("card.who"), words("card.does"), words("card.does_not")),
        parts=parts,
        language=language,
        is_draft=any(drafts),
    )


def card_pdf(language: Language) -> bytes:
    """The card to print, as PDF/UA; marked as a draft where its words are."""
    return _printed(card_in(language))


@lru_cache(maxsize=4)
def _printed(card: Card) -> bytes:
    """The same for everyone until its words change, so it is drawn once."""
    about, who, does, does_not = card.headings
    return render_pdf(
        Listing(
            title=card.title,
            author="Alongside",
            language="cy" if card.language is Language.WELSH else "en",
            draft=card.is_draft,
            summary=card.intro,
            columns=(Column(about, 1.0), Column(who, 1.0), Column(does, 2.0), Column(does_not, 2.0)),
            rows=tuple(
                (part.about, boundary.role, boundary.does, boundary.does_not)
                for part in card.parts
                for boundary in part.boundaries
            ),
        )
    )
