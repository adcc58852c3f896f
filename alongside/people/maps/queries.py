"""Reading a person's network as it is, or as it was. Who may read is decided by `people.allocations`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.people.families.models import FamilyMember
from alongside.people.families.queries import current_members
from alongside.people.maps.elements import Stored, as_network
from alongside.people.maps.models import Element, ElementKind, MapVersion
from alongside.people.maps.network import FamilyNetwork


@dataclass(frozen=True)
class MapView:
    """A network at one version. `elements` are all of its parts; `members` tells which of them are family members."""

    version: int
    elements: tuple[Stored, ...]
    members: dict[str, UUID]

    @property
    def network(self) -> FamilyNetwork:
        """The network that the drawing engines take."""
        return as_network(self.elements)

    def of_kind(self, kind: ElementKind) -> list[Stored]:
        """The elements of one kind."""
        return [stored for stored in self.elements if stored.kind == kind.value]


def latest_version(case_id: UUID) -> int:
    """The number of the last version; 0 where nothing was drawn yet."""
    numbers = MapVersion.objects.filter(case=case_id).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


def version_on(case_id: UUID, day: date) -> int:
    """The version that stood at the end of a day; 0 before the first."""
    end = timezone.make_aware(datetime.combine(day, time.max))
    numbers = MapVersion.objects.filter(case=case_id, at__lte=end).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


def standing_at(case_id: UUID, version: int) -> QuerySet[Element]:
    """The elements that stood at a version."""
    return Element.objects.filter(
        Q(until_version__isnull=True) | Q(until_version__gt=version), person=case_id, from_version__lte=version
    ).order_by("kind", "key")


def map_at(case_id: UUID, version: int | None = None) -> MapView:
    """The network at a version, or as it is now; one query more for finding what now is."""
    number = latest_version(case_id) if version is None else version
    rows = list(standing_at(case_id, number))
    return MapView(
        version=number,
        elements=tuple(Stored(str(row.key), row.kind, row.data) for row in rows),
        members={
            str(row.key): row.family_member_id
            for row in rows
            if row.family_member_id and row.kind == ElementKind.PERSON
        },
    )


def versions_of(case_id: UUID) -> QuerySet[MapVersion]:
    """The history of a network, newest first."""
    return MapVersion.objects.filter(case=case_id).order_by("-number")


@dataclass(frozen=True)
class Difference:
    """What one element did between two versions: appeared, went or changed."""

    what: str
    before: Stored | None
    after: Stored | None


def differences(case_id: UUID, earlier: int, later: int) -> list[Difference]:
    """What changed from one version to a later one, element by element."""
    before = {stored.key: stored for stored in map_at(case_id, earlier).elements}
    after = {stored.key: stored for stored in map_at(case_id, later).elements}
    found = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old != new:
            what = "changed" if old and new else ("added" if new else "taken away")
            found.append(Difference(what, old, new))
    return found


def members_not_on_map(case_id: UUID, view: MapView) -> Iterable[FamilyMember]:
    """Family members whom the person names and who are not on the map yet."""
    return current_members(case_id).exclude(pk__in=list(view.members.values()))
