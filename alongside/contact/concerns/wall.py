"""Who stands beside something that we were told: near its case; until it is placed, whoever leads or is on duty."""

from alongside.foundation.access.rights import Right
from alongside.foundation.records.walls import register_wall_function
from alongside.people.allocations.wall import in_post, near_the_case, oneself

ON_DUTY = """
CREATE OR REPLACE FUNCTION wall_on_duty_for(the_team uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM public.people_staff_dutyturn d
        JOIN public.people_staff_member m ON m.id = d.member_id
        JOIN public.people_staff_team t ON t.delivery_unit_id = d.delivery_unit_id
        WHERE m.user_id = public.wall_asker() AND t.id = the_team
          AND public.wall_today() BETWEEN d.from_date AND d.until_date);
END $$
"""

_PLACED = near_the_case(Right.SEE_PROTECTED, case='"case"')
_LEADS = in_post(Right.APPROVE, team="team")
_ON_DUTY = f"wall_on_duty_for(team) AND {in_post(Right.TRIAGE_CONCERNS)}"
BESIDE = f'({_PLACED}) OR ("case" IS NULL AND ({_LEADS} OR ({_ON_DUTY})))'
"""As a condition on a row with `case` and `team`. `near_the_case` answers no where there is no case."""

IN_OWN_NAME = oneself("{column}")
"""Anyone may tell us something, and write it down in their own name."""


def register() -> None:
    """Tell the wall's builder of the function above."""
    register_wall_function("wall_on_duty_for", ON_DUTY)
