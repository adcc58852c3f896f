"""The numbers by which a person is known: CRN, prison number, PNC and CRO. Pure; shapes and check letters only.

What someone types is refused with a sentence that says what to look at. What arrives in a file is taken if it is sound
and otherwise left out with the reason, since a wrong number from elsewhere must not keep a person out. A check letter
that does not fit means that some character is wrong; which one cannot be known, so nothing is ever corrected by guess.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Remainders of the division by 23, in order. I, O and S are left out because they look like 1, 0 and 5.
CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
LONGEST = 40
# What copying out of a sentence or a form leaves at the ends: stops, commas and every kind of hyphen and dash.
STRAY = ".,;-\u2010\u2011\u2012\u2013\u2014"

_CRN = re.compile(r"[A-Z][0-9]{6}")
_PRISON_NUMBER = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")
_PNC = re.compile(r"([0-9]{4}|[0-9]{2})/([0-9]{1,7})([A-Z])")
_PNC_RUN_TOGETHER = re.compile(r"([0-9]{4}|[0-9]{2})([0-9]{7})([A-Z])")
_CRO = re.compile(r"([0-9]{1,6})/([0-9]{2})([A-Z])")
_CRO_SF = re.compile(r"SF([0-9]{2})/([0-9]{1,6})([A-Z])")


class IdentifierKind(StrEnum):
    """Which number it is. CRN is probation's own; prison numbers come from prisons, PNC and CRO from the police."""

    CRN = "crn"
    PRISON_NUMBER = "prison_number"
    PNC = "pnc"
    CRO = "cro"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def example(self) -> str:
        """A sound number of this kind, for hints. It belongs to nobody that we know of."""
        return _EXAMPLES[self]


class Fault(StrEnum):
    """Why a number is refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    SHAPE = "shape"
    LOOKALIKE = "lookalike"
    YEAR = "year"
    CHECK_LETTER = "check_letter"


@dataclass(frozen=True)
class Identifier:
    """A sound number in the one form in which it is kept, compared and shown."""

    kind: IdentifierKind
    value: str

    def __str__(self) -> str:
        return self.value


class IdentifierError(ValueError):
    """The number is not sound. The message names the field, the reason and the way out; it never repeats the number."""

    def __init__(self, kind: IdentifierKind, fault: Fault) -> None:
        super().__init__(_MESSAGES[fault].format(label=kind.label, shape=_SHAPES[kind], example=kind.example))
        self.kind = kind
        self.fault = fault


@dataclass(frozen=True)
class Tolerated:
    """What an import makes of a number: the sound number, or None and the fault (no fault where nothing was given)."""

    identifier: Identifier | None
    fault: Fault | None = None


_LABELS: Mapping[IdentifierKind, str] = {
    IdentifierKind.CRN: "CRN",
    IdentifierKind.PRISON_NUMBER: "Prison number",
    IdentifierKind.PNC: "PNC number",
    IdentifierKind.CRO: "CRO number",
}
_EXAMPLES: Mapping[IdentifierKind, str] = {
    IdentifierKind.CRN: "X123456",
    IdentifierKind.PRISON_NUMBER: "A1234BC",
    IdentifierKind.PNC: "2019/0123456E",
    IdentifierKind.CRO: "123456/19P",
}
_SHAPES: Mapping[IdentifierKind, str] = {
    IdentifierKind.CRN: "one letter and six digits",
    IdentifierKind.PRISON_NUMBER: "one letter, four digits and two letters",
    IdentifierKind.PNC: "the year, a slash, up to seven digits and one letter",
    IdentifierKind.CRO: "digits, a slash, two digits and one letter; or SF, two digits, a slash, digits and one letter",
}
_MESSAGES: Mapping[Fault, str] = {
    Fault.EMPTY: "Enter the {label}, like {example}",
    Fault.TOO_LONG: "{label} must be {shape}, like {example}. What you entered is too long: enter one number only",
    Fault.SHAPE: "{label} must be {shape}, like {example}",
    Fault.LOOKALIKE: (
        "{label} must be {shape}, like {example}. Check for the letter O where a zero belongs, and for I or l where a "
        "one belongs"
    ),
    Fault.YEAR: "{label} has a year that has not begun or is too long ago. Check the year, or enter it in full",
    Fault.CHECK_LETTER: (
        "{label} has a mistake in it: its last letter does not fit its digits. Check each digit and the letter against "
        "where you read it, or leave it out and add it later"
    ),
}


def check_letter(digits: str) -> str:
    """The letter that belongs to a run of digits: the year's last two, then the serial number."""
    return CHECK_LETTERS[int(digits) % 23]


