"""Reading about family members. Who may read is decided by `people.allocations`."""

from uuid import UUID

from django.db.models import F, OuterRef, QuerySet

from alongside.foundation.records.rows import read_rows, rows_of
from alongside.people.families.models import ContactPoint, FamilyMember, MatchState, PossibleMatch
from alongside.people.persons.models import Person
from alongside.people.persons.rules import searchable


def current_members(person_id: UUID) -> QuerySet[FamilyMember]:
    """Those whom the person names now, in the order in which they were named."""
    return FamilyMember.objects.filter(person=person_id, ended_on__isnull=True).order_by("added_at", "id")


def ended_members(person_id: UUID) -> QuerySet[FamilyMember]:
    """Those whom the person once named, last ended first."""
    return FamilyMember.objects.filter(person=person_id, ended_on__isnull=False).order_by("-ended_on", "id")


def contact_points_of(member_id: UUID | OuterRef) -> QuerySet[ContactPoint]:
    """The ways to reach a family member."""
    return ContactPoint.objects.filter(family_member=member_id).order_by("kind", "id")


POINT_FIELDS = ("id", "version", "kind", "value", "safety", "when", "shared_with")


def with_points(members: QuerySet[FamilyMember]) -> QuerySet[FamilyMember]:
    """`members` with the ways to reach them, in the same query; `points_of` reads them."""
    points = contact_points_of(OuterRef("pk"))
    return members.annotate(point_rows=rows_of(points, **{name: F(name) for name in POINT_FIELDS}))


def points_of(member: FamilyMember) -> list[ContactPoint]:
    """The ways to reach a family member read by `with_points`."""
    return [
        ContactPoint(**{**row, "id": UUID(row["id"])}, family_member_id=member.pk)
        for row in read_rows(member, "point_rows")
    ]


def people_of_that_name(given_name: str, family_name: str) -> QuerySet[Person]:
    """People under supervision whose names begin with the same given name and hold the same family name."""
    given, family = searchable(given_name).split(" ")[0], searchable(family_name)
    if not given or not family:
        return Person.objects.none()
    return Person.objects.filter(search_name__contains=family).filter(search_name__contains=given)


def matches_to_decide() -> QuerySet[PossibleMatch]:
    """Possible matches that nobody has decided, oldest first."""
    return (
        PossibleMatch.objects.filter(state=MatchState.OPEN)
        .select_related("family_member__person", "matched_person")
        .order_by("found_at", "id")
    )
