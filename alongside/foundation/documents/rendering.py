"""Turning a document into a PDF that is tagged for screen readers.

The compiler refuses a document without title, language or order of headings, and one with a character that no font
shows: better no letter than one with a name made of boxes.
"""

import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typst
from django.utils import timezone, translation
from django.utils.formats import date_format

from alongside.foundation.documents.shapes import Document, Language

TEMPLATES = Path(__file__).resolve().parent / "typst"
MOST_UNSHOWN = 20

_KEPT_CONTROLS = frozenset("\n\t")
_QUOTED = re.compile(r'"[^"]*"')
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class UnprintableTextError(ValueError):
    """The document holds characters that no font here can show. `characters` are they, each once."""

    def __init__(self, characters: str) -> None:
        super().__init__(
            f"These characters cannot be printed: {' '.join(characters)}. Take them out, or ask your service desk to "
            "install a font for that script, then make the document again."
        )
        self.characters = characters


class RenderingError(RuntimeError):
    """A house template is faulty: a fault of ours. The message names no data."""


def render_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1. Raises UnprintableTextError, or RenderingError where a template of ours is faulty."""
    data = _cleaned(document.as_data())
    try:
        return _compile(document.template, data, fonts=_own_fonts())
    except _NotShownError:
        return _with_every_font(document.template, data)


def long_date(day: date, language: Language) -> str:
    """A day as letters give it: 2 March 2026, 2 Mawrth 2026."""
    with translation.override("cy" if language == "cy" else "en-gb"):
        return date_format(day, "j F Y")


class _NotShownError(Exception):
    def __init__(self, characters: str) -> None:
        super().__init__()
        self.characters = characters


def _with_every_font(template: str, data: Any) -> bytes:
    """The machine's own fonts may know a script that ours do not; whatever none knows is named."""
    unshown = ""
    for _ in range(MOST_UNSHOWN):
        try:
            pdf = _compile(template, data, fonts=_every_font())
        except _NotShownError as missing:
            unshown += "".join(char for char in missing.characters if char not in unshown)
            data = _without(data, missing.characters)
        else:
            if not unshown:
                return pdf
            break
    raise UnprintableTextError(unshown)


def _compile(template: str, data: Any, *, fonts: typst.Fonts) -> bytes:
    try:
        return typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            font_paths=fonts,
            sys_inputs={"data": orjson.dumps(data).decode()},
            pdf_standards="ua-1",
            timestamp=int(timezone.now().timestamp()),
        )
    except typst.TypstError as error:
        if found := _NOT_SHOWN.search(error.message):
            raise _NotShownError(_unescaped(found[1])) from None
        raise RenderingError(f"{template}: {_QUOTED.sub('“…”', error.message)}") from None


def _unescaped(shown: str) -> str:
    """The characters that the compiler complains of, which it writes as a string literal of its own."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), shown)


def _cleaned(value: Any) -> Any:
    """Text in its composed form and without control characters, all the way down."""
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        return "".join(
            char for char in composed if char in _KEPT_CONTROLS or unicodedata.category(char) not in ("Cc", "Cs", "Co")
        )
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value


def _without(value: Any, characters: str) -> Any:
    if isinstance(value, str):
        return "".join(char for char in value if char not in characters)
    if isinstance(value, dict):
        return {key: _without(inner, characters) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, characters) for inner in value]
    return value


@cache
def _own_fonts() -> typst.Fonts:
    """The fonts that come with the compiler: the same document on every machine."""
    return typst.Fonts(include_system_fonts=False)


@cache
def _every_font() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True)
