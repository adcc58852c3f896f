"""The package that goes out: a letter made anew from what is released, so that nothing withheld is in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from alongside.foundation.calendar.rules import today
from alongside.foundation.content.queries import wording_for_sending
from alongside.foundation.documents.rendering import long_date, render_pdf
from alongside.foundation.documents.shapes import Block, Facts, Heading, Letter, Paragraph, Points
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.models import StoredFile
from alongside.foundation.files.queries import open_file
from alongside.foundation.files.storage import BytesMissingError
from alongside.foundation.reference.queries import label_of
from alongside.safety.access_requests.areas import AreaError, areas_of
from alongside.safety.access_requests.attachments import MOST_PAGES, NotPicturedError, WordLeftError, pictures_of
from alongside.safety.access_requests.models import AccessRequest, Item
from alongside.safety.access_requests.naming import Names, names_for, readable_parts
from alongside.safety.access_requests.queries import is_masked_place, masked_from, shows_masked_address
from alongside.safety.access_requests.rules import SHOWN, Part, Verdict, holds_word, lines_of, redacted
from alongside.safety.orders.rules import LEAST_TELLING, comparable, same_place

SERVICE = "Probation Service"
Told = Callable[[int], None]


class GateShutError(ValueError):
    """Something behind the wall is to be released, and the gate is shut."""


class LeakError(RuntimeError):
    """A word that is taken out, or an address that an order masks, still stood in the package: nothing was made."""


@dataclass(frozen=True)
class Released:
    """One item as it goes out."""

    kind: str
    parts: tuple[Part, ...]
    file: StoredFile | None
    blacked_out: str = ""


def package_of(request: AccessRequest, *, told: Told = lambda done: None) -> bytes:
    """The package as PDF/UA. Raises GateShutError, LeakError, NotApprovedError or UnprintableTextError."""
    everywhere, masked, names = lines_of(request.taken_out), masked_from(request), names_for(request)
    items = Item.objects.filter(request=request).order_by("number")
    files = StoredFile.objects.in_bulk([item.file for item in items if item.file and item.verdict in SHOWN])
    blocks: list[Block] = []
    withheld: Counter[str] = Counter()
    for done, item in enumerate(items, start=1):
        told(done)
        if item.verdict == Verdict.WITHHOLD:
            withheld[label_of(str(item.ground_id))] += 1
        elif item.verdict in SHOWN:
            words = (*everywhere, *lines_of(item.taken_out))
            file = files.get(item.file) if item.file else None
            released = _released(request, item, file, words, names)
            _refuse_leak(released, words)
            _refuse_masked(item, released, masked)
            addresses = (one for one in masked if len(comparable(one)) >= LEAST_TELLING)
            blocks.extend(_blocks(released, request.language, (*words, *addresses)))
    return render_pdf(_letter(request, blocks, withheld))


def _released(
    request: AccessRequest, item: Item, file: StoredFile | None, words: Iterable[str], names: Names
) -> Released:
    parts = readable_parts(request, item, names)
    if parts is None:
        raise GateShutError("Something behind the wall is to be released. Open the gate, then make the package again.")
    words = tuple(words)
    kept = redacted(parts, left_out=item.left_out, words=words)
    title = redacted([Part("kind", "", item.kind)], words=words)[0].value
    return Released(title, kept, file, item.blacked_out)


def _refuse_leak(released: Released, words: Iterable[str]) -> None:
    words = tuple(words)
    texts = [released.kind, *(text for part in released.parts for text in (part.label, part.value))]
    if any(holds_word(text, words) for text in texts):
        raise LeakError("A word that is to be taken out still stands in an item, so no package was made.")


def _refuse_masked(item: Item, released: Released, masked: Iterable[str]) -> None:
    """Raise LeakError where a masked address goes out, however long ago the item was decided (R098)."""
    paper = released.file is not None and shows_masked_address(released.file.pk)
    told = any(same_place(address, part.value) for address in masked for part in released.parts if part.value)
    if paper or told or is_masked_place(item):
        raise LeakError(
            f"Item {item.number}, {item.kind}: an address that an order masks stands in it, or may. Take it out, or"
            " withhold the item. No package was made."
        )


def _blocks(released: Released, language: str, words: Iterable[str]) -> Iterator[Block]:
    yield Heading(released.kind)
    yield Facts(tuple((part.label, part.value) for part in released.parts))
    if released.file is None:
        return
    try:
        with open_file(released.file) as stream:
            kind = Kind(released.file.kind)
            areas = areas_of(released.blacked_out, pages=MOST_PAGES)
            pictures = pictures_of(stream, kind, called=released.kind, areas=areas, words=words)
        for number, picture in enumerate(pictures, start=1):
            yield picture or Paragraph(_said("access.package.page_withheld", language, page=number))
    except (AreaError, WordLeftError) as fault:
        raise LeakError(f"{released.kind}: {fault} No package was made.") from fault
    except (NotPicturedError, BytesMissingError):
        yield Paragraph(_said("access.package.attachment", language))


def _letter(request: AccessRequest, blocks: list[Block], withheld: Counter[str]) -> Letter:
    language = request.language

    def said(key: str, **values: object) -> str:
        return _said(f"access.package.{key}", language, **values)

    written = "cy" if language == "cy" else "en"
    body: list[Block] = [Paragraph(said("intro", received=long_date(request.received_on, written)))]  # type: ignore[arg-type]
    if withheld:
        body.append(Paragraph(said("withheld")))
        body.append(Points(tuple(f"{ground}: {count}" for ground, count in sorted(withheld.items()))))
    body.append(Paragraph(said("silence")))
    body.append(Paragraph(said("rights")))
    return Letter(
        title=said("title"),
        author=SERVICE,
        language=written,  # type: ignore[arg-type]
        sender=(SERVICE,),
        recipient=(request.asker,),
        day=long_date(today(), written),  # type: ignore[arg-type]
        greeting=said("greeting", name=request.asker),
        body=(*body, *blocks),
        closing=said("closing"),
        signed_by=(SERVICE,),
        reference=str(request.pk)[:8].upper(),
    )


def _said(key: str, language: str, **values: object) -> str:
    return wording_for_sending(key, language).filled(**values)
