"""What a benchmark is, and the means it measures with."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Measure:
    """One figure. `aim` is what it should keep to, `at_least` says in which direction, `beside` other ways to do it."""

    what: str
    value: float
    unit: str
    aim: float | None = None
    at_least: bool = False
    beside: dict[str, float] = field(default_factory=dict)

    @property
    def keeps_its_aim(self) -> bool | None:
        """Whether the aim is kept; None where there is none."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim


@dataclass(frozen=True)
class Setting:
    """What a benchmark may rely on: how many people there are, whether they are a nation, a folder to write in."""

    national: bool
    people: int
    folder: Path


Work = Callable[[Setting], Iterable[Measure]]


@dataclass(frozen=True)
class Benchmark:
    """One registered benchmark. `needs_database=False` runs without; `by_name_only` is left out unless asked for."""

    name: str
    title: str
    work: Work
    needs_database: bool
    by_name_only: bool


REGISTERED: dict[str, Benchmark] = {}


def benchmark(title: str, *, needs_database: bool = True, by_name_only: bool = False) -> Callable[[Work], Work]:
    """Register a function `(setting) -> measures`. Its name is its name on the command line."""

    def register(work: Work) -> Work:
        name = getattr(work, "__name__", title)
        if name in REGISTERED:
            raise ValueError(f"Two benchmarks are called {name}.")
        REGISTERED[name] = Benchmark(name, title, work, needs_database, by_name_only)
        return work

    return register


@dataclass(frozen=True)
class Timing:
    """Times of one piece of work done many times, in milliseconds."""

    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle time."""
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        """What 95 in 100 took at most."""
        return sorted(self.milliseconds)[ceil(0.95 * len(self.milliseconds)) - 1]


def timed(work: Callable[[], Any], *, rounds: int = 20, warm_up: int = 2) -> Timing:
    """Do the work `rounds` times, after a few that do not count."""
    for _ in range(warm_up):
        work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return Timing(tuple(times))


class Stopwatch:
    """Seconds since it was made, and a rate over them."""

    def __init__(self) -> None:
        self.started = time.perf_counter()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.perf_counter() - self.started

    def per_second(self, count: float) -> float:
        """How many of `count` a second that makes."""
        return count / self.seconds


UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Every statement that reaches the default database, all but those that open and close transactions."""
    from django.db import connection

    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(UNCOUNTED):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
