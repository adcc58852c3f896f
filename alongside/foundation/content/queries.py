"""Giving out wording: for a page, and for sending to a real person, which only approved wording may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.foundation.content.cache import Current, snapshot
from alongside.foundation.content.markup import as_html, as_line, fill, title_and_body
from alongside.foundation.content.models import Language, Shape


class UnknownWordingError(LookupError):
    """No wording has this key."""


class NotApprovedError(Exception):
    """Wording was about to go to a real person that no named approver has signed. The message says what to do."""


@dataclass(frozen=True)
class Wording:
    """A text as it is used: in which language it really is, which version, and whether it is still a draft.

    `version_id` and `number` are kept with whatever is sent, so that it can be shown later what was said.
    """

    key: str
    title: str
    shape: str
    language: str
    number: int
    version_id: UUID
    text: str
    is_draft: bool

    @property
    def heading(self) -> str:
        """The title of a page in its own language; the item's title where the text has none."""
        return title_and_body(self.text)[0] or self.title

    def filled(self, **values: object) -> str:
        """The text with its values in place, as plain text. Raises MissingValueError."""
        return fill(self.text, values)

    def html(self, values: Mapping[str, object] | None = None) -> SafeString:
        """The text below its title as HTML, with its values in place and escaped. Raises MissingValueError."""
        if self.shape == Shape.LINE:
            return as_line(self.text, values or {})
        return as_html(title_and_body(self.text)[1], values or {})


def language_of(language: str | None = None) -> Language:
    """One of our two languages, from a code like `cy` or `en-gb`; by default the reader's own."""
    wanted = language or get_language() or Language.ENGLISH
    return Language.WELSH if wanted.lower().startswith("cy") else Language.ENGLISH


def content(key: str, language: str | None = None) -> Wording:
    """The wording called `key`, for a page; in English where there is no Welsh. Raises UnknownWordingError.

    The newest approved version is in use; where none is approved yet, the newest draft, and `is_draft` says so.
    """
    found = find(key, language_of(language)) or find(key, Language.ENGLISH)
    if found is None:
        raise UnknownWordingError(f"There is no wording {key!r}. Add it to foundation/content/wording and migrate.")
    return wording_from(found)


def wording_for_sending(key: str, language: str | None = None) -> Wording:
    """The approved wording called `key` in exactly that language, to go to a real person.

    Raises NotApprovedError where it is a draft or missing, and UnknownWordingError where there is no such key at all.
    """
    wanted = language_of(language)
    found = find(key, wanted)
    if found is not None and found.approved:
        return wording_from(found)
    english = found or find(key, Language.ENGLISH)
    if english is None:
        raise UnknownWordingError(f"There is no wording {key!r}. Add it to foundation/content/wording and migrate.")
    values = {"title": english.title, "owner": english.owner}
    if wanted is Language.WELSH:
        raise NotApprovedError(
            _(
                "The Welsh of “%(title)s” is not approved yet, so it cannot be sent. Ask the %(owner)s to approve it, "
                "or send it in English and offer to explain it in Welsh by telephone."
            )
            % values
        )
    raise NotApprovedError(
        _("“%(title)s” is not approved yet, so it cannot be sent. Ask the %(owner)s to approve it.") % values
    )


def find(key: str, language: Language) -> Current | None:
    """The text in use for a key in one language."""
    return snapshot().texts.get((key, language))


def wording_from(current: Current) -> Wording:
    """The text in use, as its readers get it."""
    return Wording(
        key=current.key,
        title=current.title,
        shape=current.shape,
        language=current.language,
        number=current.number,
        version_id=current.version_id,
        text=current.text,
        is_draft=not current.approved,
    )
