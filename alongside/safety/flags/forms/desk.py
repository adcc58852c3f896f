"""Forms about what happened and what reception does: checks, incidents, markers."""

from datetime import date, timedelta
from typing import Any

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    OnceField,
    RadiosField,
    VersionField,
    When,
    YesNoField,
)
from alongside.people.persons.models import Person
from alongside.safety.flags.actions import IncidentFacts
from alongside.safety.flags.models import Incident

LONGEST_MARKER = timedelta(days=366)
PERSON = "person"


class CheckForm(GovForm):
    """That someone looked and found nothing."""

    checked_on = DateField(label="When did you look?", when=When.PAST_OR_TODAY)
    looked_at = CheckboxesField(
        label="Whom did you ask, or where did you look?",
        choices=[],
        error_messages={"required": "Select at least one that you asked or looked at"},
    )
    note = LongTextField(label="Anything to add?", max_length=1000, required=False, look=Look(rows=3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["looked_at"].choices = [  # type: ignore[attr-defined]
            (value.id, value.label()) for value in coded_list("safety_source")
        ]


class WhoForm(GovForm):
    """Whom it is about, where the page does not say so already."""

    who = RadiosField(label="Who is it about?", choices=[], error_messages={"required": "Select who it is about"})

    def __init__(self, *args: Any, person: Person, members: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if members is None:
            del self.fields["who"]
        else:
            self.fields["who"].choices = [(PERSON, person.name), *members]  # type: ignore[attr-defined]


class IncidentForm(WhoForm):
    """What happened, in a minute."""

    kind = CodedChoiceField(
        "incident_kind", label="What happened?", error_messages={"required": "Select what happened"}
    )
    happened_on = DateField(label="When?", when=When.PAST_OR_TODAY)
    words = LongTextField(
        label="What was seen and heard?", called="what was seen and heard", max_length=4000, look=Look(rows=4)
    )
    police_called = YesNoField(label="Were the police called?")
    staff_at_risk = YesNoField(label="Are staff at risk from now on?")
    ban_until = DateField(
        label="Not to be admitted until",
        hint="Leave empty if they may still come. Reception is told what to do, never why.",
        when=When.FUTURE,
        required=False,
    )
    once = OnceField()

    def facts(self) -> IncidentFacts:
        """What was typed, as an action takes it."""
        typed = self.cleaned_data
        return IncidentFacts(
            kind_id=typed["kind"],
            happened_on=typed["happened_on"],
            words=typed["words"],
            police_called=typed["police_called"],
            staff_at_risk=typed["staff_at_risk"],
            ban_until=typed["ban_until"],
        )


class CorrectIncidentForm(GovForm):
    """What happened, written again, and why."""

    kind = CodedChoiceField(
        "incident_kind", label="What happened?", error_messages={"required": "Select what happened"}
    )
    happened_on = DateField(label="When?", when=When.PAST_OR_TODAY)
    words = LongTextField(
        label="What was seen and heard?", called="what was seen and heard", max_length=4000, look=Look(rows=4)
    )
    police_called = YesNoField(label="Were the police called?")
    why = LongTextField(label="Why do you correct it?", called="why you correct it", max_length=500, look=Look(rows=2))
    version = VersionField()

    def facts(self) -> IncidentFacts:
        """What was typed, as an action takes it."""
        kept = ("happened_on", "words", "police_called")
        values = {name: self.cleaned_data[name] for name in kept}
        return IncidentFacts(kind_id=self.cleaned_data["kind"], staff_at_risk=False, **values)


class MarkerForm(WhoForm):
    """What reception does, from when and until when. There is no room for a reason."""

    action = CodedChoiceField(
        "reception_action",
        label="What should reception do?",
        grouped=True,
        error_messages={"required": "Select what reception should do"},
    )
    from_date = DateField(label="From")
    until_date = DateField(label="Until", hint="The last day, within a year", when=When.FUTURE_OR_TODAY)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and within a year."""
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("from_date"), typed.get("until_date")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("until_date", "The last day must be the same as or after the first")
            elif last - max(first, today()) > LONGEST_MARKER:
                self.add_error("until_date", "Choose a day within a year, so that someone thinks about it again")
        return typed


def initial_incident(incident: Incident) -> dict[str, Any]:
    """The first values of CorrectIncidentForm."""
    names = ("happened_on", "words", "police_called", "version")
    return {name: getattr(incident, name) for name in names} | {"kind": str(incident.kind_id)}
