"""A picture said in words: headings and nested lists that a screen reader can follow, as plain data, HTML or text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alongside.people.maps.drawing.svg import element, escape

Address = Callable[[str], str | None]


@dataclass(frozen=True)
class Line:
    """One item of a list, with what belongs under it. `key` is the person's whom it is about, where it is one."""

    words: str
    under: tuple[Line, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and its list."""

    heading: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Telling:
    """A whole picture in words."""

    title: str
    summary: str
    sections: tuple[Section, ...] = ()

    def as_text(self) -> str:
        """Plain text, indented."""
        out = [self.title, self.summary]
        for section in self.sections:
            out += ["", section.heading, *_text_lines(section.lines, 0)]
        return "\n".join(out) + "\n"

    def as_html(self, level: int = 2, *, href: Address | None = None) -> str:
        """HTML headings (from this level) and lists; everything is escaped. `href` gives a person's address."""
        parts = [element("p", escape(self.summary), class_="govuk-body")]
        for section in self.sections:
            size = "m" if level <= 2 else "s"
            parts.append(element(f"h{level}", escape(section.heading), class_=f"govuk-heading-{size}"))
            parts.append(_html_list(section.lines, href))
        return "".join(parts)

    def all_words(self) -> Iterator[str]:
        """Every line, for tests and search."""
        for section in self.sections:
            yield section.heading
            yield from (words for words, _ in _walk(section.lines, 0))


def _walk(lines: tuple[Line, ...], depth: int) -> Iterator[tuple[str, int]]:
    for line in lines:
        yield line.words, depth
        yield from _walk(line.under, depth + 1)


def _text_lines(lines: tuple[Line, ...], depth: int) -> list[str]:
    return [f"{'  ' * at}- {words}" for words, at in _walk(lines, depth)]


def _html_list(lines: tuple[Line, ...], href: Address | None) -> str:
    items = "".join(
        element("li", _words(line, href) + (_html_list(line.under, href) if line.under else "")) for line in lines
    )
    return element("ul", items, class_="govuk-list govuk-list--bullet") if lines else ""


def _words(line: Line, href: Address | None) -> str:
    address = href(line.key) if href and line.key else None
    if not address:
        return escape(line.words)
    name, comma, rest = line.words.partition(", ")
    return element("a", escape(name), href=address, class_="govuk-link") + escape(comma + rest)


def one_of(number: int, one: str, many: str) -> str:
    """ "1 person", "3 people"."""
    return f"{number} {one if number == 1 else many}"


def listed(words: list[str]) -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
