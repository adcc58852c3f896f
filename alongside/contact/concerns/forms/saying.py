"""An absence and its evidence, and when each way of telling us is read."""

from typing import Any

from django.core.validators import MaxValueValidator

from alongside.contact.concerns.actions import AbsenceFacts
from alongside.contact.concerns.forms.tell import HOW_KNOWN, limits_said
from alongside.contact.concerns.models import AbsenceNotice, Evidence, WayIn
from alongside.contact.concerns.queries import Read
from alongside.foundation.ui.forms import (
    DateField,
    GovForm,
    LongTextField,
    Look,
    NumberField,
    OnceField,
    RadiosField,
    TextField,
    VersionField,
    When,
    Width,
    YesNoField,
)
from alongside.involvement.decisions.rules import Identity


class AbsenceForm(GovForm):
    """An absence that a relative tells us of."""

    limits_said = limits_said()
    from_date = DateField(label="Which day can they not come?", hint="The first day, if there are several")
    until_date = DateField(label="Until which day?", hint="Leave out for one day", required=False)
    said = LongTextField(
        label="Why, as they say it",
        hint="Their words. It tells us; it proves nothing.",
        max_length=300,
        look=Look(rows=2),
    )
    person_knows = YesNoField(
        label="Does the person know that they are telling us?",
        hint="If not, or they are not sure: no. It is then kept in confidence, and the notice names nobody.",
        error_messages={"required": "Say whether the person knows that they are telling us"},
    )
    once = OnceField()

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        typed = super().clean() or self.cleaned_data
        begins, ends = typed.get("from_date"), typed.get("until_date")
        if begins and ends and ends < begins:
            self.add_error("until_date", "The last day cannot be before the first")
        return typed

    def facts(self, *, identity: str) -> AbsenceFacts:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return AbsenceFacts(
            from_date=typed["from_date"],
            until_date=typed["until_date"],
            said=typed["said"],
            person_knows=typed["person_knows"],
            limits_said=typed["limits_said"],
            identity=identity if identity in dict(HOW_KNOWN) else Identity.UNVERIFIED.value,
        )


class EvidenceForm(GovForm):
    """What evidence of their own the person gave."""

    evidence = RadiosField(
        label="Where does their own evidence stand?",
        choices=Evidence.choices,
        look=Look(reveals={Evidence.SEEN.value: ["evidence_on"]}),
    )
    evidence_on = DateField(
        label="When did you see it?", when=When.PAST_OR_TODAY, required=False, look=Look(needed=True)
    )
    evidence_note = TextField(
        label="What was it?", hint="Such as: hospital letter. Do not copy what it says.", max_length=200, required=False
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        """What was seen was seen on a day."""
        typed = super().clean() or self.cleaned_data
        seen = typed.get("evidence") == Evidence.SEEN
        if seen and not typed.get("evidence_on") and "evidence_on" not in self.errors:
            self.add_error("evidence_on", "Enter when you saw it")
        if not seen:
            typed["evidence_on"] = None
        return typed


def initial_evidence(notice: AbsenceNotice) -> dict[str, Any]:
    """What stands."""
    return {
        "evidence": notice.evidence,
        "evidence_on": notice.evidence_on,
        "evidence_note": notice.evidence_note,
        "version": notice.version,
    }


class WayForm(GovForm):
    """When one way of telling us is read, and whom to ring now."""

    read_when = TextField(label="When is it read?", hint="Such as: working days at nine and two", max_length=120)
    ring_now = TextField(label="Whom can they ring now?", hint="A desk and its number", max_length=120)
    within_hours = NumberField(
        label="Working hours after which somebody else is asked to read it",
        min_value=1,
        validators=[MaxValueValidator(16)],
        look=Look(width=Width.TWO),
    )
    version = VersionField()


def initial_way(read: Read, row: WayIn | None) -> dict[str, Any]:
    """What stands, or is usual."""
    return {
        "read_when": row.read_when if row else read.when,
        "ring_now": row.ring_now if row else read.ring,
        "within_hours": row.within_hours if row else read.within_hours,
        "version": row.version + 1 if row else 1,
    }
