"""How a family member may be reached, as one user may see it: the only way from a contact point to a page.

Rooms above say what has to stay covered, with `register_point_shield`: this room knows neither orders nor advisers. A
test holds every module that reads contact points to a list, so that none shows one past this.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.foundation.access.rights import Right
from alongside.people.families.marks import SHARED
from alongside.people.families.models import ContactPoint, PointKind, PointSafety
from alongside.people.families.overview import RelativeFacts
from alongside.people.families.rules import same_for

MARKED_ELSEWHERE = "Also recorded for somebody else here, where it is marked not to be used"
ASK_THE_OFFICER = "Ask the officer of the case how to reach them"
"""Said in place of whatever someone narrow does not get, whatever the cause, so that no cause can be told from it."""


@dataclass(frozen=True)
class PointAsked:
    """A contact point that someone is about to see: whose it is, of what kind, and what it says."""

    id: UUID
    member_id: UUID
    kind: PointKind
    value: str


@dataclass(frozen=True)
class Cover:
    """What stands in place of a contact point.

    `way` is the address of a page that says how they are reached instead, and `way_text` its name. `opens` is the right
    with which someone may have it shown once, for a reason; None where nobody may here. Where `neutral`, nothing but
    the kind and the words is left of the point, and nobody can do anything to it.
    """

    words: str = ASK_THE_OFFICER
    neutral: bool = True
    way: str = ""
    way_text: str = ""
    opens: Right | None = None


@dataclass(frozen=True)
class ShownPoint:
    """A contact point as one user sees it. Where `cover` is set, `text` is the cover's words and no value is left."""

    id: UUID
    kind: PointKind
    text: str
    safety: PointSafety
    when: str = ""
    shared_with: str = ""
    version: int = 0
    cover: Cover | None = None
    may_open: bool = False
    marked: bool = False
    """Whether it counts as not safe because of a mark on the same number or email elsewhere in the case."""
    why: str = ""
    """Of whose mark it is, without a name, for whoever may see that mark."""

    @property
    def neutral(self) -> bool:
        """Whether nothing of it is left but its kind."""
        return self.cover is not None and self.cover.neutral

    @property
    def named(self) -> str:
        """What a button about it calls it: its value, or its kind where that is covered."""
        return str(self.kind.label) if self.cover else self.text


PointShield = Callable[[UUID, Collection[Right], Sequence[PointAsked]], Mapping[UUID, Cover]]
"""Answers for the points of one case, by id, what covers them for someone with these rights on it: a fixed number of
queries, however many they are. A point that is not in the answer is not covered by it."""

_shields: dict[str, tuple[int, PointShield]] = {}


def register_point_shield(name: str, shield: PointShield, *, order: int) -> None:
    """Cover contact points from now on; where several cover one, the lowest order speaks. The same name replaces it."""
    _shields[name] = (order, shield)


def unregister_point_shield(name: str) -> None:
    """Take a shield away again; for tests."""
    _shields.pop(name, None)


def covers(person_id: UUID, rights: Collection[Right], points: Sequence[PointAsked]) -> dict[UUID, Cover]:
    """What covers each of these points of one case for someone with `rights` on it, by the point's id."""
    found: dict[UUID, Cover] = {}
    if not points:
        return found
    for _order, shield in sorted(_shields.values(), key=lambda entry: entry[0], reverse=True):
        found |= shield(person_id, rights, points)
    return found


def shown_points(person_id: UUID, rights: Collection[Right], points: Iterable[ContactPoint]) -> list[ShownPoint]:
    """The ways to reach a family member of a case as someone with `rights` on it sees them."""
    rows = list(points)
    twins = _marks_of(person_id, rows)
    covered = covers(person_id, rights, [asked_of(row) for row in (*rows, *twins)])
    return [_shown(row, covered, rights, _of_others(row, twins)) for row in rows]


def shown_point(person_id: UUID, rights: Collection[Right], point: ContactPoint) -> ShownPoint:
    """One of them."""
    return shown_points(person_id, rights, [point])[0]


def covers_of_family(person_id: UUID, rights: Collection[Right], family: Iterable[RelativeFacts]) -> dict[UUID, Cover]:
    """What covers the contact points of those who are named now and live, by the point's id."""
    points = [
        PointAsked(point.id, one.id, point.kind, point.value)
        for one in family
        if one.ended_on is None and not one.deceased
        for point in one.points
    ]
    return covers(person_id, rights, points)


def asked_of(point: ContactPoint) -> PointAsked:
    """A row as shields are asked about it."""
    return PointAsked(point.pk, point.family_member_id, PointKind(point.kind), point.value)


def _marks_of(person_id: UUID, rows: Collection[ContactPoint]) -> list[ContactPoint]:
    """What is marked as not safe in the case, where any of these could be the same. One query, or none."""
    if not any(row.kind in SHARED for row in rows):
        return []
    return list(
        ContactPoint.objects.filter(family_member__person=person_id, kind__in=SHARED, safety=PointSafety.UNSAFE)
    )


def _of_others(row: ContactPoint, twins: Iterable[ContactPoint]) -> list[ContactPoint]:
    own = same_for(row.kind, row.value)
    return [twin for twin in twins if own and twin.pk != row.pk and same_for(twin.kind, twin.value) == own]


def _shown(
    row: ContactPoint, covered: Mapping[UUID, Cover], rights: Collection[Right], marks: Collection[ContactPoint]
) -> ShownPoint:
    kind, cover = PointKind(row.kind), covered.get(row.pk)
    if cover is None:
        told = any(mark.pk not in covered for mark in marks)
        return ShownPoint(
            row.pk,
            kind,
            row.value,
            PointSafety.UNSAFE if marks else PointSafety(row.safety),
            row.when,
            row.shared_with,
            row.version,
            marked=bool(marks),
            why=MARKED_ELSEWHERE if told else "",
        )
    may_open = cover.opens is not None and cover.opens in rights
    return ShownPoint(row.pk, kind, cover.words, PointSafety.NOT_ASKED, cover=cover, may_open=may_open)
