"""Text, numbers, addresses and files, with limits that every field has and words that say what to do."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms.look import Drawn, Look, Width, Words

SHORT_TEXT = 200
LONG_TEXT = 4000
MEGABYTE = 1024 * 1024
PHONE_CHARACTERS = re.compile(r"^[0-9+()\-./\s]+(?:(?:ext|x|est)\.?\s*[0-9]{1,6})?$", re.IGNORECASE)


class TextField(Drawn, forms.CharField):
    """One line of text. Without `max_length` it takes 200 characters."""

    def __init__(self, *, max_length: int = SHORT_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class LongTextField(Drawn, forms.CharField):
    """Several lines, with a count of the characters that are left. Without `max_length` it takes 4,000."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = LONG_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Line ends count once, as the reader sees them, however the browser sends them."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class NumberField(Drawn, forms.IntegerField):
    """A whole number, in a text box that shows the number keys on a phone."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("look", Look(called=kwargs.pop("called", ""), width=Width.FIVE, inputmode="numeric"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Spaces and commas between digits are how people write numbers."""
        return super().to_python(re.sub(r"[\s,]", "", value) if isinstance(value, str) else value)


class EmailField(Drawn, forms.EmailField):
    """An address of email."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("look", Look(called=kwargs.pop("called", ""), width=Width.TWENTY, spellcheck=False))
        super().__init__(**kwargs)


class PhoneField(Drawn, forms.CharField):
    """A telephone number as people write it: spaces, brackets, country code and extension are kept."""

    default_error_messages = {
        "invalid": _("Enter a telephone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("look", Look(called=kwargs.pop("called", ""), width=Width.TWENTY, inputmode="tel"))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> str:
        """The number with single spaces. Raises ValidationError where it cannot be dialled."""
        text = " ".join(str(super().to_python(value) or "").split())
        digits = re.sub(r"\D", "", re.split(r"ext|x|est", text, flags=re.IGNORECASE)[0])
        if text and not (PHONE_CHARACTERS.match(text) and 6 <= len(digits) <= 15):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text


class PasswordField(Drawn, forms.CharField):
    """A password: never shown again, never trimmed."""

    widget = forms.PasswordInput

    def __init__(self, *, autocomplete: str = "current-password", **kwargs: Any) -> None:
        kwargs.setdefault("look", Look(called=kwargs.pop("called", ""), width=Width.TWENTY, autocomplete=autocomplete))
        super().__init__(max_length=kwargs.pop("max_length", 1000), strip=False, **kwargs)


class FileField(Drawn, forms.FileField):
    """A file of one of the `kinds` (endings without a dot), no larger than `max_bytes`."""

    default_error_messages = {
        "kind": _("The selected file must be one of: %(kinds)s"),
        "size": _("The selected file must be smaller than %(limit)sMB"),
    }

    def __init__(self, *, kinds: Sequence[str], max_bytes: int = 5 * MEGABYTE, **kwargs: Any) -> None:
        self.kinds, self.max_bytes = tuple(kind.lower() for kind in kinds), max_bytes
        kwargs.setdefault("max_length", 255)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file. Raises ValidationError for the wrong kind and for one that is too large."""
        given = super().clean(data, initial)
        if not isinstance(given, UploadedFile):
            return given
        ending = (given.name or "").rsplit(".", 1)[-1].lower()
        if self.kinds and ending not in self.kinds:
            kinds = ", ".join(kind.upper() for kind in self.kinds)
            raise ValidationError(self.error_messages["kind"], code="kind", params={"kinds": kinds})
        if (given.size or 0) > self.max_bytes:
            limit = f"{self.max_bytes / MEGABYTE:g}"
            raise ValidationError(self.error_messages["size"], code="size", params={"limit": limit})
        return given


class HiddenField(Drawn, forms.CharField):
    """A value that the page carries along."""

    widget = forms.HiddenInput

    def __init__(self, *, max_length: int = SHORT_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class OnceField(Drawn, forms.CharField):
    """What makes a form count once however often it is sent: the id that the new row will have, drawn with the form."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, initial=uuid4, max_length=36, **kwargs)

    def clean(self, value: Any) -> UUID:
        """The id; a new one where none was sent, or nothing that is one."""
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()


class VersionField(Drawn, forms.IntegerField):
    """The version of the row that the editor saw, for `change_record`. A form holds one, called `version`."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("This page is out of date. Copy what you typed, then reload it."),
        "invalid": _("This page is out of date. Copy what you typed, then reload it."),
    }

    def __init__(self, *, label: Words = "", **kwargs: Any) -> None:
        super().__init__(label=label, min_value=1, max_value=2**31 - 1, **kwargs)
