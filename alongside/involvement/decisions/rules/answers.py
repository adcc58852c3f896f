"""What a decision answers: an outcome, every rule that spoke, and what may be done instead."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

from alongside.involvement.decisions.rules.facts import Word

if TYPE_CHECKING:
    from alongside.involvement.decisions.rules.facts import Facts, Question
    from alongside.involvement.decisions.rules.policy import Policy


class Outcome(IntEnum):
    """The four answers. A higher one always wins."""

    ALLOW = 0
    CONDITIONS = 1
    ASK = 2
    REFUSE = 3


class Kind(StrEnum):
    """How firm a rule is. Only a limit reads the policy; a hard stop cannot be loosened by data."""

    STOP = "hard stop"
    LIMIT = "limit"
    SAFETY = "ask first"
    CONDITION = "condition"


class Seen(Word):
    """What one must be allowed to see to be told why a rule spoke. Named for the right, and "" for everyone."""

    EVERYONE = ""
    SAFETY = "SEE_SAFETY"
    PERMISSIONS = "SEE_PERMISSIONS"
    CONDITIONS = "SEE_CONDITIONS"
    AGREEMENTS = "SEE_AGREEMENTS"
    NOBODY = "nobody"


class Asked(Word):
    """The kinds of matter on which somebody else is asked first. The policy names the role for each."""

    SAFETY = "safety"
    SAFEGUARDING = "safeguarding"
    YOUNG = "young"
    CONTACT = "contact"
    FACTS = "facts"
    VICTIMS = "victims"


class Instead(Word):
    """What may be done where something may not."""

    LISTEN = "listen"
    GENERAL = "general"
    ASK_ALONE = "ask_alone"
    TAKE_PERMISSION = "take_permission"
    VERIFY = "verify"
    MEET = "meet"
    OTHER_WAY = "other_way"
    OTHER_TIME = "other_time"
    CHECK_SAFETY = "check_safety"
    READ_ORDERS = "read_orders"
    JUDGE = "judge"
    AGREE = "agree"
    SAY_WHY = "say_why"
    SUPERVISOR = "supervisor"
    VICTIM_UNIT = "victim_unit"
    ELSEWHERE = "elsewhere"
    HOUSEHOLDER = "householder"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule said: why, what must be met, whom to ask, which fact is missing, and what else may be done."""

    rule: str
    outcome: Outcome
    reason: str
    source: str
    condition: str = ""
    ask: Asked | None = None
    fact: str = ""
    instead: tuple[Instead, ...] = ()
    seen: Seen = Seen.EVERYONE


Test = Callable[["Question", "Facts", "Policy"], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, what it says in general, how firm it is, and when it applies."""

    id: str
    title: str
    kind: Kind
    applies: Test
    finding: Finding
    acts: frozenset[str]

    @property
    def source(self) -> str:
        """Where the rule comes from."""
        return self.finding.source


CLOSING = (
    "If you are not sure, do not do it yet: listen, and ask your senior. If anyone is in danger now, do not wait for"
    " any answer here."
)
"""The line that stands under every answer, the same for all."""


class Answer(NamedTuple):
    """The answer with every finding, gravest first. Listening is among what may be done in every answer."""

    outcome: Outcome
    findings: tuple[Finding, ...]
    asked: tuple[Asked, ...] = ()
    instead: tuple[Instead, ...] = (Instead.LISTEN, Instead.GENERAL, Instead.DANGER)
    closing: str = CLOSING

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the rules that spoke."""
        return tuple(finding.rule for finding in self.findings)

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must be met, each once."""
        return tuple(dict.fromkeys(finding.condition for finding in self.findings if finding.condition))
