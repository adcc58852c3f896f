"""The wall round advocacy: who reads and writes each table, and the slits in it.

A slit is a function of the database that works with full sight and gives out next to nothing: whether there is a clash
of a family member, and, where names are compared, not even that.
"""

from alongside.foundation.access.rights import Right
from alongside.foundation.records.wall import Wall
from alongside.foundation.records.walls import ERASING, register_wall_function
from alongside.people.allocations.wall import in_post, oneself

CASE_IS_OPEN = 'wall_case_is_open("case")'

_ADVISERS = in_post(Right.KEEP_ADVOCACY, team="team")
_REFERRERS = in_post(Right.REFER_TO_ADVISER)
_LIAISON = in_post(Right.RESOLVE_CLASHES, team="team")
_SUPPORTED = "EXISTS (SELECT 1 FROM safety_advocacy_supportedperson s WHERE s.id = {column})"

SUPPORT = Wall(
    reads=f"{CASE_IS_OPEN} AND ({_ADVISERS} OR ({oneself('adviser')} AND {in_post(Right.KEEP_ADVOCACY)}))",
    writes=f"{_REFERRERS} OR {in_post(Right.KEEP_ADVOCACY)}",
    uncounted=True,
)
"""The advisers of the team to which it was referred, and whoever took it on. Practitioners put in, and read nothing."""

DETAILS = Wall(
    reads=_SUPPORTED.format(column="supported_id"),
    writes=f"{_REFERRERS} OR {_SUPPORTED.format(column='supported_id')}",
    uncounted=True,
)
"""Practitioners put in how someone may be reached, and read nothing of it afterwards."""

WORK = Wall(reads=_SUPPORTED.format(column="supported"), writes=_SUPPORTED.format(column="supported"), uncounted=True)
"""Whoever sees the person supported."""

LIAISON = Wall(reads=_LIAISON, writes=_LIAISON, uncounted=True)
CLASHES = Wall(reads=f"{CASE_IS_OPEN} AND {_LIAISON}", writes=_LIAISON, uncounted=True)
"""Victim liaison of the team whose victim it is. Clashes are put in by the comparison alone."""

FOLD = """
CREATE OR REPLACE FUNCTION advocacy_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT trim(regexp_replace(replace(lower(regexp_replace(normalize(words, NFKD), U&'[\\0300-\\036F]', '', 'g')),
                                       U&'\\2019', ''''), '\\s+', ' ', 'g'))
$$
"""

FACTS = f"""
CREATE OR REPLACE FUNCTION advocacy_clashes(members uuid[]) RETURNS TABLE (member uuid, confirmed boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM set_config('{ERASING}', 'safety_advocacy_clash', true);
    RETURN QUERY SELECT c.family_member, bool_or(c.state = 'confirmed') FROM safety_advocacy_clash c
        WHERE c.family_member = ANY(members) AND c.state <> 'dismissed' GROUP BY c.family_member;
    PERFORM set_config('{ERASING}', '', true);
END $$
"""

_NOTE = """
            PERFORM set_config('{erasing}', 'safety_advocacy_clash', true);
            INSERT INTO safety_advocacy_clash (id, version, "case", family_member, check_id, typed_name, reason, known,
                known_name, known_by, basis, found_at, asked_by, asked_by_name, team, state, decision)
            VALUES (gen_random_uuid(), 1, {case}, {member}, {check}, left({typed}, 200), {reason}, found.id,
                found.name, found.kept_by,
                CASE WHEN {year} IS NULL OR found.year_of_birth IS NULL
                    THEN 'Same name; a year of birth is not known' ELSE 'Same name and year of birth' END,
                now(), {asker}, {asker_name}, found.team, 'open', '')
            ON CONFLICT ON CONSTRAINT advocacy_clash_once DO NOTHING;
"""

