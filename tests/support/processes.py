"""Programs that a test starts, and what they leave behind."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alongside.config.state import PROJECT_FOLDER


def wait_for(condition: Callable[[], object], *, seconds: float = 30) -> bool:
    """Whether the condition came true within that time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def processes_that_name(text: str) -> list[str]:
    """The command lines of running processes that hold `text`, ours left out."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if text in line and state != "Z":
                found.append(line)
    return found


@contextmanager
def program(arguments: list[str], *, environment: dict[str, str], output: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program with its output in a file; killed at the end where it still runs."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "DJANGO_", "SECRET_KEY", "COV_"))
    }
    with output.open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            env={**inherited, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=PROJECT_FOLDER,
        )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
