"""Forms, drawn as GOV.UK components and speaking plain English. See docs/recipes/draw-a-form.md."""

from alongside.foundation.ui.forms.base import GovForm, posted
from alongside.foundation.ui.forms.choices import (
    CheckboxesField,
    ConfirmField,
    ModelRadiosField,
    ModelSelectField,
    RadiosField,
    SelectField,
    YesNoField,
)
from alongside.foundation.ui.forms.dates import DateField, When
from alongside.foundation.ui.forms.fields import (
    EmailField,
    FileField,
    HiddenField,
    LongTextField,
    NumberField,
    OnceField,
    PasswordField,
    PhoneField,
    TextField,
    VersionField,
)
from alongside.foundation.ui.forms.look import Look, Width

__all__ = [
    "CheckboxesField",
    "ConfirmField",
    "DateField",
    "EmailField",
    "FileField",
    "GovForm",
    "HiddenField",
    "LongTextField",
    "Look",
    "ModelRadiosField",
    "ModelSelectField",
    "NumberField",
    "OnceField",
    "PasswordField",
    "PhoneField",
    "RadiosField",
    "SelectField",
    "TextField",
    "VersionField",
    "When",
    "Width",
    "YesNoField",
    "posted",
]
