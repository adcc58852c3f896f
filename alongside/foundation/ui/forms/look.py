"""How a field is drawn, said once on the field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import Promise

Words = str | Promise


class Width(StrEnum):
    """How wide a box is: about so many characters, or a share of the page. It tells how much is expected."""

    FULL = ""
    TWO = "govuk-input--width-2"
    THREE = "govuk-input--width-3"
    FIVE = "govuk-input--width-5"
    TEN = "govuk-input--width-10"
    TWENTY = "govuk-input--width-20"
    THIRTY = "govuk-input--width-30"
    HALF = "govuk-!-width-one-half"
    TWO_THIRDS = "govuk-!-width-two-thirds"


@dataclass(frozen=True)
class Look:
    """What drawing needs beyond label, hint and choices.

    `called` is the thing as an error names it ("their date of birth"). `reveals` names, for a choice, the fields that
    show only when it is chosen; `item_hints` explains single choices; `inline` sets two short choices side by side.
    `needed` says that a field must be filled in once it shows, or is filled in already: no label calls it optional.
    """

    called: Words = ""
    width: Width = Width.FULL
    rows: int = 5
    inline: bool = False
    needed: bool = False
    small: bool = False
    prefix: Words = ""
    suffix: Words = ""
    spellcheck: bool | None = None
    autocomplete: str = ""
    inputmode: str = ""
    item_hints: Mapping[str, Words] = field(default_factory=dict)
    reveals: Mapping[str, Sequence[str]] = field(default_factory=dict)


def look_of(drawn: forms.Field) -> Look:
    """The look of a field; Django's own fields have the plain one."""
    look = getattr(drawn, "look", None)
    return look if isinstance(look, Look) else Look()


class Drawn(forms.Field):
    """A field that carries its look. `hint` stands in place of Django's `help_text`."""

    def __init__(self, *, hint: Words = "", look: Look | None = None, called: Words = "", **kwargs: Any) -> None:
        self.look = look or Look(called=called)
        kwargs.setdefault("help_text", hint)
        super().__init__(**kwargs)
