"""Forms of goals. The words are the person's: each label asks as one would ask them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    Look,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
)
from alongside.foundation.ui.forms.speech import speak
from alongside.involvement.goals.models import Goal, GoalState, Going, Help, HelperSays, Step, StepBy
from alongside.involvement.goals.rules import GoalFacts, enforcing_message, enforcing_words, review_day
from alongside.people.families.models import FamilyMember
from alongside.people.persons.models import Person

ENDS = [(GoalState.FINISHED.value, "They have done it"), (GoalState.LEFT.value, "They leave it for now")]
ENGLISH, WELSH = "en", "cy"


def refuse_enforcing_words(text: str) -> None:
    """Raise ValidationError where a helper would be asked to watch, tell or compel."""
    if found := enforcing_words(text):
        raise ValidationError(enforcing_message(found))


class GoalForm(GovForm):
    """A goal, as the person says it."""

    words = TextField(
        label="What do they want?",
        called="what they want",
        hint="In their own words, as they would say it: “See my kids at weekends”",
        max_length=300,
    )
    why = TextField(label="Why does it matter to them?", max_length=500, required=False)
    area_id = CodedChoiceField(
        "goal_area",
        label="What part of life is it about?",
        error_messages={"required": "Select what part of life it is about"},
    )


class GoalWordsForm(GoalForm):
    """Mending how a goal is written down."""

    version = VersionField()


class InsteadForm(GoalWordsForm):
    """What the person wants instead, and why."""

    reason = TextField(
        label="What do they say about the change?", called="what they say about the change", max_length=500
    )


class EndForm(GovForm):
    """The end of a goal: done, or left, with the person's own reason."""

    state = RadiosField(label="How does it end?", choices=ENDS, called="how it ends")
    reason = TextField(
        label="What do they say about it?",
        called="what they say about it",
        hint="In their own words. “I got there” is a reason, and so is “not now”",
        max_length=500,
    )
    version = VersionField()


class StepForm(GovForm):
    """One next step."""

    words = TextField(label="What is the next step?", called="the next step", max_length=200)
    who = SelectField(label="Who takes it?", choices=[], called="who takes it")
    by_when = DateField(label="By when?", required=False, when=When.ANY, hint="Leave it empty if there is no hurry")
    version = VersionField(required=False)

    def __init__(self, *args: Any, person: Person, members: Sequence[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (StepBy.PERSON.value, person.called),
            (StepBy.OFFICER.value, "Their officer"),
            (StepBy.TOGETHER.value, "Together"),
            *((key, member.name) for key, member in self.members.items()),
        ]

    def clean(self) -> dict[str, Any] | None:
        """What a family member does is support."""
        cleaned = super().clean() or {}
        if cleaned.get("who") in self.members and cleaned.get("words"):
            try:
                refuse_enforcing_words(cleaned["words"])
            except ValidationError as error:
                self.add_error("words", error)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What an action needs."""
        who = self.cleaned_data["who"]
        return {
            "words": self.cleaned_data["words"],
            "helper": self.members.get(who),
            "by_when": self.cleaned_data["by_when"],
            "who": StepBy.HELPER.value if who in self.members else who,
        }


class HelpForm(GovForm):
    """Who may help with a goal, and with what."""

    member = SelectField(label="Who?", choices=[], called="who may help")
    what = TextField(
        label="What may they do to help?",
        called="what they may do to help",
        hint="Such as: remind her the evening before, give her a lift, practise with her. Never to check or report",
        max_length=300,
    )
    says = RadiosField(
        label="What do they say to it?",
        choices=HelperSays.choices,
        initial=HelperSays.NOT_ASKED.value,
        hint="The person decides first whether they may be asked",
        called="what they say to it",
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, members: Sequence[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            ("", ""),
            *((key, member.name) for key, member in self.members.items()),
        ]

    def clean_what(self) -> str:
        """Support, never enforcement."""
        what = str(self.cleaned_data["what"])
        refuse_enforcing_words(what)
        return what


class ReviewForm(GovForm):
    """Goals looked at together. For each goal: how it goes, and what the person says."""

    present = TextField(
        label="Who else was there?", required=False, max_length=200, hint="Leave it empty if it was the two of you"
    )
    next_on = DateField(
        label="When shall we look at them again?", when=When.FUTURE, called="the day to look at them again"
    )

    def __init__(self, *args: Any, goals: Sequence[GoalFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            self.fields[f"going_{goal.id.hex}"] = RadiosField(
                label=f"How is it going: “{goal.words}”?",
                choices=Going.choices,
                required=False,
                look=Look(inline=True),
            )
            self.fields[f"words_{goal.id.hex}"] = TextField(
                label="What do they say about it?", required=False, max_length=500
            )
        for name in self.fields:
            speak(self.fields[name], label=str(self.fields[name].label or ""))
        self.order_fields([*(name for name in self.fields if name not in ("present", "next_on")), "present", "next_on"])
        self.fields["next_on"].initial = review_day(today())

    def clean(self) -> dict[str, Any] | None:
        """At least one goal was talked about; what was said has an answer beside it."""
        cleaned = super().clean() or {}
        for goal in self.goals:
            if cleaned.get(f"words_{goal.id.hex}") and not cleaned.get(f"going_{goal.id.hex}"):
                self.add_error(f"going_{goal.id.hex}", "Select how it is going, or take the words out")
        if not self.errors and not any(cleaned.get(f"going_{goal.id.hex}") for goal in self.goals):
            self.add_error(f"going_{self.goals[0].id.hex}", "Select how at least one of the goals is going")
        return cleaned

    def answers(self) -> list[tuple[UUID, str, str]]:
        """Each goal that was talked about, how it goes, and what was said."""
        typed = self.cleaned_data
        return [
            (goal.id, typed[f"going_{goal.id.hex}"], typed[f"words_{goal.id.hex}"])
            for goal in self.goals
            if typed[f"going_{goal.id.hex}"]
        ]


class SheetForm(GovForm):
    """Which goals go on paper, and in which language. The person chooses."""

    goals = CheckboxesField(label="Which goals?", choices=[], called="at least one goal")
    parts = CheckboxesField(
        label="What else?",
        required=False,
        choices=[
            ("why", "Why they matter"),
            ("steps", "The next steps"),
            ("helpers", "Who helps, and with what"),
        ],
        initial=["steps", "helpers"],
    )
    language = RadiosField(
        label="In which language?",
        choices=[(ENGLISH, "English"), (WELSH, "Welsh (what they said stays as they said it)")],
        called="a language",
    )

    def __init__(self, *args: Any, offered: Sequence[GoalFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].choices = [(str(goal.id), goal.words) for goal in offered]  # type: ignore[attr-defined]


def initial_goal(goal: Goal) -> dict[str, Any]:
    """A goal as its form shows it."""
    return {"words": goal.words, "why": goal.why, "area_id": str(goal.area_id), "version": goal.version}


def initial_step(step: Step) -> dict[str, Any]:
    """A step as its form shows it."""
    who = str(step.helper_id) if step.helper_id else step.who
    return {"words": step.words, "who": who, "by_when": step.by_when, "version": step.version}


def initial_help(help_: Help) -> dict[str, Any]:
    """A helper's part as its form shows it."""
    return {
        "member": str(help_.family_member_id),
        "what": help_.what,
        "says": help_.says,
        "version": help_.version,
    }
