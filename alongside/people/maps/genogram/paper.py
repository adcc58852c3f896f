"""A genogram on paper: one sheet where it fits, several that overlap where it is large, as SVG or as tagged PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import typst

from alongside.people.maps.drawing.svg import Picture, clean
from alongside.people.maps.drawing.words import Line, Telling
from alongside.people.maps.genogram.key import legend_height
from alongside.people.maps.genogram.scene import FamilyLine, Point, Scene
from alongside.people.maps.genogram.svg import RenderOptions, body

_MM = 96 / 25.4
_MARGIN_MM = 10.0
_HEAD_MM = 12.0
_SHEETS = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
_SMALLEST = 0.55
_LAP = 140.0
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_SOURCE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.language, size: 11pt, font: ("Liberation Sans", "Arial", "Libertinus Serif"))
#set page(width: data.width * 1mm, height: data.height * 1mm, margin: data.margin * 1mm)
#for (number, sheet) in data.sheets.enumerate() {
  if number > 0 { pagebreak() }
  let head = data.title + sheet.where
  block(height: (data.head - 5) * 1mm, if number == 0 { heading(level: 1, head) } else { strong(head) })
  let room = data.height - 2 * data.margin - data.head - 3
  image(bytes(sheet.svg), format: "svg", alt: sheet.alt, width: 100%, height: room * 1mm, fit: "contain")
}
#let told(lines) = list(..lines.map(line => [#line.words #if line.under.len() > 0 { told(line.under) }]))
#if data.told.len() > 0 {
  set page(width: 210mm, height: 297mm, margin: 20mm)
  set text(size: 10.5pt)
  heading(level: 2, data.in_words)
  for section in data.told {
    heading(level: 3, section.heading)
    told(section.lines)
  }
}
"""


class UnprintableNameError(ValueError):
    """A name holds characters that no font here can show: better no sheet than one with a name made of boxes."""

    def __init__(self, characters: str) -> None:
        super().__init__(
            f"No font on this machine can print {characters}. Have one installed for that script, and try again."
        )
        self.characters = characters


@dataclass(frozen=True)
class Sheet:
    """One sheet: the part of the picture it shows, and how large."""

    number: int
    of: int
    width_mm: float
    height_mm: float
    view: tuple[float, float, float, float]
    svg: str


def sheets(scene: Scene, paper: str = "A4") -> tuple[Sheet, ...]:
    """The picture with its legend on sheets of A4 or A3, upright or across, whichever shows it larger.

    Text never becomes smaller than about half its size on the screen: a larger picture goes over several sheets, which
    overlap a little so that they can be laid together.
    """
    width, height = max(scene.width, 360.0), scene.height + legend_height(scene)
    best = max(
        (_plan(width, height, scene.height, *turned) for turned in _ways(paper)),
        key=lambda plan: (-plan[0] * plan[1], plan[2]),
    )
    columns, rows, scale, sheet_width, sheet_height = best
    view_width = (sheet_width - 2 * _MARGIN_MM) * _MM / scale
    view_height = (sheet_height - 2 * _MARGIN_MM - _HEAD_MM) * _MM / scale
    if columns * rows == 1:
        return (_sheet(scene, (0.0, 0.0, width, height), 1, 1, best[3:]),)
    tiles = replace(scene, legend=())
    total = columns * rows + (1 if scene.legend else 0)
    out = []
    for place in range(columns * rows):
        corner = (place % columns * (view_width - _LAP), place // columns * (view_height - _LAP))
        view = (*corner, view_width, view_height)
        out.append(_sheet(_part(tiles, view), view, place + 1, total, best[3:]))
    if scene.legend:
        signs = Scene(view_width, 0, scene.title, scene.description, legend=scene.legend)
        out.append(_sheet(signs, (0.0, 0.0, view_width, view_height), total, total, best[3:]))
    return tuple(out)


def _sheet(
    scene: Scene, view: tuple[float, float, float, float], place: int, total: int, size: tuple[float, ...]
) -> Sheet:
    picture = Picture(view[2], view[3], scene.title, scene.description, id_prefix=f"sheet-{place}")
    svg = picture.wrap(body(scene, RenderOptions()), view=view)
    return Sheet(place, total, size[0], size[1], view, svg)


def _part(scene: Scene, view: tuple[float, float, float, float]) -> Scene:
    """What of the scene touches a view, so that each sheet carries only its own."""
    left, top, right, bottom = view[0] - 20, view[1] - 20, view[0] + view[2] + 20, view[1] + view[3] + 20

    def touches(points: Sequence[Point]) -> bool:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs) < right and max(xs) > left and min(ys) < bottom and max(ys) > top

    def family(line: FamilyLine) -> list[Point]:
        return [*line.stem, *(point for drop in line.drops for point in drop.points), (line.bar[0], line.bar[2])]

    return replace(
        scene,
        nodes=tuple(n for n in scene.nodes if touches([n.box[:2], n.box[2:]])),
        partnerships=tuple(p for p in scene.partnerships if touches(p.points)),
        families=tuple(f for f in scene.families if touches(family(f))),
        twins=tuple(t for t in scene.twins if t.points and touches(t.points)),
        led=tuple(line for line in scene.led if touches(line.points)),
        qualities=tuple(q for q in scene.qualities if touches(q.points)),
        households=tuple(h for h in scene.households if touches(h.points)),
        captions=tuple(c for c in scene.captions if touches([(c.x, c.y)])),
    )


