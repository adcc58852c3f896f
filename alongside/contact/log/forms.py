"""Writing a contact down in at most six inputs; all else has its usual answer and stands under "More"."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.core.validators import MaxValueValidator
from django.utils import timezone

from alongside.contact.log.models import Became, Contact, Direction, Party
from alongside.contact.log.rules import LONGEST
from alongside.foundation.calendar.rules import LONDON, today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded, coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    NumberField,
    OnceField,
    RadiosField,
    SelectField,
    TextField,
    VersionField,
    When,
    Width,
)
from alongside.people.families.models import FamilyMember

PERSON, AGENCY = "person", "agency"
SPOKE = "contact_outcome.SPOKE"


def time_of(text: str) -> time | None:
    """A time of day as people write it: 14:05, 2.05pm, 9am. None where it cannot be read."""
    cleaned = text.strip().lower().replace(".", ":").replace(" ", "")
    for shape in ("%H:%M", "%I:%M%p", "%I%p", "%H%M", "%H"):
        try:
            return datetime.strptime(cleaned, shape).time()  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            continue
    return None


class WhatWasSaid(GovForm):
    """What a contact says, whoever it was with: the part that can be corrected later."""

    direction = RadiosField(
        label="Who began it?",
        choices=Direction.choices,
        error_messages={"required": "Select who began it"},
        look=Look(inline=True),
    )
    purpose = CodedChoiceField(
        "contact_purpose",
        label="What was it about?",
        grouped=True,
        error_messages={"required": "Select what it was about"},
    )
    heard = LongTextField(
        label="What they said",
        hint="What was said, and what you saw. Keep your own opinion apart.",
        max_length=LONGEST,
        required=False,
        look=Look(rows=4),
    )
    shared = LongTextField(label="What we said", max_length=LONGEST, required=False, look=Look(rows=3, needed=True))
    next_step = TextField(label="What happens next", max_length=200, required=False)
    next_on = DateField(label="By when", required=False)
    outcome = CodedChoiceField("contact_outcome", label="What came of it", required=False)
    on = DateField(label="Day", when=When.PAST, required=False)
    clock = TextField(
        label="Time", hint="Such as 14:05 or 2pm", max_length=8, required=False, look=Look(width=Width.FIVE)
    )
    minutes = NumberField(
        label="Minutes that it took", required=False, min_value=1, validators=[MaxValueValidator(1440)]
    )
    thanked = ConfirmField(label="They were thanked or acknowledged", required=False)
    efforts = CheckboxesField(
        label="What did the family member do for them, unpaid?",
        hint="So that somebody thanks them, and asks whether it is too much.",
        choices=(),
        required=False,
    )
    effort_hours = NumberField(
        label="Hours that it took them", required=False, min_value=1, validators=[MaxValueValidator(200)]
    )
    effort_pounds = NumberField(
        label="What it cost them, in pounds", required=False, min_value=1, validators=[MaxValueValidator(5000)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["efforts"].choices = [(value.code, value.label()) for value in coded_list("family_effort")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something was said, or it says why not; and it is not in the future."""
        typed = super().clean() or self.cleaned_data
        typed["outcome"] = typed.get("outcome") or SPOKE
        reached = coded(typed["outcome"]).attributes.get("reached")
        if reached and not typed.get("heard") and not typed.get("shared") and not self.errors:
            self.add_error("heard", "Enter what was said. If nobody was reached, say so under More")
        if (typed.get("effort_hours") or typed.get("effort_pounds")) and not typed.get("efforts"):
            self.add_error("efforts", "Select what they did, or leave its hours and cost out")
        if typed.get("next_on") and not typed.get("next_step"):
            self.add_error("next_step", "Enter what happens next, or leave the day out")
        if typed.get("next_step") and typed.get("next_on") and typed["next_on"] < today():
            self.add_error("next_on", "By when must be today or later")
        typed["at"] = self._moment(typed)
        return typed

    def _moment(self, typed: dict[str, Any]) -> datetime:
        now = timezone.now()
        on, clock = typed.get("on"), typed.get("clock") or ""
        if not on and not clock:
            return now
        at = time_of(clock) if clock else time(12)
        if at is None:
            self.add_error("clock", "Enter the time as 14:05 or 2pm")
            return now
        moment = datetime.combine(on or today(), at, LONDON)
        if moment > now + timedelta(minutes=5):
            if clock:
                self.add_error("clock", "The time must be in the past")
                return now
            return now
        return moment

    def values(self) -> dict[str, Any]:
        """What was typed, as columns."""
        typed = self.cleaned_data
        return {
            "at": typed["at"],
            "direction": Direction(typed["direction"]),
            "purpose_id": typed["purpose"],
            "outcome_id": typed["outcome"],
            "heard": typed["heard"],
            "shared": typed["shared"],
            "next_step": typed["next_step"],
            "next_on": typed["next_on"] or (today() if typed["next_step"] else None),
            "minutes": typed["minutes"],
            "thanked": bool(typed["thanked"]),
            "efforts": typed.get("efforts") or [],
            "effort_hours": typed.get("effort_hours"),
            "effort_pounds": typed.get("effort_pounds"),
        }


