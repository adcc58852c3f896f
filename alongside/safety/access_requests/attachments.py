"""Files as pictures of their pages, made anew: whatever stands hidden in a file does not go with it."""

import base64
import ctypes
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from alongside.foundation.documents.shapes import Picture
from alongside.foundation.files.kinds import Kind
from alongside.safety.access_requests.areas import HUNDREDTHS, Area, AreaError, whole_pages
from alongside.safety.access_requests.rules import holds_word, spans_of

DOTS_PER_INCH = 120
POINTS_PER_INCH = 72
MOST_PAGES = 100
MOST_PIXELS = 40_000_000
WIDEST = 1600
GRID = (200, 30, 30)
FINE = 10_000
"""How many steps a page has each way where a letter is placed on it."""

CAN_BE_PICTURED = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG})


class NotPicturedError(ValueError):
    """A file of which no pictures can be made."""


class WordLeftError(ValueError):
    """A page that goes out still holds a word that is to be taken out everywhere."""


def pictures_of(
    stream: BinaryIO, kind: Kind, *, called: str, areas: Iterable[Area] = (), words: Iterable[str] = ()
) -> list[Picture | None]:
    """A picture of each page of a file, with its areas black; None in place of a page that goes altogether.

    Raises NotPicturedError for a damaged file, one too large, or another kind; AreaError where an area names no page;
    WordLeftError where a page says one of `words` and any letter of it stands outside its areas, as far as the page
    holds text and not dots alone.
    """
    areas, words = tuple(areas), tuple(words)
    with _faults():
        count = page_count(stream, kind)
        if any(area.page > count for area in areas):
            raise AreaError("A page that is to be blacked out is not in the file.")
        pages = [
            None if number in whole_pages(areas) else _page(stream, kind, number, areas, words)
            for number in range(1, count + 1)
        ]
    return [
        None if page is None else Picture(svg=_as_svg(page), alt=f"{called}, page {number} of {count}, as a picture")
        for number, page in enumerate(pages, start=1)
    ]


def page_count(stream: BinaryIO, kind: Kind) -> int:
    """How many pages a file has. Raises NotPicturedError where no pictures can be made of it."""
    if kind not in CAN_BE_PICTURED:
        raise NotPicturedError(f"No picture can be made of {kind.label}.")
    with _faults():
        stream.seek(0)
        if kind is not Kind.PDF:
            with Image.open(stream) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotPicturedError("The picture is too large.")
            return 1
        with pypdfium2.PdfDocument(stream.read()) as document:
            if len(document) > MOST_PAGES:
                raise NotPicturedError(f"The file has more than {MOST_PAGES} pages.")
            return len(document)


def preview(stream: BinaryIO, kind: Kind, number: int, *, areas: Iterable[Area] = ()) -> bytes:
    """One page as whoever decides sees it: what goes is black, under a grid of tenths. Raises NotPicturedError."""
    with _faults():
        if not 1 <= number <= page_count(stream, kind):
            raise NotPicturedError("The file has no such page.")
        areas = tuple(areas)
        page = _page(stream, kind, number, areas, ())
        if number in whole_pages(areas):
            _blacken(page, (0, 0, HUNDREDTHS, HUNDREDTHS))
        return _as_jpeg(_with_grid(page))


@contextmanager
def _faults() -> Iterator[None]:
    """Say plainly what libraries say in their own ways."""
    try:
        yield
    except (NotPicturedError, AreaError, WordLeftError):
        raise
    except (pypdfium2.PdfiumError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as fault:
        raise NotPicturedError("No picture can be made of this file: it is damaged, or has a password.") from fault


def _page(stream: BinaryIO, kind: Kind, number: int, areas: tuple[Area, ...], words: tuple[str, ...]) -> Image.Image:
    boxes = [area.box for area in areas if area.page == number and area.box]
    stream.seek(0)
    if kind is not Kind.PDF:
        with Image.open(stream) as picture:
            page = _made_anew(ImageOps.exif_transpose(picture))
    else:
        with pypdfium2.PdfDocument(stream.read()) as document:
            drawn = document[number - 1]
            if words and _shows_word(drawn, boxes, words):
                raise WordLeftError(
                    f"Page {number} holds a word that is to be taken out, or a masked address. Black out the whole of"
                    " it, or withhold it."
                )
            page = _made_anew(drawn.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil())
    for box in boxes:
        _blacken(page, box)
    return page


def _shows_word(drawn: pypdfium2.PdfPage, boxes: list[tuple[int, int, int, int]], words: tuple[str, ...]) -> bool:
    """Whether a page says a word of which any letter stands in no box. A word that cannot be placed counts as shown."""
    text = drawn.get_textpage()
    if not boxes:
        return holds_word(text.get_text_range(), words)
    letters = [chr(pdfium.FPDFText_GetUnicode(text, place)) for place in range(text.count_chars())]
    # A letter beyond the basic plane is two halves here: each is one place, so that places stay true.
    spans = spans_of("".join(letters), words)
    if not spans:
        return holds_word(text.get_text_range(), words)
    places = (place for start, end in spans for place in range(start, end) if letters[place].strip())
    return not all(_stands_in(boxes, _frame(drawn, text, place)) for place in places)


def _frame(drawn: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, place: int) -> tuple[int, int, int, int]:
    """Where a letter stands on the page as it is drawn, turned and cropped: left, top, right, bottom in fine steps."""
    left, bottom, right, top = text.get_charbox(place)
    corners = [_drawn_at(drawn, *corner) for corner in ((left, top), (right, bottom))]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _drawn_at(drawn: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(drawn, 0, 0, FINE, FINE, 0, x, y, across, down)
    return across.value, down.value


def _stands_in(boxes: list[tuple[int, int, int, int]], frame: tuple[int, int, int, int]) -> bool:
    step = FINE // HUNDREDTHS
    return any(
        box[0] * step <= frame[0]
        and box[1] * step <= frame[1]
        and frame[2] <= box[2] * step
        and frame[3] <= box[3] * step
        for box in boxes
    )


def _blacken(page: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Put black in place of the dots themselves: nothing lies beneath."""
    left, top, right, bottom = box
    wide, high = page.size
    corner = (left * wide // HUNDREDTHS, top * high // HUNDREDTHS)
    ImageDraw.Draw(page).rectangle((*corner, -(-right * wide // HUNDREDTHS), -(-bottom * high // HUNDREDTHS)), "black")


def _with_grid(page: Image.Image) -> Image.Image:
    drawing, (wide, high) = ImageDraw.Draw(page), page.size
    font = ImageFont.load_default(size=max(10, wide // 50))
    for tenth in range(1, 10):
        across, down = wide * tenth // 10, high * tenth // 10
        drawing.line((across, 0, across, high), GRID)
        drawing.line((0, down, wide, down), GRID)
        drawing.text((across + 2, 2), str(tenth * 10), GRID, font=font)
        drawing.text((2, down + 2), str(tenth * 10), GRID, font=font)
    return page


def _made_anew(picture: Image.Image) -> Image.Image:
    """The dots alone: no place, no camera, no layers, no text."""
    picture.thumbnail((WIDEST, WIDEST * 2))
    return picture.convert("RGB")


def _as_jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def _as_svg(picture: Image.Image) -> str:
    dots = base64.b64encode(_as_jpeg(picture)).decode()
    width, height = picture.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{dots}"/></svg>'
    )
