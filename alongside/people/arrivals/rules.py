"""Checking one row: what each cell means, and what is wrong with it. Pure; what spans rows is compared by the database.

A fault keeps the whole row out. A note leaves one cell out, or asks someone to look, and the row is taken: a police
number that does not hold, or a word for a language that no list has, must not keep a person out. A flag that no list
has is taken as it stands: a safety matter is never dropped because we do not know its code.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from alongside.people.arrivals.columns import ACCESS_COLUMNS, COLUMNS, Column, folded
from alongside.people.arrivals.facts import (
    CheckedRow,
    ExclusionFacts,
    Known,
    MarkerFacts,
    RequirementFacts,
    RestrictionFacts,
)
from alongside.people.arrivals.reading.table import Header
from alongside.people.arrivals.values import (
    CellFault,
    Note,
    items_of,
    part,
    read_date,
    read_yes_no,
    refuse_scars,
    says_none,
    without_text_mark,
)
from alongside.people.persons.identifiers import Fault, IdentifierKind, tolerate
from alongside.people.persons.rules import searchable

NAMES = frozenset({"family_name", "first_name", "second_names", "known_as"})
LEFT_OUT = frozenset({"prison_number", "pnc", "cro"})
SUSPECT = frozenset("#+-0123456789'`\u2019")
OLDEST = 115
YOUNGEST = 10
MATTERS = {"registrations": "registration_type", "alerts": "alert", "licence_conditions": "licence_condition"}
FAULT_WORDS = {
    Fault.EMPTY: "is empty.",
    Fault.TOO_LONG: "is too long. Write one number alone.",
    Fault.SHAPE: "is not written like {example}.",
    Fault.LOOKALIKE: "is not written like {example}. Look for O instead of zero, and I instead of one.",
    Fault.YEAR: "has a year that cannot be right. Write all four digits of it.",
    Fault.CHECK_LETTER: "has a mistake in it: its last letter does not fit its digits.",
}
STANDARD_EXCLUSION = "You are excluded from this case. Speak to your manager."
STANDARD_RESTRICTION = "Access to this case is restricted."
STANDARD_SPEAK_TO = "the team that holds the case"
TOO_WIDE = (
    "has more cells than the header has titles ({}). Often a separator stands in a cell without quotation marks round "
    "it."
)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*[0-9][A-Z]{2})?")


class RowChecker:
    """Checks the rows of one file against what is known."""

    def __init__(self, header: Header, known: Known) -> None:
        self.known = known
        self.places = [(place, COLUMNS[key]) for place, key in enumerate(header.keys) if key]
        self.width = len(header.titles)
        self.says_access = header.known.issuperset(ACCESS_COLUMNS)

    def check(self, number: int, cells: list[str]) -> CheckedRow:
        """The row as it was read, with all its faults and notes."""
        row = CheckedRow(number, cells)
        values = self._values(row)
        _read_person(row, values, self.known)
        _read_dates_of_life(row, values, self.known.today)
        _read_holder(row, values, self.known)
        _read_order(row, values, self.known)
        _read_markers(row, values, self.known)
        _read_access(row, values, self.known)
        row.access_checked = self.says_access and "limited_access" in row.checks
        return row

    def _values(self, row: CheckedRow) -> dict[str, str]:
        """The row's known cells that hold something, as far as they are fit to be read."""
        if any(row.cells[self.width :]):
            row.faults.append(Note("", TOO_WIDE.format(self.width)))
        values: dict[str, str] = {}
        cells, width = row.cells, len(row.cells)
        for place, column in self.places:
            text = cells[place] if place < width else ""
            if not text:
                if column.required:
                    row.faults.append(Note(column.key, "is empty. Put it in."))
                continue
            if text[0] in SUSPECT or len(text) > column.longest or "\ufffd" in text:
                text = self._fit(row, column, text)
            values[column.key] = text
        return values

    def _fit(self, row: CheckedRow, column: Column, text: str) -> str:
        """A suspect cell, without the mark of text that a spreadsheet sets; nothing where it cannot be read at all."""
        try:
            if len(text) > column.longest:
                raise CellFault(f"is too long: at most {column.longest:,} characters.")
            refuse_scars(text)
        except CellFault as fault:
            if column.key in LEFT_OUT:
                row.notes.append(Note(column.key, f"{fault} It was left out."))
            else:
                row.faults.append(Note(column.key, str(fault)))
            return ""
        return text if column.key in NAMES else without_text_mark(text)


