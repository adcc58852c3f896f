"""What the exercises keep beside the network: one shape for each kind of element."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.people.maps.vocabulary import PartialDate


class HelpArea(StrEnum):
    """What someone helps with."""

    LISTENING = "listening"
    MONEY = "money"
    HOME = "home"
    CHILDREN = "children"
    TRAVEL = "travel"
    APPOINTMENTS = "appointments"
    FORMS = "forms"
    HEALTH = "health"
    DRINK_DRUGS = "drink_drugs"
    WORK = "work"
    COMPANY = "company"


AREA_WORDS = {
    HelpArea.LISTENING: "Listening and encouragement",
    HelpArea.MONEY: "Money and food",
    HelpArea.HOME: "Somewhere to live",
    HelpArea.CHILDREN: "Looking after children",
    HelpArea.TRAVEL: "Lifts and travel",
    HelpArea.APPOINTMENTS: "Remembering appointments",
    HelpArea.FORMS: "Letters and forms",
    HelpArea.HEALTH: "Health and medicine",
    HelpArea.DRINK_DRUGS: "Staying off drink or drugs",
    HelpArea.WORK: "Work and learning",
    HelpArea.COMPANY: "Company and things to do",
}


class HowOften(StrEnum):
    """How often someone helps."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NOW_AND_THEN = "now_and_then"
    IN_A_CRISIS = "in_a_crisis"


OFTEN_WORDS = {
    HowOften.DAILY: "Every day",
    HowOften.WEEKLY: "Every week",
    HowOften.MONTHLY: "Every month",
    HowOften.NOW_AND_THEN: "Now and then",
    HowOften.IN_A_CRISIS: "When things go wrong",
}


class Asked(StrEnum):
    """An answer that may not have been asked for yet."""

    NOT_ASKED = "not_asked"
    NO = "no"
    YES = "yes"


ASKED_WORDS = {Asked.NOT_ASKED: "Not asked yet", Asked.NO: "No", Asked.YES: "Yes"}


@dataclass(frozen=True)
class Support:
    """Who helps with what (R022). A supporter is not yet someone whom we may contact: permission comes first."""

    id: str
    who: str
    label: str
    area: HelpArea
    often: HowOften = HowOften.NOW_AND_THEN
    knows: Asked = Asked.NOT_ASKED
    agrees: Asked = Asked.NOT_ASKED
    note: str = ""


STATEMENTS = (
    ("reason", "Someone in my family or among my friends is a reason for me to keep going"),
    ("known", "Someone knows me well enough to see when things are going wrong"),
    ("turn_to", "There is someone whom I could ring tonight if I needed to"),
    ("give", "I give something back to the people who matter to me"),
    ("proud", "Someone would be proud of me if I finished this"),
    ("want", "I want the people who matter to me to have a part in this"),
)
"""Our own words for what family is worth to someone (R319). Each stands alone: nothing is added up."""

LEVELS = (
    ("1", "Not at all true"),
    ("2", "A little true"),
    ("3", "Partly true"),
    ("4", "Mostly true"),
    ("5", "Very true"),
)


@dataclass(frozen=True)
class ValueOfFamily:
    """How true each statement was for the person on one day, from 1 to 5 as text, by name of the statement."""

    id: str
    day: PartialDate
    answers: tuple[str, ...]
    words: str = ""

    def answer_to(self, name: str) -> str:
        """The answer to one statement; empty where it was left out."""
        found = dict(answer.split("=", 1) for answer in self.answers)
        return found.get(name, "")


def areas_without_help(supports: tuple[Support, ...]) -> tuple[HelpArea, ...]:
    """Areas in which nobody helps."""
    covered = {support.area for support in supports}
    return tuple(area for area in HelpArea if area not in covered)


def areas_on_one_person(supports: tuple[Support, ...]) -> tuple[str, ...]:
    """People who carry three areas or more alone: the load is worth talking about."""
    carriers: dict[str, set[HelpArea]] = {}
    for area in HelpArea:
        helpers = {support.who for support in supports if support.area is area}
        if len(helpers) == 1:
            carriers.setdefault(next(iter(helpers)), set()).add(area)
    labels = {support.who: support.label for support in supports}
    return tuple(labels[who] for who, areas in sorted(carriers.items()) if len(areas) > 2)
