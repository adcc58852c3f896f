"""Forms for what someone tells us, how it is handled, and what is passed on for safeguarding."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.forms import RadioSelect
from django.utils import timezone

from alongside.foundation.calendar.rules import LONDON, add_working_days, today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded, coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    OnceField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    YesNoField,
)
from alongside.safety.protected.actions.told import NEW, ToldFacts
from alongside.safety.protected.models import Referral, Told
from alongside.safety.protected.rules import is_looser

NOON = time(12)
FAMILY = "told_by.FAMILY"
FEEDBACK_AFTER = 3


def moment_on(day: Any) -> datetime:
    """Now where the day is today or not given; noon of any other day."""
    if day is None or day == today():
        return timezone.now()
    return datetime.combine(day, NOON, tzinfo=LONDON)


class ToldForm(GovForm):
    """What someone told us. Fact, hearsay and opinion apart; their wishes; what duty asks regardless."""

    limits_said = YesNoField(
        label="Did you say this before you listened?",
        hint="If there was no time, say so. Nothing is lost by it.",
        error_messages={"required": "Say whether you told them that we may have to act"},
    )
    told_by = CodedChoiceField(
        "told_by",
        label="Who told you?",
        error_messages={"required": "Select who told you"},
        widget=RadioSelect,
        empty_label=None,
        look=Look(reveals={FAMILY: ["family_member"]}),
    )
    family_member = SelectField(label="Which family member?", required=False, look=Look(needed=True))
    told_by_name = TextField(
        label="Their name, if they gave one", hint="Leave out for a family member", max_length=120, required=False
    )
    channel = CodedChoiceField(
        "told_channel", label="How did they tell you?", error_messages={"required": "Select how they told you"}
    )
    on = DateField(label="When?", hint="Leave empty for today", when=When.PAST_OR_TODAY, required=False)
    seen = LongTextField(label="What they saw or know themselves", required=False, look=Look(rows=3))
    reported = LongTextField(label="What others told them", required=False, look=Look(rows=2))
    opinion = LongTextField(
        label="What you think of it",
        hint="Your opinion, kept apart from what was said",
        required=False,
        look=Look(rows=2),
    )
    wishes = LongTextField(
        label="What do they want, and not want, to happen?",
        hint="In their words, such as “I do not want social services told”",
        required=False,
        look=Look(rows=2),
    )
    expects = LongTextField(
        label="What do they expect to come of it?",
        hint="Say what we can and cannot do, so that they are not left waiting",
        required=False,
        look=Look(rows=2),
    )
    about_member = SelectField(label="Does it concern another family member?", required=False)
    duties = CheckboxesField(
        label="Does any of this hold?",
        hint="Then we act, whatever they wish. Tick none if none holds",
        required=False,
    )
    context = CheckboxesField(
        label="Does it touch any of this?", hint="Seen here alone. Tick none if it does not", required=False
    )
    once = OnceField()

    def __init__(self, *args: Any, members: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", ""), *((str(pk), name) for pk, name in members.items())]
        for name in ("family_member", "about_member"):
            self._set_choices(name, named)
        owed = coded_list("duty_owed")
        self._set_choices("duties", [(value.id, value.label()) for value in owed])
        self._set_choices("context", [(value.id, value.label()) for value in coded_list("concern_context")])

    def _set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something must have been said; a family member is chosen where one spoke."""
        typed = super().clean() or self.cleaned_data
        if typed.get("told_by") == FAMILY and not typed.get("family_member"):
            self.add_error("family_member", "Select which family member told you")
        if typed.get("told_by") and typed["told_by"] != FAMILY:
            typed["family_member"] = ""
        if not any(typed.get(name) for name in ("seen", "reported")) and "seen" not in self.errors:
            self.add_error("seen", "Write down what they told you, here or under “What others told them”")
        return typed

    def facts(self) -> ToldFacts:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return ToldFacts(
            at=moment_on(typed["on"]),
            told_by_id=typed["told_by"],
            channel_id=typed["channel"],
            limits_said=typed["limits_said"],
            family_member=UUID(typed["family_member"]) if typed["family_member"] else None,
            about_member=UUID(typed["about_member"]) if typed["about_member"] else None,
            told_by_name="" if typed["family_member"] else typed["told_by_name"],
            duties=tuple(typed["duties"]),
            context=tuple(typed["context"]),
            **{name: typed[name] for name in ("seen", "reported", "opinion", "wishes", "expects")},
        )


def initial_told(told: Told) -> dict[str, Any]:
    """What stands, for a correction."""
    return {
        "limits_said": told.limits_said,
        "told_by": told.told_by_id,
        "family_member": str(told.family_member or ""),
        "about_member": str(told.about_member or ""),
        "channel": told.channel_id,
        "on": told.at.astimezone(LONDON).date(),
        "duties": told.duties,
        "context": told.context,
        **{name: getattr(told, name) for name in ("told_by_name", "seen", "reported", "opinion", "wishes", "expects")},
    }


