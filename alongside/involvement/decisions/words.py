"""What the page says: labels of acts, outcomes and alternatives, and the words to use with whoever is listening.

Staff say these words aloud or follow them; nothing here is sent to anyone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from alongside.foundation.content.queries import content
from alongside.foundation.reference.queries import label_of
from alongside.involvement.decisions.models import Decision
from alongside.involvement.decisions.rules import (
    Act,
    Answer,
    Asked,
    Facts,
    Identity,
    Instead,
    Outcome,
    Place,
    Question,
    Way,
)
from alongside.involvement.decisions.rules.deciding import DISCLOSED
from alongside.involvement.decisions.rules.stops import IMPLIED_TOPIC
from alongside.involvement.decisions.rules.stops.leave import beyond_scope

ACTS: Mapping[str, str] = MappingProxyType(
    {
        Act.SHARE: "Tell them something",
        Act.ASK: "Ask them something",
        Act.CALL: "Ring them",
        Act.TEXT: "Send them a text message",
        Act.WRITE: "Write to them",
        Act.INVITE: "Invite them to an appointment",
        Act.JOIN: "Have them join part of a session",
        Act.VISIT: "Visit when they are at home",
        Act.CHILDREN: "Have children there",
        Act.HOME_CHECK: "Check whether their home can be used",
        Act.GENERAL: "Give public information",
        Act.LISTEN: "Listen to what they want to tell us",
    }
)
IDENTITIES: Mapping[str, str] = MappingProxyType(
    {
        Identity.CALLED_BACK: "I rang a number on record that is safe",
        Identity.CODE_WORD: "They gave the word that only they give",
        Identity.KNOWN: "I know them and they are in front of me",
        Identity.ON_RECORD: "I am writing to the number or address on record",
        Identity.UNVERIFIED: "I do not know for sure",
    }
)
PLACES: Mapping[str, str] = MappingProxyType(
    {Place.NOWHERE: "Nowhere yet", Place.OFFICE: "Our office", Place.HOME: "Their home", Place.VENUE: "Another place"}
)
HEADLINES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.ALLOW: "Yes",
        Outcome.CONDITIONS: "Yes, if you keep to what is below",
        Outcome.ASK: "Ask first",
        Outcome.REFUSE: "No",
    }
)
SHORT: Mapping[Outcome, str] = MappingProxyType(
    {Outcome.ALLOW: "Yes", Outcome.CONDITIONS: "Yes, with conditions", Outcome.ASK: "Ask first", Outcome.REFUSE: "No"}
)
MATTERS: Mapping[str, str] = MappingProxyType(
    {
        Asked.SAFETY: "safety",
        Asked.SAFEGUARDING: "a matter for the safeguarding lead",
        Asked.YOUNG: "someone under 18",
        Asked.CONTACT: "contact beyond what was agreed",
        Asked.FACTS: "records that do not fit together",
        Asked.VICTIMS: "the victim liaison unit",
    }
)
INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        Instead.LISTEN: "Listen. Anyone may tell us something; write down what they say.",
        Instead.GENERAL: "Give public information: how probation works, where to turn, how to tell us something.",
        Instead.ASK_ALONE: "Ask the person again, alone.",
        Instead.TAKE_PERMISSION: "Ask the person, alone, what they want this family member to know.",
        Instead.VERIFY: "Find out who it is: ring back a number on record that is safe, or ask for the word that only"
        " they give, where one is recorded.",
        Instead.MEET: "Speak to them face to face, or ask the person, alone, for a number that is safe.",
        Instead.OTHER_WAY: "Use another way to reach them that is safe and agreed.",
        Instead.OTHER_TIME: "Do it at a time that is safe for them.",
        Instead.CHECK_SAFETY: "Make the safety check that is missing.",
        Instead.READ_ORDERS: "Read the orders and conditions, and record what they stop.",
        Instead.JUDGE: "Judge whether and how they may be involved.",
        Instead.AGREE: "Make or mend the working agreement.",
        Instead.SAY_WHY: "Say why this person, why now, and what they will do.",
        Instead.SUPERVISOR: "Speak to your senior.",
        Instead.VICTIM_UNIT: "Speak to the victim liaison unit.",
        Instead.ELSEWHERE: "Look for another place.",
        Instead.HOUSEHOLDER: "Find out who holds the home, and speak to them alone.",
        Instead.DANGER: "If anyone is in danger now, act now.",
    }
)


@dataclass(frozen=True)
class Script:
    """Words to say, and what not to say."""

    say: tuple[str, ...]
    not_say: str


_LISTENING = "Thank you for telling me. I will write it down."
_GENERAL = "I can tell you how probation works, and whom you can ring if you are worried about someone."
_NEVER = (
    "Do not say that we know the person, that a number is on record, that they refused, or why. Do not say “I am not"
    " allowed to because …”."
)


def to_anyone() -> str:
    """The governed words for everyone to whom nothing may be said: the same whether we know them or not."""
    return content("protected.to_anyone").filled()


def refusing() -> Script:
    """What to say where nothing may be said: the same for every cause."""
    return Script((to_anyone(),), _NEVER)


BESIDE = Script(
    ("I cannot talk about that. I can listen, and I can talk about what was agreed.",),
    "Do not show whether there is anything to say, or why you do not say it.",
)
"""What to say to everything else, to somebody with whom something may be talked about."""


def way_words(ways: Sequence[Way]) -> str:
    """Ways in words, such as "on the phone or by text"."""
    *first, last = [WAYS[way] for way in ways]
    return f"{', '.join(first)} or {last}" if first else last


def not_this_way(question: Question, ways: Sequence[Way]) -> Script:
    """What to say to somebody known for sure, who may be told the same in another way."""
    return Script(
        (f"Not {WAYS[question.way]}, I am afraid. We may talk about it {way_words(ways)}, if that suits you.",),
        "Say nothing of it in this way, and not why.",
    )


def script_for(question: Question, answer: Answer, *, person: str) -> Script:
    """What to say with this answer in hand; the same for every cause of a refusal. `person` is named in a yes alone."""
    if question.act == Act.LISTEN:
        return Script((_LISTENING, to_anyone()), _NEVER)
    if question.act == Act.GENERAL:
        return Script((_GENERAL,), _NEVER)
    if answer.outcome >= Outcome.ASK:
        return refusing()
    if question.act == Act.HOME_CHECK:
        return Script(
            (
                "I would like to see you on your own about your home. You may say no, and you may change your mind.",
                "Before you decide I will tell you what the offence is, the conditions, and how long they last.",
            ),
            "Do not speak of anything but the home. Do not press for a yes.",
        )
    topic = topic_words(question.topic).lower()
    if DISCLOSED.rule in answer.rules:
        return Script(
            (f"The law lets me tell you something about {person}: {topic}. I can tell you only this: …",),
            f"Do not say that {person} agreed, who told us, or why it was decided. Answer no question beyond it.",
        )
    if question.act == Act.SHARE:
        return Script(
            (f"{person} is happy for me to talk with you about this: {topic}. I can tell you that …",),
            "Say nothing on any other topic, also where you are asked.",
        )
    if question.act == Act.ASK:
        return Script(
            (f"{person} knows that I may ask you about this: {topic}. You do not have to answer.",),
            "Do not ask them to watch or report. They help; they do not enforce.",
        )
    return Script(
        (f"I am ringing, writing or coming because {person} asked for you to be part of this. Is now a good time?",),
        "Leave nothing behind that shows what it is about, and say nothing before you know who it is.",
    )


def asked_words(question: Question, *, member: str, person: str) -> str:
    """A question in words on its own page, where it is plain who is meant: what is told of whom, to whom."""
    topic = topic_words(question.topic).lower()
    return {
        Act.SHARE: f"Tell {member} something about {person}: {topic}",
        Act.ASK: f"Ask {member} something: {topic}",
        Act.CALL: f"Ring {member}",
        Act.TEXT: f"Send {member} a text message",
        Act.WRITE: f"Write to {member}",
        Act.INVITE: f"Invite {member} to an appointment",
        Act.JOIN: f"Have {member} join part of a session",
        Act.VISIT: f"Visit when {member} is at home",
        Act.CHILDREN: f"Have children there, with {member}",
        Act.HOME_CHECK: f"Check whether the home of {member} can be used",
        Act.GENERAL: f"Give {member} public information",
        Act.LISTEN: f"Listen to what {member} wants to tell us",
    }[question.act]


def scope_words(question: Question, facts: Facts) -> str:
    """What the person's permissions do not reach, exactly, so that nobody has to guess what to ask them for."""
    topic = topic_words(question.topic or IMPLIED_TOPIC.get(question.act, "")).lower()
    about = f" about {topic}" if topic else ""
    asks = question.act == Act.ASK
    beyond = beyond_scope(question, facts)
    if beyond == "topic":
        what = "asking them" if asks else "telling them anything"
        return f"What the person permits does not cover {what}{about}."
    if beyond == "direction":
        permitted, this = ("tell them", "ask them") if asks else ("hear from them", "tell them")
        return f"The person permits us to {permitted}{about}, and not to {this}."
    if beyond == "way":
        return f"The person does not permit this{about} {WAYS[question.way]}."
    return ""


def topic_words(topic: str) -> str:
    """A topic in words."""
    return label_of(f"permission_topic.{topic}") or topic if topic else ""


def question_words(question: Question) -> str:
    """A question in words, for headings and lists: what, about what, by which way."""
    words = ACTS[question.act]
    if question.topic:
        words = f"{words}: {topic_words(question.topic).lower()}"
    return words


def words_of(row: Decision) -> str:
    """What a kept answer was about, in words."""
    return question_words(Question(act=Act(row.act), role="", topic=row.topic))


WAYS: Mapping[str, str] = MappingProxyType(
    {
        Way.FACE: "face to face",
        Way.PHONE: "on the phone",
        Way.TEXT: "by text",
        Way.EMAIL: "by email",
        Way.LETTER: "by letter",
    }
)
