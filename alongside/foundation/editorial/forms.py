"""The forms of the editorial pages."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundation.content.markup import placeholders_in
from alongside.foundation.content.models import ContentItem
from alongside.foundation.editorial.rules import LONGEST_REVIEW, missing_placeholders
from alongside.foundation.ui.forms import (
    ConfirmField,
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    TextField,
    When,
)

LONGEST_TEXT = 40_000


class VersionForm(GovForm):
    """A new version of a text."""

    text = LongTextField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        hint=gettext_lazy(
            "Begin a heading with two number signs and a space, an item of a list with a hyphen and a space. "
            "Write a link as [words](address)."
        ),
        look=Look(called=gettext_lazy("the text"), rows=18),
    )
    review_on = DateField(
        label=gettext_lazy("Review date"),
        when=When.FUTURE,
        hint=gettext_lazy("The day by which its owner looks at it again, within two years"),
        called=gettext_lazy("the review date"),
    )
    reason = TextField(label=gettext_lazy("Why did it change?"), called=gettext_lazy("why it changed"), max_length=300)
    seen = HiddenField(max_length=10)

    def __init__(self, *args: Any, item: ContentItem, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, **kwargs)
        if names := item.placeholder_names:
            filled = f"It is filled with {in_braces(list(names))}: leave each where it belongs."
            self.fields["text"].help_text = f"{self.fields['text'].help_text} {filled}"

    def clean_text(self) -> str:
        """The text, if it leaves room for exactly the values that it will be filled with."""
        text: str = self.cleaned_data["text"]
        missing, unknown = missing_placeholders(self.item.placeholder_names, placeholders_in(text))
        faults = []
        if missing:
            faults.append(_("Put these back into the text: %(names)s") % {"names": in_braces(missing)})
        if unknown:
            faults.append(_("Take these out of the text: %(names)s") % {"names": in_braces(unknown)})
        if faults:
            self.add_error("text", ". ".join(faults))
        return text

    def clean_review_on(self) -> date:
        """The review date, if it is not too far away."""
        day: date = self.cleaned_data["review_on"]
        if day - timezone.localdate() > LONGEST_REVIEW:
            self.add_error("review_on", _("The review date must be within two years"))
        return day

    def clean_seen(self) -> int:
        """The number of the version that the editor saw; anything else counts as none."""
        text: str = self.cleaned_data["seen"]
        return int(text) if text.isdecimal() else 0


class ApprovalForm(GovForm):
    """Signing a version."""

    read = ConfirmField(
        label=gettext_lazy("I have read this version, and it may go to families and people on probation"),
        error_messages={"required": gettext_lazy("Tick the box to say that you have read this version")},
    )


def in_braces(names: list[str]) -> str:
    """Names as they stand in a text."""
    return ", ".join(f"{{{name}}}" for name in names)
