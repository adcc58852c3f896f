"""What documents are made of, in plain text. Each shape has one house template."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal

Language = Literal["en", "cy"]


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Heading:
    """A heading below the document's own."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Points:
    """A list of points without order."""

    items: tuple[str, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Facts:
    """Labels and what belongs to them."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its share beside the others."""

    label: str
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table within a text. Each row has as many cells as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"

    def __post_init__(self) -> None:
        _check_rows(self.columns, self.rows)


@dataclass(frozen=True)
class Picture:
    """A picture across the page, as SVG text, and what it shows, in words."""

    svg: str
    alt: str
    kind: Literal["picture"] = "picture"


Block = Paragraph | Heading | Points | Facts | Table | Picture


@dataclass(frozen=True, kw_only=True)
class _Document:
    """What every document says. `author` is the service's own name; `draft` marks words not yet approved."""

    title: str
    author: str
    language: Language = "en"
    draft: bool = False

    template: ClassVar[str]

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.author.strip():
            raise ValueError("A document has a title and says whose it is: a screen reader reads both first.")

    def as_data(self) -> Mapping[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Letter(_Document):
    """A letter on one or more pages; the recipient's lines stand where a window envelope shows them."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    day: str
    greeting: str
    body: tuple[Block, ...]
    closing: str
    signed_by: tuple[str, ...]
    reference: str = ""
    enclosures: tuple[str, ...] = ()

    template: ClassVar[str] = "letter.typ"


@dataclass(frozen=True, kw_only=True)
class Certificate(_Document):
    """One page that states what was done, when and by whom."""

    statement: str
    facts: tuple[tuple[str, str], ...]
    day: str
    signed_by: tuple[str, ...]
    body: tuple[Block, ...] = ()
    reference: str = ""

    template: ClassVar[str] = "certificate.typ"


@dataclass(frozen=True, kw_only=True)
class Listing(_Document):
    """Rows under headings that repeat on each page: a trail, a plan, a register."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    summary: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    when_empty: str = "There is nothing to list."
    landscape: bool = field(default=True)

    template: ClassVar[str] = "listing.typ"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_rows(self.columns, self.rows)


Document = Letter | Certificate | Listing


def _check_rows(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    if not columns or any(len(row) != len(columns) for row in rows):
        raise ValueError("Each row of a table has as many cells as there are columns.")
