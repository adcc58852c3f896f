"""Somebody brought into a demonstration is made up, as everyone in it is, and is marked as the rest are."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.foundation.accounts.queries import birth_mark
from alongside.foundation.ui.forms import ConfirmField, GovForm


class BringingForm(GovForm):
    """A form that brings people in. In a demonstration alone it asks, at its end, that they are made up."""

    invented = ConfirmField(
        label=_("I made this up. It is about nobody real"),
        help_text=_("This is a demonstration. It ends as soon as it holds somebody who was not made up."),
        error_messages={"required": _("Confirm that you made this up. Nobody real belongs in a demonstration")},
    )

    def __init__(self, *args: Any, in_demo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields.pop("invented")
        if in_demo:
            self.fields["invented"] = asked

    @property
    def synthetic_mark(self) -> UUID | None:
        """What whoever is brought in carries: the mark of the demonstration, where they were said to be made up."""
        return birth_mark() if self.cleaned_data.get("invented") else None
