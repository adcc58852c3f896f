"""Erasing a case or a family member: every row that belongs to them, in every room, and the personal side of the trail.

Rooms say with `Keeping` what belongs to whom; nothing here knows a room. The chain keeps its digests, so that it still
holds; the certificate says what was erased, on what ground and by whom, and names nobody.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.foundation.accounts.models import User
from alongside.foundation.audit.actions import action, record_change
from alongside.foundation.audit.models import Certificate, Event, EventKind, LegalHold, Payload, RetentionRule
from alongside.foundation.records.classification import Erasure, Keeping, Sensitivity
from alongside.foundation.records.models import Record
from alongside.foundation.records.walls import erase_behind_wall


class HeldError(Exception):
    """A legal hold stands, so nothing is erased."""


class HoldStandsError(ValueError):
    """A hold stands already."""


@dataclass(frozen=True)
class Subject:
    """Whom to erase: a whole case, or one family member of it."""

    case_id: UUID
    family_member_id: UUID | None = None


Finder = Callable[[date], Iterable[Subject]]
Sweeper = Callable[[Subject], None]
Kin = Callable[[UUID], Iterable[UUID]]
_finders: dict[str, Finder] = {}
_kin: list[Kin] = []
_sweepers: list[Sweeper] = []


def register_due(rule: str, finder: Finder) -> None:
    """Tell which subjects a retention rule finds due, given the day up to which their time must have begun."""
    _finders[rule] = finder


def register_sweeper(sweeper: Sweeper) -> None:
    """Tell what else goes with a subject, such as the bytes of its files. Called before its rows are erased."""
    if sweeper not in _sweepers:
        _sweepers.append(sweeper)


def register_kin(kin: Kin) -> None:
    """Tell which family members belong to a case, so that what the trail says of them elsewhere goes with it."""
    _kin[:] = [kin]


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def due_on(day: date) -> Iterator[tuple[RetentionRule, Subject]]:
    """Everything whose time is over on a day, without what a legal hold keeps."""
    held = set(LegalHold.objects.filter(lifted_at__isnull=True).values_list("case", flat=True))
    for rule, subject in _over_on(day):
        if subject.case_id not in held:
            yield rule, subject


def held_on(day: date) -> Iterator[tuple[RetentionRule, Subject, LegalHold]]:
    """Everything whose time is over on a day and that a legal hold keeps, with the hold."""
    holds = {hold.case: hold for hold in LegalHold.objects.filter(lifted_at__isnull=True)}
    if not holds:
        return
    for rule, subject in _over_on(day):
        if subject.case_id in holds:
            yield rule, subject, holds[subject.case_id]


def _over_on(day: date) -> Iterator[tuple[RetentionRule, Subject]]:
    for rule in RetentionRule.objects.filter(code__in=_finders).order_by("code"):
        for subject in _finders[rule.code](months_before(day, rule.months)):
            yield rule, subject


@action
def erase(*, by: User | None, subject: Subject, rule: str, ground: str) -> Certificate:
    """Erase a subject from every room and empty its payloads. Raises HeldError where a legal hold stands."""
    if LegalHold.objects.filter(case=subject.case_id, lifted_at__isnull=True).exists():
        raise HeldError("A legal hold stands on this case, so nothing of it is erased. Lift the hold first.")
    payloads = _payloads_of(subject)
    for sweeper in _sweepers:
        sweeper(subject)
    counts: Counter[str] = Counter()
    for model in _furthest_first(list(_kept_models())):
        if model.wall is not None:
            erased = _erase_behind_wall(model, subject)
            counts[model._meta.label] += 0 if model.wall.uncounted else erased
        elif (rows := _rows_of(model, subject)) is not None:
            counts[model._meta.label] += _erase_rows(model, rows)
    certificate = Certificate.objects.create(
        at=timezone.now(),
        case=subject.case_id,
        family_member=subject.family_member_id,
        rule=rule,
        ground=ground,
        erased_by=by.pk if by else None,
        counts={label: count for label, count in sorted(counts.items()) if count},
    )
    _empty_payloads(payloads, certificate)
    record_change(
        by=by,
        kind=EventKind.ERASURE,
        name="audit.case.erased" if subject.family_member_id is None else "audit.family_member.erased",
        subject=certificate,
        case_id=subject.case_id,
    )
    return certificate


def erase_without_case(rule: RetentionRule, ids: Iterable[UUID]) -> int:
    """Erase what belongs to no case, by its own id, once; answers how much that was.

    No case takes it along when its time is over, and nobody is asked: a room does this each night for what its rule
    finds. Its models name their own id among the ways to what they belong to.
    """
    wanted = set(ids)
    done = set(Certificate.objects.filter(rule=rule.code, case__in=wanted).values_list("case", flat=True))
    for one in sorted(wanted - done):
        erase(by=None, subject=Subject(one), rule=rule.code, ground=rule.source[:300])
    return len(wanted - done)


def empty_history(*, by: User | None, case_id: UUID, payloads: QuerySet[Payload], ground: str) -> Certificate:
    """Empty what the trail still says of values that were wrong. Called inside a rectification's action."""
    certificate = Certificate.objects.create(
        at=timezone.now(),
        case=case_id,
        rule="rectification",
        ground=ground,
        erased_by=by.pk if by else None,
        counts={Payload._meta.label: payloads.filter(content__isnull=False).count()},
    )
    _empty_payloads(payloads, certificate)
    return certificate


