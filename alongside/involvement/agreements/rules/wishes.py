"""The person's own wishes about prompts through family: quiet days, and how many a week at most (R174, R175)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wishes:
    """When the person wants no prompts through family, and how many a week at most. Monday is 0."""

    quiet_weekdays: frozenset[int] = frozenset()
    quiet_from: date | None = None
    quiet_until: date | None = None
    most_a_week: int | None = None

    def quiet_on(self, on: date) -> bool:
        """Whether a day is quiet."""
        if on.weekday() in self.quiet_weekdays:
            return True
        begin, end = self.quiet_from, self.quiet_until
        return begin is not None and end is not None and begin <= on <= end

    def allows_prompt(self, *, on: date, this_week: int) -> bool:
        """Whether one more prompt through family may go out on a day, after so many in the seven days before."""
        return not self.quiet_on(on) and (self.most_a_week is None or this_week < self.most_a_week)
