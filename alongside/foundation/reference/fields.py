"""A model field that points at a value of one coded list, held to that list by the database too."""

from typing import Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from alongside.foundation.reference.queries import UnknownCodeError, coded


class CodedForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key to a value of the list `list_name`.

    A value in use cannot be deleted, has no way back to the row, and comes from that list only: a check constraint on
    the column says so. Validation reads the cached list, not the database. Read the label through
    `label_of(row.field_id)`.
    """

    def __init__(self, list_name: str, **kwargs: Any) -> None:
        self.list_name = list_name
        kwargs["to"] = "foundation_reference.CodedValue"
        kwargs["on_delete"] = models.PROTECT
        kwargs["related_name"] = "+"
        kwargs.setdefault("limit_choices_to", {"list": list_name})
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        for settled in ("to", "on_delete", "related_name", "limit_choices_to"):
            kwargs.pop(settled, None)
        return name, path, [self.list_name], kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """Starts with the list's name: the database refuses a value of another list whatever the code did."""
        return f"starts_with({connection.ops.quote_name(self.column)}, '{self.list_name}.')"

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        models.Field.validate(self, value, model_instance)
        if value is None:
            return
        try:
            found = coded(value).list == self.list_name
        except UnknownCodeError:
            found = False
        if not found:
            raise ValidationError(_("Choose from the list."), code="invalid_choice", params={"value": value})

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not self.list_name.isidentifier():
            found.append(checks.Error(f"{self.list_name!r} is no name for a coded list.", obj=self))
        return found
