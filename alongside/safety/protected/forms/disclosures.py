"""Forms for disclosing under a lawful ground, for danger, and for refusing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.forms import RadioSelect

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded, coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    OnceField,
    RadiosField,
    SelectField,
    TextField,
    When,
    Width,
)
from alongside.safety.protected.actions import DecisionFacts, ToMember
from alongside.safety.protected.actions.disclosures import HOLDS_AT_MOST

APPROVE, REFUSE = "approve", "refuse"
OF_FAMILY, NOT_OF_FAMILY = "yes", "no"
MAY_BE_FAMILY = frozenset(f"disclosure_recipient.{code}" for code in ("ATRISK", "PROTECTOR", "OTHER"))
"""Recipients who may be somebody's relative; the others are bodies."""


class DisclosureForm(GovForm):
    """A decision to tell someone something that the person has not permitted: law, not practice (R075)."""

    what = LongTextField(label="What will be told?", hint="The least that does what it is for", look=Look(rows=3))
    recipient = CodedChoiceField(
        "disclosure_recipient", label="Who will be told?", error_messages={"required": "Select who will be told"}
    )
    recipient_name = TextField(label="Their name, or their team", max_length=200)
    of_family = RadiosField(
        label="Are they one of the family members on this case?",
        choices=[(OF_FAMILY, "Yes"), (NOT_OF_FAMILY, "No")],
        error_messages={"required": "Select whether they are one of the family members on this case"},
        look=Look(reveals={OF_FAMILY: ["to_member", "topics", "until"]}),
    )
    to_member = SelectField(label="Which family member?", required=False, look=Look(needed=True))
    topics = CheckboxesField(
        label="What is it about?",
        hint="Once it is approved, “May I?” answers for these topics. What you write above is not shown there",
        required=False,
        look=Look(needed=True),
    )
    until = DateField(
        label="Until when may they be told?",
        hint=f"{HOLDS_AT_MOST.days} days at most. After that it is decided again",
        when=When.FUTURE_OR_TODAY,
        required=False,
        look=Look(needed=True),
    )
    purpose = LongTextField(label="What is it for?", look=Look(rows=2))
    ground = CodedChoiceField(
        "disclosure_ground",
        label="On what ground?",
        help_text="Nothing else allows it without the person’s permission",  # noqa: RUF001
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the ground on which they are told"},
    )
    regime = CodedChoiceField(
        "processing_regime",
        label="Under which law?",
        help_text="For most of what probation does, law enforcement",
        widget=RadioSelect,
        empty_label=None,
        initial="processing_regime.PART3",
        error_messages={"required": "Select the law"},
    )
    necessity = LongTextField(label="Why is it necessary?", hint="Why nothing less will do", look=Look(rows=2))
    proportionality = LongTextField(
        label="Why is it in proportion?",
        hint="Weigh what it does to the person against the harm it prevents",
        look=Look(rows=2),
    )
    informed = CodedChoiceField(
        "person_informed",
        label="Is the person told?",
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select whether the person is told"},
        look=Look(
            reveals={"person_informed.NORISK": ["informed_reason"], "person_informed.NOPREJ": ["informed_reason"]}
        ),
    )
    informed_reason = LongTextField(label="Why not?", required=False, look=Look(rows=2, needed=True))
    once = OnceField()

    def __init__(self, *args: Any, members: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._set_choices("to_member", [("", ""), *((str(pk), name) for pk, name in members.items())])
        self._set_choices("topics", [(value.code, value.label()) for value in coded_list("permission_topic")])

    def _set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keeping it from the person needs a reason; a family member is told on topics, and until a day."""
        typed = super().clean() or self.cleaned_data
        if typed.get("of_family") == OF_FAMILY:
            self._clean_family(typed)
        informed = typed.get("informed")
        if informed and coded(informed).attributes.get("reason") and not typed.get("informed_reason", "").strip():
            self.add_error("informed_reason", "Say why the person is not told")
        return typed

    def _clean_family(self, typed: dict[str, Any]) -> None:
        for name, words in (
            ("to_member", "Select which family member is told"),
            ("topics", "Select what it is about"),
            ("until", "Enter the last day on which they may be told"),
        ):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, words)
        until = typed.get("until")
        if until and until > today() + HOLDS_AT_MOST:
            self.add_error("until", f"The last day must be within {HOLDS_AT_MOST.days} days")
        if typed.get("recipient") and typed["recipient"] not in MAY_BE_FAMILY:
            self.add_error("recipient", "For a family member, select someone at risk, their protector or someone else")

    def to(self) -> ToMember | None:
        """The family member who is told, where it is one."""
        typed = self.cleaned_data
        if typed["of_family"] != OF_FAMILY:
            return None
        return ToMember(UUID(typed["to_member"]), tuple(typed["topics"]), typed["until"])

    def facts(self) -> DecisionFacts:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return DecisionFacts(
            **{f"{name}_id": typed[name] for name in ("recipient", "ground", "regime", "informed")},
            **{
                name: typed[name]
                for name in ("what", "recipient_name", "purpose", "necessity", "proportionality", "informed_reason")
            },
        )


class ReviewForm(GovForm):
    """What someone else says of a decision to disclose."""

    answer = RadiosField(
        label="Your decision",
        choices=[(APPROVE, "Approve"), (REFUSE, "Do not approve")],
        error_messages={"required": "Select whether you approve"},
    )
    reason = LongTextField(label="Why?", look=Look(rows=3))


class EndEarlyForm(GovForm):
    """Why nothing may be said under a decision any more."""

    reason = LongTextField(
        label="Why does it end?",
        hint="What changed, so that whoever held to it understands. It stays behind the wall",
        look=Look(rows=3),
    )


class LookBackForm(ReviewForm):
    """The same, after the fact."""

    answer = RadiosField(
        label="Was it right to share this?",
        choices=[(APPROVE, "Yes"), (REFUSE, "No, it should not have been shared")],
        error_messages={"required": "Select whether it was right to share"},
    )


class MadeForm(GovForm):
    """What was in the end said under a decision."""

    said = LongTextField(label="What did you say?", look=Look(rows=3))
    to = TextField(label="To whom?", max_length=200)
    channel = CodedChoiceField("told_channel", label="How?", error_messages={"required": "Select how you told them"})
    on = DateField(label="When?", hint="Leave empty for today", when=When.PAST_OR_TODAY, required=False)
    once = OnceField()


class DangerForm(GovForm):
    """The minimum, shared now. Only what nobody can do without is asked for."""

    about = TextField(label="Who is in danger, or from whom?", hint="As much as you know", max_length=200)
    number = TextField(
        label="The person’s case number, if you have it",  # noqa: RUF001
        hint="So that it reaches whoever holds the case. You are not told whether we hold one",
        required=False,
        max_length=20,
        look=Look(width=Width.TEN),
    )
    recipient = CodedChoiceField(
        "disclosure_recipient", label="Whom did you tell?", error_messages={"required": "Select whom you told"}
    )
    recipient_name = TextField(label="Their name, or the reference they gave", max_length=200)
    what = LongTextField(label="What did you tell them?", hint="The minimum that keeps someone safe", look=Look(rows=3))
    why = LongTextField(label="Why could it not wait?", look=Look(rows=2))
    channel = CodedChoiceField(
        "told_channel",
        label="How?",
        initial="told_channel.PHONE",
        error_messages={"required": "Select how you told them"},
    )
    once = OnceField()

    def facts(self) -> DecisionFacts:
        """What was typed, for the action: life in danger is the ground, and whoever is the danger is not told."""
        typed = self.cleaned_data
        return DecisionFacts(
            about=typed.get("about", ""),
            what=typed["what"],
            recipient_id=typed["recipient"],
            recipient_name=typed["recipient_name"],
            purpose=typed["why"],
            ground_id="disclosure_ground.VITAL",
            necessity=typed["why"],
            informed_id="person_informed.NORISK",
            informed_reason="Shared at once because someone was in danger",
        )


class DangerOnCaseForm(DangerForm):
    """The same from a case: whom it is about is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["about"], self.fields["number"]


class RefusalForm(GovForm):
    """Someone asked for what they may not know."""

    asked_by = TextField(label="Who asked?", hint="As they gave it. It need not be true", max_length=200)
    asked_for = LongTextField(label="What did they want to know or have?", look=Look(rows=2))
    channel = CodedChoiceField("told_channel", label="How?", error_messages={"required": "Select how they asked"})
    answer = CodedChoiceField(
        "refusal_answer",
        label="What were they told?",
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select what they were told"},
    )
    happened = LongTextField(
        label="What else happened, or what did they want us to know?", required=False, look=Look(rows=3)
    )
    would_not_leave = ConfirmField(label="They would not leave, or staff were threatened", required=False)
    once = OnceField()
