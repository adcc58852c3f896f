"""Forms about the joint exception of a senior and an adviser (R088)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from alongside.foundation.calendar.rules import today
from alongside.foundation.ui.forms import (
    DateField,
    GovForm,
    LongTextField,
    Look,
    VersionField,
    When,
    YesNoField,
)

LONGEST_EXCEPTION = timedelta(days=92)


class ExceptionForm(GovForm):
    """What a senior and an adviser should agree between two people whom abuse keeps apart."""

    what = LongTextField(
        label="What may be done, and what may not?",
        called="what may be done and what may not",
        max_length=2000,
        look=Look(rows=3),
    )
    reason = LongTextField(
        label="Why is the victim safer with it than without?",
        hint="Only their own safety counts, and what they want. You two alone read this.",
        called="why the victim is safer with it",
        max_length=4000,
        look=Look(rows=4),
    )
    review_on = DateField(label="When do you look at it again?", hint="Within three months", when=When.FUTURE)

    def clean_review_on(self) -> date:
        """Within three months."""
        chosen: date = self.cleaned_data["review_on"]
        if chosen > today() + LONGEST_EXCEPTION:
            raise ValidationError("The day must be within three months")
        return chosen


class AnswerExceptionForm(GovForm):
    """Whether the other of the two agrees, and why."""

    agrees = YesNoField(label="Do you agree?")
    answer = LongTextField(label="Why?", called="why", max_length=2000, look=Look(rows=3))
    version = VersionField()
