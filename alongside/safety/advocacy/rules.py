# ruff: noqa: RUF001 - what people read has typographic apostrophes
"""Rules of advocacy: what is unsafe to ask of an officer, and when two names may be one victim."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from alongside.people.persons.rules import searchable

YEARS_APART = 1


class Request(StrEnum):
    """What an officer may be asked to do that puts someone in danger (R093-R095, B4.5)."""

    AT_HOME_VISIT = "at_home_visit"
    THROUGH_PERSON = "through_person"
    CONTACT_VICTIM = "contact_victim"
    CARRY_MESSAGE = "carry_message"
    MEET_TOGETHER = "meet_together"
    TELL_WHEREABOUTS = "tell_whereabouts"
    TELL_HISTORY = "tell_history"

    @property
    def label(self) -> str:
        return _ANSWERS[self].asked

    @property
    def answer(self) -> "Answer":
        """Why it is declined, and the safe way."""
        return _ANSWERS[self]


class Asker(StrEnum):
    """Who asked."""

    SERVICE = "service"
    VICTIM = "victim"
    PERSON = "person"
    FAMILY = "family"
    COLLEAGUE = "colleague"

    @property
    def label(self) -> str:
        return _ASKERS[self]


_ASKERS = {
    Asker.SERVICE: "A support service or another agency",
    Asker.VICTIM: "The person at risk",
    Asker.PERSON: "The person on probation",
    Asker.FAMILY: "A family member",
    Asker.COLLEAGUE: "A colleague",
}


@dataclass(frozen=True)
class Answer:
    """What was asked, why it is declined, the safe way, and where the rule comes from."""

    asked: str
    reason: str
    safe_way: str
    source: str


_ANSWERS = {
    Request.AT_HOME_VISIT: Answer(
        "Give or leave something for them at a home visit",
        "Whatever is handed over in a shared home can be found, and a visit is watched. Finding it could put them in"
        " danger, and the danger begins when you have left.",
        "The adviser gives it to them by a way that they have said is safe. Refer it, and tell whoever asked you that"
        " the adviser will be in touch.",
        "R093, R094",
    ),
    Request.THROUGH_PERSON: Answer(
        "Pass something on through the person on probation, or at an appointment",
        "The person on probation would see it, or see that there is something to see.",
        "The adviser gives it to them by a way that they have said is safe.",
        "R093, R094",
    ),
    Request.CONTACT_VICTIM: Answer(
        "Ring, text, write to or visit them",
        "Contact from the officer of the person on probation can be seen on a phone or a doorstep, and shows that they"
        " have spoken to someone. It also mixes two roles that have to stay apart.",
        "The adviser or victim liaison makes contact, by a way that they have said is safe. If they ring you, listen,"
        " confirm nothing, and offer the adviser.",
        "R095",
    ),
    Request.CARRY_MESSAGE: Answer(
        "Carry a message between the two of them",
        "A message carried by an officer can break an order, and can be a way to control someone.",
        "Carry nothing. If it is about children or property, a solicitor, the court or children’s services is the way.",
        "R088, R095",
    ),
    Request.MEET_TOGETHER: Answer(
        "See the two of them together",
        "Nobody can speak freely beside someone who harms them, and what is said may be answered for at home.",
        "See each alone, and each with their own worker: you with the person on probation, the adviser with the other.",
        "R088, R236",
    ),
    Request.TELL_WHEREABOUTS: Answer(
        "Tell the person on probation where they are, what they said or that they asked for help",
        "It could lead the person to them, or show that they have spoken to someone.",
        "Say nothing of them, not even that there is nothing to say. If you think that the person is looking for them,"
        " that is a danger: act on it now.",
        "R094",
    ),
    Request.TELL_HISTORY: Answer(
        "Tell a partner about the person’s history of violence",
        "That is for the police to disclose, under the domestic violence disclosure scheme, to whoever is at risk or is"
        " best placed to protect them.",
        "Tell them that anyone may ask the police, on 101, at a station or online: the right to ask. The police answer"
        " within 28 days. Where you think that someone is at risk, ask your senior to bring it to the police.",
        "B4.5",
    ),
}


@dataclass(frozen=True)
class Route:
    """The only way by which someone who is at risk may be reached, in words that say nothing of why (R095)."""

    contact_closed: bool
    words: str = ""


def route_for(*, victim: bool) -> Route:
    """Whether an officer may use a family member's contact details at all."""
    if not victim:
        return Route(False)
    return Route(True, "Do not contact them from here. Any contact goes through the adviser or victim liaison.")


@dataclass(frozen=True)
class AdvocacyFacts:
    """What others need to know of advocacy to stop, and nothing of what is behind the wall.

    `clash` says whether the family member may be, or is, a victim known here: then victim liaison is asked first.
    `victim` says that no contact goes the officer's way.
    """

    clash: Literal["none", "open", "confirmed"] = "none"
    victim: bool = False


def name_keys(name: str, others: str = "") -> list[str]:
    """What two names are compared by: first and last word of each name by which someone goes, as search folds them.

    `others` has commas between; a single word among them takes the family name. A first name alone gives no key: it
    would accuse too many.
    """
    family = name.split()[-1:] if len(name.split()) > 1 else []
    apart = [part.strip() for part in others.replace(";", ",").split(",") if part.strip()]
    names = [name, *(other if len(other.split()) > 1 else " ".join([other, *family]) for other in apart)]
    words = [searchable(one).split() for one in names]
    return sorted({f"{found[0]} {found[-1]}" for found in words if len(found) > 1})
