"""Forms for what follows a judgement."""

from typing import Any

from alongside.foundation.ui.forms import (
    DateField,
    GovForm,
    LongTextField,
    Look,
    NumberField,
    RadiosField,
    SelectField,
    When,
)
from alongside.involvement.suitability.models import AskedBy, Changed, How, LookEnd, LookKind, Pattern, Told
from alongside.involvement.suitability.rules import Level

TOLD = RadiosField(
    label="What does the family hear of it?",
    choices=Told.choices,
    look=Look(
        item_hints={
            Told.NOT_TO_BE.value: "Choose this where safety is behind it. What they see changes only as the plan says.",
        }
    ),
    error_messages={"required": "Select what the family hears of it"},
)


class PauseForm(GovForm):
    """Why it stops for now, and what the family hears."""

    reason = LongTextField(
        label="Why?",
        hint="For colleagues. It is not what the family hears.",
        max_length=1000,
        look=Look(rows=3, called="why"),
    )
    told = TOLD


class StepDownForm(GovForm):
    """How much less, why, and what the family hears."""

    level = RadiosField(
        label="How far from now on?", choices=[], error_messages={"required": "Select how far from now on"}
    )
    reason = LongTextField(
        label="Why?",
        hint="For colleagues. It is not what the family hears.",
        max_length=1000,
        look=Look(rows=3, called="why"),
    )
    told = TOLD

    def __init__(self, *args: Any, below: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lower = [(str(level.value), level.words) for level in Level if level < below]
        self.fields["level"].choices = lower  # type: ignore[attr-defined]


class ResumeForm(GovForm):
    """Why it may go on."""

    reason = LongTextField(label="Why may it go on?", max_length=1000, look=Look(rows=3, called="why it may go on"))


class MarkerForm(GovForm):
    """This is getting in the way."""

    said_by = RadiosField(
        label="Who says so?",
        choices=[("practitioner", "We noticed it"), ("person", "The person said so")],
        error_messages={"required": "Select who says so"},
    )
    on = DateField(label="When?", when=When.PAST_OR_TODAY, called="the day")
    pattern = SelectField(label="Which of these is nearest?", choices=[("", ""), *Pattern.choices], required=False)
    note = LongTextField(label="What happened?", required=False, max_length=500, look=Look(rows=2))


class SessionForm(GovForm):
    """A session that the relative joined."""

    on = DateField(label="When?", when=When.PAST_OR_TODAY, called="the day")
    minutes = NumberField(label="How many minutes was the whole session?", min_value=1, max_value=480)
    minutes_alone = NumberField(
        label="How many of them did the person have alone with us?", min_value=0, max_value=480, hint="0 if none"
    )
    changed = RadiosField(
        label="Did it change what the person said?",
        choices=Changed.choices,
        look=Look(inline=True),
        error_messages={"required": "Select whether it changed what the person said"},
    )
    note = LongTextField(
        label="If there was no time alone, why not?", required=False, max_length=500, look=Look(rows=2, needed=True)
    )

    def clean(self) -> dict[str, Any]:
        """Time alone lies within the session; a session without any says why (R059)."""
        typed = super().clean() or {}
        minutes, alone = typed.get("minutes"), typed.get("minutes_alone")
        if minutes is not None and alone is not None and alone > minutes:
            self.add_error("minutes_alone", "The time alone cannot be longer than the session.")
        if alone == 0 and not typed.get("note"):
            self.add_error("note", "Enter why there was no time alone")
        return typed


class SecondLookForm(GovForm):
    """Someone does not agree."""

    asked_by = RadiosField(label="Who asks?", choices=AskedBy.choices, error_messages={"required": "Select who asks"})
    kind = RadiosField(
        label="What do they ask for?",
        choices=LookKind.choices,
        look=Look(
            item_hints={
                LookKind.SECOND_LOOK.value: "Answered within 10 working days by someone who had no hand in it",
                LookKind.COMPLAINT.value: "Answered within 15 working days",
            }
        ),
        error_messages={"required": "Select what they ask for"},
    )
    asked_on = DateField(label="When did they ask?", when=When.PAST_OR_TODAY, called="the day on which they asked")
    how = RadiosField(
        label="How?", choices=How.choices, look=Look(inline=True), error_messages={"required": "Select how"}
    )
    words = LongTextField(
        label="What do they say, in their own words?", max_length=2000, look=Look(rows=4, called="what they say")
    )

    def __init__(self, *args: Any, judged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not judged:
            kinds = [(LookKind.COMPLAINT.value, LookKind.COMPLAINT.label)]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
            self.fields["kind"].initial = LookKind.COMPLAINT.value


class AnswerLookForm(GovForm):
    """The answer to a second look."""

    outcome = RadiosField(
        label="What is the answer?", choices=LookEnd.choices, error_messages={"required": "Select the answer"}
    )
    answer = LongTextField(
        label="What you tell them",
        hint="They will read this. Leave out what anyone else told us, and anything about safety.",
        max_length=2000,
        look=Look(rows=5, called="what you tell them"),
    )

    def __init__(self, *args: Any, judged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not judged:
            ends = [(LookEnd.STANDS.value, "It stays as it is"), (LookEnd.AGAIN.value, "It is to be judged")]
            self.fields["outcome"].choices = ends  # type: ignore[attr-defined]


class DiscussionForm(GovForm):
    """What came of talking a doubt through."""

    note = LongTextField(label="What came of it?", max_length=1500, look=Look(rows=4, called="what came of it"))
