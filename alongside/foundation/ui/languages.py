"""English and Welsh: what the page may be changed to, and how the choice is kept."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

# The rooms, by the namespace of their addresses, whose pages are in Welsh as well; they add themselves when they start.
_translated: set[str] = {"content"}
OWN_NAMES = {"en-gb": "English", "cy": "Cymraeg"}


@dataclass(frozen=True)
class LanguageLink:
    """A language by its own name, and the address that changes to it and comes back."""

    code: str
    name: str
    href: str


def other_languages(request: HttpRequest) -> list[LanguageLink]:
    """The languages that are offered beside the one in use; none where the address is not laid on."""
    links = []
    for code, _name in settings.LANGUAGES:
        if code == get_language():
            continue
        try:
            address = reverse("ui:language", args=[code])
        except NoReverseMatch:
            return []
        href = f"{address}?{urlencode({'next': request.get_full_path()})}"
        links.append(LanguageLink(code=code, name=OWN_NAMES[code], href=href))
    return links


def register_translated(namespace: str) -> None:
    """Says that the pages of a room exist in Welsh. Called from the room's `ready`."""
    _translated.add(namespace)


def main_language(request: HttpRequest) -> str:
    """The language of a page's own content where it is not that of the page's frame; empty where it is.

    Someone who reads in Welsh meets English on pages that are not translated yet, and a screen reader must know.
    """
    if (get_language() or "").startswith("en"):
        return ""
    match = request.resolver_match
    return "en-gb" if match and match.namespace not in _translated else ""
