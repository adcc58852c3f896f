"""Forms of access requests."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    OnceField,
    RadiosField,
    TextField,
    VersionField,
    When,
    YesNoField,
)
from alongside.people.families.models import FamilyMember
from alongside.safety.access_requests.actions.deciding import Decision
from alongside.safety.access_requests.areas import AreaError, areas_of
from alongside.safety.access_requests.models import Item, State
from alongside.safety.access_requests.rules import About, Part, Provider, Verdict

PERSON = "person"


def _past(label: str, called: str) -> DateField:
    return DateField(label=label, called=called, when=When.PAST_OR_TODAY)


class NoteForm(GovForm):
    """Who asks, for what, and when it came."""

    whose = RadiosField(label="Who asks for what is held about them?", error_messages={"required": "Select who asks"})
    asker = TextField(label="Their name, as it goes on the answer", called="their name")
    through = TextField(
        label="Who asks for them, and with what authority",
        hint="A solicitor with a signed authority, a parent. Leave it out if they ask themselves.",
        required=False,
    )
    asks_for = LongTextField(
        label="What do they ask for?", hint="Leave it out if they ask for everything", required=False, max_length=1000
    )
    regime = CodedChoiceField(
        "processing_regime", label="Under which law is it used?", error_messages={"required": "Select the law"}
    )
    language = RadiosField(
        label="In which language does the answer go?",
        choices=[("en", "English"), ("cy", "Welsh")],
        initial="en",
        error_messages={"required": "Select the language"},
    )
    received_on = _past("When did the request come?", "the day on which it came")
    once = OnceField()

    def __init__(self, *args: Any, person_name: str, members: Iterable[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(PERSON, f"{person_name}, on probation"), *((str(one.pk), one.name) for one in members)]
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]


class IdentityForm(GovForm):
    """How and when the asker showed who they are."""

    on = _past("When did they show who they are?", "the day")
    how = TextField(label="How?", called="how they showed who they are", hint="Such as: passport, seen at the office")
    version = VersionField()


class ClarifyForm(GovForm):
    """What the asker was asked."""

    on = _past("When did you ask them?", "the day on which you asked")
    question = LongTextField(label="What did you ask?", called="what you asked", max_length=500)


class ClarifiedForm(GovForm):
    """What the asker answered."""

    on = _past("When did they answer?", "the day on which they answered")
    answer = LongTextField(label="What did they say?", called="what they said", max_length=500)


class ExtendForm(GovForm):
    """Why it takes longer."""

    on = _past("When did you tell them?", "the day on which you told them")
    reason = LongTextField(
        label="Which reasons did you give?",
        called="the reasons that you gave",
        hint="How complex it is, or how many requests they made",
        max_length=500,
    )
    version = VersionField()


class WordsForm(GovForm):
    """Words that go from every item."""

    words = LongTextField(
        label="Words to take out everywhere",
        hint="One a line: names, places, numbers. They are taken out of every item, whatever their case or accents.",
        required=False,
    )
    version = VersionField()


class ItemForm(GovForm):
    """What is decided about an item."""

    about = RadiosField(
        label="Whom is it about?",
        choices=[(one.value, one.label) for one in About if one is not About.NOT_LOOKED],
        error_messages={"required": "Select whom it is about"},
    )
    provider = RadiosField(
        label="Who gave it to us?",
        choices=[(one.value, one.label) for one in Provider],
        error_messages={"required": "Select who gave it to us"},
    )
    source_protected = YesNoField(label="Is its source protected?")
    verdict = RadiosField(
        label="What is done with it?",
        choices=[(one.value, one.label) for one in Verdict if one is not Verdict.OPEN],
        error_messages={"required": "Select what is done with it"},
    )
    left_out = CheckboxesField(label="Parts to leave out", required=False)
    taken_out = LongTextField(label="Words to take out", hint="One a line", required=False, max_length=2000)
    blacked_out = LongTextField(
        label="Pages and boxes to black out",
        hint="One a line. 3 is all of page 3. 2: 10 20 60 35 is a box on page 2: left, top, right and bottom, as the"
        " numbers on the grid say.",
        required=False,
        max_length=2000,
    )
    ground = CodedChoiceField("withholding_ground", label="Ground in law, where anything is withheld", required=False)
    reason = LongTextField(
        label="Reason, where anything is withheld",
        hint="What harm, to whom, and why it is more than speculation. Release as much as you can.",
        required=False,
        max_length=500,
    )
    version = VersionField()

    def __init__(self, *args: Any, parts: Iterable[Part], pages: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = pages
        if pages:
            self.fields["taken_out"].help_text = "One a line. They go from what is written above, never from a picture"
        else:
            del self.fields["blacked_out"]
        choices = [(part.key, part.label or part.key) for part in parts]
        if choices:
            self.fields["left_out"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["left_out"]

    def clean_blacked_out(self) -> str:
        """The lines, each of which says a page or a box that the file has."""
        text: str = self.cleaned_data["blacked_out"]
        try:
            areas_of(text, pages=self.pages)
        except AreaError as fault:
            raise ValidationError(str(fault)) from fault
        return text

    def decision(self) -> Decision:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        verdict = Verdict(typed["verdict"])
        takes = verdict is Verdict.REDACT
        withholds = verdict is not Verdict.RELEASE
        return Decision(
            verdict=verdict,
            about=About(typed["about"]),
            provider=Provider(typed["provider"]),
            source_protected=typed["source_protected"],
            ground_id=(typed["ground"] or "") if withholds else "",
            reason=typed["reason"] if withholds else "",
            left_out=tuple(typed.get("left_out", ())) if takes else (),
            taken_out=typed["taken_out"] if takes else "",
            blacked_out=typed.get("blacked_out", "") if takes else "",
        )


def initial_item(item: Item) -> dict[str, Any]:
    """What the form above begins with."""
    return {
        "about": item.about if item.about != About.NOT_LOOKED else None,
        "provider": item.provider,
        "source_protected": item.source_protected if item.verdict != Verdict.OPEN else None,
        "verdict": item.verdict if item.verdict != Verdict.OPEN else None,
        "left_out": item.left_out,
        "taken_out": item.taken_out,
        "blacked_out": item.blacked_out,
        "ground": item.ground_id,
        "reason": item.reason,
        "version": item.version,
    }


class GateForm(GovForm):
    """Why the gate is opened."""

    reason = LongTextField(
        label="Why do you need to read what was told in confidence?", called="the reason", max_length=500
    )
    sure = ConfirmField(label="I know that opening it is recorded with my name, and that it shuts after eight hours")


class ReleaseForm(GovForm):
    """To whom and how the package was given."""

    on = _past("When was it given?", "the day on which it was given")
    released_to = TextField(
        label="To whom, and how?",
        called="to whom it was given, and how",
        hint="Such as: to them, in person at the office. Not to an address where someone else opens the post.",
    )
    version = VersionField()


class EndForm(GovForm):
    """How a request ends without a package."""

    state = RadiosField(
        label="How does it end?",
        choices=[
            (State.WITHDRAWN.value, "They took it back"),
            (State.REFUSED.value, "It is refused in full: tell them the ground, and that they may complain"),
        ],
        error_messages={"required": "Select how it ends"},
    )
    on = _past("When?", "the day")
    reason = LongTextField(label="Why?", called="the reason", max_length=500)
    version = VersionField()


class EraseForm(GovForm):
    """The last question before the package goes."""

    sure = ConfirmField(label="They have it, and nothing of it is needed here any more")


def not_before(form: GovForm, name: str, day: date | None, words: str) -> None:
    """Put an error on a day that lies before another."""
    typed = form.cleaned_data.get(name)
    if day is not None and typed is not None and typed < day:
        form.add_error(name, ValidationError(words))
