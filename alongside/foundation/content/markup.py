"""The little markup that governed wording may use, and how it is filled and drawn.

A first line that begins with `# ` is the title of a page. A line that begins with `## ` is a heading, with `### ` a
smaller one, with `- ` an item of a list, with `> ` a line set apart; `[words](address)` is a link. An empty line ends a
paragraph. Everything else is text, and is escaped.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(((?:/(?!/)|https://|mailto:|tel:)[^\s()<>\"']{0,300})\)")
HEADINGS = {"## ": ("h2", "govuk-heading-m"), "### ": ("h3", "govuk-heading-s")}


class MissingValueError(KeyError):
    """The wording has a place for a value that was not given."""


def placeholders_in(text: str) -> frozenset[str]:
    """The names of the values that a text is to be filled with."""
    return frozenset(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, object], *, escaped: bool = False) -> str:
    """The text with its values in place. Raises MissingValueError where one is missing."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in values:
            raise MissingValueError(f"The wording needs a value for {name!r}.")
        return str(escape(str(values[name]))) if escaped else str(values[name])

    return PLACEHOLDER.sub(value, text)


def title_and_body(text: str) -> tuple[str, str]:
    """The title on a page's first line, empty where it has none, and what follows."""
    first, _, rest = text.strip().partition("\n")
    return (first[2:].strip(), rest.strip()) if first.startswith("# ") else ("", text.strip())


def kind_of(line: str) -> str:
    """What a line begins with: the mark of a heading, list item or line set apart; empty for text and empty lines."""
    return next((mark for mark in ("### ", "## ", "- ", "> ") if line.startswith(mark)), "")


def inline(text: str) -> str:
    """One line, escaped, with its links."""
    pieces, end = [], 0
    for match in LINK.finditer(text):
        pieces += [
            str(escape(text[end : match.start()])),
            f'<a class="govuk-link" href="{escape(match[2])}">{escape(match[1])}</a>',
        ]
        end = match.end()
    return "".join([*pieces, str(escape(text[end:]))])


def blocks(text: str) -> Iterator[str]:
    """The text block by block, as HTML."""
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        for mark, group in groupby(paragraph.split("\n"), key=kind_of):
            lines = [inline(line[len(mark) :].strip()) for line in group if line.strip()]
            if mark in HEADINGS:
                tag, names = HEADINGS[mark]
                yield from (f'<{tag} class="{names}">{line}</{tag}>' for line in lines)
            elif mark == "- ":
                items = "".join(f"<li>{line}</li>" for line in lines)
                yield f'<ul class="govuk-list govuk-list--bullet">{items}</ul>'
            elif mark == "> ":
                yield f'<div class="govuk-inset-text">{"<br>".join(lines)}</div>'
            elif lines:
                yield f'<p class="govuk-body">{" ".join(lines)}</p>'


def as_line(text: str, values: Mapping[str, object]) -> SafeString:
    """One line as HTML, without a paragraph round it."""
    return mark_safe(fill(inline(" ".join(text.split())), values, escaped=True))  # noqa: S308 - escaped piece by piece


def as_html(text: str, values: Mapping[str, object]) -> SafeString:
    """The text as HTML. Values are put in after the markup is read, so that no value can become markup."""
    return mark_safe(fill("".join(blocks(text)), values, escaped=True))  # noqa: S308 - escaped piece by piece above
