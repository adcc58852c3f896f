"""What crosses between reading, checking and staging a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from alongside.people.arrivals.values import Note


@dataclass(frozen=True)
class Known:
    """What a row is checked against. All names are folded, see `columns.folded`; users and codes are in lower case.

    A team or officer who no longer takes cases stands with None.
    """

    today: date
    teams: Mapping[str, UUID | None]
    officers: Mapping[str, UUID | None]
    users: Mapping[str, UUID]
    lists: Mapping[str, Mapping[str, str]]
    """For each coded list: code, outside codes and labels, folded, and the value's id."""
    labels: Mapping[str, str]
    """By a value's id, its label."""


@dataclass(frozen=True)
class RequirementFacts:
    """One requirement of an order."""

    type: str
    from_date: date
    until_date: date | None
    detail: str


@dataclass(frozen=True)
class MarkerFacts:
    """One registration, alert or licence condition."""

    matter: str
    code: str
    label: str
    from_date: date
    review_on: date | None
    ended_on: date | None
    detail: str


@dataclass(frozen=True)
class ExclusionFacts:
    """Someone who may not see the case."""

    user: UUID
    message: str
    from_date: date
    until_date: date | None


@dataclass(frozen=True)
class RestrictionFacts:
    """The only people who may see the case."""

    readers: tuple[UUID, ...]
    message: str
    speak_to: str
    from_date: date
    until_date: date | None


@dataclass
class CheckedRow:
    """One row as it was read. Values are set as far as they are sound; with a fault the row is not taken."""

    row: int
    cells: list[str]
    faults: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    crn: str = ""
    prison_number: str = ""
    pnc: str = ""
    cro: str = ""
    family_name: str = ""
    given_names: str = ""
    known_as: str = ""
    search_name: str = ""
    date_of_birth: date | None = None
    date_of_death: date | None = None
    sex: str | None = None
    ethnicity: str | None = None
    preferred_language: str | None = None
    interpreter_needed: bool | None = None
    home_area: str = ""
    team: UUID | None = None
    member: UUID | None = None
    allocated_on: date | None = None
    order_reference: str = ""
    order_type: str | None = None
    court: str = ""
    order_from: date | None = None
    order_until: date | None = None
    order_ended: date | None = None
    requirements: list[RequirementFacts] = field(default_factory=list)
    markers: list[MarkerFacts] = field(default_factory=list)
    checks: dict[str, date] = field(default_factory=dict)
    exclusions: list[ExclusionFacts] = field(default_factory=list)
    restriction: RestrictionFacts | None = None
    access_checked: bool = False

    def person_facts(self) -> tuple[object, ...]:
        """What every row about the same person must agree on."""
        return (
            self.prison_number,
            self.pnc,
            self.cro,
            self.family_name,
            self.given_names,
            self.known_as,
            self.date_of_birth,
            self.date_of_death,
            self.sex,
            self.ethnicity,
            self.preferred_language,
            self.interpreter_needed,
            self.home_area,
            self.team,
            self.member,
            self.allocated_on,
        )