def _empty_payloads(payloads: QuerySet[Payload], certificate: Certificate) -> None:
    payloads.filter(content__isnull=False).update(content=None, salt=None, erasure=certificate.pk)


def _payloads_of(subject: Subject) -> QuerySet[Payload]:
    if subject.family_member_id is not None:
        return Payload.objects.filter(family_member=subject.family_member_id)
    members = [member for kin in _kin for member in kin(subject.case_id)]
    return Payload.objects.filter(
        Q(event__in=Event.objects.filter(chain=subject.case_id)) | Q(family_member__in=members)
    )


def _kept_models() -> Iterator[type[Record]]:
    for model in apps.get_models():
        if issubclass(model, Record) and model.keeping is not None and model is not Payload:
            yield model


def _rows_of(model: type[Record], subject: Subject) -> QuerySet[Record] | None:
    keeping = model.keeping
    if keeping is None:
        return None
    paths, value = _ways_to(subject, keeping)
    wanted = Q()
    for path in paths.split():
        wanted |= Q(**{"pk" if path == "self" else path: value})
    return model._default_manager.filter(wanted) if wanted else None


def _ways_to(subject: Subject, keeping: Keeping) -> tuple[str, UUID]:
    if subject.family_member_id is None:
        return keeping.person, subject.case_id
    return keeping.family_member, subject.family_member_id


def _erase_behind_wall(model: type[Record], subject: Subject) -> int:
    """Whoever erases need not be able to read what they erase."""
    if model.keeping is None:
        return 0
    paths, value = _ways_to(subject, model.keeping)
    return sum(erase_behind_wall(model, path=path, value=value) for path in paths.split())


def _erase_rows(model: type[Record], rows: QuerySet[Record]) -> int:
    if model.keeping is not None and model.keeping.erasure is Erasure.EMPTY:
        return rows.update(**{field.name: None for field in personal_fields(model) if field.null})
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        # Not delete(): nothing may go by cascade that no room said belongs to the subject.
        model._default_manager.filter(pk__in=ids)._raw_delete(rows.db)
    return len(ids)


def personal_fields(model: type[Record]) -> "list[models.Field[Any, Any]]":
    """The fields of a model that are classed personal or sensitive."""
    return [
        field
        for field in model._meta.concrete_fields
        if model.classification.get(field.name) in (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)
    ]


def _furthest_first(kept: list[type[Record]]) -> list[type[Record]]:
    """Models in such an order that whatever points at a row is erased before it."""
    ordered: list[type[Record]] = []
    waiting = sorted(kept, key=lambda model: model._meta.label)
    while waiting:
        pointed_at = {
            field.related_model for model in waiting for field in model._meta.concrete_fields if field.is_relation
        }
        free = [model for model in waiting if model not in pointed_at] or waiting[:1]
        ordered.extend(free)
        waiting = [model for model in waiting if model not in free]
    return ordered