def _date(row: CheckedRow, key: str, values: dict[str, str], today: date, *, future: bool = True) -> date | None:
    """The date in a cell; with `future` False, one that must have come. A fault is noted on the row."""
    text = values.get(key)
    if not text:
        return None
    try:
        found = read_date(text, today)
    except CellFault as fault:
        row.faults.append(Note(key, str(fault)))
        return None
    if not future and found > today:
        row.faults.append(Note(key, "lies in the future. Put in the right date."))
        return None
    return found


def _read_person(row: CheckedRow, values: dict[str, str], known: Known) -> None:
    for kind in IdentifierKind:
        if text := values.get(kind.value):
            _read_identifier(row, kind, text, known.today)
    row.family_name = _name(row, "family_name", values)
    row.given_names = " ".join(filter(None, (_name(row, "first_name", values), _name(row, "second_names", values))))
    if len(row.given_names) > COLUMNS["first_name"].longest:
        row.faults.append(Note("second_names", "is too long: all given names together may have 100 characters."))
    row.known_as = _name(row, "known_as", values)
    row.search_name = searchable(row.given_names, row.family_name, row.known_as)
    row.sex = _coded(row, "sex", values, known)
    row.ethnicity = _coded(row, "ethnicity", values, known)
    row.preferred_language = _coded(row, "preferred_language", values, known, list_name="language")
    if text := values.get("interpreter_needed"):
        try:
            row.interpreter_needed = read_yes_no(text)
        except CellFault as fault:
            row.faults.append(Note("interpreter_needed", str(fault)))
    if text := values.get("home_area"):
        match = _POSTCODE.fullmatch(text.upper())
        if match:
            row.home_area = match[1]
        else:
            row.notes.append(Note("home_area", "is not a postcode, and was left out."))


def _read_identifier(row: CheckedRow, kind: IdentifierKind, text: str, today: date) -> None:
    read = tolerate(kind, text, today=today)
    if read.identifier is not None:
        setattr(row, kind.value, read.identifier.value)
    elif read.fault is not None:
        words = FAULT_WORDS[read.fault].format(example=kind.example)
        if kind is IdentifierKind.CRN:
            row.faults.append(Note(kind.value, f"{words} Look it up, and correct it."))
        else:
            row.notes.append(Note(kind.value, f"{words} It was left out: correct it in the system of record."))


def _name(row: CheckedRow, key: str, values: dict[str, str]) -> str:
    text = values.get(key, "")
    if text and not any(letter.isalpha() for letter in text):
        row.faults.append(Note(key, "holds no letter. Put in the name."))
    elif "?" in text:
        row.notes.append(Note(key, "holds a question mark: look whether a letter was lost when the file was saved."))
    return text


def _coded(
    row: CheckedRow, key: str, values: dict[str, str], known: Known, *, list_name: str = "", needed: bool = False
) -> str | None:
    """The id of the coded value that a cell names; where none does, a note, or a fault where it is `needed`."""
    text = values.get(key)
    if not text:
        return None
    found = known.lists[list_name or key].get(folded(text))
    if found is None and needed:
        row.faults.append(Note(key, f"“{text[:60]}” is on no list here. Use a code from the list, or have it added."))
    elif found is None:
        row.notes.append(Note(key, f"“{text[:60]}” is on no list here, and was left out."))
    return found


