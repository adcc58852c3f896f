"""The kinds of message that may be written: what each tells, which governed words it uses, and what fills them. Pure.

A kind that no topic covers tells nothing about the person; it still needs a live permission, since being written to
says something by itself. Pausing contact alone needs none: its words are used for leave and routine reviews too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from alongside.foundation.delivery.rules import Channel

PURPOSE = "messages.{}.sent"
FOR_MISSED = "missed"
FIRM = frozenset({"name", "person", "officer", "telephone", "office"})
"""Values that come from the record, never from typing."""


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    `topic` is the code of what it tells ("" for nothing), `fields` what the writer fills in, `about` the code of
    contact_purpose under which it is noted, and `prompt` whether it asks somebody to remind the person (R174, R175).
    `for_missed`: its words and its topics are those of a permission for missed contact, while that holds (R072).
    """

    code: str
    title: str
    hint: str
    content_key: str
    about: str
    topic: str = ""
    fields: tuple[str, ...] = ()
    prompt: bool = False
    stand_down: bool = False
    for_missed: bool = False

    @property
    def purpose(self) -> str:
        """What gates and measures know it by."""
        return PURPOSE.format(self.code)

    def goes_by(self, channel: Channel) -> bool:
        """Whether it may go by this channel. That contact pauses is told by letter, never to a screen others read."""
        return not self.stand_down or channel is Channel.LETTER

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that it tells of, one or none."""
        return (self.topic,) if self.topic else ()


def _kinds() -> Mapping[str, Kind]:
    kinds = (
        Kind(
            "appointment",
            "Remind them of an appointment",
            "The day, the time and whom it is with. Not what it is about, and not where.",
            "messages.appointment",
            "APPOINT",
            topic="appointments",
            fields=("day", "clock"),
            prompt=True,
        ),
        Kind(
            "good_news",
            "Share good news",
            "In words that the person agreed.",
            "messages.good_news",
            "GOODNEWS",
            topic="good_news",
            fields=("words",),
        ),
        Kind(
            "progress",
            "Say how things are going",
            "In words that the person agreed.",
            "messages.progress",
            "WELLBEING",
            topic="progress",
            fields=("words",),
        ),
        Kind(
            "recap",
            "Give them what was agreed, first hand",
            "The same words for both, so that nobody has to pass them on.",
            "messages.recap",
            "PLANNING",
            topic="plan_tasks",
            fields=("words",),
        ),
        Kind(
            FOR_MISSED,
            "Pass on what was agreed for missed contact",
            "The words that the person agreed for when nobody can reach them, and nothing else.",
            "messages.missed",
            "WHEREABOUTS",
            fields=("words",),
            for_missed=True,
        ),
        Kind("thanks", "Thank them", "For what they do. Nothing about the person.", "messages.thanks", "WELLBEING"),
        Kind(
            "receipt",
            "Say that their message has arrived",
            "Nothing more than that somebody will read it.",
            "messages.receipt",
            "RELAY",
            fields=("day",),
        ),
        Kind(
            "information",
            "Offer them general information",
            "What to expect, and what there is for family. Nothing about the person, and nothing of the case.",
            "messages.information",
            "PRACTICAL",
        ),
        Kind("call_back", "Ask them to ring you", "When it suits them.", "messages.call_back", "AVAILABLE"),
        Kind(
            "call_invitation",
            "Ask whether you may ring them",
            "At a day and time that they can change.",
            "messages.call_invitation",
            "AVAILABLE",
            fields=("day", "clock"),
        ),
        Kind(
            "agreement_review",
            "Ask them to look again at the agreement",
            "At a day and time that they can change.",
            "messages.agreement_review",
            "PLANNING",
            fields=("day", "clock"),
        ),
        Kind(
            "stand_down",
            "Tell them that contact pauses",
            "In the neutral words of the plan that was agreed, by letter.",
            "",
            "PLANNING",
            stand_down=True,
        ),
    )
    return MappingProxyType({kind.code: kind for kind in kinds})


KINDS = _kinds()
WORDED = frozenset(kind.topic for kind in KINDS.values() if "words" in kind.fields and kind.topic)
"""Topics of which only words that the person agreed are sent (R159)."""


def kind_of_purpose(purpose: str) -> Kind | None:
    """The kind of message that has this purpose; None where it is none of ours."""
    return next((kind for kind in KINDS.values() if kind.purpose == purpose), None)
