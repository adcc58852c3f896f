"""How long a caseload of 100,000 rows takes to arrive: new, again as it is, and changed; and what memory that takes."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from alongside.config.database.urls import DatabaseUrls
from alongside.config.state import PROJECT_FOLDER
from bench.copies import copy_of_the_database, pointed_at
from bench.frame import Measure, Setting, Stopwatch, benchmark

ROWS = 100_000
FIRST = 500_000
FAMILY_NAMES = ("Achebe", "Bowen", "Carrick", "Dhillon", "Eze", "Farrell", "Griffiths", "Hussain", "Ikande", "Jarvis")
GIVEN_NAMES = ("Daniel", "Siân", "Mohammed", "Chloe", "Kofi", "Zofia", "Rhys", "Amara", "Liam", "Priya")


@benchmark("A caseload of 100,000 rows arrives")
def caseload_import(setting: Setting) -> Iterable[Measure]:
    """The command, from start to end, on a copy of the set's database, so that the set stays as it is."""
    path = setting.folder / "caseload.csv"
    with copy_of_the_database(setting) as urls:
        teams, officers = _staff(urls)
        for what, changed in (("new people", 0), ("the same file again", 0), ("one in ten changed", 10)):
            _write(path, teams, officers, changed=changed)
            seconds, peak = _import(path, urls)
            yield Measure(what, seconds, "s", aim=60)
            yield Measure(f"{what}, peak memory", peak / 1e6, "MB", aim=500)
    path.unlink()


def _staff(urls: DatabaseUrls) -> tuple[list[str], list[str]]:
    """Codes of the teams and officers who are there; some are made where there are none."""
    from alongside.foundation.accounts.models import User
    from alongside.people.staff.models import DeliveryUnit, Member, Region, Service, Team

    with pointed_at(urls):
        if not Team.objects.exists():
            region = Region.objects.create(service=Service.objects.create(name="Bench"), name="Bench", code="BENCH")
            unit = DeliveryUnit.objects.create(region=region, name="Bench", code="BENCH")
            Team.objects.bulk_create(Team(delivery_unit=unit, name=f"Bench {n}", code=f"BENCH{n}") for n in range(40))
            users = User.objects.bulk_create(User(email=f"bench{n}@alongside.example", name="B") for n in range(2_000))
            Member.objects.bulk_create(Member(user=user, staff_code=f"BENCH{n}") for n, user in enumerate(users))
        return (
            list(Team.objects.filter(active=True).values_list("code", flat=True).order_by("code")),
            list(
                Member.objects.exclude(staff_code="")
                .filter(user__is_active=True)
                .values_list("staff_code", flat=True)
                .order_by("staff_code")
            ),
        )


def _write(path: Path, teams: list[str], officers: list[str], *, changed: int) -> None:
    """A file of 100,000 people; every `changed`th has another court and another end."""
    from alongside.people.arrivals.columns import COLUMNS
    from alongside.people.persons.identifiers import check_letter

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in COLUMNS.values()])
        for place in range(ROWS):
            number = FIRST + place
            other = changed and place % changed == 0
            values = {
                "crn": f"Z{number:06d}",
                "pnc": f"2015/9{number:06d}{check_letter(f'159{number:06d}')}",
                "family_name": FAMILY_NAMES[place % 10] + ("-Bell" if place % 3 else ""),
                "first_name": GIVEN_NAMES[place // 10 % 10],
                "second_names": GIVEN_NAMES[place // 100 % 10],
                "date_of_birth": f"{place % 28 + 1:02d}/{place % 12 + 1:02d}/{1960 + place % 45}",
                "sex": "F" if place % 10 == 0 else "M",
                "ethnicity": "W1",
                "preferred_language": "English",
                "interpreter_needed": "No",
                "home_area": "LL57 2DG",
                "team": teams[place % len(teams)],
                "officer": officers[place % len(officers)],
                "allocated_on": "03/02/2026",
                "order_reference": "1",
                "order_type": "CO",
                "court": "Moor Crown Court" if other else "Harbour Magistrates",
                "order_from": "03/02/2026",
                "order_until": "02/02/2028" if other else "02/02/2027",
                "requirements": "RAR|||20 days; UPW|||80 hours" if place % 2 else "RAR|||15 days",
                "registrations": "RCCO|12/03/2026|12/03/2027" if place % 5 == 0 else "",
                "registrations_checked": "01/09/2026",
                "alerts_checked": "01/09/2026",
                "licence_conditions_checked": "01/09/2026",
                "limited_access_checked": "01/09/2026",
            }
            writer.writerow([values.get(key, "") for key in COLUMNS])


def _import(path: Path, urls: DatabaseUrls) -> tuple[float, float]:
    """Seconds, and the most memory that the process held, in bytes."""
    watch = Stopwatch()
    from alongside.foundation.accounts.queries import birth_mark

    made_up = ["--invented"] if birth_mark() else []
    command = [sys.executable, "-m", "alongside.config.command", "import", "caseload", *made_up, str(path)]
    process = subprocess.Popen(
        command,
        cwd=PROJECT_FOLDER,
        env={**os.environ, **urls.as_environment()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"The import ended with {process.returncode}.")
    return watch.seconds, used.ru_maxrss * 1024
