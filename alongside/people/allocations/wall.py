"""Who stands behind the wall of a case, decided by the database from allocations, cover, duty, posts and grants.

It is narrower than `queries.visible_to`: being in the same team is not enough. Limited access wins here as it does
there. A room composes its model's `wall` of these conditions:

    wall = Wall(reads=near_the_case(Right.SEE_PROTECTED), writes=near_the_case(Right.RECORD_PROTECTED))
"""

from collections.abc import Collection

from alongside.foundation.access.rights import Right
from alongside.foundation.access.roles import ROLES, Reach, RoleCode
from alongside.foundation.records.walls import once_for_the_case, register_wall_function

LEADING = frozenset({RoleCode.SENIOR, RoleCode.SAFEGUARDING_LEAD})
"""Roles that answer for every case of the teams that their post reaches."""


def near_the_case(right: Right, *, case: str = "person_id") -> str:
    """Whoever must act on the case today: who holds it, covers for them or is on duty, who leads, who was given it.

    Each only through a role that holds `right`. `case` is the column that names the case.
    """
    return once_for_the_case(is_near("{case}", right), case=case)


def is_near(case: str, right: Right) -> str:
    """The same, asked about one case: a column, a parameter or a value."""
    own = _roles_with(right, Reach.TEAM)
    given = _roles_with(right, Reach.GIVEN)
    return f"wall_near_the_case({case}, {_array(own)}, {_array(own & LEADING)}, {_array(given)})"


def on_open_case(right: Right, *, case: str = "person_id") -> str:
    """Whoever holds `right` by any post, unless limited access closes the case to them: to write, never to read."""
    return f"wall_case_is_open({case}) AND {in_post(right)}"


def in_post(right: Right, *, team: str = "") -> str:
    """Whoever holds `right` today by a post; with `team`, a column, by a post that reaches that team."""
    roles = _array({role.code for role in ROLES.values() if right in role.rights})
    return f"wall_in_post({roles}, {team or 'NULL'})"


def oneself(column: str) -> str:
    """The user whom a column names."""
    return f"{column} = wall_asker()"


def _roles_with(right: Right, reach: Reach) -> frozenset[RoleCode]:
    return frozenset(role.code for role in ROLES.values() if role.reach is reach and right in role.rights)


def _array(roles: Collection[RoleCode]) -> str:
    quoted = ", ".join(f"'{role.value}'" for role in sorted(roles))
    return f"ARRAY[{quoted}]::text[]"


TODAY = """
CREATE OR REPLACE FUNCTION wall_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (now() AT TIME ZONE 'Europe/London')::date
$$
"""

IN_POST = """
CREATE OR REPLACE FUNCTION wall_in_post(roles text[], the_team uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1
        FROM public.foundation_accounts_user u
        JOIN public.people_staff_member m ON m.user_id = u.id
        JOIN public.people_staff_post p ON p.member_id = m.id
        WHERE u.id = public.wall_asker() AND u.is_active AND p.role = ANY(roles)
          AND p.from_date <= public.wall_today() AND (p.until_date IS NULL OR p.until_date >= public.wall_today())
          AND (the_team IS NULL OR EXISTS (
                SELECT 1 FROM public.people_staff_team t
                JOIN public.people_staff_deliveryunit d ON d.id = t.delivery_unit_id
                JOIN public.people_staff_region r ON r.id = d.region_id
                WHERE t.id = the_team AND (p.team_id = t.id OR p.delivery_unit_id = d.id OR p.region_id = r.id
                                           OR p.service_id = r.service_id)))
    );
END $$
"""

CASE_IS_OPEN = """
CREATE OR REPLACE FUNCTION wall_case_is_open(the_case uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN NOT EXISTS (
            SELECT 1 FROM public.people_allocations_exclusion e
            WHERE e.person_id = the_case AND e.user_id = public.wall_asker() AND e.from_date <= public.wall_today()
              AND (e.until_date IS NULL OR e.until_date >= public.wall_today()))
        AND NOT EXISTS (
            SELECT 1 FROM public.people_allocations_restriction r
            WHERE r.person_id = the_case AND r.from_date <= public.wall_today()
              AND (r.until_date IS NULL OR r.until_date >= public.wall_today())
              AND NOT EXISTS (SELECT 1 FROM public.people_allocations_restrictionreader b
                              WHERE b.restriction_id = r.id AND b.user_id = public.wall_asker()))
        AND (NOT EXISTS (SELECT 1 FROM public.people_allocations_unconfirmedaccess n
                         WHERE n.person_id = the_case AND n.confirmed_at IS NULL)
             OR EXISTS (SELECT 1 FROM public.people_allocations_allocation a
                        JOIN public.people_staff_member m ON m.id = a.member_id
                        WHERE a.person_id = the_case AND m.user_id = public.wall_asker()
                          AND a.from_date <= public.wall_today()
                          AND (a.until_date IS NULL OR a.until_date > public.wall_today())));
END $$
"""

NEAR_THE_CASE = """
CREATE OR REPLACE FUNCTION wall_near_the_case(the_case uuid, own text[], leading_roles text[], given text[])
RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    me uuid;
    held_by uuid;
    held_in uuid;
BEGIN
    SELECT m.id INTO me FROM public.people_staff_member m WHERE m.user_id = public.wall_asker();
    IF me IS NULL OR the_case IS NULL OR NOT public.wall_case_is_open(the_case) THEN
        RETURN false;
    END IF;
    SELECT a.member_id, a.team_id INTO held_by, held_in FROM public.people_allocations_allocation a
        WHERE a.person_id = the_case AND a.from_date <= public.wall_today()
          AND (a.until_date IS NULL OR a.until_date > public.wall_today());
    IF public.wall_in_post(own, NULL) AND (
        held_by = me
        OR EXISTS (SELECT 1 FROM public.people_allocations_cover c
                   WHERE c.covering_id = me AND c.absent_id = held_by
                     AND public.wall_today() BETWEEN c.from_date AND c.until_date)
        OR EXISTS (SELECT 1 FROM public.people_staff_dutyturn d
                   JOIN public.people_staff_team t USING (delivery_unit_id)
                   WHERE d.member_id = me AND t.id = held_in
                     AND public.wall_today() BETWEEN d.from_date AND d.until_date))
    THEN
        RETURN true;
    END IF;
    RETURN (held_in IS NOT NULL AND public.wall_in_post(leading_roles, held_in))
        OR EXISTS (SELECT 1 FROM public.people_allocations_casegrant g
                   WHERE g.person_id = the_case AND g.user_id = public.wall_asker() AND g.role = ANY(given)
                     AND public.wall_today() BETWEEN g.from_date AND g.until_date
                     AND public.wall_in_post(ARRAY[g.role], NULL));
END $$
"""


def register() -> None:
    """Tell the wall's builder of these functions, each before those that call it."""
    for name, definition in (
        ("wall_today", TODAY),
        ("wall_in_post", IN_POST),
        ("wall_case_is_open", CASE_IS_OPEN),
        ("wall_near_the_case", NEAR_THE_CASE),
    ):
        register_wall_function(name, definition)
