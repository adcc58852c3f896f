"""Forms of what happens to an agreement and under it."""

from typing import Any

from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    Look,
    NumberField,
    RadiosField,
    TextField,
    VersionField,
    When,
    Width,
)
from alongside.involvement.agreements.models import Holds, How, Nagging, PromptWishes, VisitState
from alongside.involvement.agreements.rules import Party

YES, NO = "yes", "no"
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class OfferForm(GovForm):
    """Putting the terms to everyone."""

    what_changed = TextField(label="What is new in it?", called="what is new in it", max_length=300)
    version = VersionField()


class AnswerForm(GovForm):
    """What one party says."""

    party = RadiosField(label="Who?", choices=[], called="who answered")
    agrees = RadiosField(
        label="What do they say?", choices=[(YES, "They agree"), (NO, "They do not agree")], called="what they say"
    )
    how = RadiosField(
        label="How did they tell you?",
        choices=[choice for choice in How.choices if choice[0] != How.PORTAL],
        called="how they told you",
    )
    on = DateField(label="On what day?", when=When.PAST_OR_TODAY, called="the day")
    words = TextField(label="Anything they said about it?", required=False, max_length=300)
    number = VersionField()

    def __init__(self, *args: Any, names: dict[Party, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [(party.value, name) for party, name in names.items()]  # type: ignore[attr-defined]


class PauseForm(GovForm):
    """Letting an agreement rest."""

    reason_id = CodedChoiceField(
        "agreement_pause_reason",
        label="Why?",
        help_text="Only neutral reasons stand here. What keeps someone safe is recorded under Safety, not here.",
        error_messages={"required": "Select why"},
    )
    version = VersionField()


class EndForm(GovForm):
    """Ending an agreement."""

    reason_id = CodedChoiceField(
        "agreement_end_reason",
        label="Why does it end?",
        codes=("ORDEREND", "DONE", "PERSON", "MEMBER", "NOTAGREED", "CHANGE"),
        error_messages={"required": "Select why it ends"},
    )
    version = VersionField()


class LookAgainForm(GovForm):
    """Looking at an agreement again."""

    holds = RadiosField(label="Do the boundaries hold?", choices=Holds.choices, called="whether the boundaries hold")
    words = TextField(label="What was said about it?", required=False, max_length=500)
    next_on = DateField(label="When do you look at it next?", when=When.FUTURE, called="the day")
    version = VersionField()


class VisitForm(GovForm):
    """What becomes of one invitation."""

    state = RadiosField(
        label="What became of it?",
        choices=[
            (VisitState.HELD.value, "They came"),
            (VisitState.MISSED.value, "They did not come"),
            (VisitState.OFF.value, "It is called off"),
            (VisitState.PLANNED.value, "It is moved to another day"),
        ],
        look=Look(reveals={VisitState.PLANNED.value: ["on"]}, called="what became of it"),
    )
    on = DateField(label="To what day?", required=False, when=When.FUTURE_OR_TODAY, look=Look(needed=True))
    version = VersionField()

    def clean(self) -> dict[str, Any] | None:
        """A move has a day."""
        cleaned = super().clean() or {}
        if cleaned.get("state") == VisitState.PLANNED and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day to which it is moved")
        return cleaned


class WishesForm(GovForm):
    """What the person wishes about prompts through family (R174, R175)."""

    nagging = RadiosField(
        label="Do reminders through family feel like nagging?", choices=Nagging.choices, called="what they say"
    )
    most_a_week = NumberField(
        label="How many prompts a week at most?",
        required=False,
        hint="Leave it empty if they set no limit",
        min_value=0,
        max_value=14,
        look=Look(width=Width.TWO),
    )
    quiet_weekdays = CheckboxesField(
        label="On which days do they want none?",
        required=False,
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
    )
    quiet_from = DateField(label="Or a quiet time: from", required=False)
    quiet_until = DateField(label="Until", required=False)
    words = TextField(label="What do they say about it?", required=False, max_length=300)
    version = VersionField()

    def clean(self) -> dict[str, Any] | None:
        """A quiet time has two ends."""
        cleaned = super().clean() or {}
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if bool(begin) != bool(end) and not {"quiet_from", "quiet_until"} & self.errors.keys():
            self.add_error("quiet_until" if begin else "quiet_from", "Enter both days of the quiet time, or neither")
        if begin and end and end < begin:
            self.add_error("quiet_until", "The quiet time cannot end before it begins")
        return cleaned

    @staticmethod
    def initial_from(row: PromptWishes | None) -> dict[str, Any]:
        """The wishes as the form shows them."""
        if row is None:
            return {"version": 1, "nagging": Nagging.NOT_ASKED.value}
        return {
            "nagging": row.nagging,
            "most_a_week": row.most_a_week,
            "quiet_weekdays": [str(day) for day in row.quiet_weekdays],
            "quiet_from": row.quiet_from,
            "quiet_until": row.quiet_until,
            "words": row.words,
            "version": row.version,
        }
