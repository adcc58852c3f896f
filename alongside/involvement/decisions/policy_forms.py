"""The draft of a policy as a form: one field for each limit, drawn from the rules' own lists."""

from typing import Any

from alongside.foundation.access.roles import ROLES, RoleCode
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    NumberField,
    RadiosField,
    SelectField,
    VersionField,
    When,
    YesNoField,
)
from alongside.involvement.decisions.rules.answers import Asked
from alongside.involvement.decisions.rules.facts import FREE, INVOLVING, TOPICS, Act
from alongside.involvement.decisions.rules.policy import (
    ACT_FLOORS,
    APPROVERS_ALLOWED,
    FIXED_APPROVERS,
    HIGHEST_LEVEL,
    LOWEST_FLOOR,
    REMIT_LIMITS,
    TOPIC_FLOORS,
    Policy,
)
from alongside.involvement.decisions.words import ACTS, MATTERS, topic_words

ACT, TOPIC, REMIT, APPROVER = "act_", "topic_", "remit_", "approver_"
LEVELS = [(str(level), str(level)) for level in range(HIGHEST_LEVEL + 1)]


class PolicyForm(GovForm):
    """Every limit that a policy may set. What no data may set has no field."""

    reason = LongTextField(
        label="What changes, and why?", max_length=500, look=Look(called="what changes and why", rows=3)
    )
    light_level = SelectField(label="Highest level without a full judgement", choices=LEVELS)
    agreement_from = SelectField(label="Level from which a working agreement is needed", choices=LEVELS)
    call_from = NumberField(label="First hour for calls and visits", min_value=0, max_value=23)
    call_until = NumberField(label="Last hour for calls and visits", min_value=1, max_value=24)
    spent_budget_asks = YesNoField(label="Ask first before contact beyond what was agreed?")
    careful_topics = CheckboxesField(label="Topics on which only agreed words are said", choices=[], required=False)
    version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["careful_topics"].choices = [(topic, topic_words(topic)) for topic in TOPICS]  # type: ignore[attr-defined]
        for act in sorted(INVOLVING, key=list(ACTS).index):
            self.fields[f"{ACT}{act}"] = SelectField(
                label=f"{ACTS[act]}: level", choices=LEVELS, hint=f"At least {ACT_FLOORS[act]}"
            )
        for topic in TOPICS:
            floor = TOPIC_FLOORS.get(topic, LOWEST_FLOOR)
            self.fields[f"{TOPIC}{topic}"] = SelectField(
                label=f"{topic_words(topic)}: level", choices=LEVELS, hint=f"At least {floor}"
            )
        for asked in Asked:
            if asked not in FIXED_APPROVERS:
                self.fields[f"{APPROVER}{asked}"] = SelectField(
                    label=f"Who is asked first about {MATTERS[asked]}?",
                    choices=[(role.value, ROLES[role].label) for role in sorted(APPROVERS_ALLOWED)],
                )
        for role, most in REMIT_LIMITS.items():
            if most > FREE:
                self.fields[f"{REMIT}{role}"] = CheckboxesField(
                    label=f"What a {ROLES[RoleCode(role)].label.lower()} may do",
                    choices=[(act.value, ACTS[act]) for act in Act if act in most and act not in FREE],
                    hint="Listening and public information are always there",
                    required=False,
                )


def initial_of(policy: Policy) -> dict[str, Any]:
    """A policy as the form begins with it."""
    return {
        "light_level": str(policy.light_level),
        "agreement_from": str(policy.agreement_from),
        "call_from": policy.call_from,
        "call_until": policy.call_until,
        "spent_budget_asks": policy.spent_budget_asks,
        "careful_topics": sorted(policy.careful_topics),
        **{f"{ACT}{act}": str(level) for act, level in policy.act_levels.items()},
        **{f"{TOPIC}{topic}": str(level) for topic, level in policy.topic_levels.items()},
        **{f"{APPROVER}{asked}": role for asked, role in policy.approvers.items()},
        **{f"{REMIT}{role}": sorted(acts - FREE) for role, acts in policy.remits.items()},
    }


def data_from(form: PolicyForm) -> dict[str, Any]:
    """What was entered as data of a policy; what has no field keeps what the rules fix."""
    said = form.cleaned_data
    free = [act.value for act in FREE]
    return {
        "act_levels": {act.value: int(said[f"{ACT}{act}"]) for act in INVOLVING},
        "topic_levels": {topic: int(said[f"{TOPIC}{topic}"]) for topic in TOPICS},
        "remits": {role: sorted({*free, *said.get(f"{REMIT}{role}", [])}) for role in REMIT_LIMITS},
        "approvers": {asked.value: FIXED_APPROVERS.get(asked) or said[f"{APPROVER}{asked}"] for asked in Asked},
        "light_level": int(said["light_level"]),
        "agreement_from": int(said["agreement_from"]),
        "call_from": said["call_from"],
        "call_until": said["call_until"],
        "careful_topics": sorted(said["careful_topics"]),
        "spent_budget_asks": bool(said["spent_budget_asks"]),
    }


class ApprovePolicyForm(GovForm):
    """What somebody else decides on a version."""

    decision = RadiosField(
        label="What do you decide?",
        choices=[("approve", "Approve it from a day on"), ("return", "Send it back")],
        look=Look(called="what you decide", reveals={"approve": ["starts_on"]}),
    )
    starts_on = DateField(
        label="From which day?", when=When.FUTURE_OR_TODAY, required=False, look=Look(called="the day", needed=True)
    )
    note = LongTextField(label="Why?", max_length=500, look=Look(called="your reason", rows=3))
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        """An approval has a day."""
        said = super().clean() or {}
        if said.get("decision") == "approve" and not said.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", "Enter the day from which it holds")
        return said
