"""What a file would do, as SQL: each plan is a chain of common table expressions that ends in one named plan.

The list of changes and the writing itself stand on the same plans, so that what is shown is what is done. An empty cell
changes nothing; a row that is not in the file ends nothing.
"""

ENDS = """
    ends AS (
        SELECT person, max(until) AS until FROM (
            SELECT s.person, coalesce(s.order_ended, o.ended_on, s.order_until, o.until_date) AS until
            FROM {staged} s
            LEFT JOIN {order_} o ON o.person_id = s.person AND o.reference = s.order_reference AND o.reference <> ''
            WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND s.order_type <> ''
            UNION ALL
            SELECT o.person_id, coalesce(o.ended_on, o.until_date)
            FROM {staged} s JOIN {order_} o ON o.person_id = s.person
            WHERE s.arrival_id = %(arrival)s AND s.leads AND NOT s.new
                AND NOT EXISTS (
                    SELECT 1 FROM {staged} t WHERE t.arrival_id = %(arrival)s AND t.crn = s.crn
                        AND t.order_reference = o.reference AND o.reference <> '' AND NOT t.faulty)
        ) each_order GROUP BY person
    )
"""

REQUIREMENTS = """
    arriving AS MATERIALIZED (
        SELECT DISTINCT ON (s.person, s.order_reference, r.type, r.from_date, r.detail)
            s.row, s.person, s.crn, s.new, s.order_reference AS reference, r.type, r.from_date, r.until_date, r.detail
        FROM {staged} s CROSS JOIN LATERAL jsonb_to_recordset(s.requirements)
            r(type text, from_date date, until_date date, detail text)
        WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND s.requirements IS NOT NULL
        ORDER BY s.person, s.order_reference, r.type, r.from_date, r.detail, s.row
    ), held AS MATERIALIZED (
        SELECT q.id, o.person_id AS person, o.reference, q.type_id AS type, q.from_date, q.until_date, q.detail
        FROM {requirement} q JOIN {order_} o ON o.id = q.order_id
        WHERE o.person_id IN (SELECT person FROM arriving WHERE NOT new)
    ), lone_arriving AS (
        SELECT person, reference, type, from_date, min(detail) AS detail FROM arriving a
        WHERE NOT EXISTS (SELECT 1 FROM held h WHERE (h.person, h.reference, h.type, h.from_date, h.detail)
            = (a.person, a.reference, a.type, a.from_date, a.detail))
        GROUP BY person, reference, type, from_date HAVING count(*) = 1
    ), lone_held AS (
        SELECT person, reference, type, from_date, (array_agg(id))[1] AS id, min(detail) AS detail FROM held h
        WHERE NOT EXISTS (SELECT 1 FROM arriving a WHERE (h.person, h.reference, h.type, h.from_date, h.detail)
            = (a.person, a.reference, a.type, a.from_date, a.detail))
        GROUP BY person, reference, type, from_date HAVING count(*) = 1
    ), matched AS (
        SELECT h.id, h.person, h.reference, h.type, h.from_date, h.detail AS arriving_detail FROM held h
        UNION ALL
        SELECT h.id, h.person, h.reference, h.type, h.from_date, a.detail
        FROM lone_held h JOIN lone_arriving a USING (person, reference, type, from_date)
    ), planned AS (
        SELECT a.*, h.id AS held_id, h.until_date AS held_until, h.detail AS held_detail
        FROM arriving a
        LEFT JOIN matched m ON (m.person, m.reference, m.type, m.from_date, m.arriving_detail)
            = (a.person, a.reference, a.type, a.from_date, a.detail)
        LEFT JOIN held h ON h.id = m.id
    )
"""

MARKERS = """
    planned AS (
        SELECT DISTINCT ON (s.person, m.matter, m.code, m.from_date)
            s.row, s.person, s.crn, s.new, m.matter, m.code, m.label, m.from_date, m.review_on, m.ended_on, m.detail
        FROM {staged} s CROSS JOIN LATERAL jsonb_to_recordset(s.markers) m(matter text, code text, label text,
            from_date date, review_on date, ended_on date, detail text)
        WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND s.markers IS NOT NULL
        ORDER BY s.person, m.matter, m.code, m.from_date, m.ended_on IS NULL DESC, s.row
    )
"""

CHECKS = """
    planned AS (
        SELECT s.person, s.crn, bool_or(s.new) AS new, min(s.row) AS row, c.key AS matter,
            max(c.value::date) AS checked_on
        FROM {staged} s CROSS JOIN LATERAL jsonb_each_text(s.checks) c
        WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND s.checks IS NOT NULL GROUP BY s.person, s.crn, c.key
    )
"""

