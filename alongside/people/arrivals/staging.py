"""From a file to staged rows: read, checked one by one, and copied into the staging table as they come."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.db import connection

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.reference.queries import coded_list
from alongside.people.arrivals.columns import folded
from alongside.people.arrivals.facts import CheckedRow, Known
from alongside.people.arrivals.models import StagedRow
from alongside.people.arrivals.reading.table import Table
from alongside.people.arrivals.rules import RowChecker
from alongside.people.staff.models import Member, Team

LISTS = (
    "sex",
    "ethnicity",
    "language",
    "order_type",
    "requirement_type",
    "registration_type",
    "alert",
    "licence_condition",
)
ALSO_SAID = {
    "sex": {"male": "sex.M", "man": "sex.M", "female": "sex.F", "woman": "sex.F", "u": "sex.NK", "unknown": "sex.NK"},
}
REPORT_EVERY = 1_000

Report = Callable[[int, int], None]


@dataclass
class Counted:
    """What was read: rows, those with faults, those with notes."""

    rows: int = 0
    faulty: int = 0
    noted: int = 0


def known_now() -> Known:
    """All that rows are checked against, as it stands today: read once for a file."""
    members = Member.objects.exclude(staff_code="").values_list("staff_code", "pk", "user__is_active")
    users: dict[str, UUID] = {}
    for pk, email, delius_username in User.objects.values_list("pk", "email", "delius_username"):
        users[email.lower()] = pk
        if delius_username:
            users[delius_username.lower()] = pk
    values = {name: coded_list(name, include_off=True) for name in LISTS}
    lists = {name: dict(ALSO_SAID.get(name, {})) for name in LISTS}
    for name, found in values.items():
        # Weakest first, so that a code is never hidden by another value's label.
        for attribute in ("label_cy", "label_en", "nomis_code", "delius_code", "code"):
            lists[name].update({folded(said): value.id for value in found if (said := getattr(value, attribute))})
    return Known(
        today=today(),
        teams={
            folded(code): pk if active else None
            for code, pk, active in Team.objects.values_list("code", "pk", "active")
        },
        officers={folded(code): pk if active else None for code, pk, active in members},
        users=users,
        lists=lists,
        labels={value.id: value.label_en for found in values.values() for value in found},
    )


_PLAIN = (
    "row",
    "crn",
    "prison_number",
    "pnc",
    "cro",
    "family_name",
    "given_names",
    "known_as",
    "search_name",
    "date_of_birth",
    "date_of_death",
    "interpreter_needed",
    "home_area",
    "team",
    "member",
    "allocated_on",
    "order_reference",
    "court",
    "order_from",
    "order_until",
    "order_ended",
    "access_checked",
)
_CODED = ("sex", "ethnicity", "preferred_language", "order_type")
_LISTED = ("requirements", "markers", "checks", "exclusions", "restriction")
_MADE = ("id", "version", "arrival_id", "cells", "faults", "notes", "faulty", "person_digest", "leads", "new")
_plain_of = attrgetter(*_PLAIN)
_coded_of = attrgetter(*_CODED)
_listed_of = attrgetter(*_LISTED)


def stage(arrival_id: UUID, table: Table, report: Report) -> Counted:
    """Read the whole table, check each row, and copy all into the staging table. Raises UnreadableFileError."""
    checker = RowChecker(table.header, known_now())
    counted = Counted()
    columns = ", ".join((*_MADE, *_PLAIN, *_CODED, *_LISTED))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {StagedRow._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for number, cells in table.rows:
            if not any(cells):
                continue
            row = checker.check(number, cells)
            copy.write_row(_values(arrival_id, row))
            counted.rows += 1
            counted.faulty += bool(row.faults)
            counted.noted += bool(row.notes)
            if counted.rows % REPORT_EVERY == 0:
                report(counted.rows, max(table.expected, counted.rows))
    return counted


def _values(arrival_id: UUID, row: CheckedRow) -> tuple[Any, ...]:
    digest = blake2b(repr(row.person_facts()).encode(), digest_size=16).digest()
    return (
        uuid4(),
        1,
        arrival_id,
        _json(row.cells),
        _json([[note.key, note.words] for note in row.faults]) if row.faults else "[]",
        _json([[note.key, note.words] for note in row.notes]) if row.notes else "[]",
        bool(row.faults),
        digest,
        False,
        False,
        *_plain_of(row),
        *(value or "" for value in _coded_of(row)),
        *(_json(value) if value else None for value in _listed_of(row)),
    )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
