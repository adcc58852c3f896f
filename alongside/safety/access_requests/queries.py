"""Reads of access requests. Limited access to the case wins here too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.foundation.access.holding import holding_of
from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.calendar.rules import today
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.models import StoredFile
from alongside.foundation.files.queries import open_file
from alongside.foundation.files.storage import BytesMissingError
from alongside.people.allocations.queries import open_to
from alongside.people.persons.models import Person
from alongside.safety.access_requests.attachments import NotPicturedError, page_count
from alongside.safety.access_requests.models import AccessRequest, Clarification, GateOpening, Item, State
from alongside.safety.access_requests.rules import Clock, Deadline, Pause, Verdict, deadline_of
from alongside.safety.orders.models import OrderPlace, ProtectedPerson


def requests_for(user: object) -> QuerySet[AccessRequest]:
    """Requests that the user may answer: those of cases that limited access does not close to them."""
    holding = holding_of(user)
    if not holding.may(Right.ANSWER_ACCESS_REQUESTS):
        return AccessRequest.objects.none()
    case = open_to(Person.objects.filter(pk=OuterRef("person")), holding, today())
    return AccessRequest.objects.filter(Exists(case)).select_related("person")


def open_requests_for(user: object) -> QuerySet[AccessRequest]:
    """Those of them that are open, the oldest first."""
    return requests_for(user).filter(state=State.OPEN).order_by("received_on", "pk")


def clock_of(request: AccessRequest, clarifications: list[Clarification]) -> Clock:
    """What the deadline of a request follows from."""
    return Clock(
        received_on=request.received_on,
        identity_proved_on=request.identity_proved_on,
        pauses=tuple(Pause(row.asked_on, row.answered_on) for row in clarifications),
        extended_on=request.extended_on,
        answered_on=request.answered_on,
    )


@dataclass(frozen=True)
class RequestLine:
    """A request as a list shows it, with its deadline."""

    request: AccessRequest
    deadline: Deadline


def lines_of(requests: list[AccessRequest], *, on: date) -> list[RequestLine]:
    """Requests with their deadlines, in one query more."""
    pauses: dict[UUID, list[Clarification]] = {}
    for row in Clarification.objects.filter(request__in=requests).order_by("asked_on"):
        pauses.setdefault(row.request_id, []).append(row)
    return [RequestLine(row, deadline_of(clock_of(row, pauses.get(row.pk, [])), on=on)) for row in requests]


@dataclass(frozen=True)
class KindLine:
    """How far the items of one kind are: how many, decided, and checked by a second person."""

    kind: str
    total: int
    decided: int
    checked: int


def progress_of(request_id: UUID) -> list[KindLine]:
    """How far the work is, kind by kind."""
    rows = (
        Item.objects.filter(request=request_id)
        .values("kind")
        .annotate(
            total=Count("pk"),
            decided=Count("pk", filter=~Q(verdict=Verdict.OPEN.value)),
            checked=Count("pk", filter=Q(checked_by__isnull=False)),
        )
        .order_by("kind")
    )
    return [KindLine(row["kind"], row["total"], row["decided"], row["checked"]) for row in rows]


def gate_is_open(request_id: UUID, user_id: UUID) -> bool:
    """Whether the user opened the gate of a request; the database asks again, and for how long ago."""
    return GateOpening.objects.filter(request=request_id, opened_by=user_id).exists()


def names_of(user_ids: set[UUID]) -> Mapping[UUID, str]:
    """Names of users by id."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name")) if user_ids else {}


def shows_masked_address(file_id: UUID) -> bool:
    """Whether a file is the paper of an order with a masked address, which may stand on it (R098)."""
    return OrderPlace.objects.filter(order__document=file_id, masked=True).exists()


def is_masked_place(item: Item) -> bool:
    """Whether an item is a place whose address an order masks (R098); one that is gone counts as masked."""
    if item.model != OrderPlace._meta.label:
        return False
    return not OrderPlace.objects.filter(pk=item.source, masked=False).exists()


def masked_from(request: AccessRequest) -> tuple[str, ...]:
    """Addresses of the case that orders mask, and that are not the asker's own to have: theirs, or of their order."""
    places = OrderPlace.objects.filter(order__person=request.person_id, masked=True, removed_on=None)
    if request.family_member is None:
        places = places.exclude(order__protects_person=True)
    else:
        protecting = ProtectedPerson.objects.filter(family_member=request.family_member).values("order")
        places = places.exclude(family_member=request.family_member).exclude(order__in=protecting)
    return tuple(places.values_list("address", flat=True))


def pages_of(file_id: UUID) -> int:
    """How many pages a stored file has as pictures. Raises NotPicturedError where none can be made, or it is gone."""
    file = StoredFile.objects.filter(pk=file_id).first()
    try:
        if file is None:
            raise NotPicturedError("The file is gone.")
        with open_file(file) as stream:
            return page_count(stream, Kind(file.kind))
    except BytesMissingError:
        raise NotPicturedError("The file is gone.") from None
