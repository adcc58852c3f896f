"""What is kept from a family member, what they say for themselves, and how they may safely be reached."""

from datetime import time
from typing import Any
from uuid import UUID

from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    Width,
)
from alongside.safety.permissions.actions import Answer, SafeProfile
from alongside.safety.permissions.forms.base import SeenForm, channels_offered, topics_offered
from alongside.safety.permissions.rules import Voicemail, Willing

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _times() -> list[tuple[str, str]]:
    half_hours = [f"{hour:02d}:{minute:02d}" for hour in range(6, 23) for minute in (0, 30)]
    return [("", "Any time"), *((text, text) for text in half_hours)]


class PrivateForm(SeenForm):
    """What is kept from a family member."""

    topics = CheckboxesField(
        label="What shall not be spoken of in front of them?", choices=topics_offered, required=False
    )
    words = LongTextField(
        label="Anything else, in their own words",
        required=False,
        max_length=300,
        look=Look(rows=2),
    )


class AnswerForm(SeenForm):
    """What a family member says for themselves."""

    state = RadiosField(
        label="What did they say?",
        choices=[
            (Willing.AGREED, "Yes, they want to be involved"),
            (Willing.DECLINED, "No"),
            (Willing.WITHDRAWN, "No longer: they have changed their mind"),
        ],
        look=Look(
            reveals={Willing.AGREED: ["apart", "read", "language", "at_once", "how"]},
            item_hints={
                Willing.DECLINED: "No reason is needed, and it does not count against the person.",
                Willing.WITHDRAWN: "It holds at once. No reason is needed.",
            },
        ),
        error_messages={"required": "Select what they said"},
    )
    apart = ConfirmField(label="I asked them without the person there", required=False, look=Look(needed=True))
    read = ConfirmField(
        label="I read or gave them what we keep to ourselves, and they accept it",
        required=False,
        look=Look(needed=True),
    )
    language = RadiosField(
        label="In which language?",
        choices=[("en", "English"), ("cy", "Welsh")],
        initial="en",
        required=False,
        look=Look(inline=True, needed=True),
    )
    at_once = ConfirmField(
        label="They want to begin at once",
        hint="Otherwise they have three days to think it over before we get in touch.",
        required=False,
    )
    how = CodedChoiceField("permission_taken_how", label="How did they say so?", required=False)
    note = TextField(label="Anything they want us to know", required=False, max_length=500)

    def answer(self, statement: UUID | None) -> Answer:
        """What was typed; `statement` is the version of what was read to them."""
        typed = self.cleaned_data
        return Answer(
            state=Willing(typed["state"]),
            apart=typed["apart"],
            statement=statement if typed["read"] else None,
            language=typed["language"] or "en",
            at_once=typed["at_once"],
            how_id=typed["how"],
            note=typed["note"],
        )


class SafeContactForm(SeenForm):
    """When and how a family member may safely be reached."""

    days = CheckboxesField(
        label="On which days is it safe?",
        hint="Leave all empty if any day is safe.",
        choices=[(str(number), name) for number, name in enumerate(DAYS)],
        required=False,
    )
    from_time = SelectField(label="From what time?", choices=_times, required=False)
    until_time = SelectField(label="Until what time?", choices=_times, required=False)
    never = CheckboxesField(label="What must we never use?", choices=channels_offered, required=False)
    voicemail = RadiosField(
        label="May we leave a message?",
        choices=[(Voicemail.NEVER, "No, never"), (Voicemail.MAY, "Yes"), (Voicemail.NOT_ASKED, "Not asked yet")],
        error_messages={"required": "Select whether we may leave a message"},
    )
    code_word = TextField(
        label="A word that we say, by which they know that it is us",
        hint="Something ordinary that nobody else would wonder about. It does not show us who they are: whoever"
        " answered our call has heard it.",
        required=False,
        max_length=60,
        look=Look(width=Width.TWENTY),
    )
    their_word = TextField(
        label="A word that only they give, by which we know that it is them",
        hint="They choose it and tell nobody else. Nobody here ever says it, and it is not the word that we say.",
        required=False,
        max_length=60,
        look=Look(width=Width.TWENTY),
    )
    note = LongTextField(label="Anything else that keeps it safe", required=False, max_length=300, look=Look(rows=2))

    def clean(self) -> dict[str, Any]:
        """Safe times have both ends, the first before the last."""
        typed = super().clean() or self.cleaned_data
        begin, end = typed.get("from_time"), typed.get("until_time")
        if bool(begin) != bool(end):
            self.add_error("until_time" if begin else "from_time", "Select both times, or neither")
        elif begin and end and end <= begin:
            self.add_error("until_time", "Select a later time: the last is not after the first")
        return typed

    def profile(self) -> SafeProfile:
        """What was typed."""
        typed = self.cleaned_data
        return SafeProfile(
            days=[int(day) for day in typed["days"]],
            from_time=_time(typed["from_time"]),
            until_time=_time(typed["until_time"]),
            never=typed["never"],
            voicemail=Voicemail(typed["voicemail"]),
            code_word=typed["code_word"],
            their_word=typed["their_word"],
            note=typed["note"],
        )


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
