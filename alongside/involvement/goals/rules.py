"""Rules of goals: how many, what may be asked of a helper, and when to look at them again."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

MOST_GOALS = 5
"""How many goals somebody works on at once. More than five, and none is one."""

MOST_STEPS = 8
"""How many open steps one goal may have."""

REVIEW_AFTER = timedelta(days=28)
"""When goals are looked at again, unless another day is chosen."""


@dataclass(frozen=True)
class StepFacts:
    """A step as other rooms and pages read it. `helper_id` is set where a family member takes it."""

    id: UUID
    words: str
    who: str
    helper_id: UUID | None
    helper: str
    by_when: date | None
    done_on: date | None
    version: int

    def overdue(self, on: date) -> bool:
        """Whether its day has passed."""
        return self.done_on is None and self.by_when is not None and self.by_when < on


@dataclass(frozen=True)
class HelpFacts:
    """What one family member may help with, and whether they have said yes."""

    id: UUID
    family_member_id: UUID
    name: str
    what: str
    says: str
    version: int


@dataclass(frozen=True)
class ReviewFacts:
    """The last time that a goal was looked at together."""

    on: date
    going: str
    words: str


@dataclass(frozen=True)
class GoalFacts:
    """One goal that the person works on, or once did."""

    id: UUID
    words: str
    why: str
    area_id: str
    set_on: date
    state: str
    ended_on: date | None
    end_words: str
    version: int
    steps: tuple[StepFacts, ...] = ()
    helpers: tuple[HelpFacts, ...] = ()
    last_review: ReviewFacts | None = None

    @property
    def open_steps(self) -> tuple[StepFacts, ...]:
        """Steps still to take, the soonest first; those without a day come last."""
        todo = (step for step in self.steps if step.done_on is None)
        return tuple(sorted(todo, key=lambda step: (step.by_when is None, step.by_when or date.max)))

    @property
    def done_steps(self) -> tuple[StepFacts, ...]:
        """Steps that were taken."""
        return tuple(step for step in self.steps if step.done_on is not None)


@dataclass(frozen=True)
class Enforcing:
    """Words that would make a helper an arm of probation, and what could stand instead."""

    words: str
    instead: str


class TooManyGoalsError(ValueError):
    """The person works on as many goals as anyone can."""

    def __init__(self) -> None:
        super().__init__(
            f"There are {MOST_GOALS} goals already, which is as many as anyone can keep in mind. "
            "Finish, change or leave one of them first."
        )


class EnforcingWordsError(ValueError):
    """A helper was asked to watch, tell or compel. The message says what to write instead."""

    def __init__(self, found: Enforcing) -> None:
        super().__init__(enforcing_message(found))
        self.found = found


def may_add_goal(working: int) -> bool:
    """Whether one more goal may be added to so many."""
    return working < MOST_GOALS


def review_day(on: date) -> date:
    """The day by which goals are looked at again."""
    return on + REVIEW_AFTER


REMIND, BRING, LISTEN, ASK = (
    "remind, or offer to remind",
    "go with, bring or give a lift",
    "be there to talk",
    "encourage, if they want it",
)

_SAY = (
    "tell|tells|telling|inform|informs|informing|notify|notifies|alert|alerts|ring|rings|call|calls|text|texts|phone"
    "|phones|update|updates"
)
_PHRASES: Mapping[str, str] = {
    r"(report|reports|reporting)( \w+){0,3} (on|to|back|in)": LISTEN,
    rf"({_SAY})( \w+){{0,2}} (us|probation|the officer|officer|police|office|offender manager)( \w+){{0,3}}"
    r" (if|when|whenever|about|that he|that she|that they)": LISTEN,
    rf"({_SAY}) me (if|when|whenever|that) (he|she|they|his|her|their)": LISTEN,
    r"let(s|ting)? (us|probation|the officer) know": LISTEN,
    r"(keep|keeps|keeping) (an|a close|a) (eye|watch|check)": LISTEN,
    r"(keep|keeps|keeping) (tabs|watch|track) ": LISTEN,
    r"(check|checks|checking) (up on|on|that|whether|if) (him|her|them|he|she|they|his|their)": ASK,
    r"(monitor|monitors|monitoring|supervise|supervises|supervising|policing|surveil\w*|spy on|spies|spying)": ASK,
    r"(enforce|enforces|enforcing|enforcement)": REMIND,
    r"(force|forces|forcing|compel|compels|compelling) (him|her|them)": BRING,
    r"(make|makes|making) (him|her|them) (go|attend|come|do|keep|sign|stop|stick|stay|turn|comply|behave|obey)": BRING,
    r"(make|makes|making|ensure|ensures|ensuring|see to it)( \w+){0,2} (sure|that he|that she|that they)": REMIND,
    r"(ensure|ensures|ensuring|guarantee|guarantees)": REMIND,
    r"(watch|watches|watching|search|searches|searching|follow|follows|following) (him|her|them|his|their) ": ASK,
    r"(grass|snitch|inform|dob)( \w+)? (him |her |them )?(on|up|in) ": LISTEN,
    r"(test|tests|testing|breathalys\w*) (him|her|them)": ASK,
    r"(confiscate\w*|take away) (his|her|their) ": ASK,
    r"(adrodd|adroddwch)( \w+){0,2} (ar|i|yn ol)": LISTEN,
    r"(rhoi|rhowch|gadael|gadewch)( \w+){0,2} (gwybod|wybod)( \w+){0,3} (i ni|i r|i probation|os|pan)": LISTEN,
    r"(cadw|cadwch) (llygad|golwg)": LISTEN,
    r"(gwneud|gwnewch) yn siwr": REMIND,
    r"(monitro|goruchwylio|gorfodi|plismona|ysbio)": ASK,
}
_RULES = tuple((re.compile(rf"(?<!\w){pattern.rstrip()}(?!\w)"), instead) for pattern, instead in _PHRASES.items())


def plain_text(text: str) -> str:
    """Text as the guard reads it: lower case, without accents, invisible characters or punctuation."""
    composed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in composed if unicodedata.category(char)[0] not in "CM" or char.isspace())
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())


def enforcing_words(text: str) -> Enforcing | None:
    """The first words that ask a helper to watch, tell on or compel the person; None where there are none (R173).

    Relatives remind, bring and encourage. They do not report: a helper who does stops being one, and is not safe.
    """
    plain = plain_text(text)
    found = [(match.start(), match[0], instead) for rule, instead in _RULES if (match := rule.search(plain))]
    if not found:
        return None
    _where, words, instead = min(found)
    return Enforcing(words=words.strip(), instead=instead)


def enforcing_message(found: Enforcing) -> str:
    """What to say to whoever wrote it."""
    return (
        f"“{found.words}” asks a family member to watch or make someone do something. They help and never enforce: "
        f"write what they will do to support, such as {found.instead}."
    )


def refuse_enforcing(*texts: str) -> None:
    """Raise EnforcingWordsError where any of the texts would make an enforcer of a helper."""
    for text in texts:
        if found := enforcing_words(text):
            raise EnforcingWordsError(found)


PLAN_TOPIC = "plan_tasks"


def may_be_told(*, refused: bool, topics: Iterable[str]) -> bool:
    """Whether we may talk with a helper about the plan and its tasks: the person permits it, and refuses them nothing.

    `topics` are those that may be spoken of to them now. Without it only the person shows their goals to anyone.
    """
    return not refused and PLAN_TOPIC in set(topics)


def next_step_of(goals: Iterable[GoalFacts]) -> StepFacts | None:
    """The step that is due soonest among all goals."""
    steps = [step for goal in goals for step in goal.open_steps]
    return min(steps, key=lambda step: (step.by_when is None, step.by_when or date.max), default=None)
