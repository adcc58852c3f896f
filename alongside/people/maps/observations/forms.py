"""Forms of what is expected and what was seen."""

from typing import Any
from uuid import UUID

from django.forms import RadioSelect

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    OnceField,
    RadiosField,
    TextField,
    VersionField,
    When,
)
from alongside.people.maps.observations.actions import VisitFacts
from alongside.people.maps.observations.queries import Observed
from alongside.people.maps.observations.rules import OUTCOMES, Outcome

WORDS = 2000


class VisitForm(GovForm):
    """Where, when, and who is there."""

    setting = CodedChoiceField(
        "observation_setting",
        label="Where is it?",
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select where it is"},
    )
    happens_on = DateField(label="On which day?", called="the day")
    place = TextField(
        label="Which place?", hint="If it helps, such as “room 2” or “the kitchen”", max_length=120, required=False
    )
    present = CheckboxesField(label="Who is there?", hint="Tick none if you do not know", required=False)
    version = VersionField()
    once = OnceField()

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], standing: Observed | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = people  # type: ignore[attr-defined]
        if standing is None:
            del self.fields["version"]

    @property
    def seen_number(self) -> int:
        """The version that the editor saw; 0 where there was none."""
        return int(self.cleaned_data.get("version") or 0)

    def visit(self) -> VisitFacts:
        """What was typed of the visit, for the action."""
        typed = self.cleaned_data
        return VisitFacts(
            setting_id=typed["setting"],
            happens_on=typed["happens_on"],
            place=typed["place"],
            present=tuple(UUID(pk) for pk in typed["present"]),
        )


class ExpectForm(VisitForm):
    """What is expected, before a visit. Its words stand once the day is over; the visit may still be put off."""

    expected = LongTextField(
        label="What do you expect to see of how they get on?",
        called="what you expect to see",
        hint="So that it can prove wrong: “She answers for him”, not “They may have problems”",
        max_length=WORDS,
        look=Look(rows=4),
    )

    def __init__(self, *args: Any, words_stand: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["happens_on"]
        if isinstance(day, DateField):
            day.when = When.FUTURE_OR_TODAY
        if words_stand:
            del self.fields["expected"]


class SayForm(VisitForm):
    """What was seen; whether what was expected held, where something was; and why, where it is corrected."""

    expected = LongTextField(
        label="Had you expected something?",
        hint="It will say that this was written afterwards, and it is not counted",
        max_length=WORDS,
        required=False,
        look=Look(rows=2),
    )
    seen = LongTextField(
        label="What did you see?",
        hint="What they did and said. Keep what you make of it for below",
        max_length=WORDS * 2,
        required=False,
        look=Look(rows=6, needed=True),
    )
    outcome = RadiosField(label="Was what you expected borne out?", required=False, look=Look(needed=True))
    meaning = LongTextField(
        label="What may it mean?",
        hint="Your opinion, and what else could explain it",
        max_length=WORDS,
        required=False,
        look=Look(rows=3),
    )
    reason = TextField(label="Why is it corrected?", called="why it is corrected", max_length=200)

    def __init__(self, *args: Any, standing: Observed | None, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        self.standing_expectation = standing.latest.expected or "" if standing else ""
        for name, label in (("setting", "Where was it?"), ("present", "Who was there?")):
            self.fields[name].label = label
        if standing is None:
            self.fields["outcome"].label = "If so, was it borne out?"
        outcomes = [(code.value, words) for code, words in OUTCOMES.items() if standing or code is not Outcome.NOT_HELD]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        if self.standing_expectation:
            del self.fields["expected"]
        elif correcting:
            del self.fields["expected"], self.fields["outcome"]
        if not correcting:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Something was seen, unless nothing took place; an expectation is answered."""
        typed = super().clean() or self.cleaned_data
        seen, outcome = typed.get("seen", "").strip(), typed.get("outcome", "")
        expected = self.standing_expectation or typed.get("expected", "").strip()
        if outcome == Outcome.NOT_HELD and seen:
            self.add_error("outcome", "You wrote what you saw, so it took place. Choose another answer")
        elif outcome != Outcome.NOT_HELD and not seen and "seen" not in self.errors:
            self.add_error("seen", "Write down what you saw")
        day = typed.get("happens_on")
        if day and day > today() and outcome != Outcome.NOT_HELD:
            self.add_error("happens_on", "The day must be today or in the past: you say what you saw")
        if "outcome" in self.fields and "outcome" not in self.errors:
            if expected and not outcome:
                self.add_error("outcome", "Select whether what you expected was borne out")
            if outcome and not expected:
                self.add_error("expected", "Write down what you had expected, or choose no answer below")
        return typed
