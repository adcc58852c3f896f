"""Comparing what is staged: rows with each other, then with who is here. One statement each, whatever the size.

Runs once when a file is checked and again when it is taken, since others work in between. What it finds wrong becomes a
fault of the row; what is left over leads to people who are new, and to changes, each in words.
"""

from typing import Any

from django.db import connection

from alongside.people.allocations.models import (
    Allocation,
    Exclusion,
    Restriction,
    UnconfirmedAccess,
)
from alongside.people.arrivals.models import Arrival, StagedChange, StagedRow
from alongside.people.persons.identifiers import IdentifierKind
from alongside.people.persons.models import Order, Person, Requirement, SourceCheck, SourceMarker

TABLES = {
    "staged": StagedRow._meta.db_table,
    "change": StagedChange._meta.db_table,
    "person": Person._meta.db_table,
    "order_": Order._meta.db_table,
    "requirement": Requirement._meta.db_table,
    "marker": SourceMarker._meta.db_table,
    "check_": SourceCheck._meta.db_table,
    "allocation": Allocation._meta.db_table,
    "exclusion": Exclusion._meta.db_table,
    "restriction": Restriction._meta.db_table,
    "reader": "people_allocations_restrictionreader",
    "unconfirmed": UnconfirmedAccess._meta.db_table,
    "coded": "foundation_reference_codedvalue",
    "team": "people_staff_team",
    "member": "people_staff_member",
    "user": "foundation_accounts_user",
    "event": "foundation_audit_event",
    "payload": "foundation_audit_payload",
    "timeline": "foundation_work_timelineentry",
}
FAULT = "faulty = true, faults = s.faults || jsonb_build_array(jsonb_build_array({column}, {words}))"


def fault(column: str, words: str) -> str:
    """The part of an UPDATE that puts a fault on a row; `words` is an expression."""
    return FAULT.format(column=f"'{column}'", words=words)


