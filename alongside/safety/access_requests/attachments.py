"""Files as pictures of their pages, made anew: whatever stands hidden in a file does not go with it."""

import base64
import io
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from alongside.foundation.documents.shapes import Picture
from alongside.foundation.files.kinds import Kind

DOTS_PER_INCH = 120
POINTS_PER_INCH = 72
MOST_PAGES = 100
MOST_PIXELS = 40_000_000
WIDEST = 1600
CAN_BE_PICTURED = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG})


class NotPicturedError(ValueError):
    """A file of which no pictures can be made."""


def pictures_of(stream: BinaryIO, kind: Kind, *, called: str) -> list[Picture]:
    """A picture of each page of a file. Raises NotPicturedError for a damaged one, one too large, or another kind."""
    if kind not in CAN_BE_PICTURED:
        raise NotPicturedError(f"No picture can be made of {kind.label}.")
    try:
        pages = list(_pages(stream, kind))
    except (pypdfium2.PdfiumError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as fault:
        raise NotPicturedError("No picture can be made of this file: it is damaged, or has a password.") from fault
    return [
        Picture(svg=_as_svg(page), alt=f"{called}, page {number} of {len(pages)}, as a picture")
        for number, page in enumerate(pages, start=1)
    ]


def _pages(stream: BinaryIO, kind: Kind) -> Iterator[Image.Image]:
    if kind is not Kind.PDF:
        with Image.open(stream) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotPicturedError("The picture is too large.")
            yield _made_anew(ImageOps.exif_transpose(picture))
        return
    with pypdfium2.PdfDocument(stream.read()) as document:
        if len(document) > MOST_PAGES:
            raise NotPicturedError(f"The file has more than {MOST_PAGES} pages.")
        for page in document:
            yield _made_anew(page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil())


def _made_anew(picture: Image.Image) -> Image.Image:
    """The dots alone: no place, no camera, no layers, no text."""
    picture.thumbnail((WIDEST, WIDEST * 2))
    return picture.convert("RGB")


def _as_svg(picture: Image.Image) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    dots = base64.b64encode(buffer.getvalue()).decode()
    width, height = picture.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{dots}"/></svg>'
    )
