"""What every change of an order leaves behind: a new version, the trail, a line, the cards and the to-dos."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.foundation.access.rights import Right
from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import record_change
from alongside.foundation.audit.models import EventKind
from alongside.foundation.calendar.rules import today
from alongside.foundation.records.actions import change_record
from alongside.foundation.records.rows import read_rows
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.actions import add_to_timeline
from alongside.safety.orders.actions.showing import refresh_cards, refresh_to_dos
from alongside.safety.orders.models import OrderVersion, ProtectiveOrder
from alongside.safety.orders.queries import with_parts


def said_of(order_id: UUID) -> dict[str, Any]:
    """An order with its parts as JSON for a version: ids of family members, never their names or any address."""
    row = with_parts(ProtectiveOrder.objects.filter(pk=order_id)).get()
    protected = [f"member:{one['member']}" if one["member"] else f"name:{one['name']}" for one in _protected(row)]
    forbids = {"contact": row.forbids_contact, "places": row.forbids_places, "children": row.forbids_children}
    return {
        "type": str(row.type_id),
        "binds": [f"member:{row.bound_member_id}" if row.bound_member_id else "person"],
        "protects": sorted(protected + (["person"] if row.protects_person else [])),
        "forbids": [name for name, holds in forbids.items() if holds],
        "made_by": row.made_by,
        "reference": row.reference,
        "words": row.words,
        "from_date": row.from_date.isoformat(),
        "until_date": _iso(row.until_date),
        "ended_on": _iso(row.ended_on),
        "end_reason": str(row.end_reason_id or ""),
        "end_note": row.end_note,
        "places": [place["kind"] for place in read_rows(row, "place_rows")],
        "document": str(row.document_id or ""),
        "in_source_on": _iso(row.in_source_on),
    }


def move_on(*, order: ProtectiveOrder, seen_version: int, **values: Any) -> None:
    """Bring an order to its next version. Raises ChangedMeanwhileError where someone else was first.

    A change of its parts alone is a version too.
    """
    change_record(order, seen_version=seen_version, parts_too=True, changed_at=timezone.now(), **values)


def leave_traces(
    *,
    by: User | None,
    order: ProtectiveOrder,
    name: str,
    why: str,
    title: str,
    before: dict[str, Any] | None,
    kind: EventKind = EventKind.CHANGE,
) -> None:
    """Keep the version that an action has just made, and tell trail, timeline, cards and to-dos of it."""
    said = said_of(order.pk)
    OrderVersion.objects.create(
        order=order.pk,
        case=order.person_id,
        family_member=order.bound_member_id,
        number=order.version,
        at=timezone.now(),
        by=by.pk if by else None,
        by_name=by.name if by else "",
        why=why,
        said=said,
    )
    was = before or {}
    differs = [key for key, value in said.items() if was.get(key) != value]
    record_change(
        by=by,
        kind=kind,
        name=name,
        subject=order,
        case_id=order.person_id,
        before={key: was.get(key) for key in differs} if before else None,
        after={key: said[key] for key in differs},
        ground=why,
        family_member_id=order.bound_member_id,
    )
    add_to_timeline(
        by=by,
        case_id=order.person_id,
        kind=name,
        title=f"{title}: {label_of(str(order.type_id))}",
        right=Right.SEE_SAFETY,
        subject_id=order.pk,
        family_member_id=order.bound_member_id,
    )
    members_now = {UUID(one[7:]) for one in said["protects"] + said["binds"] if one.startswith("member:")}
    members_before = {
        UUID(one[7:]) for key in ("protects", "binds") for one in was.get(key, ()) if one.startswith("member:")
    }
    refresh_cards(order.person_id, members=members_now | members_before)
    refresh_to_dos(by=by, order=order, on=today())


def _protected(row: ProtectiveOrder) -> Any:
    return read_rows(row, "protected_rows")


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
