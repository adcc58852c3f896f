"""Forms of boundaries: incidents, the plan, what is not ours to do, and the end of contact."""

from typing import Any

from alongside.foundation.reference.forms import CodedChoiceField
from alongside.foundation.reference.queries import coded_list
from alongside.foundation.ui.forms import (
    CheckboxesField,
    ConfirmField,
    DateField,
    GovForm,
    LongTextField,
    TextField,
    VersionField,
    When,
)


class IncidentForm(GovForm):
    """One time that a boundary was overstepped."""

    tags = CheckboxesField(label="What was it?", choices=[], called="what it was")
    what = LongTextField(
        label="What did you see or hear?",
        called="what you saw or heard",
        max_length=1000,
        hint="What happened, not why you think it did. They may ask to read it.",
    )
    answered = TextField(label="What did you say or do?", required=False, max_length=500)
    on = DateField(label="On what day?", when=When.PAST_OR_TODAY, called="the day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(tag.id, tag.label()) for tag in coded_list("boundary_tag")]
        self.fields["tags"].choices = choices  # type: ignore[attr-defined]


class PlanForm(GovForm):
    """A boundary plan: what everyone says and does the same way."""

    we_say = TextField(
        label="What do we all say?",
        called="what you all say",
        max_length=500,
        hint="One sentence that everyone can say, also at the desk",
    )
    we_do = LongTextField(
        label="What do we all do?",
        called="what you all do",
        max_length=1000,
        hint="Who answers, when, how long, and what happens if it goes on",
    )
    told_on = DateField(label="When were they told?", required=False, when=When.PAST_OR_TODAY)
    review_on = DateField(label="When do you see whether it works?", when=When.FUTURE, called="the day")
    version = VersionField(required=False)


class RemitForm(GovForm):
    """What we were asked that is not ours to do."""

    topic = CodedChoiceField(
        "out_of_remit", label="What were you asked for?", error_messages={"required": "Select what you were asked for"}
    )
    note = TextField(label="Where did you point them?", required=False, max_length=300)


class EndContactForm(GovForm):
    """Ending contact: why, in which words, and what is left open to them (R150)."""

    reason_id = CodedChoiceField(
        "contact_end_reason", label="Why does contact end?", error_messages={"required": "Select why contact ends"}
    )
    why = LongTextField(
        label="What led to it?",
        called="what led to it",
        max_length=1000,
        hint="What was tried first, and what happened. For staff only.",
    )
    alternative_route = TextField(
        label="How may they still tell us something?",
        called="how they may still tell us something",
        max_length=300,
        hint="Such as: the duty desk on 01632 960000, in office hours. Listening never ends.",
    )
    message = LongTextField(
        label="In which words are they told?",
        called="the words in which they are told",
        max_length=1000,
        hint="Neutral, short, and nothing about the person. The words here may be changed.",
    )
    sure = ConfirmField(
        label="The person knows that contact ends, or it is not safe to tell them yet",
        error_messages={"required": "Tell the person first, or confirm that it is not safe to"},
    )


class TakeUpForm(GovForm):
    """Taking contact up again."""

    reason = TextField(label="What has changed?", called="what has changed", max_length=500)
    version = VersionField()