def run(sql: str, parameters: dict[str, Any]) -> int:
    """One statement, with table names filled in; answers how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**TABLES), parameters)
        return int(cursor.rowcount)


def parameters_of(arrival: Arrival, *, today: Any, by: Any = None) -> dict[str, Any]:
    """What every statement may ask for."""
    return {"arrival": arrival.pk, "today": today, "source": arrival.source, "mark": arrival.synthetic_mark, "by": by}


SAME_ROW = (
    """
    WITH groups AS (
        SELECT crn, order_reference, array_agg(row ORDER BY row) AS rows, count(DISTINCT md5(cells)) AS versions
        FROM {staged} WHERE arrival_id = %(arrival)s AND crn <> '' GROUP BY crn, order_reference HAVING count(*) > 1
    )
    UPDATE {staged} s SET """
    + fault(
        "crn",
        """CASE WHEN g.versions = 1 THEN 'stands in row ' || g.rows[1] || ' too, with all else the same. Delete one.'
           ELSE 'stands in rows ' || array_to_string(g.rows[1:8], ', ') || ' for the same event, and they say different'
                || ' things. Keep the right one, or give each order its own event number.' END""",
    )
    + """
    FROM groups g WHERE s.arrival_id = %(arrival)s AND s.crn = g.crn AND s.order_reference = g.order_reference
        AND (g.versions > 1 OR s.row <> g.rows[1])
    """
)
DISAGREEING = (
    """
    WITH groups AS (
        SELECT crn, array_agg(row ORDER BY row) AS rows FROM {staged}
        WHERE arrival_id = %(arrival)s AND crn <> '' AND NOT faulty
        GROUP BY crn HAVING count(*) > 1
            AND (count(DISTINCT person_digest) > 1 OR count(DISTINCT restriction) > 1)
    )
    UPDATE {staged} s SET """
    + fault(
        "crn",
        """'stands in rows ' || array_to_string(g.rows[1:8], ', ') || ', which say different things about the person.'
           || ' Make names, dates, numbers, who holds the case and who may see it the same in each.'""",
    )
    + """
    FROM groups g WHERE s.arrival_id = %(arrival)s AND s.crn = g.crn AND NOT s.faulty
    """
)


def shared_number(kind: IdentifierKind) -> str:
    """Rows in which one number stands beside different CRNs."""
    column = kind.value
    return (
        f"""
        WITH groups AS (
            SELECT {column} AS number, array_agg(row ORDER BY row) AS rows FROM {{staged}}
            WHERE arrival_id = %(arrival)s AND {column} <> '' GROUP BY {column} HAVING count(DISTINCT crn) > 1
        )
        UPDATE {{staged}} s SET """
        + fault(
            column,
            """'stands in rows ' || array_to_string(g.rows[1:8], ', ') || ' beside different CRNs. It belongs to one'
               || ' person: find out whose it is, and correct the others.'""",
        )
        + f"""
        FROM groups g WHERE s.arrival_id = %(arrival)s AND s.{column} = g.number
        """
    )


def held_by_another(kind: IdentifierKind) -> str:
    """Rows with a number that someone else holds here."""
    column = kind.value
    return (
        """
        UPDATE {staged} s SET """
        + fault(
            column,
            """CASE WHEN other.row IS NULL THEN 'belongs to someone else here, with another CRN. Find out whose it is,'
                || ' and correct it in the system of record.'
               ELSE 'belongs here to the person in row ' || other.row || '. The two rows may have each other''s'
                || ' numbers: find out whose is whose, and correct them.' END""",
        )
        + f"""
        FROM {{person}} p LEFT JOIN (
            SELECT o.crn, min(o.row) AS row FROM {{staged}} o WHERE o.arrival_id = %(arrival)s GROUP BY o.crn
        ) other ON other.crn = p.crn
        WHERE s.arrival_id = %(arrival)s AND s.{column} <> '' AND s.crn <> '' AND p.{column} = s.{column}
            AND p.crn <> s.crn
        """
    )


SOMEONE_ELSE = (
    """
    UPDATE {staged} s SET """
    + fault(
        "crn",
        """'is here for someone who differs in ' || array_to_string(ARRAY[
            CASE WHEN lower(p.family_name) <> lower(s.family_name) THEN 'surname' END,
            CASE WHEN p.date_of_birth <> s.date_of_birth THEN 'date of birth' END,
            CASE WHEN p.prison_number <> '' AND s.prison_number NOT IN ('', p.prison_number) THEN 'NOMS number' END,
            CASE WHEN p.pnc <> '' AND s.pnc NOT IN ('', p.pnc) THEN 'PNC' END,
            CASE WHEN p.cro <> '' AND s.cro NOT IN ('', p.cro) THEN 'CRO' END], ' and ')
           || '. Nothing was changed. Look the CRN up; if it is the same person,'
           || ' have the record corrected here first.'""",
    )
    + """
    FROM {person} p WHERE s.arrival_id = %(arrival)s AND p.crn = s.crn AND NOT s.faulty
        AND (lower(p.family_name) <> lower(s.family_name))::int + (p.date_of_birth <> s.date_of_birth)::int
            + (p.prison_number <> '' AND s.prison_number NOT IN ('', p.prison_number))::int
            + (p.pnc <> '' AND s.pnc NOT IN ('', p.pnc))::int
            + (p.cro <> '' AND s.cro NOT IN ('', p.cro))::int > 1
    """
)
BORN_AFTER_DEATH = (
    """
    UPDATE {staged} s SET """
    + fault("date_of_birth", "'lies after the date of death that stands here. Put both dates in.'")
    + """
    FROM {person} p WHERE s.arrival_id = %(arrival)s AND p.crn = s.crn AND NOT s.faulty
        AND s.date_of_death IS NULL AND p.date_of_death < s.date_of_birth
    """
)
STARTS_AFTER_END = (
    """
    UPDATE {staged} s SET """
    + fault("order_from", "'lies after the expected end that stands here. Put in both dates.'")
    + """
    FROM {person} p JOIN {order_} o ON o.person_id = p.id
    WHERE s.arrival_id = %(arrival)s AND p.crn = s.crn AND NOT s.faulty AND o.reference = s.order_reference
        AND s.order_reference <> '' AND s.order_until IS NULL AND o.until_date < s.order_from
    """
)
MATCHED = """
    WITH first AS MATERIALIZED (
        SELECT d.crn, d.row, p.id, row_number() OVER (PARTITION BY p.id IS NULL ORDER BY d.row) AS place
        FROM (SELECT crn, min(row) AS row FROM {staged} WHERE arrival_id = %(arrival)s AND NOT faulty GROUP BY crn) d
        LEFT JOIN {person} p ON p.crn = d.crn
    ), made AS MATERIALIZED (
        SELECT id, row_number() OVER (ORDER BY id) AS place
        FROM (SELECT gen_random_uuid() AS id FROM first WHERE id IS NULL) random
    ), people AS MATERIALIZED (
        SELECT first.crn, first.row, first.id IS NULL AS new, coalesce(first.id, made.id) AS person
        FROM first LEFT JOIN made ON first.id IS NULL AND made.place = first.place
    )
    UPDATE {staged} s SET person = people.person, new = people.new, leads = s.row = people.row
    FROM people WHERE s.arrival_id = %(arrival)s AND s.crn = people.crn AND NOT s.faulty
"""
"""Ids of new people are random, and given out in order of rows: every index then grows from one end to the other."""

FORGOTTEN = """
    UPDATE {staged} SET person = NULL, new = false, leads = false
    WHERE arrival_id = %(arrival)s AND person IS NOT NULL AND faulty
"""
CLOSED = """
    UPDATE {change} c SET closed = true WHERE c.arrival_id = %(arrival)s AND (
        c.field IN ('exclusions', 'restrictions')
        OR EXISTS (SELECT 1 FROM {exclusion} x WHERE x.person_id = c.person
            AND (x.until_date IS NULL OR x.until_date >= %(today)s))
        OR EXISTS (SELECT 1 FROM {restriction} x WHERE x.person_id = c.person
            AND (x.until_date IS NULL OR x.until_date >= %(today)s))
        OR EXISTS (SELECT 1 FROM {unconfirmed} x WHERE x.person_id = c.person AND x.confirmed_at IS NULL)
        OR EXISTS (SELECT 1 FROM {person} x WHERE x.id = c.person AND x.source <> %(source)s))
"""

NUMBERS = (IdentifierKind.PRISON_NUMBER, IdentifierKind.PNC, IdentifierKind.CRO)


def compare_rows(parameters: dict[str, Any]) -> None:
    """Find faults between rows of the file. Once is enough: the file does not change."""
    run(SAME_ROW, parameters)
    run(DISAGREEING, parameters)
    for kind in NUMBERS:
        run(shared_number(kind), parameters)


def compare_with_people(parameters: dict[str, Any]) -> None:
    """Find faults against who is here, and lead each sound row to its person, held or new."""
    for kind in NUMBERS:
        run(held_by_another(kind), parameters)
    for statement in (SOMEONE_ELSE, BORN_AFTER_DEATH, STARTS_AFTER_END, FORGOTTEN, MATCHED):
        run(statement, parameters)