def _ways(paper: str) -> list[tuple[float, float]]:
    if paper not in _SHEETS:
        raise ValueError("Choose A4 or A3 paper.")
    width, height = _SHEETS[paper]
    return [(height, width), (width, height)]


def _plan(
    width: float, height: float, bare: float, sheet_width: float, sheet_height: float
) -> tuple[int, int, float, float, float]:
    """How many sheets across and down, and at what scale, for paper this way round."""
    room_x = (sheet_width - 2 * _MARGIN_MM) * _MM
    room_y = (sheet_height - 2 * _MARGIN_MM - _HEAD_MM) * _MM
    scale = min(1.0, room_x / width, room_y / height)
    if scale >= _SMALLEST:
        return 1, 1, scale, sheet_width, sheet_height
    scale = 0.8
    columns = max(1, ceil((width - _LAP) / (room_x / scale - _LAP)))
    rows = max(1, ceil((bare - _LAP) / (room_y / scale - _LAP)))
    return columns, rows, scale, sheet_width, sheet_height


def as_pdf(scene: Scene, paper: str = "A4", *, language: str = "en", telling: Telling | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1) of the sheets; each carries the picture's description for those who do not see it.

    With `telling`, pages follow that say the same in words.

    Everything a person typed reaches the typesetter as data, never as its source. Raises UnprintableNameError.
    """
    pages = sheets(scene, paper)
    data = {
        "title": clean(scene.title).strip() or "Family map",
        "language": language,
        "width": pages[0].width_mm,
        "height": pages[0].height_mm,
        "margin": _MARGIN_MM,
        "head": _HEAD_MM,
        "sheets": [_sheet_data(page, scene) for page in pages],
        "in_words": "The same in words",
        "told": [
            {"heading": clean(section.heading), "lines": _line_data(section.lines)}
            for section in (telling.sections if telling else ())
            if section.lines
        ],
    }
    try:
        return typst.compile(
            _SOURCE.encode(), format="pdf", pdf_standards="ua-1", sys_inputs={"data": json.dumps(data)}
        )
    except typst.TypstError as error:
        if found := _NOT_SHOWN.search(error.message):
            shown = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), found[1])
            raise UnprintableNameError(shown) from None
        raise


def _line_data(lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    return [{"words": clean(line.words), "under": _line_data(line.under)} for line in lines]


def _sheet_data(page: Sheet, scene: Scene) -> dict[str, str]:
    where = f" (sheet {page.number} of {page.of})" if page.of > 1 else ""
    return {"where": where, "alt": clean(scene.description) + where, "svg": page.svg}
