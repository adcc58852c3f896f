"""Choosing: one of some, several of some, yes or no."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from alongside.foundation.ui.forms.look import Drawn, Look

if TYPE_CHECKING:
    RowChoiceField = forms.ModelChoiceField[Model]
else:
    RowChoiceField = forms.ModelChoiceField

YES, NO = "yes", "no"


class SelectField(Drawn, forms.ChoiceField):
    """One of many, from a list that opens. Under about eight choices, RadiosField is easier for everyone."""


class RadiosField(Drawn, forms.ChoiceField):
    """One of some. Nothing is chosen beforehand, unless `initial` says so."""

    widget = forms.RadioSelect


class CheckboxesField(Drawn, forms.MultipleChoiceField):
    """Any of some."""

    widget = forms.CheckboxSelectMultiple


class ModelSelectField(Drawn, RowChoiceField):
    """One row of a query that holds no more than a few hundred."""


class ModelRadiosField(Drawn, RowChoiceField):
    """One row of a query that holds a few."""

    widget = forms.RadioSelect


class YesNoField(Drawn, forms.TypedChoiceField):
    """Yes or no, side by side, neither beforehand. Answers with True, False, or None where it is optional and open."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("look", Look(called=kwargs.pop("called", ""), inline=True))
        super().__init__(
            choices=[(YES, _("Yes")), (NO, _("No"))], coerce=lambda value: value == YES, empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """True and False as the choices that stand for them."""
        if isinstance(value, bool):
            return YES if value else NO
        return value

    def valid_value(self, value: Any) -> bool:
        """Whether the value is one of the two."""
        return value in (YES, NO)


class ConfirmField(Drawn, forms.BooleanField):
    """One box to tick. The label is the statement that is agreed to."""
