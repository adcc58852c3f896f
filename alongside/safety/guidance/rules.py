"""Where guidance is shown, and how a reader stands to it. No database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Point(StrEnum):
    """A point at which something is decided that abuse bears on; each has its own guidance (R097)."""

    FLAG = "flag"
    PERMISSION = "permission"
    MAY_I = "may_i"
    JUDGEMENT = "judgement"
    REFERRAL = "referral"

    @property
    def key(self) -> str:
        """The key of its wording."""
        return f"guidance.abuse.{self.value}"


@dataclass(frozen=True)
class Readers:
    """How many of those who decide have said that they read a version. Never who."""

    read: int
    of: int

    @property
    def waiting(self) -> int:
        """How many have not."""
        return self.of - self.read

    @property
    def words(self) -> str:
        """The count as a lead reads it."""
        if not self.of:
            return "Nobody in your teams decides on this."
        if not self.waiting:
            return f"All {self.of} in your teams have read it."
        return f"{self.waiting} of {self.of} in your teams {'has' if self.waiting == 1 else 'have'} not read it yet."


@dataclass(frozen=True)
class Standing:
    """When a reader said that they read the version in use, and whether they had read an earlier one."""

    read_at: datetime | None = None
    read_before: bool = False

    @property
    def changed(self) -> bool:
        """Whether it has changed since they read it."""
        return self.read_at is None and self.read_before
