"""What errors say: the thing, and what to do about it."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alongside.foundation.ui.forms.choices import ConfirmField
from alongside.foundation.ui.forms.look import look_of

CHOOSERS = (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField)


def thing(label: str, called: str | Promise) -> str:
    """The field as it is named within a sentence; empty where the label is a question and nobody said."""
    if called:
        return str(called)
    if not label or label.endswith("?"):
        return ""
    first, *rest = label.split(" ", 1)
    return label if first.isupper() and len(first) > 1 else " ".join([first[0].lower() + first[1:], *rest])


def required_words(field: forms.Field, *, label: str) -> str:
    """The sentence where nothing was given."""
    called = thing(label, look_of(field).called)
    if isinstance(field, ConfirmField):
        return _("Tick the box to confirm: %(label)s") % {"label": label}
    if not called:
        return _("Answer the question: %(label)s") % {"label": label}
    if isinstance(field, CHOOSERS):
        return _("Select %(thing)s") % {"thing": called}
    if isinstance(field, forms.FileField):
        return _("Choose a file: %(thing)s") % {"thing": called}
    return _("Enter %(thing)s") % {"thing": called}


def words_for(field: forms.Field, *, label: str) -> dict[str, str]:
    """Our sentence for each code of error that Django words for itself.

    Some sentences are filled in later by whoever raises the error: in those a % of the label is doubled.
    """
    plain = {"label": label.rstrip("?") or _("This")}
    later = {"label": plain["label"].replace("%", "%%")}
    words = {
        "required": required_words(field, label=label),
        "max_length": _("%(label)s must be %%(limit_value)s characters or fewer. You entered %%(show_value)s") % later,
        "min_length": _("%(label)s must be at least %%(limit_value)s characters") % later,
        "max_value": _("%(label)s must be %%(limit_value)s or less") % later,
        "min_value": _("%(label)s must be %%(limit_value)s or more") % later,
        "null_characters_not_allowed": _("%(label)s holds a character that cannot be kept. Type it again") % later,
    }
    if isinstance(field, CHOOSERS):
        words["invalid_choice"] = _("Choose one of the answers that are offered: %(label)s") % later
        words["invalid_list"] = _("Choose one of the answers that are offered: %(label)s") % plain
    if isinstance(field, forms.EmailField):
        words["invalid"] = _("Enter an email address in the correct format, like name@example.com")
    elif isinstance(field, forms.IntegerField):
        words["invalid"] = _("%(label)s must be a whole number, like 15") % plain
    elif isinstance(field, forms.FileField):
        words["empty"] = _("The selected file is empty. Choose another")
        words["missing"] = words["invalid"] = words["required"]
        words["max_length"] = _("The name of the file is too long. Shorten it to %(max)d characters")
    return words


def speak(field: forms.Field, *, label: str) -> None:
    """Gives `field` our sentences in place of Django's; what the field's writer worded stays."""
    defaults: dict[str, object] = {}
    for parent in reversed(type(field).__mro__):
        defaults.update(getattr(parent, "default_error_messages", {}))
    ours = words_for(field, label=label)
    own = {code for code, words in field.error_messages.items() if words is not defaults.get(code)}
    worded_by_us = {code for code, words in defaults.items() if is_ours(type(field), code)}
    field.error_messages.update({code: words for code, words in ours.items() if code not in own | worded_by_us})


def is_ours(kind: type, code: str) -> bool:
    """Whether the sentence for `code` comes from one of our own field classes, which word theirs with care."""
    for parent in kind.__mro__:
        if code in vars(parent).get("default_error_messages", {}):
            return parent.__module__.startswith("alongside.")
    return False
