"""Chance that can be repeated: each person draws from a stream of their own, named by seed and number."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

_VERSION_4 = 4 << 76 | 2 << 62
_FREE_BITS = ~(15 << 76 | 3 << 62)


class Weighted(Generic[T]):
    """Things that may be drawn, each as often as its weight says."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))

    def drawn_by(self, random: Random) -> T:
        """One of the things."""
        return self._things[bisect(self._sums, random.random() * self._sums[-1], 0, len(self._things) - 1)]


class Chance(Random):
    """One stream of chance. The same seed and name give the same stream, on any machine."""

    def __init__(self, seed: int, name: str) -> None:
        super().__init__(f"{seed}/{name}")

    def happens(self, likelihood: float) -> bool:
        """Whether something with that likelihood, from 0 to 1, happens."""
        return self.random() < likelihood

    def one_of(self, things: Sequence[T]) -> T:
        """One of the things, each as likely as the others."""
        return things[int(self.random() * len(things))]

    def of(self, weighted: Weighted[T]) -> T:
        """One of the weighted things."""
        return weighted.drawn_by(self)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included; `low` where the range is empty. Always draws once."""
        return low + int(self.random() * max(1, high - low + 1))

    def day_between(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included; `first` where `last` is sooner."""
        return first + timedelta(days=self.between(0, (last - first).days))

    def uuid(self) -> str:
        """A version 4 UUID as text."""
        digits = f"{self.getrandbits(128) & _FREE_BITS | _VERSION_4:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
