"""The form that every form of the product is: it speaks plainly, and notices that someone else was quicker."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from alongside.foundation.ui.forms.fields import OnceField, VersionField
from alongside.foundation.ui.forms.meanwhile import Meanwhile, take_meanwhile
from alongside.foundation.ui.forms.speech import speak


def posted(request: HttpRequest) -> dict[str, Any]:
    """The arguments that bind a form to what was sent; none on a first visit: `Form(**posted(request), initial=…)`."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


class GovForm(forms.Form):
    """A form drawn by `{% errors form %}` and `{% field form.name %}`.

    Errors that Django words for itself are worded as a sentence that says what to do; a field's own `error_messages`
    stay. `meanwhile` is set when someone else changed the row, see `changed_meanwhile`.
    """

    use_required_attribute = False
    asks_only: ClassVar[bool] = False
    """Whether the form only asks for something to be shown, so that it may be sent as often as one likes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.meanwhile: Meanwhile | None = None
        for name, field in self.fields.items():
            speak(field, label=str(field.label or name.replace("_", " ").capitalize()))

    @property
    def counts_once(self) -> bool:
        """Whether it has to be kept from counting twice: unless it asks only, or carries a version or an id itself."""
        return not self.asks_only and not any(isinstance(one, VersionField | OnceField) for one in self.fields.values())

    def changed_meanwhile(self, current: dict[str, Any], *, by: str = "") -> None:
        """Someone else saved the row: `current` holds its values and its `version` now, `by` who it was, if known.

        Fields that this editor left alone take the other's value; fields that both changed keep what was typed here,
        and the page shows both. The next save is made against the version now shown. Nothing typed is lost.
        """
        take_meanwhile(self, current, by=by)
