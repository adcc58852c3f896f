"""Rules about posts, places and closures."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from alongside.foundation.access.roles import ROLES, Reach, RoleCode
from alongside.foundation.calendar.rules import is_working_day

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


LONGEST_CLOSURE = timedelta(days=14)
"""Nothing that a family sends is read on a closed day: beyond a fortnight someone else has to read it instead."""


class ClosureError(ValueError):
    """Days that cannot be kept as a closure, with what to do instead. `field` is where it was typed."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Closed:
    """One stretch of days on which a delivery unit is closed; the whole service where `unit_id` is None."""

    unit_id: UUID | None
    from_date: date
    until_date: date

    @property
    def days(self) -> frozenset[date]:
        """Every day of it, the first and the last among them."""
        length = (self.until_date - self.from_date).days + 1
        return frozenset(self.from_date + timedelta(days=step) for step in range(length))


@dataclass(frozen=True)
class ClosedDays:
    """The days on which units are closed, read once and asked for as many units as need be."""

    service: frozenset[date] = frozenset()
    by_unit: Mapping[UUID, frozenset[date]] = field(default_factory=dict)

    def of(self, unit_id: UUID | None) -> frozenset[date]:
        """The days on which a unit is closed, with those of the whole service."""
        return self.service if unit_id is None else self.service | self.by_unit.get(unit_id, frozenset())


def closed_days(closures: Iterable[Closed]) -> ClosedDays:
    """What some closures mean day by day."""
    service: frozenset[date] = frozenset()
    by_unit: dict[UUID, frozenset[date]] = {}
    for closure in closures:
        if closure.unit_id is None:
            service |= closure.days
        else:
            by_unit[closure.unit_id] = by_unit.get(closure.unit_id, frozenset()) | closure.days
    return ClosedDays(service, by_unit)


def refuse_closure(closure: Closed, *, beside: Iterable[Closed], on: date) -> None:
    """Raise ClosureError for days gone by, for more than a fortnight on end, and for days that are closed already.

    What was promised on a day gone by was promised, so that no closure is entered afterwards. Closures that follow each
    other without a working day between them count as one, so that two do not make a month.
    """
    if closure.until_date < closure.from_date:
        raise ClosureError("The last day cannot be before the first day. Change one of them.", field="until_date")
    if closure.from_date < on:
        raise ClosureError("The first day must be today or later. What was promised before stands.", field="from_date")
    others = list(beside)
    if any(closure.days & other.days for other in others if other.unit_id in (closure.unit_id, None)):
        raise ClosureError("Some of these days are closed already. Take that closure back first.", field="from_date")
    units = {closure.unit_id} if closure.unit_id else {None, *(other.unit_id for other in others)}
    if any(_stretch(closure, closed_days(others).of(unit)) > LONGEST_CLOSURE.days for unit in units):
        raise ClosureError(
            f"Nobody would read what families send for more than {LONGEST_CLOSURE.days} days on end. Agree which office"
            " reads it instead, and enter only the days on which nobody does.",
            field="until_date",
        )


def _stretch(closure: Closed, beside: frozenset[date]) -> int:
    """How many days on end are closed with `closure`, weekends and bank holidays between closures among them."""
    closed = closure.days | beside
    first, last = closure.from_date, closure.until_date
    while _shut(first - timedelta(days=1), closed, begins=min(closed)):
        first -= timedelta(days=1)
    while _shut(last + timedelta(days=1), closed, ends=max(closed)):
        last += timedelta(days=1)
    return (last - first).days + 1


def _shut(day: date, closed: frozenset[date], *, begins: date = date.min, ends: date = date.max) -> bool:
    return begins <= day <= ends and (day in closed or not is_working_day(day))
