"""Forms about stand-down plans."""

from datetime import date
from typing import Any

from alongside.foundation.content.queries import content
from alongside.foundation.ui.forms import (
    DateField,
    GovForm,
    LongTextField,
    Look,
    RadiosField,
    VersionField,
    When,
)
from alongside.safety.flags.actions import PlanValues
from alongside.safety.flags.models import PlanOccasion, StandDownPlan

WORDS_KEYS = ("stand_down.pause", "stand_down.change_of_staff", "stand_down.review")
TOLD_HOW = [("call", "A call"), ("meeting", "In person"), ("letter", "A letter by post")]


class PlanForm(GovForm):
    """How someone is stood down without giving anything away."""

    occasion = RadiosField(
        label="Why?",
        hint="Only staff see this. What the family reads is the same for each.",
        choices=PlanOccasion.choices,
        error_messages={"required": "Select why"},
    )
    words_key = RadiosField(
        label="Which words?", choices=[], error_messages={"required": "Select which words they are told"}
    )
    told_how = RadiosField(
        label="How are they told?", choices=TOLD_HOW, error_messages={"required": "Select how they are told"}
    )
    tell_on = DateField(
        label="When are they told?",
        hint="Agree the day with the adviser: it must not follow so soon on what happened that they can tell.",
        when=When.FUTURE_OR_TODAY,
    )
    cover = LongTextField(
        label="What did they do that someone else must do now?",
        called="what someone else must do now",
        hint="Lifts, children, money, messages, papers: who does each from that day. Write “Nothing” if there is none.",
        max_length=2000,
        look=Look(rows=4),
    )
    private_contact = LongTextField(
        label="How do we see and reach the person alone?",
        hint="A time and place where nobody comes along, a number that nobody else sees.",
        max_length=1000,
        required=False,
        look=Look(rows=3),
    )
    review_on = DateField(label="When shall we think again?", when=When.FUTURE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words_key"].choices = [  # type: ignore[attr-defined]
            (key, content(key, "en").heading) for key in WORDS_KEYS
        ]

    def clean(self) -> dict[str, Any]:
        """The review comes after the day on which they are told."""
        typed = super().clean() or self.cleaned_data
        told, again = typed.get("tell_on"), typed.get("review_on")
        if isinstance(told, date) and isinstance(again, date) and again <= told:
            self.add_error("review_on", "Choose a day after the one on which they are told")
        return typed

    def values(self) -> PlanValues:
        """What was typed, as an action takes it."""
        return PlanValues(**{name: self.cleaned_data[name] for name in PlanValues.__dataclass_fields__})


class ChangePlanForm(PlanForm):
    """The same, of a plan that nobody was told of yet."""

    version = VersionField()


class StepForm(GovForm):
    """One press: that a plan is agreed, or a marker ended."""

    version = VersionField()


class ToldForm(GovForm):
    """That the family was told."""

    told_on = DateField(label="When were they told?", when=When.PAST_OR_TODAY)
    version = VersionField()


class EndPlanForm(GovForm):
    """Why a plan ends."""

    note = LongTextField(
        label="Why does it end?",
        called="why it ends",
        hint="Ending it opens nothing: what else stops, still stops.",
        max_length=1000,
        look=Look(rows=3),
    )
    version = VersionField()


def initial_plan(plan: StandDownPlan) -> dict[str, Any]:
    """The first values of ChangePlanForm."""
    return {name: getattr(plan, name) for name in (*PlanValues.__dataclass_fields__, "version")}