def _read_dates_of_life(row: CheckedRow, values: dict[str, str], today: date) -> None:
    born = _date(row, "date_of_birth", values, today, future=False)
    died = _date(row, "date_of_death", values, today, future=False)
    if born and not YOUNGEST <= today.year - born.year <= OLDEST:
        row.faults.append(Note("date_of_birth", "makes the person younger than 10 or older than 115. Check the year."))
        born = None
    if born and died and died < born:
        row.faults.append(Note("date_of_death", "lies before the date of birth. Check both."))
    row.date_of_birth, row.date_of_death = born, died


def _read_holder(row: CheckedRow, values: dict[str, str], known: Known) -> None:
    if text := values.get("team"):
        row.team = _holder(row, "team", text, known.teams, called="team")
    if text := values.get("officer"):
        row.member = _holder(row, "officer", text, known.officers, called="officer")
    row.allocated_on = _date(row, "allocated_on", values, known.today, future=False)


def _holder(row: CheckedRow, key: str, code: str, holders: Mapping[str, UUID | None], *, called: str) -> UUID | None:
    place = folded(code)
    if place not in holders:
        row.faults.append(
            Note(key, f"“{code[:40]}” is no {called} here. Correct the code, or have the {called} added first.")
        )
        return None
    if holders[place] is None:
        row.faults.append(Note(key, f"“{code[:40]}” takes no cases any more. Put in who holds the case now."))
    return holders[place]


def _read_order(row: CheckedRow, values: dict[str, str], known: Known) -> None:
    row.order_reference = values.get("order_reference", "")
    row.order_type = _coded(row, "order_type", values, known, needed=True)
    row.court = values.get("court", "")
    row.order_from = _date(row, "order_from", values, known.today)
    row.order_until = _date(row, "order_until", values, known.today)
    row.order_ended = _date(row, "order_ended", values, known.today, future=False)
    if values.get("order_type"):
        for key in ("order_reference", "order_from"):
            if not values.get(key):
                row.faults.append(Note(key, "is empty. An order needs it: put it in."))
    elif any(values.get(key) for key in ("order_from", "order_until", "requirements")):
        row.faults.append(Note("order_type", "is empty, though the row tells of an order. Put it in."))
    for key, end in (("order_until", row.order_until), ("order_ended", row.order_ended)):
        if end and row.order_from and end < row.order_from:
            row.faults.append(Note(key, "lies before the order starts. Check both dates."))
    _read_requirements(row, values, known)


def _read_requirements(row: CheckedRow, values: dict[str, str], known: Known) -> None:
    for number, item in enumerate(items_of(values.get("requirements", "")), start=1):
        reader = _Item(row, "requirements", number, item)
        found = known.lists["requirement_type"].get(folded(part(item, 0)))
        if found is None:
            reader.fault(f"“{part(item, 0)[:60]}” is on no list here. Use a code from the list, or have it added.")
        start = reader.date_at(1, known.today) or row.order_from
        until = reader.date_at(2, known.today)
        if start and until and until < start:
            reader.fault("ends before it starts.")
        detail = reader.text_at(3, longest=300)
        if found and start:
            row.requirements.append(RequirementFacts(found, start, until, detail))


class _Item:
    """One item of a list within a cell; its faults name its place in the list."""

    def __init__(self, row: CheckedRow, key: str, number: int, item: list[str]) -> None:
        self.row, self.key, self.number, self.item = row, key, number, item

    def fault(self, words: str) -> None:
        self.row.faults.append(Note(self.key, f"item {self.number}: {words}"))

    def note(self, words: str) -> None:
        self.row.notes.append(Note(self.key, f"item {self.number}: {words}"))

    def date_at(self, place: int, today: date) -> date | None:
        text = without_text_mark(part(self.item, place))
        if not text:
            return None
        try:
            return read_date(text, today)
        except CellFault as fault:
            self.fault(f"part {place + 1} {fault}")
            return None

    def text_at(self, place: int, *, longest: int) -> str:
        text = part(self.item, place)
        if len(text) > longest:
            self.fault(f"part {place + 1} is too long: at most {longest} characters.")
        return text[:longest]


