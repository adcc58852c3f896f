"""Correcting a record because it is wrong about someone (section 46 of the Data Protection Act 2018)."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.erasure import empty_history, personal_fields
from alongside.foundation.audit.models import EventKind, Payload
from alongside.foundation.records.actions import Change, change_record
from alongside.foundation.records.models import AppendOnly, Editable, Record

Guard = Callable[[Any, Mapping[str, Any]], None]
Follower = Callable[[Any], None]
_guards: dict[type[Model], Guard] = {}
_followers: dict[type[Model], Follower] = {}
_rectifiable: dict[str, type[Record]] = {}


class NotRectifiableError(ValueError):
    """A correction that this record cannot take, with what to do instead."""


def register_guard(model: type[Model], guard: Guard) -> None:
    """Let a room refuse a correction, such as of what the system of record owns."""
    _guards[model] = guard


def register_follower(model: type[Model], follower: Follower) -> None:
    """Let a room bring up to date what it derives from a row."""
    _followers[model] = follower


def register_rectifiable(*models: type[Record]) -> None:
    """Offer the records of these models for correction. Raises ValueError for one behind the wall."""
    if any(model.wall is not None for model in models):
        raise ValueError("What stands behind the wall is corrected there, by those who may read it.")
    _rectifiable.update({model._meta.label_lower: model for model in models})


def rectifiable_models() -> Mapping[str, type[Record]]:
    """The models whose records may be corrected, by label, in the order in which rooms offered them."""
    return _rectifiable


def rows_of_case(model: type[Record], case_id: UUID) -> QuerySet[Record]:
    """The rows of a model that belong to a case."""
    wanted = Q()
    for path in (model.keeping.person if model.keeping else "").split():
        wanted |= Q(**{"pk" if path == "self" else path: case_id})
    return model._default_manager.filter(wanted).order_by("pk") if wanted else model._default_manager.none()


@action
def rectify(
    *,
    by: User,
    row: Record,
    case_id: UUID,
    values: Mapping[str, Any],
    ground: str,
    family_member_id: UUID | None = None,
    forget_wrong_values: bool = False,
    unseen: bool = False,
) -> Change:
    """Correct `values` on a row, with the ground kept in the trail.

    An append-only row is never altered: its personal fields may be emptied (None) and a new row written instead. With
    `forget_wrong_values` the trail's older payloads about this row are emptied under a certificate. With
    `unseen` whoever corrects does not see what stands: all that they give counts as changed, be it the same or not, so
    that neither the trail nor the version tells which. Raises NotRectifiableError for a field that is not personal, or
    a value that an append-only row cannot take.
    """
    if row.wall is not None:
        raise NotRectifiableError("This record is protected. Ask whoever holds the case to correct it where it stands.")
    personal = {field.name: field for field in personal_fields(type(row))}
    strange = sorted(set(values) - set(personal))
    if strange:
        raise NotRectifiableError(f"Only what is personal can be corrected here, not: {', '.join(strange)}.")
    if guard := _guards.get(type(row)):
        guard(row, values)
    stood = {name: getattr(row, name) for name in values}
    change = _apply(row, values, unseen=unseen)
    if unseen:
        change = Change(before=stood, after=dict(values))
    if follower := _followers.get(type(row)):
        follower(row)
    if forget_wrong_values:
        older = Payload.objects.filter(event__chain=case_id, event__subject=row.pk)
        empty_history(by=by, case_id=case_id, payloads=older, ground=ground)
    record_change(
        by=by,
        kind=EventKind.CHANGE,
        name="audit.record.rectified",
        subject=row,
        case_id=case_id,
        before={} if forget_wrong_values else change.before,
        after=change.after,
        ground=ground,
        family_member_id=family_member_id,
    )
    return change


def _apply(row: Record, values: Mapping[str, Any], *, unseen: bool) -> Change:
    if isinstance(row, Editable):
        return change_record(row, seen_version=row.version, parts_too=unseen, **values)
    if not isinstance(row, AppendOnly) or any(value is not None for value in values.values()):
        raise NotRectifiableError("This record is never altered. Empty what is wrong, and write a new record.")
    before = {name: getattr(row, name) for name in values}
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    return Change(before=before, after=dict(values))
