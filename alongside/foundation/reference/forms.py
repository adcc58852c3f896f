"""A form field that offers a coded list."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundation.reference.cache import Coded
from alongside.foundation.reference.queries import UnknownCodeError, coded, coded_list
from alongside.foundation.ui.forms.look import Look


class CodedChoiceField(forms.ChoiceField):
    """A choice from the list `list_name`; gives the value's id (`relationship.MOT`), or "" where nothing was chosen.

    `on` offers only what law or policy offers on that day. `grouped` shows the values under their headings. `codes`
    narrows the offer. `empty_label` is the first, empty choice; pass None for radios. A row that holds a value which
    has since been switched off can be saved unchanged: call `keep` with it.
    """

    default_error_messages = {
        "required": _("Select an option from the list"),
        "invalid_choice": _("Select an option that is on the list. What you chose is no longer offered."),
    }

    def __init__(
        self,
        list_name: str,
        *,
        on: date | None = None,
        grouped: bool = False,
        codes: tuple[str, ...] = (),
        empty_label: str | None = "",
        look: Look | None = None,
        **kwargs: Any,
    ) -> None:
        self.list_name = list_name
        self.on = on
        self.grouped = grouped
        self.codes = codes
        self.empty_label = empty_label
        self.kept: tuple[str, ...] = ()
        self.look = look or Look()
        super().__init__(choices=self._choices, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "CodedChoiceField":
        copy: CodedChoiceField = super().__deepcopy__(memo)
        copy.choices = copy._choices
        return copy

    def keep(self, value_id: str | None) -> None:
        """Offer also this value, which the row holds already, even if the list no longer offers it."""
        self.kept = (value_id,) if value_id else ()

    def _choices(self) -> Iterator[tuple[str, Any]]:
        offered = list(coded_list(self.list_name, on=self.on))
        if self.codes:
            offered = [value for value in offered if value.code in self.codes]
        offered += [value for value in map(_held, self.kept) if value is not None and value not in offered]
        if self.empty_label is not None:
            yield "", self.empty_label
        if not self.grouped:
            yield from ((value.id, value.label()) for value in offered)
            return
        headings = list(dict.fromkeys(value.group for value in offered))
        for heading in headings:
            yield heading, [(value.id, value.label()) for value in offered if value.group == heading]


def _held(value_id: str) -> Coded | None:
    try:
        return coded(value_id)
    except UnknownCodeError:
        return None
