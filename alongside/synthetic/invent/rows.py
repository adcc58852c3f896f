"""Rows as they are invented: one kind for each table, with the table's own column names.

Columns that a row leaves out take their model's default as they are written. Ids are UUIDs as text.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple


class UserRow(NamedTuple):
    id: str
    email: str
    name: str
    delius_username: str
    is_active: bool
    password: str
    created_at: datetime


class MemberRow(NamedTuple):
    id: str
    user_id: str
    grade: str
    telephone: str
    staff_code: str
    employment: str
    vetted_until: date | None
    trained_on: date | None


class PostRow(NamedTuple):
    id: str
    member_id: str
    role: str
    team_id: str | None
    delivery_unit_id: str | None
    region_id: str | None
    from_date: date
    until_date: date | None


class PatchRow(NamedTuple):
    id: str
    team_id: str
    member_id: str | None
    place: str
    postcode_district: str
    from_date: date


class CoverRow(NamedTuple):
    id: str
    absent_id: str
    covering_id: str
    from_date: date
    until_date: date
    reason_id: str


class PersonRow(NamedTuple):
    id: str
    crn: str
    prison_number: str
    pnc: str
    cro: str
    given_names: str
    family_name: str
    known_as: str
    pronouns: str
    search_name: str
    date_of_birth: date
    sex_id: str
    gender_id: str | None
    ethnicity_id: str | None
    disability_id: str | None
    preferred_language_id: str | None
    interpreter_needed: bool
    home_area: str
    supervision_ends_on: date | None
    source: str
    synthetic_mark: str
    added_at: datetime


class OtherNameRow(NamedTuple):
    id: str
    person_id: str
    kind: str
    name: str


class NeedRow(NamedTuple):
    id: str
    person_id: str
    need_id: str
    detail: str


class CircumstanceRow(NamedTuple):
    id: str
    person_id: str
    kind: str
    answer: str
    asked_on: date
    asked_by: str


class OrderRow(NamedTuple):
    id: str
    person_id: str
    type_id: str
    reference: str
    court: str
    from_date: date
    until_date: date | None
    ended_on: date | None


class RequirementRow(NamedTuple):
    id: str
    order_id: str
    type_id: str
    from_date: date
    until_date: date | None
    detail: str


class MarkerRow(NamedTuple):
    id: str
    person_id: str
    matter: str
    code: str
    label: str
    from_date: date
    review_on: date | None
    ended_on: date | None


class CheckRow(NamedTuple):
    id: str
    person_id: str
    matter: str
    checked_on: date


class AllocationRow(NamedTuple):
    id: str
    person_id: str
    member_id: str | None
    team_id: str
    from_date: date
    until_date: date | None
    reason_id: str


class ExclusionRow(NamedTuple):
    id: str
    person_id: str
    user_id: str
    message: str
    from_date: date
    until_date: date | None
    source: str


class RestrictionRow(NamedTuple):
    id: str
    person_id: str
    message: str
    speak_to: str
    from_date: date
    source: str


class ReaderRow(NamedTuple):
    id: str
    restriction_id: str
    user_id: str


class UnconfirmedRow(NamedTuple):
    id: str
    person_id: str
    since: datetime


class GrantRow(NamedTuple):
    id: str
    person_id: str
    user_id: str
    role: str
    purpose: str
    from_date: date
    until_date: date
    granted_by: str


class FamilyMemberRow(NamedTuple):
    id: str
    person_id: str
    given_name: str
    family_name: str
    phrase: str
    relationship_id: str
    relationship_note: str
    gender_id: str | None
    age_band_id: str | None
    age_band_on: date | None
    year_of_birth: int | None
    lives_with_person: str
    language_id: str | None
    interpreter_needed: bool
    deceased: bool
    about: str
    justice_history: str
    notice_state: str
    notice_on: date
    notice_ground_id: str | None
    notice_review_on: date | None
    added_at: datetime
    ended_on: date | None
    end_reason_id: str | None


class ContactPointRow(NamedTuple):
    id: str
    family_member_id: str
    kind: str
    value: str
    safety: str
    when: str
    shared_with: str


class MatchRow(NamedTuple):
    id: str
    family_member_id: str
    matched_person_id: str
    basis: str
    found_at: datetime


class TimelineRow(NamedTuple):
    id: str
    case: str
    at: datetime
    kind: str
    title: str
    actor: str | None
    actor_name: str
    subject: str | None
    right: str
    family_member: str | None


class ToDoRow(NamedTuple):
    id: str
    case: str | None
    kind: str
    subject: str
    title: str
    due_on: date
    right: str
    for_role: str
    made_at: datetime
    family_member: str


class CardRow(NamedTuple):
    id: str
    case: str
    key: str
    title: str
    headline: str
    lines: list[str]
    order: int
    right: str
    updated_at: datetime


# In the order in which they may be written: what is pointed at comes first.
KINDS: tuple[type[tuple[object, ...]], ...] = (
    UserRow,
    MemberRow,
    PostRow,
    PatchRow,
    CoverRow,
    PersonRow,
    OtherNameRow,
    NeedRow,
    CircumstanceRow,
    OrderRow,
    RequirementRow,
    MarkerRow,
    CheckRow,
    AllocationRow,
    ExclusionRow,
    RestrictionRow,
    ReaderRow,
    UnconfirmedRow,
    GrantRow,
    FamilyMemberRow,
    ContactPointRow,
    MatchRow,
    TimelineRow,
    ToDoRow,
    CardRow,
)


class Sheets:
    """Rows by kind, in the order in which they were put down."""

    def __init__(self) -> None:
        self._rows: dict[type, list[tuple[object, ...]]] = {kind: [] for kind in KINDS}

    def put(self, row: tuple[object, ...]) -> None:
        """Put one row down."""
        self._rows[type(row)].append(row)

    def put_all(self, rows: Iterable[tuple[object, ...]]) -> None:
        """Put several rows down."""
        for row in rows:
            self.put(row)

    def __iter__(self) -> Iterator[tuple[type[tuple[object, ...]], list[tuple[object, ...]]]]:
        return ((kind, self._rows[kind]) for kind in KINDS if self._rows[kind])

    def of(self, kind: type) -> list[tuple[object, ...]]:
        """The rows of one kind."""
        return self._rows[kind]
