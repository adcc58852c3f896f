"""Several programs run as one: started together, started again when one dies, stopped together."""

import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

from alongside.config.errors import OperatorError
from alongside.config.processes import start_child, stop_child

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_STOP = 30
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_BEFORE_RESTART = 1
DEATHS_ALLOWED = 5
SECONDS_A_DEATH_COUNTS = 60


class Stopped(BaseException):
    """Someone asked for everything to stop."""


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into an orderly end of the block. Further ones are then ignored."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for other in STOPPING:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped

    before = {number: signal.signal(number, stop) for number in STOPPING}
    try:
        yield
    except Stopped:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass
class Program:
    """One program to keep running. `signal_if_orphaned` is what it gets where its supervisor is killed outright."""

    name: str
    arguments: Sequence[str | Path]
    environment: Mapping[str, str]
    signal_if_orphaned: signal.Signals = signal.SIGTERM
    child: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.child = start_child(
            self.arguments, environment=self.environment, signal_if_orphaned=self.signal_if_orphaned
        )

    def has_died(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    def start_again(self) -> None:
        """Start after a death. Raises OperatorError where it dies again and again."""
        now = time.monotonic()
        self.deaths = [death for death in self.deaths if now - death < SECONDS_A_DEATH_COUNTS] + [now]
        if len(self.deaths) >= DEATHS_ALLOWED:
            raise OperatorError(f"The {self.name} keeps stopping. What it printed above says why.")
        click.echo(f"The {self.name} stopped by itself and is started again.", err=True)
        time.sleep(SECONDS_BEFORE_RESTART)
        self.start()

    def stop(self) -> None:
        if self.child is not None:
            stop_child(self.child, patience=SECONDS_TO_STOP, signals=[signal.SIGTERM, signal.SIGKILL])


@contextmanager
def running(programs: Sequence[Program]) -> Iterator[None]:
    """Start the programs, and stop them in the opposite order when the block ends, however it ends."""
    try:
        for program in programs:
            program.start()
        yield
    finally:
        for program in reversed(programs):
            program.stop()


def keep_running(programs: Sequence[Program]) -> None:
    """Watch the programs until a signal ends it. Raises OperatorError where one dies again and again."""
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        for program in programs:
            if program.has_died():
                program.start_again()
