"""A file input that checks what it is given as soon as it is given."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundation.files.actions import check_file
from alongside.foundation.files.kinds import FileRefusedError, clean_name
from alongside.foundation.files.purposes import Purpose


class UploadField(forms.FileField):
    """Takes one file that the purpose takes; otherwise says what is wrong with it and what to send instead."""

    default_error_messages = {
        "required": _("Choose a file"),
        "missing": _("Choose a file"),
        "empty": _("The file is empty. Check that it was saved, and send it again."),
        "invalid": _("The file did not arrive. Choose it again."),
    }

    def __init__(self, purpose: Purpose, **kwargs: Any) -> None:
        self.purpose = purpose
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": purpose.accept}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is None or upload.file is None:
            return None
        try:
            check_file(upload.file, name=clean_name(upload.name or ""), size=upload.size or 0, purpose=self.purpose)
        except FileRefusedError as refusal:
            raise ValidationError(str(refusal), code=refusal.fault.value) from None
        return upload
