"""Forms about flags, checks, plans, markers and incidents. Their pages are for staff."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import content
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    DateField,
    GovForm,
    LongTextField,
    Look,
    RadiosField,
    VersionField,
    When,
    YesNoField,
)
from alongside.people.persons.models import Person
from alongside.safety.flags.actions import FlagValues, IncidentFacts, PlanValues
from alongside.safety.flags.kinds import FlagKind
from alongside.safety.flags.models import Basis, Certainty, Direction, Flag, Incident, PlanOccasion, StandDownPlan
from alongside.safety.flags.rules import Effect, Scope

WORDS_KEYS = ("stand_down.pause", "stand_down.change_of_staff", "stand_down.review")
TOLD_HOW = [("call", "A call"), ("meeting", "In person"), ("letter", "A letter by post")]
LONGEST_MARKER = timedelta(days=366)
LONGEST_EXCEPTION = timedelta(days=92)
PERSON = "person"


class KindForm(GovForm):
    """What kind of flag it is, before anything is said of it."""

    kind = CodedChoiceField(
        "safety_flag",
        label="What is it?",
        grouped=True,
        error_messages={"required": "Select what it is", "invalid_choice": "Select what it is, from the list"},
    )

    def __init__(self, *args: Any, kinds: list[FlagKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, CodedChoiceField):
            field.codes = tuple(kind.id.partition(".")[2] for kind in kinds)


class FlagForm(GovForm):
    """What is known of a flag, how sure we are, and where it comes from."""

    direction = RadiosField(label="Who harms whom?", choices=Direction.choices)
    signs = CheckboxesField(label="What have you seen?", choices=[])
    certainty = RadiosField(
        label="How sure are we?",
        choices=Certainty.choices,
        error_messages={"required": "Select whether it is suspected or known"},
        look=Look(item_hints={Certainty.SUSPECTED: "A worry is enough. Both stop what staff do."}),
    )
    source = CodedChoiceField(
        "safety_source",
        label="Where does it come from?",
        grouped=True,
        error_messages={"required": "Select where it comes from"},
    )
    basis = RadiosField(
        label="Is it fact, reported or opinion?",
        choices=Basis.choices,
        error_messages={"required": "Select whether it is fact, reported or opinion"},
    )
    words = LongTextField(
        label="What is known, and how?",
        called="what is known",
        hint="What was seen, said or found, and when. Write so that you could answer for it: the law may ask for it.",
        max_length=4000,
    )
    review_on = DateField(label="When shall we think again?", when=When.FUTURE, required=False, look=Look(needed=True))

    def __init__(self, *args: Any, kind: FlagKind, scope: Scope, person: str, member: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.scope = kind, scope
        if kind.needs_direction and scope == Scope.RELATIONSHIP:
            self.fields["direction"].choices = [  # type: ignore[attr-defined]
                (Direction.FROM_PERSON, f"{person} harms {member}"),
                (Direction.FROM_MEMBER, f"{member} harms {person}"),
                (Direction.BOTH, "Each harms the other"),
                (Direction.NOT_KNOWN, "Not known yet"),
            ]
        else:
            del self.fields["direction"]
        if Effect.CONTROL_ALERT in kind.effects:
            self.fields["signs"].choices = [  # type: ignore[attr-defined]
                (value.id, value.label()) for value in coded_list("control_sign")
            ]
        else:
            del self.fields["signs"]
        self.fields["review_on"].help_text = f"Leave empty for {kind.review_days} days from today."

    def values(self) -> FlagValues:
        """What was typed, as an action takes it."""
        typed = self.cleaned_data
        return FlagValues(
            kind_id=self.kind.id,
            scope=self.scope.value,
            certainty=typed["certainty"],
            basis=typed["basis"],
            source_id=typed["source"],
            words=typed["words"],
            direction=typed.get("direction", ""),
            signs=tuple(typed.get("signs", ())),
            review_on=typed["review_on"] or today() + timedelta(days=self.kind.review_days),
        )


class ChangeFlagForm(FlagForm):
    """The same, of a flag that stands."""

    version = VersionField()


class ReviewForm(GovForm):
    """That a flag stands as it is."""

    note = LongTextField(
        label="What did you look at, and what happens now?",
        called="what you looked at, and what happens now",
        max_length=2000,
        look=Look(rows=4),
    )
    review_on = DateField(label="When shall we think again?", when=When.FUTURE)
    version = VersionField()


class SourceForm(GovForm):
    """That a flag was seen in the system of record."""

    on = DateField(label="When did you see it there?", when=When.PAST_OR_TODAY)
    version = VersionField()


class RemoveForm(GovForm):
    """Why a flag is taken away."""

    reason = CodedChoiceField(
        "flag_removal_reason", label="Why?", error_messages={"required": "Select why it is taken away"}
    )
    note = LongTextField(
        label="How do you know, and with whom did you agree it?",
        called="how you know, and with whom you agreed it",
        max_length=2000,
        look=Look(rows=4),
    )
    version = VersionField()


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


class PlanForm(GovForm):
    """How someone is stood down without giving anything away."""

    occasion = RadiosField(
        label="Why?",
        hint="Only staff see this. What the family reads is the same for each.",
        choices=PlanOccasion.choices,
        error_messages={"required": "Select why"},
    )
    words_key = RadiosField(
        label="Which words?", choices=[], error_messages={"required": "Select which words they are told"}
    )
    told_how = RadiosField(
        label="How are they told?", choices=TOLD_HOW, error_messages={"required": "Select how they are told"}
    )
    tell_on = DateField(
        label="When are they told?",
        hint="Agree the day with the adviser: it must not follow so soon on what happened that they can tell.",
        when=When.FUTURE_OR_TODAY,
    )
    cover = LongTextField(
        label="What did they do that someone else must do now?",
        called="what someone else must do now",
        hint="Lifts, children, money, messages, papers: who does each from that day. Write “Nothing” if there is none.",
        max_length=2000,
        look=Look(rows=4),
    )
    private_contact = LongTextField(
        label="How do we see and reach the person alone?",
        hint="A time and place where nobody comes along, a number that nobody else sees.",
        max_length=1000,
        required=False,
        look=Look(rows=3),
    )
    review_on = DateField(label="When shall we think again?", when=When.FUTURE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words_key"].choices = [  # type: ignore[attr-defined]
            (key, content(key, "en").heading) for key in WORDS_KEYS
        ]

    def clean(self) -> dict[str, Any]:
        """The review comes after the day on which they are told."""
        typed = super().clean() or self.cleaned_data
        told, again = typed.get("tell_on"), typed.get("review_on")
        if isinstance(told, date) and isinstance(again, date) and again <= told:
            self.add_error("review_on", "Choose a day after the one on which they are told")
        return typed

    def values(self) -> PlanValues:
        """What was typed, as an action takes it."""
        return PlanValues(**{name: self.cleaned_data[name] for name in PlanValues.__dataclass_fields__})


class ChangePlanForm(PlanForm):
    """The same, of a plan that nobody was told of yet."""

    version = VersionField()


class StepForm(GovForm):
    """One press: that a plan is agreed, or a marker ended."""

    version = VersionField()


class ToldForm(GovForm):
    """That the family was told."""

    told_on = DateField(label="When were they told?", when=When.PAST_OR_TODAY)
    version = VersionField()


class EndPlanForm(GovForm):
    """Why a plan ends."""

    note = LongTextField(
        label="Why does it end?",
        called="why it ends",
        hint="Ending it opens nothing: what else stops, still stops.",
        max_length=1000,
        look=Look(rows=3),
    )
    version = VersionField()


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


class ExceptionForm(GovForm):
    """What a senior and an adviser should agree between two people whom abuse keeps apart."""

    what = LongTextField(
        label="What may be done, and what may not?",
        called="what may be done and what may not",
        max_length=2000,
        look=Look(rows=3),
    )
    reason = LongTextField(
        label="Why is the victim safer with it than without?",
        hint="Only their own safety counts, and what they want. You two alone read this.",
        called="why the victim is safer with it",
        max_length=4000,
        look=Look(rows=4),
    )
    review_on = DateField(label="When do you look at it again?", hint="Within three months", when=When.FUTURE)

    def clean_review_on(self) -> date:
        """Within three months."""
        chosen: date = self.cleaned_data["review_on"]
        if chosen > today() + LONGEST_EXCEPTION:
            raise ValidationError("The day must be within three months")
        return chosen


class AnswerExceptionForm(GovForm):
    """Whether the other of the two agrees, and why."""

    agrees = YesNoField(label="Do you agree?")
    answer = LongTextField(label="Why?", called="why", max_length=2000, look=Look(rows=3))
    version = VersionField()


def initial_flag(flag: Flag) -> dict[str, Any]:
    """The first values of ChangeFlagForm."""
    names = ("direction", "signs", "certainty", "basis", "words", "review_on", "version")
    return {name: getattr(flag, name) for name in names} | {"source": str(flag.source_id)}


def initial_incident(incident: Incident) -> dict[str, Any]:
    """The first values of CorrectIncidentForm."""
    names = ("happened_on", "words", "police_called", "version")
    return {name: getattr(incident, name) for name in names} | {"kind": str(incident.kind_id)}


def initial_plan(plan: StandDownPlan) -> dict[str, Any]:
    """The first values of ChangePlanForm."""
    return {name: getattr(plan, name) for name in (*PlanValues.__dataclass_fields__, "version")}
