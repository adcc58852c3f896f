"""What everything invented in one go has in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True)
class Setting:
    """The seeds, the day that counts as today, the birth mark, and what the product says.

    `office_seed` is the seed of the first caseload in the database: those who came with it are still there.
    `labels` holds the English label of every coded value by its id.
    """

    seed: int
    office_seed: int
    today: date
    mark: str
    labels: Mapping[str, str]

    def label(self, value_id: str) -> str:
        """What people read for a coded value."""
        return self.labels[value_id]

    def days_ago(self, days: int) -> date:
        """A day before today."""
        return self.today - timedelta(days=days)


def at_work(day: date, minute: int) -> datetime:
    """A moment of a working day, `minute` minutes after eight."""
    return datetime.combine(day, time(8, 0, tzinfo=UTC)) + timedelta(minutes=minute)
