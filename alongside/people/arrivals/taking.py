"""Writing what a file says, set by set, inside one transaction: people, orders, flags, holders, limited access, trail.

Every statement stands on the plans that the list of changes stands on. Events are written as `record_change` writes
them, one for each person: salted digest, payload beside the chain, sealed by the database at commit.
"""

from collections.abc import Callable
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from alongside.people.arrivals.changes import FIELDS, QUIET
from alongside.people.arrivals.comparing import TABLES, run
from alongside.people.arrivals.models import StagedChange
from alongside.people.arrivals.plans import (
    CHECKS,
    CONFIRMED,
    ENDS,
    EXCLUSIONS,
    MARKERS,
    REQUIREMENTS,
    RESTRICTIONS,
)
from alongside.people.persons.actions import search_name_of
from alongside.people.persons.models import OtherName, Person

PERSON_FIELDS = (
    "source prison_number pnc cro family_name given_names date_of_birth date_of_death sex home_area supervision_ends_on"
)
NAMES_AT_ONCE = 2_000

NEW_PERSONS = f"""
    WITH {ENDS}
    INSERT INTO {{person}} (id, version, crn, prison_number, pnc, cro, given_names, family_name, known_as, pronouns,
        search_name, date_of_birth, date_of_death, sex_id, ethnicity_id, preferred_language_id, interpreter_needed,
        home_area, supervision_ends_on, source, synthetic_mark, added_at)
    SELECT s.person, 1, s.crn, s.prison_number, s.pnc, s.cro, s.given_names, s.family_name, s.known_as, '',
        s.search_name, s.date_of_birth, s.date_of_death, nullif(s.sex, ''), nullif(s.ethnicity, ''),
        nullif(s.preferred_language, ''), coalesce(s.interpreter_needed, false),
        s.home_area, ends.until, %(source)s, %(mark)s::uuid, now()
    FROM {{staged}} s LEFT JOIN ends ON ends.person = s.person
    WHERE s.arrival_id = %(arrival)s AND s.leads AND s.new
"""
CHANGED_PERSONS = f"""
    WITH {ENDS}, touched AS MATERIALIZED (
        SELECT DISTINCT person FROM {{change}} WHERE arrival_id = %(arrival)s AND field = ANY(%(person_fields)s)
    )
    UPDATE {{person}} p SET version = p.version + 1, source = %(source)s,
        prison_number = coalesce(nullif(s.prison_number, ''), p.prison_number),
        pnc = coalesce(nullif(s.pnc, ''), p.pnc),
        cro = coalesce(nullif(s.cro, ''), p.cro),
        family_name = s.family_name,
        given_names = CASE WHEN starts_with(p.given_names, s.given_names || ' ') THEN p.given_names
            ELSE s.given_names END,
        date_of_birth = s.date_of_birth,
        date_of_death = coalesce(s.date_of_death, p.date_of_death),
        sex_id = coalesce(nullif(s.sex, ''), p.sex_id),
        home_area = coalesce(nullif(s.home_area, ''), p.home_area),
        supervision_ends_on = coalesce(ends.until, p.supervision_ends_on)
    FROM {{staged}} s JOIN touched t ON t.person = s.person LEFT JOIN ends ON ends.person = s.person
    WHERE s.arrival_id = %(arrival)s AND s.leads AND NOT s.new AND p.id = s.person
"""
NEW_ORDERS = """
    INSERT INTO {order_} (id, version, person_id, type_id, reference, court, from_date, until_date, ended_on)
    SELECT gen_random_uuid(), 1, s.person, s.order_type, s.order_reference, s.court, s.order_from, s.order_until,
        s.order_ended
    FROM {staged} s
    WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND s.order_type <> ''
        AND (s.new OR NOT EXISTS (
            SELECT 1 FROM {order_} o WHERE o.person_id = s.person AND o.reference = s.order_reference))
"""
CHANGED_ORDERS = """
    UPDATE {order_} o SET version = o.version + 1, type_id = s.order_type,
        court = coalesce(nullif(s.court, ''), o.court), from_date = s.order_from,
        until_date = coalesce(s.order_until, o.until_date), ended_on = coalesce(s.order_ended, o.ended_on)
    FROM {staged} s
    WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND NOT s.new AND s.order_type <> ''
        AND o.person_id = s.person AND o.reference = s.order_reference
        AND (o.type_id <> s.order_type OR s.court NOT IN ('', o.court) OR o.from_date <> s.order_from
            OR s.order_until IS NOT NULL AND o.until_date IS DISTINCT FROM s.order_until
            OR s.order_ended IS NOT NULL AND o.ended_on IS DISTINCT FROM s.order_ended)
"""
NEW_REQUIREMENTS = f"""
    WITH {REQUIREMENTS}
    INSERT INTO {{requirement}} (id, version, order_id, type_id, from_date, until_date, detail)
    SELECT gen_random_uuid(), 1, o.id, q.type, q.from_date, q.until_date, q.detail
    FROM planned q JOIN {{order_}} o ON o.person_id = q.person AND o.reference = q.reference
    WHERE q.held_id IS NULL
"""
CHANGED_REQUIREMENTS = f"""
    WITH {REQUIREMENTS}
    UPDATE {{requirement}} r SET version = r.version + 1, until_date = coalesce(q.until_date, r.until_date),
        detail = coalesce(nullif(q.detail, ''), r.detail)
    FROM planned q WHERE r.id = q.held_id AND (q.until_date IS NOT NULL AND q.until_date IS DISTINCT FROM r.until_date
        OR q.detail NOT IN ('', r.detail))
"""
ALL_MARKERS = f"""
    WITH {MARKERS}
    INSERT INTO {{marker}} AS k (id, version, person_id, matter, code, label, detail, from_date, review_on, ended_on)
    SELECT gen_random_uuid(), 1, m.person, m.matter, m.code, m.label, m.detail, m.from_date, m.review_on, m.ended_on
    FROM planned m
    ON CONFLICT (person_id, matter, code, from_date) DO UPDATE SET version = k.version + 1, label = EXCLUDED.label,
        detail = coalesce(nullif(EXCLUDED.detail, ''), k.detail),
        review_on = coalesce(EXCLUDED.review_on, k.review_on), ended_on = EXCLUDED.ended_on
    WHERE k.label <> EXCLUDED.label OR EXCLUDED.detail NOT IN ('', k.detail)
        OR EXCLUDED.review_on IS NOT NULL AND k.review_on IS DISTINCT FROM EXCLUDED.review_on
        OR k.ended_on IS DISTINCT FROM EXCLUDED.ended_on
"""
NEW_CHECKS = f"""
    WITH {CHECKS}
    INSERT INTO {{check_}} (id, version, person_id, matter, checked_on)
    SELECT gen_random_uuid(), 1, person, matter, checked_on FROM planned WHERE new
"""
CHANGED_CHECKS = f"""
    WITH {CHECKS}
    INSERT INTO {{check_}} AS c (id, version, person_id, matter, checked_on)
    SELECT gen_random_uuid(), 1, person, matter, checked_on FROM planned WHERE NOT new
    ON CONFLICT (person_id, matter) DO UPDATE SET version = c.version + 1, checked_on = EXCLUDED.checked_on
    WHERE c.checked_on < EXCLUDED.checked_on
"""
NEW_HOLDERS = """
    INSERT INTO {allocation} (id, version, person_id, team_id, member_id, from_date, until_date, reason_id)
    SELECT gen_random_uuid(), 1, s.person, s.team, s.member, coalesce(s.allocated_on, %(today)s), NULL,
        'allocation_reason.IMPORT'
    FROM {staged} s WHERE s.arrival_id = %(arrival)s AND s.leads AND s.new
"""
MOVING = """
    mine AS MATERIALIZED (
        SELECT s.person, s.team, s.member, s.allocated_on FROM {staged} s
        WHERE s.arrival_id = %(arrival)s AND s.leads AND NOT s.new AND s.person IN (
            SELECT c.person FROM {change} c WHERE c.arrival_id = %(arrival)s AND c.field = 'holder')
    ), began AS MATERIALIZED (
        SELECT a.person_id, max(a.from_date) FILTER (WHERE a.from_date <= %(today)s) AS last_from,
            max(a.until_date) FILTER (WHERE a.from_date <= %(today)s AND a.until_date <= %(today)s) AS last_end,
            min(a.from_date) FILTER (WHERE a.from_date > %(today)s) AS next_from
        FROM {allocation} a JOIN mine ON mine.person = a.person_id GROUP BY a.person_id
    ), moving AS MATERIALIZED (
        SELECT mine.*, began.last_from, began.last_end, began.next_from,
            CASE WHEN mine.allocated_on > coalesce(began.last_from, '-infinity') THEN mine.allocated_on
                ELSE %(today)s END AS day
        FROM mine LEFT JOIN began ON began.person_id = mine.person
    )
"""
MOVED_TODAY = f"""
    WITH {MOVING}
    UPDATE {{allocation}} a SET version = a.version + 1, team_id = m.team, member_id = m.member,
        reason_id = 'allocation_reason.IMPORT'
    FROM moving m WHERE a.person_id = m.person AND a.from_date = m.last_from AND a.from_date >= m.day
        AND (a.until_date IS NULL OR a.until_date > %(today)s)
"""
ENDED_HOLDERS = f"""
    WITH {MOVING}
    UPDATE {{allocation}} a SET version = a.version + 1, until_date = m.day
    FROM moving m WHERE a.person_id = m.person AND a.from_date = m.last_from AND a.from_date < m.day
        AND (a.until_date IS NULL OR a.until_date > %(today)s)
"""
NEXT_HOLDERS = f"""
    WITH {MOVING}
    INSERT INTO {{allocation}} (id, version, person_id, team_id, member_id, from_date, until_date, reason_id)
    SELECT gen_random_uuid(), 1, m.person, m.team, m.member, greatest(m.day, m.last_end), m.next_from,
        'allocation_reason.IMPORT'
    FROM moving m WHERE NOT EXISTS (
        SELECT 1 FROM {{allocation}} a WHERE a.person_id = m.person AND a.from_date <= %(today)s
            AND (a.until_date IS NULL OR a.until_date > %(today)s))
"""
ALL_EXCLUSIONS = f"""
    WITH {EXCLUSIONS}, longer AS (
        UPDATE {{exclusion}} e SET version = e.version + 1, until_date = q.until_date
        FROM planned q WHERE e.id = q.held_id
    )
    INSERT INTO {{exclusion}} AS e (id, version, person_id, user_id, message, from_date, until_date, source)
    SELECT gen_random_uuid(), 1, person, "user", message, from_date, until_date, %(source)s
    FROM planned WHERE held_id IS NULL
    ON CONFLICT (person_id, user_id, from_date) DO UPDATE SET version = e.version + 1, until_date = EXCLUDED.until_date
"""
ALL_RESTRICTIONS = f"""
    WITH {RESTRICTIONS}, longer AS (
        UPDATE {{restriction}} e SET version = e.version + 1, until_date = q.until_date
        FROM planned q WHERE e.id = q.held_id
    ), made AS (
        INSERT INTO {{restriction}} AS e (id, version, person_id, message, speak_to, from_date, until_date, source)
        SELECT gen_random_uuid(), 1, person, message, speak_to, from_date, until_date, %(source)s
        FROM planned WHERE held_id IS NULL
        ON CONFLICT (person_id, from_date) DO UPDATE SET version = e.version + 1, until_date = CASE
            WHEN e.until_date IS NULL OR EXCLUDED.until_date IS NULL THEN NULL
            ELSE greatest(e.until_date, EXCLUDED.until_date) END
        RETURNING e.id, e.person_id, e.version
    )
    INSERT INTO {{reader}} (id, version, restriction_id, user_id)
    SELECT gen_random_uuid(), 1, made.id, r.value::uuid
    FROM made JOIN planned q ON q.person = made.person_id CROSS JOIN LATERAL jsonb_array_elements_text(q.readers) r
    WHERE made.version = 1
"""
NOT_CONFIRMED = """
    INSERT INTO {unconfirmed} (id, version, person_id, since)
    SELECT gen_random_uuid(), 1, person, now() FROM {staged}
    WHERE arrival_id = %(arrival)s AND new AND NOT faulty GROUP BY person HAVING NOT bool_and(access_checked)
"""
NOW_CONFIRMED = f"""
    WITH {CONFIRMED}
    UPDATE {{unconfirmed}} u SET version = u.version + 1, confirmed_at = now(), confirmed_by = %(confirmed_by)s::uuid
    FROM planned q WHERE u.person_id = q.person AND u.confirmed_at IS NULL
"""

