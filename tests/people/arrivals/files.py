"""Caseload files for tests: rows with sound values, changed where a test wants them otherwise."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.people.arrivals.actions import check_file, receive_file, take_file
from alongside.people.arrivals.columns import COLUMNS
from alongside.people.arrivals.models import Arrival
from alongside.people.persons.identifiers import check_letter
from alongside.people.staff.models import Member, Team

_numbers = count(1)


def pnc_of(number: int) -> str:
    """A sound PNC number."""
    return f"2019/{number:07d}{check_letter(f'19{number:07d}')}"


def cro_of(number: int) -> str:
    """A sound CRO number."""
    return f"{number:06d}/19{check_letter(f'{number:06d}19'[6:] + f'{number:06d}')}"


def crn_of(number: int) -> str:
    """A sound CRN, away from those that factories make."""
    return f"J{number:06d}"


def row_of(team: Team, member: Member | None = None, number: int | None = None, **values: str) -> dict[str, str]:
    """A sound row by column key; `values` replace what stands there."""
    number = next(_numbers) if number is None else number
    looked_up = today().strftime("%d/%m/%Y")
    row = {
        "crn": crn_of(number),
        "pnc": pnc_of(number),
        "family_name": "Achebe",
        "first_name": "Daniel",
        "date_of_birth": "17/05/1990",
        "sex": "M",
        "team": team.code,
        "officer": member.staff_code if member else "",
        "order_reference": "1",
        "order_type": "CO",
        "order_from": "01/09/2025",
        "order_until": (today() + timedelta(days=200)).strftime("%d/%m/%Y"),
        "requirements": "RAR|||20 days",
        "registrations": "RCCO|12/03/2025|12/03/2027",
        "registrations_checked": looked_up,
        "exclusions": "",
        "restrictions": "",
        "limited_access_checked": looked_up,
    }
    return row | values


def as_csv(rows: Iterable[Mapping[str, str]], *, keys: Iterable[str] | None = None, delimiter: str = ",") -> bytes:
    """The rows as a CSV file under the columns' own titles."""
    rows = list(rows)
    keys = list(keys or rows[0])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([COLUMNS[key].title for key in keys])
    writer.writerows([[row.get(key, "") for key in keys] for row in rows])
    return text.getvalue().encode()


def bring(content: bytes, *, by: User | None = None, name: str = "caseload.csv") -> Arrival:
    """Receive and check a file."""
    arrival = receive_file(by=by, name=name, content=io.BytesIO(content), size=len(content))
    return check_file(by=by, arrival=arrival)


def bring_in(content: bytes, *, by: User | None = None) -> Arrival:
    """Receive, check and take a file."""
    return take_file(by=by, arrival=bring(content, by=by))


def saved(folder: Path, content: bytes, name: str = "caseload.csv") -> Path:
    """The content as a file on disk."""
    path = folder / name
    path.write_bytes(content)
    return path


TODAY = date(2026, 11, 22)
