"""The sheet of goals that the person takes home, in English or Welsh: their words stay as they said them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from alongside.foundation.content.queries import content
from alongside.foundation.documents.rendering import long_date
from alongside.foundation.documents.shapes import Block, Facts, Heading, Language, Letter, Paragraph, Points
from alongside.foundation.reference.queries import label_of
from alongside.involvement.goals.models import HelperSays, StepBy
from alongside.involvement.goals.rules import GoalFacts, StepFacts
from alongside.people.persons.models import Person


@dataclass(frozen=True)
class Parts:
    """What stands on the sheet beside the goals themselves."""

    why: bool
    steps: bool
    helpers: bool

    @classmethod
    def of(cls, names: Collection[str]) -> "Parts":
        """The parts that were chosen by name."""
        return cls(why="why" in names, steps="steps" in names, helpers="helpers" in names)


class _Words:
    """The governed words of the sheet in one language, and whether any of them is still a draft."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.draft = False

    def __call__(self, key: str, **values: object) -> str:
        wording = content(f"goals.sheet.{key}", self.language)
        self.draft = self.draft or wording.is_draft
        return wording.filled(**values)


def sheet_of(*, person: Person, goals: Iterable[GoalFacts], parts: Parts, language: Language, day: date) -> Letter:
    """The sheet, addressed to the person alone. A helper who has said no, or was not asked, is not on it."""
    words = _Words(language)
    body: list[Block] = [Paragraph(words("intro"))]
    for goal in goals:
        body += _goal(goal, parts, words)
    body.append(Paragraph(words("yours")))
    return Letter(
        title=words("title", name=person.called),
        author="Alongside",
        language=language,
        draft=words.draft,
        sender=(),
        recipient=(person.called,),
        day=long_date(day, language),
        greeting=words("greeting", name=person.called),
        body=tuple(body),
        closing=words("closing"),
        signed_by=(),
    )


def _goal(goal: GoalFacts, parts: Parts, words: _Words) -> list[Block]:
    blocks: list[Block] = [Heading(goal.words), Paragraph(label_of(goal.area_id, words.language))]
    if parts.why and goal.why:
        blocks.append(Facts(((words("why"), goal.why),)))
    if parts.steps and goal.open_steps:
        blocks.append(Paragraph(words("steps")))
        blocks.append(Points(tuple(_step(step, words) for step in goal.open_steps)))
    helpers = [helper for helper in goal.helpers if helper.says == HelperSays.YES]
    if parts.helpers and helpers:
        blocks.append(Paragraph(words("helpers")))
        blocks.append(Points(tuple(f"{helper.name}: {helper.what}" for helper in helpers)))
    return blocks


def _step(step: StepFacts, words: _Words) -> str:
    who = step.helper or words(f"by_{StepBy(step.who)}")
    when = f", {long_date(step.by_when, words.language)}" if step.by_when else ""
    return f"{step.words} ({who}{when})"