EVENTS = """
    made AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('{event}', 'id')) AS id, told.*,
            substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16) AS salt
        FROM told
    ), told_events AS (
        INSERT INTO {event} (id, chain, chain_kind, at, kind, name, actor, subject_type, subject, fields,
            payload_digest)
        SELECT id, person, 'case', %(now)s, kind, name, %(by)s::uuid, 'people_persons.Person', person, fields,
            sha256(salt || convert_to(content, 'UTF8'))
        FROM made
    )
    INSERT INTO {payload} (event_id, salt, content) SELECT id, salt, content FROM made
"""
ARRIVED_EVENTS = (
    """
    WITH facts AS MATERIALIZED (
        SELECT s.person, jsonb_strip_nulls(jsonb_build_object(
            'crn', s.crn, 'prison_number', nullif(s.prison_number, ''), 'pnc', nullif(s.pnc, ''),
            'cro', nullif(s.cro, ''), 'given_names', s.given_names, 'family_name', s.family_name,
            'known_as', nullif(s.known_as, ''), 'date_of_birth', s.date_of_birth, 'date_of_death', s.date_of_death,
            'sex', nullif(s.sex, ''), 'ethnicity', nullif(s.ethnicity, ''),
            'preferred_language', nullif(s.preferred_language, ''), 'interpreter_needed', s.interpreter_needed,
            'home_area', nullif(s.home_area, ''), 'team', s.team, 'member', s.member, 'source', %(source)s::text,
            'order', CASE WHEN s.order_type <> '' THEN jsonb_build_object('reference', s.order_reference,
                'type', s.order_type, 'court', s.court, 'from_date', s.order_from, 'until_date', s.order_until,
                'ended_on', s.order_ended) END,
            'requirements', s.requirements, 'markers', s.markers, 'checks', s.checks, 'exclusions', s.exclusions,
            'restriction', s.restriction, 'access_checked', s.access_checked, 'further_rows', more.rows)) AS after
        FROM {staged} s LEFT JOIN (
            SELECT person, jsonb_agg(jsonb_build_object('reference', order_reference, 'type', order_type,
                'court', court, 'from_date', order_from, 'until_date', order_until, 'ended_on', order_ended,
                'requirements', requirements, 'markers', markers, 'checks', checks, 'exclusions', exclusions,
                'restriction', restriction, 'access_checked', access_checked) ORDER BY row) AS rows
            FROM {staged} WHERE arrival_id = %(arrival)s AND new AND NOT leads AND NOT faulty GROUP BY person
        ) more ON more.person = s.person
        WHERE s.arrival_id = %(arrival)s AND s.leads AND s.new
    ), told AS (
        SELECT person, 'collection' AS kind, 'arrivals.person.arrived' AS name,
            (SELECT string_agg(key, ',' ORDER BY key COLLATE "C") FROM jsonb_object_keys(after) key) AS fields,
            jsonb_build_object('before', jsonb_build_object(), 'after', after, 'ground', '')::text AS content
        FROM facts
    ), """
    + EVENTS
)
CHANGED_EVENTS = (
    """
    WITH told AS (
        SELECT person, 'change' AS kind, 'arrivals.person.changed' AS name,
            string_agg(DISTINCT field, ',' ORDER BY field) AS fields,
            jsonb_build_object(
                'before', jsonb_object_agg(trim(field || ' ' || item), before),
                'after', jsonb_object_agg(trim(field || ' ' || item), after), 'ground', '')::text AS content
        FROM {change} WHERE arrival_id = %(arrival)s GROUP BY person
    ), """
    + EVENTS
)
TIMELINE = """INSERT INTO {timeline} (id, "case", at, kind, title, actor, actor_name, "right") """
ARRIVED_LINES = (
    TIMELINE
    + """
    SELECT gen_random_uuid(), s.person, %(now)s, 'arrivals.person.arrived',
        left('Arrived from the system of record, allocated to ' || concat_ws(', ', u.name, t.name), 200),
        %(by)s::uuid, %(by_name)s, 'SEE_CASE'
    FROM {staged} s JOIN {team} t ON t.id = s.team
    LEFT JOIN {member} m ON m.id = s.member LEFT JOIN {user} u ON u.id = m.user_id
    WHERE s.arrival_id = %(arrival)s AND s.leads AND s.new
"""
)
MOVED_LINES = (
    TIMELINE
    + """
    SELECT gen_random_uuid(), s.person, %(now)s, 'allocations.case.allocated',
        left('Allocated to ' || concat_ws(', ', u.name, t.name), 200), %(by)s::uuid, %(by_name)s, 'SEE_CASE'
    FROM {staged} s
    JOIN (SELECT DISTINCT person FROM {change} WHERE arrival_id = %(arrival)s AND field = 'holder') c
        ON c.person = s.person
    JOIN {team} t ON t.id = s.team
    LEFT JOIN {member} m ON m.id = s.member LEFT JOIN {user} u ON u.id = m.user_id
    WHERE s.arrival_id = %(arrival)s AND s.leads AND NOT s.new
"""
)
CHANGED_LINES = (
    TIMELINE
    + """
    SELECT gen_random_uuid(), c.person, %(now)s, 'arrivals.person.changed',
        left('Updated from the system of record: '
            || string_agg(DISTINCT lower(%(words)s::jsonb ->> c.field), ', '), 200),
        %(by)s::uuid, %(by_name)s, 'SEE_CASE'
    FROM {change} c WHERE c.arrival_id = %(arrival)s AND c.field <> ALL(%(quiet)s) AND c.field <> 'holder'
    GROUP BY c.person
"""
)

