"""How personal each field is, and how long a row is kept: said once, on the model, for every room to rely on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Sensitivity(StrEnum):
    """How personal a field is. Sensitive follows section 35(8) of the Data Protection Act 2018, and safety facts."""

    PLAIN = "plain"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Erasure(StrEnum):
    """What erasing a case does to a row: delete it, or empty its personal fields and keep the rest."""

    DELETE = "delete"
    EMPTY = "empty"


@dataclass(frozen=True)
class Keeping:
    """Which retention rule a row falls under, and the way from the row to what it belongs to.

    `person` and `family_member` are lookup paths ("family_member__person"), several with spaces between; "self" is the
    row itself, and an empty path means that the row belongs to none. `rule` names a retention rule; `erasure` says what
    erasing does. A row of no personal field that points at a person says so too, since it goes with them.
    """

    rule: str
    person: str = ""
    family_member: str = ""
    erasure: Erasure = Erasure.DELETE


def classed(*, plain: str = "", personal: str = "", sensitive: str = "") -> Mapping[str, Sensitivity]:
    """Field names, separated by spaces, by how personal they are. Raises ValueError where a name stands twice."""
    classes: dict[str, Sensitivity] = {}
    for sensitivity, names in (
        (Sensitivity.PLAIN, plain),
        (Sensitivity.PERSONAL, personal),
        (Sensitivity.SENSITIVE, sensitive),
    ):
        for name in names.split():
            if name in classes:
                raise ValueError(f"{name} is classed twice.")
            classes[name] = sensitivity
    return classes
