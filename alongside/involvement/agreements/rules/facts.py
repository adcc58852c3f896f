"""What other rooms are told of an agreement: how it stands and what it allows, never why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from alongside.involvement.agreements.rules.budgets import Budget
from alongside.involvement.agreements.rules.states import State
from alongside.involvement.agreements.rules.terms import Participation


@dataclass(frozen=True)
class AgreementFacts:
    """How things stand between one family member and us.

    `state` is one of `State`; only `live` lets anything of level 4 or above happen (R361). `channels` holds the agreed
    channels by their names (face, phone, text, email, letter); a channel that is not there was not agreed.
    `contact_ended` means that contact was ended by procedure: only listening is left, by `alternative_route` (R150).
    `quiet_today` means that the person wants no prompts through family today, `prompts_a_week` the most they want.
    """

    state: str = State.NONE.value
    channels: Mapping[str, Budget] = field(default_factory=lambda: MappingProxyType({}))
    ends_on: date | None = None
    review_on: date | None = None
    number: int | None = None
    participation: str = Participation.NOT_AT_ALL.value
    level_needed: int = 0
    answer_within: int = 2
    not_then: str = ""
    contact_ended: bool = False
    alternative_route: str = ""
    quiet_today: bool = False
    prompts_a_week: int | None = None

    @property
    def in_force(self) -> bool:
        """Whether what was agreed holds now."""
        return self.state == State.LIVE.value and not self.contact_ended


NO_AGREEMENT = AgreementFacts()
