"""What a file changes about people who are here already, in words: before and after, counted by field."""

from typing import Any

from django.db.models import Count

from alongside.people.arrivals.comparing import CLOSED, run
from alongside.people.arrivals.models import Arrival, StagedChange, StagedRow
from alongside.people.arrivals.plans import (
    CHECKS,
    CONFIRMED,
    ENDS,
    EXCLUSIONS,
    HOLDERS,
    MARKERS,
    REQUIREMENTS,
    RESTRICTIONS,
)

FIELDS = {
    "source": "Kept in the system of record",
    "prison_number": "NOMS number",
    "pnc": "PNC",
    "cro": "CRO",
    "family_name": "Surname",
    "given_names": "Given names",
    "date_of_birth": "Date of birth",
    "date_of_death": "Date of death",
    "sex": "Gender",
    "home_area": "Home area",
    "supervision_ends_on": "Supervision ends",
    "order": "New order",
    "order_type": "Order type",
    "court": "Court",
    "order_from": "Order starts",
    "order_until": "Order expected to end",
    "order_ended": "Order ended",
    "requirement": "New requirement",
    "requirement_until": "Requirement ends",
    "requirement_detail": "Requirement, in detail",
    "registrations": "Registrations",
    "alerts": "Alerts",
    "licence_conditions": "Licence conditions",
    "checked": "When the system of record was asked",
    "holder": "Who holds the case",
    "exclusions": "Exclusions",
    "restrictions": "Restrictions",
    "access": "Limited access confirmed",
}
"""What each field of a change is called."""

QUIET = ("exclusions", "restrictions", "access", "source")
"""Fields that no timeline names."""

INSERT = """INSERT INTO {change} (id, version, arrival_id, row, person, crn, field, item, before, after, closed)
    SELECT gen_random_uuid(), 1, %(arrival)s, """