def _read_markers(row: CheckedRow, values: dict[str, str], known: Known) -> None:
    for matter, list_name in MATTERS.items():
        checked = _date(row, f"{matter}_checked", values, known.today, future=False)
        if checked:
            row.checks[matter] = checked
        text = values.get(matter, "")
        if says_none(text):
            if not checked:
                title = COLUMNS[f"{matter}_checked"].title
                row.notes.append(Note(matter, f"says none, but not when that was looked up. Fill in “{title}”."))
            continue
        for number, item in enumerate(items_of(text), start=1):
            marker = _marker(_Item(row, matter, number, item), matter, known.lists[list_name], known)
            if marker is not None:
                row.markers.append(marker)


def _marker(reader: _Item, matter: str, codes: Mapping[str, str], known: Known) -> MarkerFacts | None:
    code = reader.text_at(0, longest=80)
    start = reader.date_at(1, known.today)
    review, ended = reader.date_at(2, known.today), reader.date_at(3, known.today)
    detail = reader.text_at(4, longest=2000)
    if not code:
        reader.fault("has no code. Put it in front of the first bar.")
    if start is None:
        reader.fault("has no start date. Put it after the first bar.")
    elif start > known.today + timedelta(days=1):
        reader.fault("starts in the future. Check the date.")
    elif ended and ended < start:
        reader.fault("ends before it starts. Check both dates.")
    if not code or start is None:
        return None
    found = codes.get(folded(code))
    if found is None:
        reader.note(f"“{code[:60]}” is on no list here. It was taken as it stands; have it added to the list.")
    label = known.labels[found] if found else code
    return MarkerFacts(matter, found.split(".", 1)[1] if found else code, label, start, review, ended, detail)


def _read_access(row: CheckedRow, values: dict[str, str], known: Known) -> None:
    checked = _date(row, "limited_access_checked", values, known.today, future=False)
    if checked:
        row.checks["limited_access"] = checked
    text = values.get("exclusions", "")
    for number, item in enumerate(items_of("" if says_none(text) else text), start=1):
        reader = _Item(row, "exclusions", number, item)
        user = _user(reader, part(item, 0), known)
        message = reader.text_at(1, longest=300) or STANDARD_EXCLUSION
        until, start = reader.date_at(2, known.today), reader.date_at(3, known.today)
        if user and not _is_over(reader, until, known.today):
            row.exclusions.append(ExclusionFacts(user, message, min(start or known.today, known.today), until))
    text = values.get("restrictions", "")
    items = items_of("" if says_none(text) else text)
    if len(items) > 1:
        row.faults.append(Note("restrictions", "has more than one item. Put all who may see the case into one."))
    elif items:
        _read_restriction(row, items[0], known)


def _read_restriction(row: CheckedRow, item: list[str], known: Known) -> None:
    reader = _Item(row, "restrictions", 1, item)
    names = [name.strip() for name in part(item, 0).split(",") if name.strip()]
    if not names:
        reader.fault("names nobody who may see the case. Put their user names in front of the first bar.")
    readers = [_user(reader, name, known) for name in names]
    message = reader.text_at(1, longest=300) or STANDARD_RESTRICTION
    speak_to = reader.text_at(2, longest=120) or STANDARD_SPEAK_TO
    until, start = reader.date_at(3, known.today), reader.date_at(4, known.today)
    if not _is_over(reader, until, known.today):
        row.restriction = RestrictionFacts(
            tuple(sorted({user for user in readers if user})),
            message,
            speak_to,
            min(start or known.today, known.today),
            until,
        )


def _user(reader: _Item, name: str, known: Known) -> UUID | None:
    found = known.users.get(name.lower())
    if found is None:
        reader.fault(f"“{name[:60]}” is the user name of nobody here. Correct it, or have an account made first.")
    return found


def _is_over(reader: _Item, until: date | None, today: date) -> bool:
    over = until is not None and until < today
    if over:
        reader.note("ended in the past, so there was nothing to do.")
    return over