HOLDERS = """
    mine AS MATERIALIZED (
        SELECT s.row, s.person, s.crn, s.team, s.member FROM {staged} s
        WHERE s.arrival_id = %(arrival)s AND s.leads AND NOT s.new
    ), theirs AS MATERIALIZED (
        SELECT a.person_id, a.team_id, a.member_id, a.from_date, a.until_date, a.reason_id
        FROM {allocation} a JOIN mine ON mine.person = a.person_id WHERE a.from_date <= %(today)s
    ), said AS (
        SELECT DISTINCT ON (person_id) * FROM theirs WHERE reason_id = 'allocation_reason.IMPORT'
        ORDER BY person_id, from_date DESC
    ), current AS (
        SELECT DISTINCT ON (person_id) * FROM theirs WHERE until_date IS NULL OR until_date > %(today)s
        ORDER BY person_id, from_date DESC
    ), planned AS (
        SELECT s.*, current.team_id AS held_team, current.member_id AS held_member
        FROM mine s LEFT JOIN said ON said.person_id = s.person LEFT JOIN current ON current.person_id = s.person
        WHERE (coalesce(said.team_id, current.team_id) IS DISTINCT FROM s.team
                OR s.member IS NOT NULL AND s.member IS DISTINCT FROM
                    CASE WHEN said.team_id IS NULL THEN current.member_id ELSE said.member_id END)
            AND NOT (current.team_id IS NOT DISTINCT FROM s.team
                AND (s.member IS NULL OR current.member_id IS NOT DISTINCT FROM s.member))
    )
"""
"""The source moves a case only where it says other than it last said: what was arranged here since then stands."""

EXCLUSIONS = """
    arriving AS (
        SELECT p.id AS person, s.crn, min(s.row) AS row, x."user",
            (array_agg(x.message ORDER BY s.row))[1] AS message, min(x.from_date) AS from_date,
            CASE WHEN bool_or(x.until_date IS NULL) THEN NULL ELSE max(x.until_date) END AS until_date
        FROM {staged} s JOIN {person} p ON p.crn = s.crn CROSS JOIN LATERAL jsonb_to_recordset(s.exclusions)
            x("user" uuid, message text, from_date date, until_date date)
        WHERE s.arrival_id = %(arrival)s AND s.exclusions IS NOT NULL GROUP BY p.id, s.crn, x."user"
    ), live AS (
        SELECT DISTINCT ON (e.person_id, e.user_id) e.id, e.person_id, e.user_id, e.until_date
        FROM {exclusion} e JOIN arriving a ON a.person = e.person_id AND a."user" = e.user_id
        WHERE e.from_date <= %(today)s AND (e.until_date IS NULL OR e.until_date >= %(today)s)
        ORDER BY e.person_id, e.user_id, e.until_date DESC NULLS FIRST
    ), planned AS (
        SELECT a.*, live.id AS held_id, live.until_date AS held_until
        FROM arriving a LEFT JOIN live ON live.person_id = a.person AND live.user_id = a."user"
        WHERE live.id IS NULL
            OR live.until_date IS NOT NULL AND (a.until_date IS NULL OR a.until_date > live.until_date)
    )
"""
"""Also of rows with faults, where the person is here: a case is closed at once, whatever else is wrong in the row."""

RESTRICTIONS = """
    arriving AS (
        SELECT DISTINCT ON (p.id) p.id AS person, s.crn, s.row, x.readers, x.message, x.speak_to, x.from_date,
            x.until_date
        FROM {staged} s JOIN {person} p ON p.crn = s.crn CROSS JOIN LATERAL jsonb_to_record(s.restriction)
            x(readers jsonb, message text, speak_to text, from_date date, until_date date)
        WHERE s.arrival_id = %(arrival)s AND s.restriction IS NOT NULL ORDER BY p.id, s.faulty, s.row
    ), live AS (
        SELECT DISTINCT ON (e.person_id) e.id, e.person_id, e.until_date
        FROM {restriction} e JOIN arriving a ON a.person = e.person_id
        WHERE e.source = %(source)s AND e.from_date <= %(today)s
            AND (e.until_date IS NULL OR e.until_date >= %(today)s)
        ORDER BY e.person_id, e.until_date DESC NULLS FIRST
    ), planned AS (
        SELECT a.*, live.id AS held_id, live.until_date AS held_until
        FROM arriving a LEFT JOIN live ON live.person_id = a.person
        WHERE live.id IS NULL
            OR live.until_date IS NOT NULL AND (a.until_date IS NULL OR a.until_date > live.until_date)
    )
"""

CONFIRMED = """
    planned AS (
        SELECT s.person, s.crn, min(s.row) AS row FROM {staged} s
        JOIN {unconfirmed} u ON u.person_id = s.person AND u.confirmed_at IS NULL
        WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND NOT s.new
        GROUP BY s.person, s.crn HAVING bool_and(s.access_checked)
    )
"""