OF_PERSON = f"""
    WITH {ENDS}
    {INSERT} s.row, s.person, s.crn, v.field, '', v.before, v.after, false
    FROM {{staged}} s JOIN {{person}} p ON p.id = s.person
    LEFT JOIN {{coded}} old_sex ON old_sex.id = p.sex_id
    LEFT JOIN {{coded}} new_sex ON new_sex.id = s.sex
    LEFT JOIN ends ON ends.person = s.person
    CROSS JOIN LATERAL (VALUES
        ('source', p.source, %(source)s::text),
        ('prison_number', p.prison_number, s.prison_number),
        ('pnc', p.pnc, s.pnc),
        ('cro', p.cro, s.cro),
        ('family_name', p.family_name, s.family_name),
        ('given_names', p.given_names,
            CASE WHEN starts_with(p.given_names, s.given_names || ' ') THEN '' ELSE s.given_names END),
        ('date_of_birth', p.date_of_birth::text, s.date_of_birth::text),
        ('date_of_death', coalesce(p.date_of_death::text, ''), coalesce(s.date_of_death::text, '')),
        ('sex', coalesce(old_sex.label_en, ''), coalesce(new_sex.label_en, '')),
        ('home_area', p.home_area, s.home_area),
        ('supervision_ends_on', coalesce(p.supervision_ends_on::text, ''), coalesce(ends.until::text, ''))
    ) v(field, before, after)
    WHERE s.arrival_id = %(arrival)s AND s.leads AND NOT s.new AND v.after <> '' AND v.before <> v.after
"""
OF_ORDERS = f"""
    {INSERT} s.row, s.person, s.crn, v.field, 'Event ' || s.order_reference, v.before, v.after, false
    FROM {{staged}} s
    LEFT JOIN {{order_}} o ON o.person_id = s.person AND o.reference = s.order_reference
    LEFT JOIN {{coded}} old_type ON old_type.id = o.type_id
    LEFT JOIN {{coded}} new_type ON new_type.id = s.order_type
    CROSS JOIN LATERAL (VALUES
        ('order', CASE WHEN o.id IS NULL THEN '' ELSE new_type.label_en END, new_type.label_en),
        ('order_type', coalesce(old_type.label_en, new_type.label_en), new_type.label_en),
        ('court', CASE WHEN o.id IS NULL THEN s.court ELSE o.court END, s.court),
        ('order_from', coalesce(o.from_date, s.order_from)::text, s.order_from::text),
        ('order_until', CASE WHEN o.id IS NULL THEN s.order_until::text ELSE coalesce(o.until_date::text, '') END,
            coalesce(s.order_until::text, '')),
        ('order_ended', CASE WHEN o.id IS NULL THEN s.order_ended::text ELSE coalesce(o.ended_on::text, '') END,
            coalesce(s.order_ended::text, ''))
    ) v(field, before, after)
    WHERE s.arrival_id = %(arrival)s AND NOT s.faulty AND NOT s.new AND s.order_type <> ''
        AND v.after <> '' AND v.before <> v.after
"""
OF_REQUIREMENTS = f"""
    WITH {REQUIREMENTS}
    {INSERT} q.row, q.person, q.crn, v.field, 'Event ' || q.reference || ', ' || t.label_en, v.before, v.after, false
    FROM planned q JOIN {{coded}} t ON t.id = q.type
    CROSS JOIN LATERAL (VALUES
        ('requirement', CASE WHEN q.held_id IS NULL THEN '' ELSE '-' END,
            CASE WHEN q.held_id IS NULL THEN 'from ' || q.from_date ELSE '-' END),
        ('requirement_until', CASE WHEN q.held_id IS NULL THEN '' ELSE coalesce(q.held_until::text, '') END,
            CASE WHEN q.held_id IS NULL THEN '' ELSE coalesce(q.until_date::text, '') END),
        ('requirement_detail', coalesce(q.held_detail, ''), CASE WHEN q.held_id IS NULL THEN '' ELSE q.detail END)
    ) v(field, before, after)
    WHERE NOT q.new AND v.after <> '' AND v.before <> v.after
"""
OF_MARKERS = f"""
    WITH {MARKERS}, worded AS (
        SELECT m.*, k.id AS held_id,
            concat_ws(', ', k.label, 'review ' || k.review_on, 'ended ' || k.ended_on, nullif(k.detail, '')) AS before,
            concat_ws(', ', m.label, 'review ' || coalesce(m.review_on, k.review_on), 'ended ' || m.ended_on,
                coalesce(nullif(m.detail, ''), nullif(k.detail, ''))) AS after
        FROM planned m LEFT JOIN {{marker}} k ON (k.person_id, k.matter, k.code, k.from_date)
            = (m.person, m.matter, m.code, m.from_date)
        WHERE NOT m.new
    )
    {INSERT} w.row, w.person, w.crn, w.matter, w.code || ' from ' || w.from_date, w.before, w.after, false
    FROM worded w WHERE w.held_id IS NULL OR w.before <> w.after
"""
OF_CHECKS = f"""
    WITH {CHECKS}
    {INSERT} q.row, q.person, q.crn, 'checked', initcap(replace(q.matter, '_', ' ')),
        coalesce(c.checked_on::text, 'Not checked'), q.checked_on::text, false
    FROM planned q LEFT JOIN {{check_}} c ON c.person_id = q.person AND c.matter = q.matter
    WHERE NOT q.new AND (c.id IS NULL OR c.checked_on < q.checked_on)
"""
OF_HOLDERS = f"""
    WITH {HOLDERS}
    {INSERT} q.row, q.person, q.crn, 'holder', '',
        concat_ws(' ', old_team.code, old_member.staff_code), concat_ws(' ', new_team.code, new_member.staff_code),
        false
    FROM planned q
    LEFT JOIN {{team}} old_team ON old_team.id = q.held_team
    LEFT JOIN {{member}} old_member ON old_member.id = q.held_member
    LEFT JOIN {{team}} new_team ON new_team.id = q.team LEFT JOIN {{member}} new_member ON new_member.id = q.member
"""
OF_EXCLUSIONS = f"""
    WITH {EXCLUSIONS}
    {INSERT} q.row, q.person, q.crn, 'exclusions', '',
        CASE WHEN q.held_id IS NULL THEN '' ELSE 'until ' || q.held_until END,
        coalesce('until ' || q.until_date, 'without an end'), true
    FROM planned q
"""
OF_RESTRICTIONS = f"""
    WITH {RESTRICTIONS}
    {INSERT} q.row, q.person, q.crn, 'restrictions', '',
        CASE WHEN q.held_id IS NULL THEN '' ELSE 'until ' || q.held_until END,
        coalesce('until ' || q.until_date, 'without an end'), true
    FROM planned q
"""
OF_CONFIRMED = f"""
    WITH {CONFIRMED}
    {INSERT} q.row, q.person, q.crn, 'access', '', 'Not confirmed', 'Confirmed', true FROM planned q
"""


def find_changes(arrival: Arrival, parameters: dict[str, Any]) -> None:
    """List every change anew, and count people and changes on the arrival."""
    StagedChange.objects.filter(arrival=arrival).delete()
    for statement in (
        OF_PERSON,
        OF_ORDERS,
        OF_REQUIREMENTS,
        OF_MARKERS,
        OF_CHECKS,
        OF_HOLDERS,
        OF_EXCLUSIONS,
        OF_RESTRICTIONS,
        OF_CONFIRMED,
        CLOSED,
    ):
        run(statement, parameters)
    count_people(arrival)


def count_people(arrival: Arrival) -> None:
    """Count what stands in the staging table on the arrival, without saving it."""
    rows = StagedRow.objects.filter(arrival=arrival)
    changes = StagedChange.objects.filter(arrival=arrival)
    leading = rows.filter(leads=True)
    arrival.faulty = rows.filter(faulty=True).count()
    arrival.noted = rows.exclude(notes=[]).count()
    arrival.new = leading.filter(new=True).count()
    arrival.changed = changes.aggregate(people=Count("person", distinct=True))["people"]
    known = leading.filter(new=False)
    arrival.unchanged = known.count() - known.filter(person__in=changes.values("person")).count()
    counted = changes.values_list("field").annotate(times=Count("pk")).order_by("field")
    arrival.changes = dict(counted)
