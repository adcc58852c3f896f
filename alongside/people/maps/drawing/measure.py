"""How wide text is, without a font: widths of Arial and its metric twins, in thousandths of the size.

A picture is laid out on the server, so text must be measured where there is no browser. Characters that the table
does not know are taken as wide, so that a label is never wider than the place kept for it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ASCII = """
278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278
278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722
667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556
556 333 500 278 556 500 722 500 500 500 334 260 334 584
"""
_LATIN = """
278 333 556 556 556 556 260 556 333 737 370 556 584 333 737 552 400 549 333 333 333 576 537 278 333 333 365
556 834 834 834 611 667 667 667 667 667 667 1000 722 667 667 667 667 278 278 278 278 722 722 778 778 778 778
778 584 778 722 722 722 722 667 667 611 556 556 556 556 556 556 889 500 556 556 556 556 278 278 278 278 556
556 556 556 556 556 556 549 611 556 556 556 556 500 556 500 667 556 667 556 667 556 722 500 722 500 722 500
722 500 722 615 722 556 667 556 667 556 667 556 667 556 667 556 778 556 778 556 778 556 778 556 722 556 722
556 278 278 278 278 278 278 278 222 278 278 735 444 500 222 667 500 500 556 222 556 222 556 292 556 334 556
222 722 556 722 556 722 556 604 723 556 778 556 778 556 778 556 1000 944 722 333 722 333 722 333 667 500 667
500 667 500 667 500 611 278 611 375 611 278 722 556 722 556 722 556 722 556 722 556 722 556 944 722 667 500
667 611 500 611 500 611 500 222
"""
_WIDTHS = dict(enumerate(map(int, _ASCII.split()), start=32)) | dict(enumerate(map(int, _LATIN.split()), start=160))
_BOLD = 1.08


@lru_cache(maxsize=4096)
def _wide(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 1000 if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0x2000 else 700


@lru_cache(maxsize=16384)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text in user units."""
    total = sum(_WIDTHS.get(ord(c)) or _wide(c) for c in text)
    return total * size / 1000 * (_BOLD if bold else 1)


def shorten(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than `width`."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, size: float, *, width: float, lines: int, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines of at most this width, broken at spaces where that is possible."""
    rows: list[str] = []
    words = text[:400].split()
    while words and len(rows) < lines - 1:
        row = words.pop(0)
        while words and text_width(f"{row} {words[0]}", size, bold=bold) <= width:
            row = f"{row} {words.pop(0)}"
        rows.append(shorten(row, size, width, bold=bold))
    if words:
        rows.append(shorten(" ".join(words), size, width, bold=bold))
    return tuple(rows)
