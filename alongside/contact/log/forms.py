"""Writing a contact down in at most six inputs; all else has its usual answer and stands under "More"."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
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
        if typed.get("next_step") and typed.get("next_on") and self.is_over(typed["next_on"]):
            self.add_error("next_on", "By when must be today or later")
        typed["at"] = self._moment(typed)
        return typed

    def is_over(self, day: date) -> bool:
        """Whether something can no longer be promised for that day."""
        return day < today()

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


class WithWhom(WhatWasSaid):
    """The same with whom it was, how, and on which topics something was shared with a family member."""

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
    about = SelectField(label="Which family member was it about?", choices=(), required=False)
    person_present = ConfirmField(label="The person on probation was there too", required=False)
    said_anyway = ConfirmField(label="It was said already", required=False)
    field_order = (
        *("who", "agency", "how", "direction", "purpose", "heard", "topics", "identity", "shared"),
        *("next_step", "next_on"),
    )
    """As they stand on the page, so that errors are named in that order."""

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
                if not typed.get("identity") and self.asks_identity(typed):
                    self.add_error("identity", "Select how you knew who it was")
        return typed

    def asks_identity(self, typed: dict[str, Any]) -> bool:
        """Whether what was shared has to be asked about, so that it matters how they were known."""
        raise NotImplementedError

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

    def with_whom(self) -> dict[str, Any]:
        """With whom it was, how, and what was shared, as columns."""
        typed = self.cleaned_data
        return {
            "party": self.party,
            "channel_id": typed["how"],
            "agency": typed["agency"],
            "person_present": bool(typed["person_present"]) and self.member is not None,
            "topics": typed["topics"],
        }


class LogForm(WithWhom):
    """A whole contact, as it is written down first."""

    view = LongTextField(
        label="A view of theirs that we should consider",
        hint="What they think should happen. It is followed up, and they can be told what became of it.",
        max_length=2000,
        required=False,
        look=Look(rows=2),
    )
    answer = HiddenField(required=False, max_length=36)
    once = OnceField()

    def asks_identity(self, typed: dict[str, Any]) -> bool:
        """Unless an answer that was kept says it."""
        return not typed.get("answer")


class CorrectForm(WithWhom):
    """A correction: what it should say, with whom it was, and why."""

    reason = TextField(label="Why is it corrected?", max_length=200)
    version = VersionField()

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact

    def clean(self) -> dict[str, Any]:
        """The moment stays to the second, where nobody typed another minute."""
        typed = super().clean()
        if typed["at"] == self.contact.at.replace(second=0, microsecond=0):
            typed["at"] = self.contact.at
        return typed

    def is_over(self, day: date) -> bool:
        """What was promised then may stand as it was."""
        return day != self.contact.next_on and super().is_over(day)

    def asks_identity(self, typed: dict[str, Any]) -> bool:
        """Where something was shared that did not stand there yet, or with somebody else."""
        return bool(self.newly_shared(typed))

    def newly_shared(self, typed: dict[str, Any]) -> list[str]:
        """The topics that May I? has not been asked about for this contact, with this family member."""
        same = typed.get("who") == str(self.contact.family_member_id)
        asked = set(self.contact.topics) if same and self.contact.party == Party.FAMILY else set()
        return [topic for topic in typed.get("topics") or [] if topic not in asked]


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
    whom = {Party.PERSON: PERSON, Party.AGENCY: AGENCY}.get(Party(contact.party), str(contact.family_member_id))
    return {
        "who": whom,
        "agency": contact.agency,
        "how": contact.channel_id,
        "topics": contact.topics,
        "about": str(contact.family_member_id or "") if contact.party != Party.FAMILY else "",
        "person_present": contact.person_present,
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
