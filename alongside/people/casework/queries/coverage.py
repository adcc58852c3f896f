"""How far everyone has been asked whether they are a parent, a carer or expecting: counts, never names."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from alongside.foundation.calendar.rules import today
from alongside.people.allocations.models import Allocation
from alongside.people.allocations.queries import current_allocations
from alongside.people.casework.rules import Counts, hide_small
from alongside.people.persons.models import Answer, Circumstance, CircumstanceKind
from alongside.people.staff.models import DeliveryUnit, Team

MOST_ROWS = 30

# Circumstances and allocations meet at the person, who may name neither: rooms have no ways back up. A join by hand is
# one pass over both, where a subquery for each row would be one look-up for each person in the country.
ANSWERS = f"""
    SELECT {{place}}, circumstance.kind, circumstance.answer, count(*)
    FROM {Allocation._meta.db_table} allocation
    JOIN {Team._meta.db_table} team ON team.id = allocation.team_id
    JOIN {DeliveryUnit._meta.db_table} unit ON unit.id = team.delivery_unit_id
    JOIN {Circumstance._meta.db_table} circumstance ON circumstance.person_id = allocation.person_id
    WHERE allocation.team_id = ANY(%(teams)s) AND allocation.from_date <= %(on)s
        AND (allocation.until_date IS NULL OR allocation.until_date > %(on)s)
        AND allocation.person_id <> ALL(%(without)s)
    GROUP BY 1, 2, 3
"""  # noqa: S608 - the names of our own tables
PLACES = {"team__name": "team.name", "team__delivery_unit__name": "unit.name"}

Answers = Mapping[tuple[str, str], Mapping[str, int]]


@dataclass(frozen=True)
class CoverageTable:
    """One question: a row for each place, and all of them together."""

    kind: CircumstanceKind
    rows: list[Counts]
    total: Counts


def coverage_within(
    team_ids: Collection[UUID], *, total: str, hide: bool, without: Collection[UUID] = ()
) -> list[CoverageTable]:
    """Counts for the teams: a row each, or, where there are more than thirty, a row for each delivery unit.

    `hide` leaves out answers so few that they could point at someone; `without` leaves out cases that whoever reads the
    counts may not see though they see the rest by name, since a count beside a list would tell of them. Two queries.
    """
    on = today()
    place = "team__name" if len(team_ids) <= MOST_ROWS else "team__delivery_unit__name"
    held = current_allocations(on).filter(team__in=list(team_ids)).exclude(person__in=list(without))
    people = dict(held.values_list(place).annotate(n=Count("pk")).order_by(place))
    answers = _answers(place, team_ids, on, without)
    return [_table(kind, people, answers, total=total, hide=hide) for kind in CircumstanceKind]


def _answers(place: str, team_ids: Collection[UUID], on: date, without: Collection[UUID]) -> Answers:
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"teams": list(team_ids), "on": on, "without": list(without)}
        cursor.execute(ANSWERS.format(place=PLACES[place]), values)
        for where, kind, answer, n in cursor.fetchall():
            found[where, kind][answer] = n
    return found


def _table(
    kind: CircumstanceKind, people: Mapping[str, int], answers: Answers, *, total: str, hide: bool
) -> CoverageTable:
    rows = []
    for place, count in people.items():
        given = {answer.value: answers.get((place, kind.value), {}).get(answer.value, 0) for answer in Answer}
        rows.append(Counts(place, count, count - sum(given.values()), given))
    whole = Counts(
        total,
        sum(row.people for row in rows),
        sum(row.not_asked for row in rows),
        {answer.value: sum((row.answers or {}).get(answer.value, 0) for row in rows) for answer in Answer},
    )
    if not hide:
        return CoverageTable(kind, rows, whole)
    return CoverageTable(kind, hide_small(rows), hide_small([whole])[0])
