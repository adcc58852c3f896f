"""What the suite reaches of the product, said before pytest's own last line: `pytest -p tests.support.coverage`.

Asked for by `-p` it stands before any of the product is imported, which it must: lines and branches are marked as a
module is imported, and a mark that was passed is taken out, so that what runs often costs nothing. Every process of the
suite puts down what it reached; the one that speaks to the terminal adds it up.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage

KEPT: Final = Path(__file__).parents[2] / "var" / "coverage"
LEAST_SHOWN: Final = 10

taken = Slipcover(branch=True, source=["alongside"])


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Mark what is imported from here on, in each process that runs tests."""
    known = early_config.known_args_namespace
    if "PYTEST_XDIST_WORKER" in os.environ or not getattr(known, "numprocesses", None):
        ImportManager(taken, FileMatcher(sources=["alongside"])).__enter__()
    return (yield)


def worker_of(config: pytest.Config) -> str:
    """The name of a process that runs tests for another, or ""."""
    return str(getattr(config, "workerinput", {}).get("workerid", ""))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process that speaks to no terminal puts down what it reached."""
    worker = worker_of(session.config)
    if worker:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{worker}.json").write_text(json.dumps(taken.get_coverage()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The modules that were reached least, and the share of all. Each process is asked for it; one has them all."""
    if worker_of(terminalreporter.config):
        return
    reached: dict[str, Any] = taken.get_coverage()
    for part in sorted(KEPT.glob("*.json")):
        merge_coverage(reached, json.loads(part.read_text()))
        part.unlink()
    if not reached["summary"]["covered_lines"]:
        raise pytest.UsageError("Coverage was asked for, and nothing was marked: what is said of it would be untrue.")
    shares = {name: found["summary"] for name, found in reached["files"].items()}
    least = sorted(shares, key=lambda name: (shares[name]["percent_covered"], name))
    terminalreporter.section("coverage, least first")
    for name in least[:LEAST_SHOWN]:
        terminalreporter.write_line(f"{name:<70} {shares[name]['percent_covered']:5.0f} %")
    terminalreporter.write_line(
        f"In all {reached['summary']['percent_covered']:.1f} % of lines and branches are reached."
    )
