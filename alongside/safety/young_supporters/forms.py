"""Forms about supporters under 18."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    YesNoField,
)
from alongside.foundation.work.models import ApprovalState
from alongside.safety.young_supporters.actions import ExceptionSaid, ParentSaid
from alongside.safety.young_supporters.models import Attitude, YoungSupporter
from alongside.safety.young_supporters.rules import fault_of_dates

ELSE = "else"


class AgeForm(GovForm):
    """What they said when asked."""

    under_18 = YesNoField(
        label="Are they under 18?", hint="Ask them. You need no date of birth, and you need not see any paper."
    )
    version = VersionField()


class HeardForm(GovForm):
    """That they were heard with nobody else there."""

    alone = ConfirmField(
        label="Nobody else was there, or could hear",
        error_messages={"required": "Confirm that nobody else was there. If someone was, hear them again alone"},
    )
    heard_on = DateField(label="When?", when=When.PAST_OR_TODAY)
    words = LongTextField(
        label="What do they want, and what do they not want?",
        hint="In their own words. They may read this one day.",
        max_length=2000,
        look=Look(called="what they want", rows=4),
    )
    version = VersionField()


class ParentForm(GovForm):
    """That someone with parental responsibility was asked, and what they said."""

    parent = SelectField(label="Who was asked?", called="who was asked")
    name = TextField(
        label="Their name, and who they are to the supporter",
        hint="If they are not in the family list",
        max_length=120,
        required=False,
        look=Look(needed=True),
    )
    asked_on = DateField(label="When?", when=When.PAST_OR_TODAY)
    attitude = RadiosField(
        label="What do they say?", choices=Attitude.choices, error_messages={"required": "Select what they say"}
    )
    words = LongTextField(label="In their words", max_length=500, required=False, look=Look(rows=2))

    def __init__(self, *args: Any, adults: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = [(str(member_id), name) for member_id, name in adults.items()]
        self.fields["parent"].choices = [("", ""), *family, (ELSE, "Someone else")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Someone else has a name."""
        typed = super().clean() or self.cleaned_data
        if typed.get("parent") == ELSE and not typed.get("name"):
            self.add_error("name", "Enter their name, and who they are to the supporter")
        return typed

    def said(self) -> ParentSaid:
        """What was typed, for the action."""
        typed = self.cleaned_data
        named = typed["parent"] == ELSE
        return ParentSaid(
            asked_on=typed["asked_on"],
            attitude=Attitude(typed["attitude"]),
            parent_id=None if named else UUID(typed["parent"]),
            name=typed["name"] if named else "",
            words=typed["words"],
        )


class UnsafeForm(GovForm):
    """Why it is not safe to ask their parents."""

    reason = LongTextField(
        label="Why is it not safe to ask them?",
        hint="Think of who could be hurt if they knew. Talk to the safeguarding lead first if you are not sure.",
        max_length=1000,
        min_length=10,
        error_messages={"min_length": "Say why in a few words, so that someone can understand it later"},
        look=Look(called="why it is not safe to ask them", rows=3),
    )
    version = VersionField()


class ToldForm(GovForm):
    """That they were told what helping means."""

    told_on = DateField(label="When did you tell them?", when=When.PAST_OR_TODAY)
    language = CodedChoiceField("language", label="In which language?", empty_label=None)
    questions = LongTextField(label="What did they ask?", max_length=500, required=False, look=Look(rows=2))
    version = VersionField()


class ExceptionForm(GovForm):
    """What someone under 18 shall be allowed, why, and what keeps them safe."""

    what = CodedChoiceField(
        "age_exception",
        label="What shall they be allowed?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they shall be allowed"},
    )
    reason = LongTextField(
        label="Why does it help, and why is there no other way?",
        max_length=1000,
        look=Look(called="why it helps", rows=3),
    )
    safeguards = LongTextField(
        label="What keeps them safe meanwhile?",
        hint="Who is with them, where and when. Whom must they not meet? Who else is booked at that time?",
        max_length=1000,
        look=Look(called="what keeps them safe", rows=3),
    )
    from_date = DateField(label="First day", when=When.FUTURE_OR_TODAY)
    until_date = DateField(label="Last day", hint="Half a year at most", when=When.FUTURE_OR_TODAY)

    def clean(self) -> dict[str, Any]:
        """Days in their order, and not too many."""
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("from_date"), typed.get("until_date")
        if first and last and (fault := fault_of_dates(first, last)):
            self.add_error("until_date", fault)
        return typed

    def said(self) -> ExceptionSaid:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return ExceptionSaid(
            typed["what"], typed["reason"], typed["safeguards"], typed["from_date"], typed["until_date"]
        )


class DecideForm(GovForm):
    """What the approver says."""

    state = RadiosField(
        label="What do you decide?",
        choices=[
            (ApprovalState.APPROVED, "Approve it, as asked"),
            (ApprovalState.RETURNED, "Return it with a question"),
            (ApprovalState.REFUSED, "Refuse it"),
        ],
        error_messages={"required": "Select what you decide"},
    )
    reason = LongTextField(label="Why?", max_length=1000, look=Look(called="why", rows=3))


class EndExceptionForm(GovForm):
    """Why an exception ends."""

    reason = LongTextField(label="Why does it end?", max_length=500, look=Look(called="why it ends", rows=2))
    version = VersionField()


def initial_of(noted: YoungSupporter | None) -> dict[str, Any]:
    """The first values of every form that notes something on the one row of a supporter."""
    if noted is None:
        return {"version": 1, "heard_on": today(), "told_on": today()}
    return {
        "version": noted.version,
        "under_18": noted.said_under_18,
        "heard_on": noted.heard_on or today(),
        "words": noted.heard_words,
        "reason": noted.unsafe_reason,
        "told_on": noted.told_on or today(),
        "language": str(noted.told_language_id or ""),
        "questions": noted.told_questions,
    }
