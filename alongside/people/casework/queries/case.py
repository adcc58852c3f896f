"""What a case page shows: the network first, then what needs doing, what each room says, and what happened."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from alongside.foundation.access.rights import Right
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.prepared import Reading, steady
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.links import address_of
from alongside.foundation.work.models import Card, TimelineEntry
from alongside.foundation.work.queries import cards_of, cards_of_member, open_to_dos_of, timeline_of
from alongside.people.allocations.looking import Sight
from alongside.people.casework.points import Cover, covers_of_family
from alongside.people.casework.queries.to_dos import Due, due_of_case
from alongside.people.casework.rules import band_is_stale
from alongside.people.families.actions import CARD as FAMILY_CARD
from alongside.people.families.models import NoticeState, PointSafety, YesNoUnknown
from alongside.people.families.overview import RelativeFacts, family_of, with_family
from alongside.people.persons.models import Person
from alongside.people.persons.overview import OrderFacts, PersonOverview, overview_of, with_overview

TO_DOS_SHOWN = 5
ENTRIES_SHOWN = 6
FIRST = 5
"""A card whose order is below this stands before everything else: what must be known before one acts."""
TOLD_BESIDE_NAMES = 30
"""A family member's card whose order is below this is told by its headline wherever their name stands on a card."""


@dataclass(frozen=True)
class RelativeCard:
    """A family member as one card shows them; what is not known is said, not left out."""

    facts: RelativeFacts
    relationship: str
    age_band: str
    age_band_is_stale: bool
    lives_with_person: bool
    safe: tuple[str, ...]
    unsafe: tuple[str, ...]
    not_asked: tuple[str, ...]
    covered: tuple[str, ...]
    notice_deferred: bool
    notice_review_is_due: bool
    end_reason: str
    told: tuple["RoomCard", ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, and the page that tells more."""

    title: str
    link: str
    at: datetime
    actor_name: str


@dataclass(frozen=True)
class RoomCard:
    """What one room says on the case page, and the page that tells more."""

    key: str
    title: str
    headline: str
    lines: tuple[str, ...]
    link: str
    first: bool


@dataclass(frozen=True)
class CaseOverview:
    """Everything on a case page that the user may see; None where their rights end."""

    family: tuple[RelativeCard, ...] | None
    ended: tuple[RelativeCard, ...]
    about: PersonOverview | None
    orders: tuple[OrderFacts, ...]
    past_orders: tuple[OrderFacts, ...]
    to_dos: list[Due]
    more_to_do: bool
    first: list[RoomCard]
    cards: list[RoomCard]
    entries: list[Entry]


@cache
def reading_for(*, family: bool) -> Reading:
    """Reads a person with everything that the case page shows of persons and, where asked, of families."""

    @steady
    def reading(cases: QuerySet[Person]) -> QuerySet[Person]:
        details = with_overview(cases)
        return with_family(details) if family else details

    return reading


def overview_for(sight: Sight) -> CaseOverview:
    """What a case page shows to this user: three queries beyond the one that found the case, and those of covers."""
    about = overview_of(sight.person) if sight.may(Right.SEE_CASE) else None
    orders = about.orders if about else ()
    on = today()
    to_dos = list(open_to_dos_of(sight.person.pk, sight.rights)[: TO_DOS_SHOWN + 1])
    relatives = family_of(sight.person) if sight.may(Right.SEE_FAMILY) else None
    found = list(cards_of(sight.person.pk, sight.rights))
    cards = [_card(card) for card in found if card.family_member is None and card.key != FAMILY_CARD]
    told = _told(found)
    covered = covers_of_family(sight.person.pk, sight.rights, relatives or ())
    return CaseOverview(
        family=tuple(relative_card(row, on, covered, told.get(row.id, ())) for row in relatives if row.ended_on is None)
        if relatives is not None
        else None,
        ended=tuple(relative_card(row, on, covered) for row in relatives or () if row.ended_on is not None),
        about=about,
        orders=tuple(order for order in orders if not order.over_on(on)),
        past_orders=tuple(order for order in orders if order.over_on(on)),
        to_dos=due_of_case(to_dos[:TO_DOS_SHOWN]),
        more_to_do=len(to_dos) > TO_DOS_SHOWN,
        first=[card for card in cards if card.first],
        cards=[card for card in cards if not card.first],
        entries=as_entries(list(entries_of(sight)[:ENTRIES_SHOWN])),
    )


def family_cards(sight: Sight) -> tuple[RelativeCard, ...]:
    """The cards of the family of a person read by `with_family`, as the user may see them."""
    family = family_of(sight.person)
    told = _told(cards_of(sight.person.pk, sight.rights))
    covered = covers_of_family(sight.person.pk, sight.rights, family)
    return tuple(relative_card(row, today(), covered, told.get(row.id, ())) for row in family)


def _told(cards: Iterable[Card]) -> dict[UUID, tuple[RoomCard, ...]]:
    told: dict[UUID, tuple[RoomCard, ...]] = {}
    for card in cards:
        if card.family_member is not None and card.order < TOLD_BESIDE_NAMES:
            told[card.family_member] = (*told.get(card.family_member, ()), _card(card))
    return told


def relative_card(
    row: RelativeFacts, on: date, covers: Mapping[UUID, Cover], told: tuple[RoomCard, ...] = ()
) -> RelativeCard:
    """One card from the facts, from what covers the ways to reach someone, and what rooms tell beside the name."""

    def kinds(safety: PointSafety) -> tuple[str, ...]:
        return tuple(str(point.kind.label) for point in row.points_that_are(safety) if point.id not in covers)

    said: dict[str, list[str]] = {}
    for point in row.points:
        if point.id in covers:
            said.setdefault(covers[point.id].words, []).append(str(point.kind.label))

    return RelativeCard(
        facts=row,
        relationship=label_of(row.relationship_id),
        age_band=label_of(row.age_band_id),
        age_band_is_stale=bool(row.age_band_id) and band_is_stale(row.age_band_on, today=on),
        lives_with_person=row.lives_with_person is YesNoUnknown.YES,
        safe=kinds(PointSafety.SAFE),
        unsafe=kinds(PointSafety.UNSAFE),
        not_asked=kinds(PointSafety.NOT_ASKED),
        covered=tuple(f"{', '.join(dict.fromkeys(ways))}: {words}" for words, ways in said.items()),
        notice_deferred=row.notice_state is NoticeState.DEFERRED,
        notice_review_is_due=row.notice_review_on is not None
        and row.notice_state is NoticeState.DEFERRED
        and row.notice_review_on <= on,
        end_reason=label_of(row.end_reason_id),
        told=told,
    )


def entries_of(sight: Sight) -> QuerySet[TimelineEntry]:
    """The whole timeline, as far as the user may see it."""
    return timeline_of(sight.person.pk, sight.rights)


def as_entries(rows: Collection[TimelineEntry]) -> list[Entry]:
    """Rows of a timeline as pages show them."""
    return [
        Entry(
            title=row.title or "",
            link=address_of(kind=row.kind, case_id=row.case, subject_id=row.subject),
            at=row.at,
            actor_name=row.actor_name,
        )
        for row in rows
    ]


def member_cards(sight: Sight, family_member_id: UUID) -> list[RoomCard]:
    """What the rooms have to say about one family member, as far as the user may see it."""
    return [_card(card) for card in cards_of_member(sight.person.pk, family_member_id, sight.rights)]


def _card(card: Card) -> RoomCard:
    link = address_of(kind=card.key, case_id=card.case, subject_id=card.family_member)
    return RoomCard(
        key=card.key,
        title=card.title,
        headline=card.headline,
        lines=tuple(card.lines),
        link=link,
        first=card.order < FIRST,
    )


def to_dos_of_case(person_id: UUID, sight: Sight) -> list[Due]:
    """Everything that is still to be done on a case."""
    return due_of_case(list(open_to_dos_of(person_id, sight.rights)[:200]))
