"""What every form about permissions has."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast
from uuid import UUID

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    GovForm,
    HiddenField,
    RadiosField,
    TextField,
)
from alongside.safety.permissions.actions import Asked
from alongside.safety.permissions.drafts import Fault

if TYPE_CHECKING:
    from django.http import QueryDict

YES, NO = "yes", "no"
YES_NO = [(YES, "Yes"), (NO, "No")]
IN_PERSON = "permission_taken_how.PERSON"


def topics_offered() -> list[tuple[str, str]]:
    """The topics that may be permitted now."""
    return [(value.code, value.label()) for value in coded_list("permission_topic", on=today())]


def offer(form: GovForm, name: str, choices: list[tuple[str, str]]) -> None:
    """Offer these choices in one field of a form."""
    field = form.fields[name]
    if isinstance(field, CheckboxesField):
        field.choices = choices


def channels_offered() -> list[tuple[str, str]]:
    """The ways of being in touch."""
    return [(value.code, value.label()) for value in coded_list("contact_channel", on=today())]


class SeenForm(GovForm):
    """A form that notices what was written down after it was opened: `seen` is the number of the last entry then."""

    seen = HiddenField(required=False, max_length=10)

    def seen_number(self) -> int:
        """The number that the page showed; -1 where it was altered beyond reading, so that nothing passes."""
        typed = str(self.cleaned_data.get("seen") or "")
        return int(typed) if typed.isdecimal() else -1

    def said_meanwhile(self, number: int, words: str) -> None:
        """Ask again: the next save is made against what the page now shows."""
        self.data = cast("QueryDict", self.data).copy()
        self.data["seen"] = str(number)
        self.add_error(None, words)

    def put_faults(self, faults: Iterable[Fault]) -> None:
        """Each fault at its field, where the form has it."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, fault.words)


class AloneForm(SeenForm):
    """That the person, alone, says so."""

    alone = RadiosField(
        label="Did you ask them on their own?",
        hint="Nobody beside them, in the room, or listening on the phone.",
        choices=YES_NO,
        error_messages={"required": "Select whether you asked them on their own"},
    )
    freely = RadiosField(
        label="Did they say yes freely, and could they say it back?",
        choices=[(YES, "Yes"), (NO, "No, or I am not sure")],
        error_messages={"required": "Select whether they said yes freely"},
    )
    note = TextField(label="In their own words", required=False, max_length=500)

    def asked(self) -> Asked:
        """What was typed."""
        typed = self.cleaned_data
        return Asked(alone=typed["alone"] == YES, freely=typed["freely"] == YES, note=typed["note"])


def key_from(typed: object) -> UUID | None:
    """A key that came back; None where it was altered beyond reading."""
    try:
        return UUID(str(typed))
    except ValueError:
        return None
