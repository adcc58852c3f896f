"""Contact budgets: how often was planned, how often it was (R146)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from alongside.involvement.agreements.rules.terms import DAYS, Terms

WINDOW_DAYS = max(DAYS.values())
"""How far back anything has to be read to know every budget."""

NO_LIMIT: int | None = None


@dataclass(frozen=True)
class Budget:
    """One channel: at most `limit` contacts in `days` days, of which `used` have been. Never a stop by itself."""

    limit: int
    used: int = 0
    days: int = 7

    @property
    def left(self) -> int:
        """How many are left; none where more were made than agreed."""
        return max(0, self.limit - self.used)

    @property
    def over(self) -> int:
        """How many more were made than agreed."""
        return max(0, self.used - self.limit)


@dataclass(frozen=True)
class Drawn:
    """One contact that was drawn from a budget."""

    channel: str
    on: date


def budgets_of(terms: Terms, drawn: Iterable[Drawn], *, on: date) -> Mapping[str, Budget]:
    """Each agreed channel with what was drawn in the days up to and including `on`."""
    contacts = list(drawn)
    budgets = {}
    for one in terms.channels:
        days = DAYS[one.per]
        since = on - timedelta(days=days - 1)
        used = sum(contact.channel == one.channel and since <= contact.on <= on for contact in contacts)
        budgets[one.channel.value] = Budget(limit=one.times, used=used, days=days)
    return MappingProxyType(budgets)
