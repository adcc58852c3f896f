"""Forms for disclosing under a lawful ground, for danger, and for refusing."""

from typing import Any

from django.forms import RadioSelect

from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded
from alongside.foundation.ui.forms import (
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    RadiosField,
    TextField,
    When,
    Width,
)
from alongside.safety.protected.actions import DecisionFacts

APPROVE, REFUSE = "approve", "refuse"


class DisclosureForm(GovForm):
    """A decision to tell someone something that the person has not permitted: law, not practice (R075)."""

    what = LongTextField(label="What will be told?", hint="The least that does what it is for", look=Look(rows=3))
    recipient = CodedChoiceField(
        "disclosure_recipient", label="Who will be told?", error_messages={"required": "Select who will be told"}
    )
    recipient_name = TextField(label="Their name, or their team", max_length=200)
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

    def clean(self) -> dict[str, Any]:
        """Keeping it from the person needs a reason."""
        typed = super().clean() or self.cleaned_data
        informed = typed.get("informed")
        if informed and coded(informed).attributes.get("reason") and not typed.get("informed_reason", "").strip():
            self.add_error("informed_reason", "Say why the person is not told")
        return typed

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
