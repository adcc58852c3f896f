"""Forms about flags: which kind, what is known, reviewing one, taking one away."""

from datetime import timedelta
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
)
from alongside.safety.flags.actions import FlagValues
from alongside.safety.flags.kinds import FlagKind
from alongside.safety.flags.models import Basis, Certainty, Direction, Flag
from alongside.safety.flags.rules import Effect, Scope


class KindForm(GovForm):
    """What kind of flag it is, before anything is said of it."""

    asks_only = True

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
    once = OnceField()

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

    once = None  # type: ignore[assignment]
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


def initial_flag(flag: Flag) -> dict[str, Any]:
    """The first values of ChangeFlagForm."""
    names = ("direction", "signs", "certainty", "basis", "words", "review_on", "version")
    return {name: getattr(flag, name) for name in names} | {"source": str(flag.source_id)}
