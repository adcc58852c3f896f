"""A person's family, read together with the person in one query."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet

from alongside.foundation.records.prepared import steady
from alongside.foundation.records.rows import Row, day, read_rows, rows_of
from alongside.people.families.marks import with_marks
from alongside.people.families.models import (
    ContactPoint,
    FamilyMember,
    NoticeState,
    PointKind,
    PointSafety,
    YesNoUnknown,
)
from alongside.people.persons.models import Person


@dataclass(frozen=True)
class PointFacts:
    """A way to reach a relative, and whether it is safe."""

    id: UUID
    kind: PointKind
    value: str
    safety: PointSafety


@dataclass(frozen=True)
class RelativeFacts:
    """A family member as a card on the case page shows them."""

    id: UUID
    given_name: str
    family_name: str
    phrase: str
    relationship_id: str
    relationship_note: str
    age_band_id: str
    age_band_on: date | None
    lives_with_person: YesNoUnknown
    interpreter_needed: bool
    deceased: bool
    notice_state: NoticeState
    notice_on: date | None
    notice_review_on: date | None
    ended_on: date | None
    end_reason_id: str
    points: tuple[PointFacts, ...]

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def points_that_are(self, safety: PointSafety) -> tuple[PointFacts, ...]:
        """The ways to reach them of which this is known."""
        return tuple(point for point in self.points if point.safety is safety)


@steady
def with_family(cases: QuerySet[Person]) -> QuerySet[Person]:
    """`cases` with what `family_of` reads."""
    points = with_marks(ContactPoint.objects.filter(family_member=OuterRef("pk"))).order_by("kind", "id")
    members = FamilyMember.objects.filter(person=OuterRef("pk")).order_by(
        F("ended_on").desc(nulls_first=True), "added_at", "id"
    )
    return cases.annotate(
        family_rows=rows_of(
            members,
            id=F("pk"),
            given_name=F("given_name"),
            family_name=F("family_name"),
            phrase=F("phrase"),
            relationship_id=F("relationship_id"),
            relationship_note=F("relationship_note"),
            age_band_id=F("age_band_id"),
            age_band_on=F("age_band_on"),
            lives_with_person=F("lives_with_person"),
            interpreter_needed=F("interpreter_needed"),
            deceased=F("deceased"),
            notice_state=F("notice_state"),
            notice_on=F("notice_on"),
            notice_review_on=F("notice_review_on"),
            ended_on=F("ended_on"),
            end_reason_id=F("end_reason_id"),
            points=rows_of(points, id=F("pk"), kind=F("kind"), value=F("value"), safety=F("standing")),
        )
    )


def family_of(person: Person) -> tuple[RelativeFacts, ...]:
    """The family of a person read by `with_family`: those named now in the order of naming, then those once named."""
    return tuple(_relative(row) for row in read_rows(person, "family_rows"))


def _relative(row: Row) -> RelativeFacts:
    return RelativeFacts(
        id=UUID(row["id"]),
        given_name=row["given_name"],
        family_name=row["family_name"],
        phrase=row["phrase"],
        relationship_id=row["relationship_id"],
        relationship_note=row["relationship_note"],
        age_band_id=row["age_band_id"] or "",
        age_band_on=day(row["age_band_on"]),
        lives_with_person=YesNoUnknown(row["lives_with_person"]),
        interpreter_needed=row["interpreter_needed"],
        deceased=row["deceased"],
        notice_state=NoticeState(row["notice_state"]),
        notice_on=day(row["notice_on"]),
        notice_review_on=day(row["notice_review_on"]),
        ended_on=day(row["ended_on"]),
        end_reason_id=row["end_reason_id"] or "",
        points=tuple(
            PointFacts(UUID(point["id"]), PointKind(point["kind"]), point["value"], PointSafety(point["safety"]))
            for point in row["points"] or []
        ),
    )
