"""Writing SVG safely: every value is escaped, every number short, no inline style and no script (strict CSP).

Shapes carry presentation attributes, so that a file drawn alone looks the same as one inside a page, and classes, so
that a page may restyle them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

INK = "#0b0c0c"
LINE = "#38414a"
SOFT_LINE = "#6b757d"
PAPER = "#ffffff"
MIST = "#f3f5f7"
TINT = "#e3edf7"
ACCENT = "#1d5d9b"
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSAFE_ID = re.compile(r"[^A-Za-z0-9_.-]")


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _UNFIT.sub("", text)


def escape(text: str) -> str:
    """Text that is safe between tags and inside quoted attributes."""
    safe = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace('"', "&quot;").replace("'", "&#39;")


def number(value: float) -> str:
    """A coordinate in as few characters as it needs, to a tenth of a unit."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def attributes(pairs: Iterable[tuple[str, str | float | None]]) -> str:
    """Attributes of a tag; None leaves one out."""
    out = []
    for name, value in pairs:
        if value is None or value == "":
            continue
        out.append(f' {name}="{escape(value) if isinstance(value, str) else number(value)}"')
    return "".join(out)


def tag(name: str, **values: str | float | None) -> str:
    """An empty element. Underscores become hyphens, a trailing one is dropped (`class_`)."""
    return f"<{name}{attributes((key.rstrip('_').replace('_', '-'), value) for key, value in values.items())}/>"


def element(name: str, inside: str, **values: str | float | None) -> str:
    """An element around something that is already safe."""
    return f"{tag(name, **values)[:-2]}>{inside}</{name}>"


def text(words: str, x: float, y: float, *, size: float = 13, **values: str | float | None) -> str:
    """One line of text, centred unless `text_anchor` says otherwise."""
    values.setdefault("fill", INK)
    values.setdefault("text_anchor", "middle")
    return element("text", escape(words), x=x, y=y, font_size=size, **values)


def safe_id(raw: str) -> str:
    """An element id made from any string; distinct strings of harmless characters stay distinct."""
    return _UNSAFE_ID.sub(lambda m: f"-{ord(m.group()):x}-", raw)


@dataclass(frozen=True)
class Picture:
    """The frame of a drawing: its size, and what it is called and says for those who do not see it.

    `role` is "group" for a picture with links in it: nothing inside an image can be reached.
    """

    width: float
    height: float
    title: str
    description: str
    id_prefix: str = "map"
    kind: str = "genogram"
    role: str = "img"

    def wrap(self, body: str, *, defs: str = "", view: tuple[float, float, float, float] | None = None) -> str:
        """The whole SVG document around a body; `view` shows a part of it."""
        x, y, width, height = view or (0, 0, self.width, self.height)
        prefix = safe_id(self.id_prefix)
        head = attributes(
            [
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("class", f"map map--{self.kind}"),
                ("viewBox", " ".join(number(v) for v in (x, y, width, height))),
                ("width", width),
                ("height", height),
                ("role", self.role),
                ("aria-labelledby", f"{prefix}-title {prefix}-desc"),
                ("font-family", FONT),
                ("font-size", 13),
            ]
        )
        title = element("title", escape(self.title), id=f"{prefix}-title")
        description = element("desc", escape(self.description), id=f"{prefix}-desc")
        definitions = element("defs", defs) if defs else ""
        paper = tag("rect", class_="map__paper", x=x, y=y, width=width, height=height, fill=PAPER)
        return f"<svg{head}>{title}{description}{definitions}{paper}{body}</svg>\n"
