"""Recording orders and conditions, and putting them right."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.files.actions import Belongs, store_upload
from alongside.foundation.files.kinds import Kind
from alongside.foundation.files.purposes import register_purpose
from alongside.foundation.records.actions import insert_once
from alongside.people.persons.models import Person, SourceMarker
from alongside.safety.orders.actions.showing import refresh_cards, refresh_conditions_to_do
from alongside.safety.orders.actions.versions import leave_traces, move_on, said_of
from alongside.safety.orders.models import ConditionReading, ProtectedPerson, ProtectiveOrder
from alongside.safety.orders.rules import Recorded, faults_of

ORDER_PAPERS = register_purpose(
    "orders.paper",
    label="Papers of orders and conditions",
    kinds=[Kind.PDF, Kind.PNG, Kind.JPEG],
    largest_megabytes=10,
    days_kept=None,
)
COLUMNS = (
    *("type_id", "protects_person", "forbids_contact", "forbids_places", "forbids_children"),
    *("made_by", "reference", "words", "from_date", "until_date"),
)


@dataclass(frozen=True)
class OrderSaid:
    """What someone records of an order: `members` and `names` are whom it protects, beside the person."""

    type_id: str
    from_date: date
    until_date: date | None = None
    bound_member_id: UUID | None = None
    protects_person: bool = False
    members: frozenset[UUID] = frozenset()
    names: tuple[str, ...] = ()
    forbids_contact: bool = False
    forbids_places: bool = False
    forbids_children: bool = False
    made_by: str = ""
    reference: str = ""
    words: str = ""

    @property
    def judged(self) -> Recorded:
        """The same for the rules."""
        return Recorded(
            binds_person=self.bound_member_id is None,
            forbids_contact=self.forbids_contact,
            forbids_places=self.forbids_places,
            forbids_children=self.forbids_children,
            protects_person=self.protects_person,
            members=self.members,
            names=self.names,
            bound_member=self.bound_member_id,
            from_date=self.from_date,
            until=self.until_date,
        )

    @property
    def columns(self) -> dict[str, Any]:
        """As columns of the order."""
        said = asdict(self)
        return {name: said[name] for name in COLUMNS}


class OrderFaultError(ValueError):
    """What was said of an order does not hold together; `faults` says what, field by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


@action
def record_order(
    *,
    by: User | None,
    person: Person,
    said: OrderSaid,
    upload: "UploadedFile[bytes] | None" = None,
    condition: SourceMarker | None = None,
    key: UUID | None = None,
) -> ProtectiveOrder:
    """Record an order or condition; it stops what it stops from now on. Raises OrderFaultError, FileRefusedError.

    `condition` is the imported licence condition that it was read from, if it was: that one is in the system of record.
    `key` is the id that it gets: sent twice, it counts once.
    """
    _hold_together(said)
    order, is_new = insert_once(
        ProtectiveOrder(
            pk=key or uuid4(),
            person=person,
            bound_member_id=said.bound_member_id,
            in_source_on=today() if condition else None,
            changed_at=timezone.now(),
            **said.columns,
        ),
        person_id=person.pk,
    )
    if not is_new:
        return order
    _protect(order, said)
    if upload is not None:
        _keep_paper(by=by, order=order, upload=upload)
    why = f"Read from the imported condition: {condition.label}" if condition else "Recorded"
    leave_traces(
        by=by,
        order=order,
        name="orders.order.recorded",
        why=why[:500],
        title="Recorded",
        before=None,
        kind=EventKind.COLLECTION,
    )
    if condition is not None:
        note_reading(by=by, marker=condition, order=order, note="")
    return order


@action
def correct_order(
    *, by: User | None, order: ProtectiveOrder, seen_version: int, said: OrderSaid, why: str
) -> ProtectiveOrder:
    """Put an order right as a new version; the one before is kept. Whom it binds does not change.

    Raises OrderFaultError, and ChangedMeanwhileError where someone else was first.
    """
    _hold_together(said)
    before = said_of(order.pk)
    move_on(order=order, seen_version=seen_version, **said.columns)
    ProtectedPerson.objects.filter(order=order).delete()
    _protect(order, said)
    leave_traces(by=by, order=order, name="orders.order.corrected", why=why, title="Corrected", before=before)
    return order


@action
def attach_document(
    *, by: User | None, order: ProtectiveOrder, seen_version: int, upload: "UploadedFile[bytes]"
) -> ProtectiveOrder:
    """Keep the paper of an order. Raises FileRefusedError for what is no PDF or picture, whatever its name says."""
    before = said_of(order.pk)
    move_on(order=order, seen_version=seen_version)
    _keep_paper(by=by, order=order, upload=upload)
    leave_traces(
        by=by, order=order, name="orders.order.attached", why="Paper attached", title="Paper attached", before=before
    )
    return order


@action
def confirm_in_source(*, by: User, order: ProtectiveOrder, seen_version: int) -> ProtectiveOrder:
    """Note that someone has seen the order in the system of record, so that it stands in both."""
    before = said_of(order.pk)
    move_on(order=order, seen_version=seen_version, in_source_on=today())
    leave_traces(
        by=by,
        order=order,
        name="orders.order.in_source",
        why="Seen in the system of record",
        title="Seen in the system of record",
        before=before,
    )
    return order


def note_reading(*, by: User | None, marker: SourceMarker, order: ProtectiveOrder | None, note: str) -> None:
    """Note that an imported condition was read as it is worded now, and what came of it."""
    ConditionReading.objects.update_or_create(
        person_id=marker.person_id,
        code=marker.code,
        from_date=marker.from_date,
        defaults={
            "label": marker.label,
            "detail": marker.detail,
            "order": order,
            "note": note,
            "read_at": timezone.now(),
            "read_by": by.pk if by else None,
            "read_by_name": by.name if by else "",
        },
    )
    refresh_conditions_to_do(by=by, person_id=marker.person_id, on=today())
    refresh_cards(marker.person_id)


def _hold_together(said: OrderSaid) -> None:
    if faults := faults_of(said.judged):
        raise OrderFaultError(faults)


def _protect(order: ProtectiveOrder, said: OrderSaid) -> None:
    ProtectedPerson.objects.bulk_create(
        [
            *(ProtectedPerson(order=order, family_member_id=member_id) for member_id in sorted(said.members)),
            *(ProtectedPerson(order=order, name=name) for name in dict.fromkeys(said.names)),
        ]
    )


def _keep_paper(*, by: User | None, order: ProtectiveOrder, upload: "UploadedFile[bytes]") -> None:
    file = store_upload(
        by=by, upload=upload, purpose=ORDER_PAPERS, belongs=Belongs(order.person_id, order.bound_member_id)
    )
    ProtectiveOrder.objects.filter(pk=order.pk).update(document=file)
    order.document = file
