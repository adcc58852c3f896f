"""English and Welsh: what the page may be changed to, and how the choice is kept."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

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
