"""What the suite reached, said before pytest's own last line."""

from io import StringIO

import coverage
import pytest

LEAST_SHOWN = 10


def keep_coverage() -> None:
    """Put down what this process reached, as one of those that the suite runs in."""
    taken = coverage.Coverage.current()
    if taken is not None:
        taken.stop()
        taken.save()


def report_coverage(terminal: pytest.TerminalReporter) -> None:
    """The modules that were reached least and the share of all. Says nothing where coverage is not being taken."""
    if coverage.Coverage.current() is None:
        return
    keep_coverage()
    taken = coverage.Coverage()
    taken.combine()
    table = StringIO()
    share = taken.report(file=table, skip_covered=True, sort="cover")
    rows = [line for line in table.getvalue().splitlines() if line.startswith("alongside")]
    terminal.section("coverage, least first")
    for row in rows[:LEAST_SHOWN]:
        terminal.write_line(row)
    terminal.write_line(f"In all {share:.1f} % of lines and branches are reached.")
