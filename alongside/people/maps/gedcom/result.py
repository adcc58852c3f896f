"""What comes out of reading or writing a family-tree file, and the limits a file must keep to."""

from __future__ import annotations

from dataclasses import dataclass, field

from alongside.people.maps.drawing.words import one_of
from alongside.people.maps.network import FamilyNetwork


class RefusedFileError(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read before it is refused or cut. A real county's worth of trees fits."""

    size: int = 100_000_000
    lines: int = 2_000_000
    line_length: int = 20_000
    level: int = 30
    people: int = 50_000
    named_problems: int = 200


@dataclass(frozen=True)
class Problem:
    """Something in the file that could not be taken as it stands, and where."""

    line: int
    words: str


@dataclass(frozen=True)
class LeftOut:
    """A kind of content that a family map does not hold."""

    tag: str
    count: int
    first_line: int
    words: str


@dataclass(frozen=True)
class Reading:
    """A file read: the network, and everything that was not taken."""

    network: FamilyNetwork
    version: str
    encoding: str
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    lines: int = 0
    more_problems: int = 0

    def report(self) -> str:
        """What was read and what was not, in words, a line each."""
        people, couples = len(self.network.people), len(self.network.partnerships)
        read = f"{one_of(people, 'person', 'people')} and {one_of(couples, 'partnership', 'partnerships')}"
        out = [f"Read {read} from {self.lines} lines (GEDCOM {self.version}, {self.encoding})."]
        out += [f"Line {problem.line}: {problem.words}" for problem in self.problems]
        if self.more_problems:
            out.append(f"And {self.more_problems} more problems of these kinds.")
        for left in self.left_out:
            where = f"{left.tag}, {one_of(left.count, 'time', 'times')}, first on line {left.first_line}"
            out.append(f"Left out: {left.words} ({where}).")
        return "\n".join(out) + "\n"


@dataclass(frozen=True)
class Writing:
    """A file written, and what the format could not carry."""

    data: bytes
    left_out: tuple[str, ...] = ()


@dataclass
class Notes:
    """Problems and left-out content gathered while reading."""

    limits: Limits
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    tags: dict[str, tuple[int, int]] = field(default_factory=dict)

    def problem(self, line: int, words: str) -> None:
        """Note a problem; past the limit only count it."""
        if len(self.problems) < self.limits.named_problems:
            self.problems.append(Problem(line, words))
        else:
            self.more += 1

    def skipped(self, tag: str, line: int) -> None:
        """Note content of a kind that is not taken."""
        count, first = self.tags.get(tag, (0, line))
        self.tags[tag] = (count + 1, first)