STEPS = (
    ("Adding people", (NEW_PERSONS, CHANGED_PERSONS)),
    ("Adding orders and requirements", (NEW_ORDERS, CHANGED_ORDERS, NEW_REQUIREMENTS, CHANGED_REQUIREMENTS)),
    ("Adding registrations, alerts and licence conditions", (ALL_MARKERS, NEW_CHECKS, CHANGED_CHECKS)),
    ("Saying who holds each case", (NEW_HOLDERS, MOVED_TODAY, ENDED_HOLDERS, NEXT_HOLDERS)),
    ("Closing what is limited", (ALL_EXCLUSIONS, ALL_RESTRICTIONS, NOT_CONFIRMED, NOW_CONFIRMED)),
    ("Writing the trail", (ARRIVED_EVENTS, CHANGED_EVENTS, ARRIVED_LINES, MOVED_LINES, CHANGED_LINES)),
)
"""What is written, in order, and what is said meanwhile."""


def write_all(parameters: dict[str, Any], report: Callable[[int, int, str], None]) -> None:
    """Write everything, saying before each step what comes. Called inside the transaction of `take_file`."""
    parameters = parameters | {"person_fields": PERSON_FIELDS.split(), "quiet": [*QUIET], "words": _json_of_fields()}
    for done, (words, statements) in enumerate(STEPS):
        report(done, len(STEPS), words)
        for statement in statements:
            run(statement, parameters)
        if done == 0:
            _refresh_search_names(parameters["arrival"])


def _json_of_fields() -> str:
    return orjson.dumps(FIELDS).decode()


def _refresh_search_names(arrival_id: UUID) -> None:
    """Write the search names anew of those whose names changed, so that a search finds them as they are called now."""
    renamed = StagedChange.objects.filter(arrival=arrival_id, field__in=("family_name", "given_names"))
    ids = iter(renamed.order_by("person").values_list("person", flat=True).distinct())
    for some in iter(lambda: list(islice(ids, NAMES_AT_ONCE)), []):
        others: dict[UUID, list[str]] = {}
        for person_id, name in OtherName.objects.filter(person__in=some).values_list("person", "name"):
            others.setdefault(person_id, []).append(name)
        names = [
            (person.pk, search_name_of(person, others.get(person.pk, ())))
            for person in Person.objects.filter(pk__in=some)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {TABLES['person']} p SET search_name = n.name"
                " FROM unnest(%s::uuid[], %s::text[]) n(id, name) WHERE p.id = n.id",
                [[pk for pk, _ in names], [name for _, name in names]],
            )
