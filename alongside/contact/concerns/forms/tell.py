"""Taking down what someone tells us, and the quick path for someone who has not come home."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import RadioSelect, Select

from alongside.contact.concerns.actions import TakenFacts
from alongside.contact.concerns.rules import MISSING_ASKED, missing_words
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    GovForm,
    LongTextField,
    Look,
    OnceField,
    SelectField,
    TextField,
    Width,
    YesNoField,
)
from alongside.involvement.decisions.rules import Identity
from alongside.involvement.decisions.words import IDENTITIES
from alongside.people.families.models import FamilyMember

FAMILY = "told_by.FAMILY"
MISSING = "concern_kind.MISSING"
HOW_KNOWN = (
    (Identity.CALLED_BACK.value, "I rang back a number on record that is safe"),
    (Identity.CODE_WORD.value, IDENTITIES[Identity.CODE_WORD]),
    (Identity.KNOWN.value, IDENTITIES[Identity.KNOWN]),
    (Identity.UNVERIFIED.value, "I cannot be sure"),
)
LONGEST = 20_000


def limits_said() -> YesNoField:
    """Whether the honest words, which stand above the form, were said before anyone listened."""
    return YesNoField(
        label="Did you say this before you listened?",
        hint="If there was no time, say so. Nothing is lost by it.",
        error_messages={"required": "Say whether you told them that we may have to act"},
    )


class TellForm(GovForm):
    """What someone tells us, whoever it is about. Fact, hearsay and opinion apart; their wishes; what duty asks."""

    limits_said = limits_said()
    kind = CodedChoiceField(
        "concern_kind",
        label="What is it?",
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select what it is"},
    )
    channel = CodedChoiceField(
        "told_channel", label="How did they tell us?", error_messages={"required": "Select how they told us"}
    )
    told_by = CodedChoiceField("told_by", label="Who told us?", error_messages={"required": "Select who told us"})
    family_member = SelectField(label="Which family member?", required=False, look=Look(needed=True))
    told_by_name = TextField(label="Their name, if they give one", max_length=120, required=False)
    about = TextField(
        label="Whom is it about?",
        hint="As they say it. You need not know the name, and do not look anyone up.",
        max_length=200,
        required=False,
        look=Look(needed=True),
    )
    number = TextField(
        label="A case number, if they give one", max_length=20, required=False, look=Look(width=Width.TEN)
    )
    seen = LongTextField(
        label="What they saw or know themselves", max_length=LONGEST, required=False, look=Look(rows=4, needed=True)
    )
    reported = LongTextField(label="What others told them", max_length=LONGEST, required=False, look=Look(rows=2))
    opinion = LongTextField(
        label="What you think of it", hint="Your opinion, kept apart", required=False, look=Look(rows=2)
    )
    wishes = LongTextField(
        label="What do they want, and not want, to happen?", hint="In their words", required=False, look=Look(rows=2)
    )
    expects = LongTextField(label="What do they expect to come of it?", required=False, look=Look(rows=2))
    reach = TextField(
        label="A safe way and time to reach them",
        hint="Such as: text only, before four. Leave out if they would rather not.",
        max_length=200,
        required=False,
    )
    duties = CheckboxesField(
        label="Does any of this hold?",
        hint="Then someone acts today, whatever they wish. Tick none if none holds.",
        required=False,
    )
    context = CheckboxesField(
        label="Does it touch any of this?", hint="Whoever reads it sees this, and nobody else.", required=False
    )
    can_wait = YesNoField(
        label="Can it wait until tomorrow?",
        hint="If you doubt it, say no. A duty senior then reads it now.",
        error_messages={"required": "Say whether it can wait until tomorrow"},
    )
    once = OnceField()

    def __init__(
        self, *args: Any, members: Iterable[FamilyMember] | None, kind: str = "", identity: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.identity = identity if identity in dict(HOW_KNOWN) else Identity.UNVERIFIED.value
        self.members = {str(member.pk): member for member in members or ()}
        self.fields["duties"].choices = [(value.id, value.label()) for value in coded_list("duty_owed")]  # type: ignore[attr-defined]
        self.fields["context"].choices = [(value.id, value.label()) for value in coded_list("concern_context")]  # type: ignore[attr-defined]
        if members is None:
            del self.fields["family_member"]
        else:
            del self.fields["about"], self.fields["number"]
            self.fields["family_member"].choices = [  # type: ignore[attr-defined]
                ("", ""),
                *((key, member.name) for key, member in self.members.items()),
            ]
        if kind:
            self.initial["kind"] = kind
            chosen = self.fields["kind"]
            chosen.widget = Select(choices=chosen.choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something was said; a relative of a case is named; whom it is about is said where there is no case."""
        typed = super().clean() or self.cleaned_data
        if "family_member" in self.fields and typed.get("told_by") == FAMILY and not typed.get("family_member"):
            self.add_error("family_member", "Select which family member told us")
        if "about" in self.fields and not typed.get("about") and "about" not in self.errors:
            self.add_error("about", "Enter whom it is about, as they say it")
        if not self._says_something(typed):
            self.add_error(self.first_question, "Write down what they told us")
        return typed

    first_question = "seen"

    def _says_something(self, typed: Mapping[str, Any]) -> bool:
        return bool(self.errors.get("seen") or typed.get("seen") or typed.get("reported"))

    @property
    def member(self) -> FamilyMember | None:
        """The family member who told us, where one was chosen."""
        if self.cleaned_data.get("told_by") != FAMILY:
            return None
        return self.members.get(self.cleaned_data.get("family_member", ""))

    @property
    def kind_id(self) -> str:
        """What it is."""
        return str(self.cleaned_data["kind"])

    def facts(self) -> TakenFacts:
        """What was typed, for the action."""
        typed = self.cleaned_data
        words: dict[str, Any] = {
            name: typed.get(name) or ""
            for name in ("told_by_name", "reach", "about", "number", "reported", "opinion", "wishes", "expects")
        }
        return TakenFacts(
            kind_id=self.kind_id,
            channel_id=typed["channel"],
            told_by_id=typed["told_by"],
            limits_said=typed["limits_said"],
            identity=self.identity,
            seen=self.words_seen(),
            duties=tuple(typed["duties"]),
            context=tuple(typed.get("context") or ()),
            urgent=typed.get("can_wait") is False,
            **words,
        )

    def words_seen(self) -> str:
        """What they saw or know, as it is kept."""
        return str(self.cleaned_data.get("seen") or "")


