"""The quick form, the full judgement, and what someone else decides on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from alongside.foundation.accounts.models import User
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    ModelSelectField,
    RadiosField,
    SelectField,
    VersionField,
)
from alongside.involvement.suitability.actions.judging import FullJudgement, Purpose, QuickJudgement
from alongside.involvement.suitability.models import Confidence, HypothesisEnd
from alongside.involvement.suitability.rules import QUICK_LEVELS, Level, Summary, last_review_day
from alongside.involvement.suitability.rules import Confidence as Sure
from alongside.involvement.suitability.rules.judging import Fault, Proposal

LEVEL_HINTS = {
    Level.NONE: "No contact, and nothing shared",
    Level.MAPPED: "We know of them; nobody is in touch",
    Level.INFORMATION: "How probation works, and nothing about the person",
    Level.PRACTICAL: "Appointments, lifts, reminders: times and places",
    Level.SHARING: "Both sides share what the person has agreed to",
    Level.SESSIONS: "They join part of sessions; the person always has time alone",
    Level.JOINT: "They do something in the plan, together with the person and us",
}
SUMMARY_HINTS = {
    Summary.ASSET: "It helps the person with this purpose now",
    Summary.ASSET_WITH_CONDITIONS: "It helps as long as certain things are so",
    Summary.NEUTRAL: "Nothing speaks against it, and not much for it",
    Summary.NOT_AT_PRESENT: "Not for this purpose, or not now; at most general information",
    Summary.UNSAFE: "Somebody could come to harm; no involvement for now",
}
MOST_CONDITIONS = 8


class PurposeForm(GovForm):
    """Why this person, why now, what will they do (R047)."""

    purpose = CodedChoiceField(
        "involvement_purpose",
        label="What is it for?",
        error_messages={"required": "Select what it is for"},
    )
    why_person = LongTextField(
        label="Why this person?", called="why this person", max_length=500, look=Look(rows=2, called="why this person")
    )
    why_now = LongTextField(label="Why now?", called="why now", max_length=500, look=Look(rows=2, called="why now"))
    will_do = LongTextField(
        label="What will they do?",
        max_length=500,
        look=Look(rows=2, called="what they will do"),
        hint="Something that one could see them do, such as “texts him on Monday evening about Tuesday”.",
    )

    def purpose_facts(self) -> Purpose:
        """What was typed of why."""
        typed = self.cleaned_data
        return Purpose(typed["purpose"], typed["why_person"], typed["why_now"], typed["will_do"])


class SeenForm(GovForm):
    """Carries the number of the newest judgement that the assessor saw."""

    seen = HiddenField(label="", max_length=9)

    def clean_seen(self) -> int:
        """The number; 0 where there was none."""
        typed = self.cleaned_data["seen"]
        if not typed.isdecimal():
            raise forms.ValidationError("This page is out of date. Copy what you typed, then reload it.")
        return int(typed)

    def see_again(self, **newest: int) -> None:
        """Save against what stands now; everything typed stays."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        for name, number in newest.items():
            data[name] = str(number)
        self.data = data

    def add_faults(self, faults: Sequence[Fault]) -> None:
        """Say at each field what may not be so."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, fault.words)


class QuickForm(PurposeForm, SeenForm):
    """Levels 2 and 3 on one page."""

    level = RadiosField(
        label="How far?",
        choices=[(str(level.value), level.words) for level in QUICK_LEVELS],
        look=Look(item_hints={str(level.value): LEVEL_HINTS[level] for level in QUICK_LEVELS}),
        error_messages={"required": "Select how far"},
    )
    review_on = DateField(
        label="Look again on", hint="At the latest half a year from today.", called="the day of the review"
    )

    def judged(self) -> QuickJudgement:
        """What was typed, as the action takes it."""
        return QuickJudgement(
            self.purpose_facts(), Level(int(self.cleaned_data["level"])), self.cleaned_data["review_on"]
        )


class JudgeForm(PurposeForm, SeenForm):
    """The full judgement: words, a level, conditions, and what would make it go wrong."""

    summary = RadiosField(
        label="Taken together, this involvement, for this purpose, now, is …",
        choices=[(summary.value, summary.words) for summary in Summary],
        look=Look(item_hints={summary.value: SUMMARY_HINTS[summary] for summary in Summary}),
        error_messages={"required": "Select what it is, taken together"},
    )
    reasons = LongTextField(
        label="Why do you judge so?",
        hint="What weighs most, for and against. Nothing is added up: say it in a few sentences.",
        look=Look(rows=5, called="why you judge so"),
        max_length=3000,
    )
    level = SelectField(
        label="How far to begin with",
        choices=[("", ""), *((str(level.value), f"{level.words}: {LEVEL_HINTS[level].lower()}") for level in Level)],
        error_messages={"required": "Select how far to begin with"},
    )
    level_cap = SelectField(
        label="The most that may be agreed without judging anew",
        choices=[("", ""), *((str(level.value), level.words) for level in Level)],
        error_messages={"required": "Select the most that may be agreed"},
    )
    conditions = LongTextField(
        label="Conditions",
        hint="One on each line, in words that may be read to the family. Family workers and facilitators see these.",
        required=False,
        max_length=1500,
        look=Look(rows=4),
    )
    goes_wrong = LongTextField(
        label="What would make this go wrong?",
        hint="How would you notice, and what would you do?",
        max_length=2000,
        look=Look(rows=3, called="what would make this go wrong"),
    )
    hypothesis_end = RadiosField(
        label="What you expected beforehand",
        choices=HypothesisEnd.choices,
        required=False,
        look=Look(needed=True),
    )
    learned = LongTextField(
        label="What did you learn that you had not expected?", required=False, max_length=1500, look=Look(rows=3)
    )
    confidence = RadiosField(
        label="How sure are you?",
        choices=Confidence.choices,
        look=Look(
            reveals={Confidence.LOW.value: ["discuss_with"]},
            item_hints={Confidence.LOW.value: "Someone else approves it, whatever the level"},
        ),
        error_messages={"required": "Select how sure you are"},
    )
    discuss_with = ModelSelectField(
        queryset=User.objects.none(),
        label="With whom would you like to talk it through?",
        required=False,
        empty_label="My senior",
    )
    review_on = DateField(
        label="Look again on",
        hint="No later than three months from today for two-way sharing.",
        called="the day of the review",
    )
    version = VersionField()

    def __init__(self, *args: Any, mentors: QuerySet[User], expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["discuss_with"].queryset = mentors  # type: ignore[attr-defined]
        if not expected:
            del self.fields["hypothesis_end"], self.fields["learned"]

    def clean_conditions(self) -> tuple[str, ...]:
        """One condition a line, no more than can be kept in mind."""
        lines = tuple(line.strip(" •-\t") for line in self.cleaned_data["conditions"].splitlines())
        found = tuple(line for line in lines if line)
        if len(found) > MOST_CONDITIONS:
            raise forms.ValidationError(
                f"Nobody can keep {len(found)} conditions. Choose the {MOST_CONDITIONS} that matter most."
            )
        if any(len(line) > 200 for line in found):
            raise forms.ValidationError("Each condition must be 200 characters or fewer.")
        return found

    def clean(self) -> dict[str, Any]:
        """What was expected needs an answer where something was expected."""
        typed = super().clean() or {}
        if "hypothesis_end" in self.fields and not typed.get("hypothesis_end"):
            self.add_error("hypothesis_end", "Select whether it was as you expected")
        return typed

    def judged(self) -> FullJudgement:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        mentor = typed["discuss_with"] if typed["confidence"] == Confidence.LOW else None
        return FullJudgement(
            purpose=self.purpose_facts(),
            proposal=Proposal(
                summary=Summary(typed["summary"]),
                level=Level(int(typed["level"])),
                level_cap=Level(int(typed["level_cap"])),
                confidence=Sure(typed["confidence"]),
                review_on=typed["review_on"],
                conditions=typed["conditions"],
            ),
            reasons=typed["reasons"],
            goes_wrong=typed["goes_wrong"],
            hypothesis_end=typed.get("hypothesis_end", ""),
            learned=typed.get("learned", ""),
            discuss_with=mentor.pk if mentor else None,
        )


class VerdictForm(GovForm):
    """What someone else decides."""

    state = RadiosField(
        label="What do you decide?",
        choices=[
            ("approved", "Approve"),
            ("returned", "Return it with a question"),
            ("refused", "Do not approve"),
        ],
        look=Look(
            item_hints={
                "approved": "It holds from now on, up to the most that it names",
                "returned": "It stays as it is until they have judged anew",
                "refused": "It counts for nothing; what was approved before goes on",
            }
        ),
        error_messages={"required": "Select what you decide"},
    )
    reason = LongTextField(
        label="Why?", hint="The assessor reads this.", required=False, max_length=1500, look=Look(rows=3, needed=True)
    )

    def clean(self) -> dict[str, Any]:
        """A question or a no needs its words."""
        typed = super().clean() or {}
        if typed.get("state") in ("returned", "refused") and not typed.get("reason"):
            self.add_error("reason", "Enter what they should answer, or why not")
        return typed


def usual_review(level: Level, *, on: date) -> date:
    """The day that the form offers: the last one that the level allows."""
    return last_review_day(level, on=on)