class LogForm(WhatWasSaid):
    """A whole contact: with whom, how, what was said, what was shared on which topics."""

    who = RadiosField(label="Who was it?", choices=(), error_messages={"required": "Select who it was"})
    agency = TextField(label="Which agency, and who there", max_length=120, required=False, look=Look(needed=True))
    how = RadiosField(label="How?", choices=(), error_messages={"required": "Select how"}, look=Look(inline=True))
    topics = CheckboxesField(
        label="What did we share, if anything?",
        hint="Leave all empty if you only listened, or spoke in general.",
        choices=(),
        required=False,
    )
    identity = SelectField(label="How did you know who it was?", choices=(), required=False, look=Look(needed=True))
    view = LongTextField(
        label="A view of theirs that we should consider",
        hint="What they think should happen. It is followed up, and they can be told what became of it.",
        max_length=2000,
        required=False,
        look=Look(rows=2),
    )
    about = SelectField(label="Which family member was it about?", choices=(), required=False)
    person_present = ConfirmField(label="The person on probation was there too", required=False)
    said_anyway = ConfirmField(label="It was said already", required=False)
    answer = HiddenField(required=False, max_length=36)
    once = OnceField()

    def __init__(
        self,
        *args: Any,
        members: Iterable[FamilyMember],
        person_called: str,
        identities: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        named = [
            (key, f"{member.called} ({member.name})" if member.phrase else member.name)
            for key, member in self.members.items()
        ]
        self.fields["who"].choices = [*named, (PERSON, person_called), (AGENCY, "Another agency")]  # type: ignore[attr-defined]
        self.fields["who"].look = Look(reveals={AGENCY: ["agency"]})  # type: ignore[attr-defined]
        self.fields["how"].choices = [(value.id, value.label()) for value in coded_list("contact_channel")]  # type: ignore[attr-defined]
        self.fields["topics"].choices = [(value.code, value.label()) for value in coded_list("permission_topic")]  # type: ignore[attr-defined]
        self.fields["identity"].choices = [("", "Select"), *identities]  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", "Nobody in particular"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Topics go to a family member, with words and with how they were known; an agency has a name."""
        typed = super().clean()
        who = typed.get("who")
        if who == AGENCY and not typed.get("agency"):
            self.add_error("agency", "Enter which agency, and who there")
        if who != AGENCY:
            typed["agency"] = ""
        if typed.get("efforts") and who in (PERSON, AGENCY) and not typed.get("about"):
            self.add_error("about", "Select which family member did it")
        if typed.get("topics"):
            if who in (PERSON, AGENCY):
                typed["topics"] = []
            else:
                if not typed.get("shared"):
                    self.add_error("shared", "Enter what we said")
                if not typed.get("identity") and not typed.get("answer"):
                    self.add_error("identity", "Select how you knew who it was")
        return typed

    @property
    def member(self) -> FamilyMember | None:
        """The family member that it was with."""
        return self.members.get(self.cleaned_data.get("who", ""))

    @property
    def member_about(self) -> FamilyMember | None:
        """The family member that it was with, or about."""
        return self.member or self.members.get(self.cleaned_data.get("about", ""))

    @property
    def party(self) -> Party:
        """With whom it was."""
        who = self.cleaned_data["who"]
        return {PERSON: Party.PERSON, AGENCY: Party.AGENCY}.get(who, Party.FAMILY)


class CorrectForm(WhatWasSaid):
    """A correction: what it should say, and why."""

    reason = TextField(label="Why is it corrected?", max_length=200)
    version = VersionField()

    def __init__(self, *args: Any, of_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_member:
            for name in ("efforts", "effort_hours", "effort_pounds"):
                del self.fields[name]


class BecameForm(GovForm):
    """What became of a family member's view."""

    became = RadiosField(label="What became of it?", choices=Became.choices)
    reason = TextField(label="Why", hint="Needed where it was not used", max_length=300, required=False)
    told_on = DateField(label="When they were told", when=When.PAST, required=False)
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        """A view that is not used has its reason."""
        typed = super().clean() or self.cleaned_data
        if typed.get("became") == Became.NOT_USED and not typed.get("reason"):
            self.add_error("reason", "Enter why it was not used")
        return typed


def initial_correction(contact: Contact) -> dict[str, Any]:
    """What stands, as the form shows it."""
    local = contact.at.astimezone(LONDON)
    return {
        "direction": contact.direction,
        "purpose": contact.purpose_id,
        "heard": contact.heard,
        "shared": contact.shared,
        "next_step": contact.next_step,
        "next_on": contact.next_on,
        "outcome": contact.outcome_id,
        "on": local.date(),
        "clock": f"{local:%H:%M}",
        "minutes": contact.minutes,
        "thanked": contact.thanked,
        "efforts": contact.efforts,
        "effort_hours": contact.effort_hours,
        "effort_pounds": contact.effort_pounds,
        "version": contact.version,
    }