class MissingForm(TellForm):
    """Someone has not come home: what to ask, in this order, and as little typing as that takes."""

    last_seen = LongTextField(
        label="When and where were they last seen or heard from?",
        error_messages={"required": "Enter when and where they were last seen, or that nobody knows"},
        look=Look(rows=2),
    )
    danger = LongTextField(
        label="What worries you most?",
        hint="Words about dying or harm, threats, a row, someone they fear, a child with them",
        required=False,
        look=Look(rows=2),
    )
    health = LongTextField(
        label="Health, medicines, drink or drugs", hint="And when a dose is due", required=False, look=Look(rows=2)
    )
    going = TextField(label="Where might they have gone, and with whom?", max_length=300, required=False)
    wearing = TextField(
        label="What are they wearing and carrying?", hint="Phone, money, a bag", max_length=300, required=False
    )
    who_else = TextField(
        label="Who else was told?", hint="Police and their number, hospitals, friends", max_length=300, required=False
    )

    field_order = (
        "limits_said",
        "about",
        "number",
        "last_seen",
        "danger",
        "health",
        "going",
        "wearing",
        "who_else",
        "told_by",
        "family_member",
        "told_by_name",
        "channel",
        "reach",
        "wishes",
        "duties",
    )
    first_question = "last_seen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "seen", "reported", "opinion", "expects", "context", "can_wait"):
            del self.fields[name]

    def _says_something(self, typed: Mapping[str, Any]) -> bool:
        return True

    @property
    def kind_id(self) -> str:
        """Always this."""
        return MISSING

    def words_seen(self) -> str:
        """The answers under their headings."""
        return missing_words({name: str(self.cleaned_data.get(name) or "") for name in MISSING_ASKED})