COMPARE_NAME = f"""
CREATE OR REPLACE FUNCTION advocacy_compare_name(the_case uuid, the_member uuid, the_check uuid, typed text,
    keys text[], born integer, why text, asker uuid, asker_name text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    found record;
    victims text;
BEGIN
    FOREACH victims IN ARRAY ARRAY['safety_advocacy_supportedperson', 'safety_advocacy_knownvictim'] LOOP
        PERFORM set_config('{ERASING}', victims, true);
        FOR found IN EXECUTE format(
            'SELECT v.id, v.name, v.team, v.year_of_birth, %L AS kept_by FROM %I v WHERE v.name_keys::text[] && $1
             AND ($2 IS NULL OR v.year_of_birth IS NULL OR abs($2 - v.year_of_birth) <= 1)
             AND NOT EXISTS (SELECT 1 FROM safety_advocacy_referral r
                             WHERE r.id = v.id AND r.family_member IS NOT DISTINCT FROM $3 AND $3 IS NOT NULL)
             ORDER BY v.id',
            CASE victims WHEN 'safety_advocacy_knownvictim' THEN 'liaison' ELSE 'adviser' END, victims)
            USING keys, born, the_member
        LOOP{
    _NOTE.format(
        erasing=ERASING,
        case="the_case",
        member="the_member",
        check="the_check",
        typed="typed",
        reason="why",
        year="born",
        asker="asker",
        asker_name="asker_name",
    )
}
            PERFORM set_config('{ERASING}', victims, true);
        END LOOP;
    END LOOP;
    PERFORM set_config('{ERASING}', '', true);
END $$
"""

COMPARE_KNOWN = f"""
CREATE OR REPLACE FUNCTION advocacy_compare_known(the_known uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    found record;
    member record;
    referred uuid;
BEGIN
    PERFORM set_config('{ERASING}', 'safety_advocacy_supportedperson', true);
    SELECT v.id, v.name, v.team, v.year_of_birth, v.name_keys::text[] AS name_keys, 'adviser' AS kept_by INTO found
        FROM safety_advocacy_supportedperson v WHERE v.id = the_known;
    IF found IS NULL THEN
        PERFORM set_config('{ERASING}', 'safety_advocacy_knownvictim', true);
        SELECT v.id, v.name, v.team, v.year_of_birth, v.name_keys::text[] AS name_keys, 'liaison' AS kept_by INTO found
            FROM safety_advocacy_knownvictim v WHERE v.id = the_known;
    END IF;
    PERFORM set_config('{ERASING}', '', true);
    IF found IS NULL THEN
        RETURN;
    END IF;
    SELECT r.family_member INTO referred FROM safety_advocacy_referral r WHERE r.id = the_known;
    FOR member IN
        SELECT m.id, m.person_id, m.given_name, m.family_name, m.year_of_birth FROM people_families_familymember m
        WHERE split_part(advocacy_fold(m.given_name), ' ', 1) || ' '
              || regexp_replace(advocacy_fold(m.family_name), '^.* ', '') = ANY(found.name_keys)
          AND (m.year_of_birth IS NULL OR found.year_of_birth IS NULL
               OR abs(m.year_of_birth - found.year_of_birth) <= 1)
          AND m.id IS DISTINCT FROM referred
        ORDER BY m.id
    LOOP{
    _NOTE.format(
        erasing=ERASING,
        case="member.person_id",
        member="member.id",
        check="NULL",
        typed="member.given_name || ' ' || member.family_name",
        reason="''",
        year="member.year_of_birth",
        asker="NULL",
        asker_name="''",
    )
}
    END LOOP;
    PERFORM set_config('{ERASING}', '', true);
END $$
"""


def register() -> None:
    """Tell the wall's builder of the slits."""
    for name, definition in (
        ("advocacy_fold", FOLD),
        ("advocacy_clashes", FACTS),
        ("advocacy_compare_name", COMPARE_NAME),
        ("advocacy_compare_known", COMPARE_KNOWN),
    ):
        register_wall_function(name, definition)