def parse(kind: IdentifierKind, text: str, *, today: date) -> Identifier:
    """The sound number that someone typed, in its one form. Raises IdentifierError.

    Spaces, lower case, full-width digits and stray hyphens or dots round it are forgiven; nothing else is. `today`
    settles the century of a two-digit year: up to this year's it is 20xx, beyond it 19xx.
    """
    if len(text) > LONGEST:
        raise IdentifierError(kind, Fault.TOO_LONG)
    tidy = _tidy(text)
    if not tidy:
        raise IdentifierError(kind, Fault.EMPTY)
    return Identifier(kind, _PARSERS[kind](tidy, today))


def tolerate(kind: IdentifierKind, text: str | None, *, today: date) -> Tolerated:
    """The same for a number out of a file: never raises."""
    if text is None or not text.strip():
        return Tolerated(None)
    try:
        return Tolerated(parse(kind, text, today=today))
    except IdentifierError as error:
        return Tolerated(None, error.fault)


def recognise(text: str, *, today: date) -> tuple[Identifier, ...]:
    """Every number that `text` is, whole and sound; () for a name or anything else.

    For search: beyond someone's remit only an exact number answers. More than one only where a short PNC also reads as
    a CRO.
    """
    found = (tolerate(kind, text, today=today).identifier for kind in IdentifierKind)
    return tuple(identifier for identifier in found if identifier is not None)


def _tidy(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"\s+", "", folded).strip(STRAY)


def _crn(text: str, today: date) -> str:
    return _whole(IdentifierKind.CRN, _CRN, text)


def _prison_number(text: str, today: date) -> str:
    return _whole(IdentifierKind.PRISON_NUMBER, _PRISON_NUMBER, text)


def _whole(kind: IdentifierKind, shape: re.Pattern[str], text: str) -> str:
    if not shape.fullmatch(text):
        raise IdentifierError(kind, _fault_of_shape(text, shape))
    return text


def _pnc(text: str, today: date) -> str:
    match = _PNC.fullmatch(text) or _PNC_RUN_TOGETHER.fullmatch(text)
    if match is None:
        raise IdentifierError(IdentifierKind.PNC, _fault_of_shape(text, _PNC, _PNC_RUN_TOGETHER))
    year, serial, letter = match.groups()
    if len(year) == 2:
        year = ("20" if int(year) <= today.year % 100 else "19") + year
    if not 1900 <= int(year) <= today.year:
        raise IdentifierError(IdentifierKind.PNC, Fault.YEAR)
    serial = serial.zfill(7)
    if letter != check_letter(year[2:] + serial):
        raise IdentifierError(IdentifierKind.PNC, Fault.CHECK_LETTER)
    return f"{year}/{serial}{letter}"


def _cro(text: str, today: date) -> str:
    if standard := _CRO.fullmatch(text):
        serial, year, letter = standard.groups()
        serial = serial.zfill(6)
        canonical = f"{serial}/{year}{letter}"
    elif from_file := _CRO_SF.fullmatch(text):
        year, serial, letter = from_file.groups()
        canonical = text
    else:
        raise IdentifierError(IdentifierKind.CRO, _fault_of_shape(text, _CRO, _CRO_SF))
    if letter != check_letter(year + serial):
        raise IdentifierError(IdentifierKind.CRO, Fault.CHECK_LETTER)
    return canonical


def _fault_of_shape(text: str, *shapes: re.Pattern[str]) -> Fault:
    """LOOKALIKE where the shape would be right if letters stood for the digits they look like, or the reverse."""
    loose = (shape.pattern.replace("[0-9]", "[0-9OQIL]").replace("[A-Z]", "[A-Z01]") for shape in shapes)
    return Fault.LOOKALIKE if any(re.fullmatch(pattern, text) for pattern in loose) else Fault.SHAPE


_PARSERS: Mapping[IdentifierKind, Callable[[str, date], str]] = {
    IdentifierKind.CRN: _crn,
    IdentifierKind.PRISON_NUMBER: _prison_number,
    IdentifierKind.PNC: _pnc,
    IdentifierKind.CRO: _cro,
}
