"""Governed wording in templates. The tag is built in."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.foundation.content.queries import Wording, content, language_of

register = template.Library()


@register.simple_tag
def wording(key: str | Wording, **values: object) -> SafeString:
    """`{% wording "pages.help" name=person.name %}`: the text in the reader's language, its values escaped.

    Where it is in another language than the page it says so to screen readers; where it is a draft, to everyone.
    """
    found = key if isinstance(key, Wording) else content(key)
    drawn = found.html(values)
    if found.language != language_of():
        drawn = format_html('<div lang="{}">{}</div>', found.language, drawn)
    if found.is_draft:
        note = _("This translation is a draft that has not been approved yet. The English text is the one that counts.")
        drawn = format_html('<div class="ui-draft"><p class="ui-draft__note">{}</p>{}</div>', note, drawn)
    return drawn
