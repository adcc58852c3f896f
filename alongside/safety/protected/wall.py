"""The slit in the wall round disclosures: a function of the database that works with full sight and gives out next to
nothing.

It answers that a disclosure of certain topics to a family member was decided and approved, on which ground, from when,
until when, when it was ended before that, and by which role: never what is disclosed, nor why, nor on whose word.
"""

from alongside.foundation.records.walls import ERASING, register_wall_function

DISCLOSURES = f"""
CREATE OR REPLACE FUNCTION protected_disclosures(the_member uuid, on_day date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    found record;
    review record;
    ended timestamptz;
    said jsonb := '[]';
BEGIN
    PERFORM set_config('{ERASING}', 'safety_protected_disclosuredecision', true);
    FOR found IN
        SELECT d.id, d.topics, d.ground_id, d.until, d.decided_by
        FROM safety_protected_disclosuredecision d
        JOIN people_families_familymember m ON m.id = d.to_member AND m.person_id = d."case"
        WHERE d.to_member = the_member AND d.until >= on_day AND NOT d.urgent AND d.what IS NOT NULL
        ORDER BY d.until, d.id
    LOOP
        PERFORM set_config('{ERASING}', 'safety_protected_disclosurereview', true);
        SELECT r.reviewed_as, r.at INTO review FROM safety_protected_disclosurereview r
            WHERE r.decision_id = found.id AND r.approved AND r.reviewed_by <> found.decided_by;
        PERFORM set_config('{ERASING}', 'safety_protected_disclosureend', true);
        SELECT min(e.at) FROM safety_protected_disclosureend e WHERE e.decision_id = found.id INTO ended;
        IF review IS NOT NULL THEN
            said := said || jsonb_build_object('topics', found.topics, 'ground', found.ground_id,
                'until', found.until, 'approver', review.reviewed_as, 'since', review.at, 'ended', ended);
        END IF;
        PERFORM set_config('{ERASING}', 'safety_protected_disclosuredecision', true);
    END LOOP;
    PERFORM set_config('{ERASING}', '', true);
    RETURN said;
END $$
"""


def register() -> None:
    """Tell the wall's builder of the slit."""
    register_wall_function("protected_disclosures", DISCLOSURES)
