"""What is asked of the person: what they permit, for how long, and how it was asked."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    GovForm,
    HiddenField,
    LongTextField,
    Look,
    NumberField,
    RadiosField,
    TextField,
    When,
    Width,
)
from alongside.safety.permissions.cards import Line
from alongside.safety.permissions.drafts import Draft
from alongside.safety.permissions.forms.base import (
    IN_PERSON,
    NO,
    YES,
    YES_NO,
    SeenForm,
    channels_offered,
    key_from,
    offer,
    topics_offered,
)
from alongside.safety.permissions.rules import Advocate, Direction, Interpreter

NOW, IF_MISSED = "now", "missed"
TOPICS_OF_TODAY = ("appointments", "attendance", "whereabouts")
CHANNELS_OF_TODAY = frozenset({"face", "phone"})


class GiveForm(SeenForm):
    """What the person permits, and how it was asked."""

    topics = CheckboxesField(
        label="What may be talked about?",
        choices=topics_offered,
        hint="Ask about each one.",
        look=Look(small=True),
        error_messages={"required": "Select what may be talked about"},
    )
    direction = RadiosField(
        label="Who may speak about it?",
        choices=[
            (Direction.BOTH, "Both: we may tell them, and they may tell us"),
            (Direction.TO_THEM, "We may tell them"),
            (Direction.FROM_THEM, "They may tell us"),
        ],
        error_messages={"required": "Select who may speak about it"},
    )
    channels = CheckboxesField(
        label="How?",
        choices=channels_offered,
        look=Look(small=True),
        error_messages={"required": "Select how we may be in touch"},
    )
    when = RadiosField(
        label="When does it hold?",
        choices=[(NOW, "All the time, until it ends"), (IF_MISSED, "Only if they miss contact")],
        look=Look(reveals={IF_MISSED: ["missed_days", "words"]}),
        error_messages={"required": "Select when it holds"},
    )
    missed_days = NumberField(
        label="After how many days without contact?",
        required=False,
        look=Look(width=Width.TWO, needed=True),
        max_value=999,
    )
    words = LongTextField(
        label="What may be said then?",
        hint="Agree the very words. Nothing else is said, and nothing goes by itself: you are prompted.",
        required=False,
        max_length=300,
        look=Look(rows=2, needed=True),
    )
    starts_on = DateField(
        label="From which day?", hint="Leave empty for today", required=False, when=When.FUTURE_OR_TODAY
    )
    ends_on = DateField(label="Until which day?", hint="A year at most. It can be taken back on any day.")
    how = CodedChoiceField(
        "permission_taken_how", label="How did they say so?", error_messages={"required": "Select how they said so"}
    )
    where = TextField(label="Where?", required=False, max_length=120)
    alone = RadiosField(
        label="Were they on their own with you?",
        hint="Nobody beside them, in the room, or listening on the phone.",
        choices=YES_NO,
        look=Look(reveals={NO: ["company"]}),
        error_messages={"required": "Select whether they were on their own"},
    )
    company = TextField(
        label="Who else was there?",
        hint="Nothing may be said until you have asked again alone.",
        required=False,
        max_length=200,
        look=Look(needed=True),
    )
    pressed = RadiosField(
        label="Did anything suggest that they felt they had to say yes?",
        choices=[(NO, "No"), (YES, "Yes, or I am not sure")],
        error_messages={"required": "Select whether anything suggested that they felt they had to"},
    )
    understood = RadiosField(
        label="Could they say back, in their own words, what they permit?",
        choices=[(YES, "Yes"), (NO, "No, or I am not sure")],
        look=Look(reveals={NO: ["support", "advocate"]}),
        error_messages={"required": "Select whether they could say it back"},
    )
    support = TextField(
        label="Who helps them understand, and does it change what they say?",
        required=False,
        max_length=300,
    )
    advocate = RadiosField(
        label="Would they like someone independent beside them?",
        hint="An advocate who belongs neither to us nor to the family.",
        choices=[
            (Advocate.ASKED_FOR, "Yes, to arrange"),
            (Advocate.PRESENT, "One was there"),
            (Advocate.DECLINED, "Offered, and they said no"),
        ],
        required=False,
        look=Look(needed=True),
    )
    interpreter = RadiosField(
        label="Did anyone interpret?",
        choices=[
            (Interpreter.NONE, "No"),
            (Interpreter.PROFESSIONAL, "A professional interpreter"),
            (Interpreter.RELATIVE, "A relative or friend"),
        ],
        look=Look(item_hints={Interpreter.RELATIVE: "Ask again with a professional interpreter before it counts."}),
        error_messages={"required": "Select whether anyone interpreted"},
    )
    key = HiddenField(required=False, max_length=40)

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alone"].label = f"Was {person} on their own with you?"

    def clean(self) -> dict[str, Any]:
        """An advocate is offered to whoever could not say it back."""
        typed = super().clean() or self.cleaned_data
        if typed.get("understood") == NO and not typed.get("advocate"):
            self.add_error("advocate", "Select whether they would like someone independent beside them")
        return typed

    def draft(self) -> Draft:
        """What was typed, as a permission to be taken."""
        typed = self.cleaned_data
        missed = typed["when"] == IF_MISSED
        understood = typed["understood"] == YES
        return Draft(
            topics=frozenset(typed["topics"]),
            direction=Direction(typed["direction"]),
            channels=frozenset(typed["channels"]),
            starts_on=typed["starts_on"] or today(),
            ends_on=typed["ends_on"],
            how_id=typed["how"],
            alone=typed["alone"] == YES,
            pressed=typed["pressed"] == YES,
            understood=understood,
            interpreter=Interpreter(typed["interpreter"]),
            advocate=Advocate.NOT_NEEDED if understood else Advocate(typed["advocate"]),
            company="" if typed["alone"] == YES else typed["company"],
            where=typed["where"],
            support="" if understood else typed["support"],
            missed_days=(typed["missed_days"] or 0) if missed else None,
            words=typed["words"] if missed else "",
        )

    def once(self) -> UUID | None:
        """The key that makes a form sent twice one permission."""
        return key_from(self.cleaned_data.get("key"))


class TodayForm(SeenForm):
    """What the person permits there and then, until the end of the day (R087)."""

    topics = CheckboxesField(
        label="What may be talked about today?", error_messages={"required": "Select what may be talked about"}
    )
    alone = RadiosField(
        label="Did you ask them on their own?",
        hint="A minute in another room is enough.",
        choices=[(YES, "Yes, on their own"), (NO, "No, someone was there")],
        error_messages={"required": "Select whether you asked them on their own"},
    )
    key = HiddenField(required=False, max_length=40)

    def __init__(self, *args: Any, private: Collection[str], person: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topics", [choice for choice in topics_offered() if choice[0] not in private])
        self.fields["alone"].label = f"Did you ask {person} on their own?"

    def draft(self) -> Draft:
        """What was typed, as a permission for today."""
        return Draft(
            topics=frozenset(self.cleaned_data["topics"]),
            direction=Direction.BOTH,
            channels=CHANNELS_OF_TODAY,
            starts_on=today(),
            ends_on=today(),
            how_id=IN_PERSON,
            alone=self.cleaned_data["alone"] == YES,
            pressed=False,
            understood=True,
            today_only=True,
        )

    def once(self) -> UUID | None:
        """The key that makes a form sent twice one permission."""
        return key_from(self.cleaned_data.get("key"))


class MissedForm(GovForm):
    """Since when contact is missed."""

    since = DateField(label="Since which day has nobody heard from them?", when=When.PAST_OR_TODAY)


class CardForm(GovForm):
    """What the person wants on a card to take home."""

    lines = CheckboxesField(
        label="What do they want on it?",
        hint="Read each line to them. Nothing is chosen beforehand.",
        error_messages={"required": "Choose at least one line with them"},
    )
    language = RadiosField(
        label="In which language?", choices=[("en", "English"), ("cy", "Welsh")], look=Look(inline=True)
    )
    told = ConfirmField(
        label="They know that someone may read it over their shoulder, and want it",
        error_messages={
            "required": "Tell them that someone may read it over their shoulder, and ask whether they want it"
        },
    )

    def __init__(self, *args: Any, offered: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lines", [(line.key, line.words) for line in offered])


def first_values(*, seen: int, ends_on: date | None = None) -> dict[str, Any]:
    """What a form about a permission begins with."""
    values: dict[str, Any] = {"seen": seen, "key": str(uuid4())}
    if ends_on is not None:
        values |= {
            "direction": Direction.BOTH,
            "when": NOW,
            "ends_on": ends_on,
            "how": IN_PERSON,
            "interpreter": Interpreter.NONE,
        }
    return values
