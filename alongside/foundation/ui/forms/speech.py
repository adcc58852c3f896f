"""What errors say: the thing, and what to do about it."""

from collections.abc import Hashable, Mapping
from functools import cache, lru_cache
from typing import cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.foundation.ui.forms.choices import ConfirmField
from alongside.foundation.ui.forms.look import look_of

CHOOSERS = (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField)


def thing(label: str, called: str) -> str:
    """The field as it is named within a sentence; empty where the label is a question and nobody said."""
    if called:
        return called
    if not label or label.endswith("?"):
        return ""
    first, *rest = label.split(" ", 1)
    return label if first.isupper() and len(first) > 1 else " ".join([first[0].lower() + first[1:], *rest])


def required_words(kind: type[forms.Field], *, label: str, called: str) -> str:
    """The sentence where nothing was given."""
    named = thing(label, called)
    if issubclass(kind, ConfirmField):
        return _("Tick the box to confirm: %(label)s") % {"label": label}
    if not named:
        return _("Answer the question: %(label)s") % {"label": label}
    if issubclass(kind, CHOOSERS):
        return _("Select %(thing)s") % {"thing": named}
    if issubclass(kind, forms.FileField):
        return _("Choose a file: %(thing)s") % {"thing": named}
    return _("Enter %(thing)s") % {"thing": named}


@lru_cache(maxsize=4096)
def words_for(kind: type[forms.Field], label: str, called: str, language: str) -> Mapping[str, str]:
    """Our sentence for each code of error that Django words for itself, in the `language` that is in use.

    Some sentences are filled in later by whoever raises the error: in those a % of the label is doubled. What one of
    our own field classes words itself is left out.
    """
    plain = {"label": label.rstrip("?") or _("This")}
    later = {"label": plain["label"].replace("%", "%%")}
    words = {
        "required": required_words(kind, label=label, called=called),
        "max_length": _("%(label)s must be %%(limit_value)s characters or fewer. You entered %%(show_value)s") % later,
        "min_length": _("%(label)s must be at least %%(limit_value)s characters") % later,
        "max_value": _("%(label)s must be %%(limit_value)s or less") % later,
        "min_value": _("%(label)s must be %%(limit_value)s or more") % later,
        "null_characters_not_allowed": _("%(label)s holds a character that cannot be kept. Type it again") % later,
    }
    if issubclass(kind, CHOOSERS):
        words["invalid_choice"] = _("Choose one of the answers that are offered: %(label)s") % later
        words["invalid_list"] = _("Choose one of the answers that are offered: %(label)s") % plain
    if issubclass(kind, forms.EmailField):
        words["invalid"] = _("Enter an email address in the correct format, like name@example.com")
    elif issubclass(kind, forms.IntegerField):
        words["invalid"] = _("%(label)s must be a whole number, like 15") % plain
    elif issubclass(kind, forms.FileField):
        words["empty"] = _("The selected file is empty. Choose another")
        words["missing"] = words["invalid"] = words["required"]
        words["max_length"] = _("The name of the file is too long. Shorten it to %(max)d characters")
    return {code: sentence for code, sentence in words.items() if not is_ours(kind, code)}


def speak(field: forms.Field, *, label: str) -> None:
    """Gives `field` our sentences in place of Django's; what the field's writer worded stays."""
    kind = cast("Hashable", type(field))
    defaults = default_words(kind)
    ours = words_for(kind, label, str(look_of(field).called), get_language() or "")
    own = {code for code, words in field.error_messages.items() if words is not defaults.get(code)}
    field.error_messages.update({code: words for code, words in ours.items() if code not in own})


@cache
def default_words(kind: type[forms.Field]) -> Mapping[str, object]:
    """What a class of field says by itself."""
    words: dict[str, object] = {}
    for parent in reversed(kind.__mro__):
        words.update(getattr(parent, "default_error_messages", {}))
    return words


def is_ours(kind: type[forms.Field], code: str) -> bool:
    """Whether the sentence for `code` comes from one of our own field classes, which word theirs with care."""
    for parent in kind.__mro__:
        if code in vars(parent).get("default_error_messages", {}):
            return parent.__module__.startswith("alongside.")
    return False
