"""Reading orders and conditions. Who may read is decided by `people.allocations`; `order_facts` sees everything."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.foundation.records.among import among
from alongside.foundation.records.rows import read_rows, read_whole, rows_of, whole
from alongside.foundation.reference.queries import coded, label_of
from alongside.people.families.models import ContactPoint, FamilyMember, PointKind
from alongside.people.persons.models import Matter, SourceMarker
from alongside.safety.orders.links import stop_travels
from alongside.safety.orders.models import AddressLook, ConditionReading, OrderPlace, OrderVersion, ProtectiveOrder
from alongside.safety.orders.models import ProtectedPerson as ProtectedRow
from alongside.safety.orders.rules import (
    OrderFacts,
    OrderKnown,
    Span,
    Standing,
    comparable,
    order_facts_for,
    standing_on,
)


@dataclass(frozen=True)
class PlaceShown:
    """A place that an order names. `address` is empty where it is masked."""

    id: UUID
    kind_id: str
    family_member: UUID | None
    address: str
    masked: bool

    @property
    def kind(self) -> str:
        """What kind of place, in words."""
        return label_of(self.kind_id)


@dataclass(frozen=True)
class OrderShown:
    """An order as a page shows it: without masked addresses."""

    row: ProtectiveOrder
    standing: Standing
    members: tuple[UUID, ...]
    names: tuple[str, ...]
    places: tuple[PlaceShown, ...]

    @property
    def label(self) -> str:
        """What the law calls it."""
        return label_of(str(self.row.type_id))

    @property
    def law(self) -> str:
        """Which law it rests on."""
        return str(coded(str(self.row.type_id)).attributes.get("law", ""))

    @property
    def next_step(self) -> str:
        """The one thing to do next: confirm, place, paper or source; empty where nothing is left to do."""
        row = self.row
        if self.standing is Standing.ENDED:
            return ""
        steps = (
            ("confirm", self.standing is Standing.TO_CONFIRM),
            ("place", self.wants_place),
            ("paper", row.document_id is None),
            ("source", row.in_source_on is None),
        )
        return next((step for step, due in steps if due), "")

    @property
    def wants_place(self) -> bool:
        """Whether it forbids going somewhere, and nobody has said where."""
        return self.row.forbids_places and not self.places

    def concerns(self, member_id: UUID) -> bool:
        """Whether it binds or protects a family member, or names their home."""
        return (
            self.row.bound_member_id == member_id
            or member_id in self.members
            or any(place.family_member == member_id for place in self.places)
        )


def order_facts(member_ids: Collection[UUID], *, on: date) -> dict[UUID, OrderFacts]:
    """What orders stop between each family member and their person on a day; an entry for every id asked.

    One query, however many are asked. Sees everything whoever asks, and answers with stops alone.
    """
    asked = set(member_ids)
    members = with_orders(FamilyMember.objects.filter(among("pk", asked)), on=on).only("pk") if asked else ()
    found = {member.pk: order_facts_of(member, on=on) for member in members}
    return {member_id: found.get(member_id) or order_facts_for(member_id, (), on=on) for member_id in asked}


def with_orders(members: QuerySet[FamilyMember], *, on: date) -> QuerySet[FamilyMember]:
    """`members` with what `order_facts_of` reads."""
    live = ProtectiveOrder.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), from_date__lte=on)
    addresses = ContactPoint.objects.filter(family_member=OuterRef("pk"), kind=PointKind.ADDRESS)
    return members.annotate(
        known_orders=whole(
            with_parts(live.filter(person=OuterRef("person"))),
            *("from_date", "until_date", "ended_on", "forbids_contact", "forbids_places", "forbids_children"),
            *("bound_member_id", "protects_person", "protected_rows", "place_rows"),
        ),
        known_addresses=rows_of(addresses, address=F("value")),
        unread_conditions=Exists(unread_conditions(None, on=on).filter(person=OuterRef("person"))),
        orders_travel=stop_travels(on),
    )


def order_facts_of(member: FamilyMember, *, on: date) -> OrderFacts:
    """What orders stop for a family member who was read by `with_orders`."""
    return order_facts_for(
        member.pk,
        [known_of(row) for row in read_whole(member, "known_orders", ProtectiveOrder)],
        on=on,
        addresses=[row["address"] for row in read_rows(member, "known_addresses")],
        unread_conditions=bool(getattr(member, "unread_conditions", False)),
        linked_stop=bool(getattr(member, "orders_travel", False)),
    )


def with_parts(orders: QuerySet[ProtectiveOrder]) -> QuerySet[ProtectiveOrder]:
    """`orders` with whom they protect and which places they name, in the same query."""
    protected = ProtectedRow.objects.filter(order=OuterRef("pk")).order_by("name", "id")
    places = OrderPlace.objects.filter(order=OuterRef("pk"), removed_on=None).order_by("kind", "id")
    return orders.annotate(
        protected_rows=rows_of(protected, member=F("family_member_id"), name=F("name")),
        place_rows=rows_of(
            places,
            id=F("pk"),
            kind=F("kind_id"),
            member=F("family_member_id"),
            address=F("address"),
            masked=F("masked"),
        ),
    )


def span_of(row: ProtectiveOrder) -> Span:
    """From when until when an order holds."""
    return Span(row.from_date, row.until_date, row.ended_on)


def known_of(row: ProtectiveOrder) -> OrderKnown:
    """What an order read by `with_parts` stops."""
    places = [place for place in read_rows(row, "place_rows") if _is_forbidden(place["kind"])]
    return OrderKnown(
        span=span_of(row),
        forbids_contact=row.forbids_contact,
        forbids_places=row.forbids_places,
        forbids_children=row.forbids_children,
        bound_member=row.bound_member_id,
        protects_person=row.protects_person,
        protects=frozenset(_uuid(one["member"]) for one in read_rows(row, "protected_rows") if one["member"]),
        homes=frozenset(_uuid(place["member"]) for place in places if place["member"]),
        addresses=frozenset(comparable(place["address"]) for place in places),
    )


def shown_of(row: ProtectiveOrder, *, on: date) -> OrderShown:
    """An order read by `with_parts` as pages show it."""
    protected = read_rows(row, "protected_rows")
    return OrderShown(
        row=row,
        standing=standing_on(span_of(row), on),
        members=tuple(_uuid(one["member"]) for one in protected if one["member"]),
        names=tuple(one["name"] for one in protected if one["name"]),
        places=tuple(
            PlaceShown(
                id=_uuid(place["id"]),
                kind_id=place["kind"],
                family_member=_uuid(place["member"]) if place["member"] else None,
                address="" if place["masked"] else place["address"],
                masked=place["masked"],
            )
            for place in read_rows(row, "place_rows")
        ),
    )


def orders_of(person_id: UUID, *, on: date) -> list[OrderShown]:
    """Every order of a case: what stands first, soonest to end first; then what is to come; then what ended."""
    rows = with_parts(ProtectiveOrder.objects.filter(person=person_id)).select_related("document")
    shown = [shown_of(row, on=on) for row in rows]
    order = [Standing.TO_CONFIRM, Standing.IN_FORCE, Standing.TO_COME, Standing.ENDED]
    return sorted(shown, key=lambda one: (order.index(one.standing), one.row.until_date or date.max, one.row.pk.int))


def order_of(person_id: UUID, order_id: UUID, *, on: date) -> OrderShown | None:
    """One order of a case; None where the case has no such order."""
    row = with_parts(ProtectiveOrder.objects.filter(person=person_id, pk=order_id)).select_related("document").first()
    return None if row is None else shown_of(row, on=on)


def family_choices(person_id: UUID) -> dict[UUID, str]:
    """Everyone whom the person names or named with who they are, to choose from: two people may share a name."""
    members = FamilyMember.objects.filter(person=person_id).order_by("added_at", "id")
    return {
        member.pk: f"{member.name} ({label_of(str(member.relationship_id)).lower()}"
        + (", no longer named)" if member.ended_on else ")")
        for member in members.only("given_name", "family_name", "relationship_id", "ended_on")
    }


def family_of(person_id: UUID) -> dict[UUID, FamilyMember]:
    """Everyone whom the person names or named, by id, in the order of naming; `has_address` where one is recorded."""
    address = ContactPoint.objects.filter(family_member=OuterRef("pk"), kind=PointKind.ADDRESS)
    members = FamilyMember.objects.filter(person=person_id).order_by("added_at", "id")
    named = members.only(
        "given_name", "family_name", "person_id", "age_band_id", "age_band_on", "year_of_birth", "age_said"
    ).annotate(has_address=Exists(address))
    return {member.pk: member for member in named}


def family_names(person_id: UUID) -> dict[UUID, str]:
    """Their names, by id."""
    return {member_id: member.name for member_id, member in family_of(person_id).items()}


def facts_among(orders: Iterable[OrderShown], person_id: UUID, member_id: UUID, *, on: date) -> OrderFacts:
    """The facts about one family member, from the orders of the case that a page has read already: two queries."""
    points = ContactPoint.objects.filter(family_member=member_id, kind=PointKind.ADDRESS)
    return order_facts_for(
        member_id,
        [known_of(shown.row) for shown in orders],
        on=on,
        addresses=list(points.values_list("value", flat=True)),
        unread_conditions=unread_conditions([person_id], on=on).exists(),
    )


def unread_conditions(person_ids: Iterable[UUID] | None, *, on: date) -> QuerySet[SourceMarker]:
    """Imported licence conditions that nobody has read as they are now worded; of everyone where nobody is named."""
    read = ConditionReading.objects.filter(
        person=OuterRef("person"),
        code=OuterRef("code"),
        from_date=OuterRef("from_date"),
        label=OuterRef("label"),
        detail=OuterRef("detail"),
    )
    markers = SourceMarker.objects.filter(
        ~Exists(read), Q(ended_on=None) | Q(ended_on__gt=on), matter=Matter.LICENCE_CONDITIONS
    ).order_by("from_date", "code", "id")
    return markers if person_ids is None else markers.filter(person__in=person_ids)


def readings_of(person_id: UUID) -> QuerySet[ConditionReading]:
    """Imported conditions that were read and found to stop nothing, last read first."""
    return ConditionReading.objects.filter(person=person_id, order=None).order_by("-read_at", "id")


def versions_of(order_id: UUID) -> list[OrderVersion]:
    """How an order stood, the newest first; those whose words were erased are left out."""
    return list(OrderVersion.objects.filter(order=order_id, said__isnull=False).order_by("-number"))


def looks_at(order_id: UUID) -> list[AddressLook]:
    """Who had a masked address of an order shown, the last first."""
    return list(AddressLook.objects.filter(order=order_id, reason__isnull=False).order_by("-at", "id")[:50])


@dataclass(frozen=True)
class Told:
    """One version of an order as its page tells it: who, when, why, and what changed in words."""

    number: int
    at: datetime
    by_name: str
    why: str
    changes: tuple[str, ...]


def addresses_in_the_open(shown: OrderShown, family: Mapping[UUID, FamilyMember]) -> list[FamilyMember]:
    """Those of a family read by `family_of` whose address an order masks while one stands on their own page."""
    masked = {place.family_member for place in shown.places if place.masked}
    return [member for member in family.values() if member.pk in masked and getattr(member, "has_address", False)]


def history_of(order_id: UUID, names: Mapping[UUID, str]) -> list[Told]:
    """The versions of an order in words, the newest first. `names` are those of the family."""
    from alongside.safety.orders.saying import changes_in_words

    rows = versions_of(order_id)
    told = []
    for newer, older in zip(rows, [*rows[1:], None], strict=True):
        changes = changes_in_words(older.said if older else None, newer.said or {}, names)
        told.append(Told(newer.number, newer.at, newer.by_name, newer.why or "", tuple(changes)))
    return told


def _is_forbidden(kind_id: str) -> bool:
    return bool(coded(kind_id).attributes.get("forbidden"))


def _uuid(text: str) -> UUID:
    return UUID(text)
