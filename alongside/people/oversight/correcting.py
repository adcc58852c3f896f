"""The form with which one record is corrected, made from the model itself: its personal fields and no others."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundation.audit.erasure import personal_fields
from alongside.foundation.records.models import AppendOnly, Record
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.foundation.ui.forms import DateField, LongTextField, RadiosField, SelectField, TextField, YesNoField
from alongside.people.oversight.forms import CorrectionGroundForm

FEW = 5
COVERED = _("Not shown here. Leave it empty to keep what stands; what you write replaces it.")


class CorrectionForm(CorrectionGroundForm):
    """The personal fields of one record as they stand, and why they are changed.

    A record that is never altered offers to have its words emptied instead.
    """

    row: Record
    correctable: Sequence[str]
    covered: bool

    def corrected(self) -> dict[str, Any]:
        """The values that differ from what stands."""
        if isinstance(self.row, AppendOnly):
            return {name: None for name in self.correctable if self.cleaned_data[name] is True}
        if self.covered:
            return {name: self.cleaned_data[name] for name in self.correctable if self.cleaned_data[name]}
        return {
            name: self.cleaned_data[name]
            for name in self.correctable
            if self.cleaned_data[name] != getattr(self.row, name)
        }

    def clean(self) -> dict[str, Any] | None:
        """Something has to differ."""
        cleaned = super().clean()
        if not self.errors and not self.corrected():
            self.add_error(None, _("Nothing was changed. Correct what is wrong, or leave the page."))
        return cleaned


def correction_form(row: Record, data: Mapping[str, Any] | None, *, covered: bool = False) -> CorrectionForm:
    """The form for one record, with what stands in it as the beginning.

    Of a `covered` record nothing is shown: each field is empty, and what is typed replaces what stands, whether it is
    the same or not, and the trail does not tell which. What another row of theirs holds already is refused, and that
    refusal is kept in the trail.
    """
    fields = _fields_for(row)
    if covered:
        for field in fields.values():
            field.required, field.help_text = False, COVERED
    made = type("RecordForm", (CorrectionForm,), dict(fields))
    form: CorrectionForm = made(data, initial={} if covered else {name: _value(row, name) for name in fields})
    form.row, form.correctable, form.covered = row, list(fields), covered
    form.order_fields([*fields, *CorrectionGroundForm.base_fields])
    return form


def _value(row: Record, name: str) -> Any:
    return False if isinstance(row, AppendOnly) else getattr(row, name)


def _fields_for(row: Record) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for field in personal_fields(type(row)):
        made = _emptying(field) if isinstance(row, AppendOnly) else _drawn(field)
        if made is not None:
            fields[field.name] = made
    return fields


def _emptying(field: "models.Field[Any, Any]") -> forms.Field | None:
    if not field.null:
        return None
    return YesNoField(label=_("Empty the %(field)s?") % {"field": field.verbose_name})


def _drawn(field: "models.Field[Any, Any]") -> forms.Field | None:
    label = str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]
    required = not field.blank
    if isinstance(field, CodedForeignKey):
        return field.formfield(label=label)
    if not field.editable or field.is_relation:
        return None
    if field.choices:
        choices = [(value, text) for value, text in field.get_choices(include_blank=False)]
        kind = RadiosField if len(choices) <= FEW else SelectField
        return kind(label=label, choices=choices, required=required)
    if isinstance(field, models.BooleanField):
        return YesNoField(label=label)
    if isinstance(field, models.DateField):
        return DateField(label=label, required=required)
    if isinstance(field, models.TextField):
        return LongTextField(label=label, required=required)
    if isinstance(field, models.CharField):
        return TextField(label=label, required=required, max_length=field.max_length or 200)
    return None
