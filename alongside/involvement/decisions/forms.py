# ruff: noqa: RUF001 - people read typographic apostrophes
"""Forms: a question, finding whoever rings, checks of a home, and a draft of the policy."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    YesNoField,
)
from alongside.involvement.decisions.identifying import Offered
from alongside.involvement.decisions.models import HomeCheckEnd
from alongside.involvement.decisions.rules import Act, Identity, Place, Purpose, Question, Way
from alongside.involvement.decisions.rules.facts import INVOLVING, WAY_OF_ACT
from alongside.involvement.decisions.words import ACTS, IDENTITIES, PLACES
from alongside.involvement.goals.rules import GoalFacts

OTHER_REASON = "other"
WRITING = {Way.LETTER.value: "Letter", Way.EMAIL.value: "Email", Way.TEXT.value: "Text message"}
WAY_OF_IDENTITY = {
    Identity.CALLED_BACK: Way.PHONE,
    Identity.CODE_WORD: Way.PHONE,
    Identity.KNOWN: Way.FACE,
    Identity.UNVERIFIED: Way.PHONE,
}
KNOWING = [
    (Identity.CALLED_BACK.value, "I rang, or will ring, a number on record that is safe"),
    (Identity.CODE_WORD.value, IDENTITIES[Identity.CODE_WORD]),
    (Identity.KNOWN.value, IDENTITIES[Identity.KNOWN]),
    (Identity.ON_RECORD.value, IDENTITIES[Identity.ON_RECORD]),
    (Identity.UNVERIFIED.value, IDENTITIES[Identity.UNVERIFIED]),
]
WHERE = [(place.value, PLACES[place]) for place in Place]
ASKABLE = [act for act in Act if act != Act.HOME_CHECK]


def _topics() -> list[tuple[str, str]]:
    return [("", "Choose a topic"), *((value.code, value.label()) for value in coded_list("permission_topic"))]


class AskForm(GovForm):
    """What somebody wants to do with one family member, how they know who it is, and what for."""

    identity = RadiosField(
        label="How do you know that it is them?",
        choices=KNOWING,
        look=Look(
            called="how you know that it is them",
            reveals={Identity.ON_RECORD.value: ["written_by"]},
            item_hints={Identity.UNVERIFIED.value: "A voice, a claim or a number on a screen. Then we only listen"},
        ),
    )
    written_by = SelectField(
        label="How will you write?", choices=list(WRITING.items()), required=False, look=Look(needed=True)
    )
    act = RadiosField(
        label="What do you want to do?",
        choices=[(act.value, ACTS[act]) for act in ASKABLE],
        look=Look(
            called="what you want to do",
            reveals={"share": ["tell_topic"], "ask": ["ask_topic"], "join": ["place"], "children": ["children_place"]},
        ),
    )
    tell_topic = SelectField(label="About what?", required=False, look=Look(needed=True))
    ask_topic = SelectField(label="About what?", required=False, look=Look(needed=True))
    place = SelectField(
        label="Where?",
        choices=WHERE,
        required=False,
        look=Look(needed=True),
    )
    children_place = SelectField(
        label="Where?",
        choices=WHERE,
        required=False,
        look=Look(needed=True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("tell_topic", "ask_topic"):
            self.fields[name].choices = _topics()  # type: ignore[attr-defined]

    def offer(self, ways: Offered) -> None:
        """Show what can show who they are, and why the rest cannot. The rules refuse what is sent in spite of it."""
        self.fields["identity"].choices = ways.choices  # type: ignore[attr-defined]
        self.fields["identity"].help_text = " ".join(ways.why_not)

    def clean(self) -> dict[str, Any]:
        """Telling and asking need a topic."""
        said = super().clean() or {}
        for act, field in ((Act.SHARE, "tell_topic"), (Act.ASK, "ask_topic")):
            if said.get("act") == act and not said.get(field) and field not in self.errors:
                self.add_error(field, "Choose what it is about")
        return said

    @property
    def needs_purpose(self) -> bool:
        """Whether what is asked takes a purpose. Listening does not."""
        return self.cleaned_data.get("act") in INVOLVING

    def question(self, *, role: str, purpose: Purpose, hour: int) -> Question:
        """The question as the rules take it."""
        said = self.cleaned_data
        act = Act(said["act"])
        identity = Identity(said["identity"])
        return Question(
            act=act,
            role=role,
            identity=identity,
            way=self._way(act, identity),
            topic={Act.SHARE: said["tell_topic"], Act.ASK: said["ask_topic"]}.get(act, ""),
            purpose=purpose,
            place=self._place(act),
            hour=hour,
        )

    def _way(self, act: Act, identity: Identity) -> Way:
        fixed = WAY_OF_ACT.get(act)
        if fixed is not None:
            return fixed
        if identity == Identity.ON_RECORD or act == Act.WRITE:
            return Way(self.cleaned_data.get("written_by") or Way.LETTER)
        return WAY_OF_IDENTITY[identity]

    def _place(self, act: Act) -> Place:
        if act == Act.VISIT:
            return Place.HOME
        name = {Act.JOIN: "place", Act.CHILDREN: "children_place"}.get(act)
        return Place(self.cleaned_data.get(name) or Place.NOWHERE) if name else Place.NOWHERE


def _said(called: str) -> Look:
    return Look(called=called, needed=True)


class PurposeForm(GovForm):
    """Why this person, why now, and what they will do, with the goal that it serves."""

    goal = RadiosField(label="Which goal does it help with?", choices=[], required=False, look=Look(needed=True))
    why_them = TextField(label="Why this person?", max_length=300, required=False, look=_said("why this person"))
    why_now = TextField(label="Why now?", max_length=300, required=False, look=_said("why now"))
    will_do = TextField(label="What will they do?", max_length=300, required=False, look=_said("what they will do"))

    def __init__(self, *args: Any, goals: Iterable[GoalFacts] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {str(goal.id): goal.words for goal in goals}
        field = self.fields["goal"]
        field.choices = [*self.goals.items(), (OTHER_REASON, "Another reason")]  # type: ignore[attr-defined]

    @property
    def said(self) -> bool:
        """Whether anything was typed or chosen."""
        return any(self.cleaned_data.get(name) for name in ("goal", "why_them", "why_now", "will_do"))

    def require(self) -> None:
        """Ask for what is missing: a purpose is whole or is none."""
        for name in ("why_them", "why_now", "will_do"):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"Say {self.fields[name].look.called}")  # type: ignore[attr-defined]
        if not self.cleaned_data.get("goal") and "goal" not in self.errors:
            self.add_error("goal", "Choose a goal, or “Another reason”")

    @property
    def goal_id(self) -> UUID | None:
        """The goal that was chosen; None for another reason."""
        chosen = self.cleaned_data.get("goal")
        return UUID(chosen) if chosen and chosen != OTHER_REASON else None


NOTE_WHY = "Why this goes beyond what was agreed"


class UseForm(GovForm):
    """What the user does with an answer: the answer that they saw, and a word about it."""

    seen = HiddenField(max_length=80)
    note = TextField(label="Anything to note", max_length=500, required=False)

    def ask_why(self) -> None:
        """A condition of the answer is to note why: then the note is no longer anything that comes to mind."""
        self.fields["note"].label = self["note"].label = NOTE_WHY

    def must_say_why(self) -> bool:
        """Whether the note that a condition asks for is missing; it is said beside the field then."""
        self.ask_why()
        missing = not self.cleaned_data.get("note")
        if missing:
            self.add_error("note", "Enter why this goes beyond what was agreed")
        return missing


class OpenHomeForm(GovForm):
    """What a home is checked for."""

    kind = CodedChoiceField("home_check_kind", label="What is the home for?")
    address = LongTextField(label="The address", max_length=300, look=Look(called="the address", rows=3))
    review_on = DateField(
        label="When does it end?",
        hint="The day on which the curfew, leave, bail or requirement ends, if it is known",
        when=When.FUTURE_OR_TODAY,
        required=False,
    )


class ChangeHomeForm(OpenHomeForm):
    """The same, to be mended."""

    version = VersionField()


ANSWERED = [
    ("none_found", "Nothing found"),
    ("suspected", "Something suspected"),
    ("known", "Something known"),
    ("not_checked", "Not answered yet"),
]


class HouseholdForm(GovForm):
    """What the household checks found."""

    abuse = RadiosField(
        label="Domestic abuse in this household", choices=ANSWERED, look=Look(called="what the check of abuse found")
    )
    children = RadiosField(
        label="Children in this household", choices=ANSWERED, look=Look(called="what the check for children found")
    )
    checked_on = DateField(label="When was this answered?", when=When.PAST_OR_TODAY)
    checked_with = TextField(label="Who answered?", hint="For example, police and children’s services")
    version = VersionField()


class HouseholderForm(GovForm):
    """What the householder was told, and what they said."""

    adult = YesNoField(label="Is the householder 18 or over?")
    seen_alone_on = DateField(label="When did you see them alone?", when=When.PAST_OR_TODAY, required=False)
    told_on = DateField(label="When were they told?", when=When.PAST_OR_TODAY, required=False)
    told_what = LongTextField(
        label="What were they told?",
        hint="The offence, the conditions, the dates, that they may say no, and how to take a yes back",
        max_length=1000,
        required=False,
    )
    agreed = RadiosField(
        label="What do they say?",
        choices=[("yes", "Yes, the home may be used"), ("no", "No"), ("", "They have not decided")],
        required=False,
    )
    version = VersionField()


class HomeWithdrawForm(GovForm):
    """The householder takes their yes back."""

    on = DateField(label="When did they say so?", when=When.PAST_OR_TODAY)
    version = VersionField()


class HomeEndForm(GovForm):
    """How a check ends."""

    end = RadiosField(
        label="What becomes of the contact with them?",
        choices=HomeCheckEnd.choices,
        look=Look(
            called="what becomes of the contact",
            item_hints={
                "closed": "The channel that the check opened is closed",
                "agreement": "The person permits it, they want it, and a working agreement is made",
            },
        ),
    )
    on = DateField(label="When did it end?", when=When.PAST_OR_TODAY)
    note = TextField(label="Anything to note", max_length=300, required=False)
    version = VersionField()