class HandlingForm(GovForm):
    """What the person may learn of it, and what can be done with it."""

    may_know = CodedChoiceField(
        "source_handling",
        label="What may the person learn of it?",
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select what the person may learn of it"},
        look=Look(reveals={"source_handling.NOTWHO": ["may_know_from"], "source_handling.OPEN": ["may_know_from"]}),
    )
    may_know_from = DateField(
        label="From when?", hint="Leave empty for from now on", when=When.FUTURE_OR_TODAY, required=False
    )
    status = CodedChoiceField(
        "held_status",
        label="What can be done with it?",
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select what can be done with it"},
    )
    discussed_with = TextField(label="Whom did you talk it over with?", max_length=120, required=False)
    reason = LongTextField(label="Why?", hint="Why you decided so", required=False, look=Look(rows=3))
    version = VersionField()

    def __init__(self, *args: Any, standing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing

    def clean(self) -> dict[str, Any]:
        """Letting the person learn more needs a reason; so does saying that it is more than new."""
        typed = super().clean() or self.cleaned_data
        chosen, why = typed.get("may_know"), typed.get("reason", "").strip()
        if chosen and is_looser(coded(chosen).attributes, coded(self.standing).attributes) and not why:
            self.add_error("reason", "Say why the person may learn more of it, and whether whoever told us agrees")
        if typed.get("status") not in (None, "", NEW) and not typed.get("discussed_with", "").strip():
            self.add_error(
                "discussed_with", "Enter whom you talked it over with: your senior, or the safeguarding lead"
            )
        if chosen == "source_handling.PROTECTED":
            typed["may_know_from"] = None
        return typed


class ReferralForm(GovForm):
    """A concern that is passed to an agency that safeguards children or adults."""

    protects = RadiosField(
        label="Whom does it protect?",
        choices=[("child", "A child"), ("adult", "An adult")],
        error_messages={"required": "Select whether it protects a child or an adult"},
    )
    who = TextField(label="Who is the concern for?", hint="As the agency will know them", max_length=200)
    agency = CodedChoiceField(
        "safeguarding_agency", label="To whom was it passed?", error_messages={"required": "Select the agency"}
    )
    agency_name = TextField(label="Which team, and who took it?", max_length=120, required=False)
    concern = LongTextField(label="What did you tell them?", hint="The minimum that they need", look=Look(rows=4))
    consent = CodedChoiceField(
        "safeguarding_consent",
        label="Did whoever it concerns agree?",
        help_text="Nobody has to agree where someone may be harmed",
        widget=RadioSelect,
        empty_label=None,
        error_messages={"required": "Select whether they agreed"},
        look=Look(
            reveals={
                "safeguarding_consent.AGAINST": ["consent_reason"],
                "safeguarding_consent.NOTASKED": ["consent_reason"],
            }
        ),
    )
    consent_reason = LongTextField(
        label="Why refer all the same?", hint="What the risk is", required=False, look=Look(rows=2, needed=True)
    )
    made_on = DateField(
        label="When was it made?", hint="Leave empty for today", when=When.PAST_OR_TODAY, required=False
    )
    feedback_due_on = DateField(
        label="When should they have answered?",
        hint="Leave empty for three working days from now",
        when=When.FUTURE_OR_TODAY,
        required=False,
    )
    once = OnceField()

    def clean(self) -> dict[str, Any]:
        """A referral without agreement says why (R101)."""
        typed = super().clean() or self.cleaned_data
        consent = typed.get("consent")
        if consent and coded(consent).attributes.get("reason") and not typed.get("consent_reason", "").strip():
            self.add_error("consent_reason", "Say what the risk is that makes you refer all the same")
        return typed

    def values(self) -> dict[str, Any]:
        """What was typed, as columns."""
        typed = self.cleaned_data
        made_on = typed["made_on"] or today()
        return {
            "protects": typed["protects"],
            "who": typed["who"],
            "agency_id": typed["agency"],
            "agency_name": typed["agency_name"],
            "concern": typed["concern"],
            "consent_id": typed["consent"],
            "consent_reason": typed["consent_reason"],
            "made_on": made_on,
            "feedback_due_on": typed["feedback_due_on"] or add_working_days(today(), FEEDBACK_AFTER),
        }


class OutcomeForm(GovForm):
    """What came of a referral."""

    outcome = CodedChoiceField(
        "safeguarding_outcome", label="What came of it?", error_messages={"required": "Select what came of it"}
    )
    outcome_note = LongTextField(label="What did they say?", required=False, look=Look(rows=3))
    outcome_on = DateField(
        label="When did they say so?", hint="Leave empty for today", when=When.PAST_OR_TODAY, required=False
    )
    version = VersionField()

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral

    def clean(self) -> dict[str, Any]:
        """An answer cannot come before the question."""
        typed = super().clean() or self.cleaned_data
        day = typed.get("outcome_on") or today()
        if "outcome_on" not in self.errors and day < self.referral.made_on:
            self.add_error("outcome_on", "The answer cannot be earlier than the referral")
        typed["outcome_on"] = day
        return typed


def initial_outcome(referral: Referral) -> dict[str, Any]:
    """What stands."""
    return {
        "outcome": referral.outcome_id or "",
        "outcome_note": referral.outcome_note,
        "outcome_on": referral.outcome_on,
        "version": referral.version,
    }


REVIEW_AFTER = timedelta(days=28)


class InstructionForm(GovForm):
    """How to act, without why."""

    instruction = CodedChoiceField(
        "handling_instruction",
        label="What should everyone do who visits, covers or is on duty?",
        error_messages={"required": "Select what everyone should do"},
    )
    family_member = SelectField(label="With whom?", required=False)
    review_on = DateField(
        label="Look at it again on",
        hint="Leave empty for four weeks from now",
        when=When.FUTURE_OR_TODAY,
        required=False,
    )

    def __init__(self, *args: Any, members: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family_member"].choices = [  # type: ignore[attr-defined]
            ("", "Anyone on this case"),
            *((str(pk), name) for pk, name in members.items()),
        ]
