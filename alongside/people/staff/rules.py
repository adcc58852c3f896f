"""Rules about posts."""

import re

from alongside.foundation.access.roles import ROLES, Reach, RoleCode

DISTRICT = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?$")


class PostError(ValueError):
    """A role that this member may not hold, with what to do instead."""


def refuse_post(*, role: str, volunteer: bool, own: bool = False, everywhere: bool = False) -> None:
    """Raise PostError where a volunteer would hold a role that opens risk records (R007), or someone helps themselves.

    `own` says that whoever gives the post is the one to hold it: nobody opens cases to themselves. `everywhere` says
    that it is a post over the whole service, which no role with a reach to named cases or offices may be.
    """
    if own:
        raise PostError("Nobody gives a post to themselves. Ask another administrator to give it to you.")
    found = ROLES[RoleCode(role)]
    if everywhere and found.reach is not Reach.NONE:
        raise PostError(
            f"Nobody is {found.label.lower()} for the whole service, because that role opens named cases or offices. "
            "Choose a region, delivery unit or team."
        )
    if volunteer and not found.volunteers_allowed:
        raise PostError(
            f"Volunteers cannot be {found.label.lower()}, because that role opens records of risk. "
            "Choose family support worker or engagement worker."
        )


def postcode_district(text: str) -> str:
    """The first half of a postcode in its usual form: "ll57 " is "LL57". Raises ValueError for anything else."""
    tidy = "".join(text.split()).upper()
    if tidy and not DISTRICT.match(tidy):
        raise ValueError("Enter the first half of a postcode, such as LL57 or M4.")
    return tidy
