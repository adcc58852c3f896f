"""Finding everything that is held about someone, in whatever room it stands, as parts that can be read and taken out.

Rooms say with `classification` what is personal and with `keeping` whose it is. What stands behind the wall is not
copied: its item is a mark, read through the gate alone. Nor is an address that an order masks: it stays with the order.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.foundation.audit.erasure import personal_fields
from alongside.foundation.audit.models import LegalHold, Payload
from alongside.foundation.files.models import StoredFile
from alongside.foundation.records.models import Record
from alongside.foundation.reference.fields import CodedForeignKey
from alongside.foundation.reference.queries import label_of
from alongside.foundation.work.models import Card, TimelineEntry, ToDo
from alongside.safety.access_requests.purposes import PACKAGE
from alongside.safety.access_requests.readable import choice_said, keeps_whole, kind_words, part_words, parts_kept, said
from alongside.safety.access_requests.rules import Part
from alongside.safety.orders.models import OrderPlace

OWN_LABEL = "safety_access_requests"
NOT_FOR_PEOPLE = frozenset(
    {
        *("right", "order", "key", "search_name", "view_words", "name_keys", "storage_key", "sha256", "person_digest"),
        *("address_digest", "sender_digest", "code", "path", "subject"),
    }
)
"""Fields that hold nothing about anyone that is not in another: keys of searches, of drawing and of storage, digests of
addresses, codes that have a label beside them."""

ABOUT_THEM_ALONE = frozenset(
    f"people_persons.{name}" for name in ("Circumstance", "Need", "Order", "OtherName", "Person", "Requirement")
)
"""Records that tell of the person on probation and of nobody else. Whatever else is held calls for a second look:
a note of a contact, an account that a relative gave, a judgement."""

OF_SOMEONE_ELSE = frozenset({"people_families.ContactPoint"})
"""Records that are a relative's alone: where the person asks, they are withheld, whoever it is and whyever (R095)."""

CONFIDENTIAL = frozenset(
    {"REFER_TO_ADVISER", "KEEP_ADVOCACY", "RESOLVE_CLASHES", "SEE_PROTECTED", "RECORD_PROTECTED", "REVIEW_MATCHES"}
)
"""Rights under which a line, card or to-do tells that something is behind the wall."""

BEHIND = ("protected.", "advocacy.")
"""Rooms behind the wall, as the kind of a line, to-do or approval names them: it tells that there is something."""

LINES = (TimelineEntry, Card, ToDo)

ORDINARY = frozenset(
    {"SEE_CASE", "SEE_IDENTITY", "SEE_FAMILY", "EDIT_CASE", "EDIT_FAMILY", "SEE_GOALS", "SEE_AGREEMENTS"}
)
"""Rights that say nothing of safety: a line, card or to-do under any other calls for a second look."""


READING = 2
"""Raised by one where what is marked, or how a record is put into words, changes otherwise than by the sets above."""


def marking_edition() -> str:
    """The edition of the rules under which items are marked: a request gathered under another is out of date."""
    sets = (ABOUT_THEM_ALONE, OF_SOMEONE_ELSE, CONFIDENTIAL, ORDINARY, NOT_FOR_PEOPLE)
    parts = [*(",".join(sorted(one)) for one in sets), *BEHIND, *(one.__name__ for one in LINES), str(READING)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Found:
    """One record that is held: where it stands, and what it holds in words.

    `guarded` calls for a second look; `withheld` is withheld unless two people decide otherwise.
    """

    model: str
    source: UUID
    kind: str
    dated: date | None
    parts: tuple[Part, ...]
    file: UUID | None
    guarded: bool
    withheld: bool = False


def held_about(person_id: UUID, family_member_id: UUID | None) -> Iterator[Found]:
    """Everything that is held about a person, or about one of their family members, outside the wall."""
    for model in sorted(_models(), key=lambda one: one._meta.label):
        rows = _rows_of(model, person_id, family_member_id)
        if rows is not None:
            for row in rows.iterator(chunk_size=500):
                parts = parts_of(row)
                if parts:
                    yield _found(row, parts, own=family_member_id is not None)


def parts_of(row: Record) -> tuple[Part, ...]:
    """What a record holds that can be read: its personal fields, and what makes sense of them."""
    wanted = {field.name for field in personal_fields(type(row))}
    parts: list[Part] = []
    if not any(_words(row, field) for field in row._meta.concrete_fields if field.name in wanted):
        return ()
    for field in row._meta.concrete_fields:
        if field.name in NOT_FOR_PEOPLE or not (field.name in wanted or _tells(field)):
            continue
        if keeps_whole(row, field):
            parts.extend(parts_kept(row, field))
        elif words := _words(row, field):
            parts.append(Part(field.name, part_words(row._meta.label, field.name), words))
    return tuple(parts)


def kind_of(model: type[models.Model]) -> str:
    """What a record is, in words."""
    return kind_words(model._meta.label)


def as_rows(parts: tuple[Part, ...]) -> list[list[str]]:
    """Parts as an item keeps them."""
    return [[part.key, part.label, part.value] for part in parts]


def as_parts(rows: list[list[str]]) -> tuple[Part, ...]:
    """The same, read back."""
    return tuple(Part(*row) for row in rows)


def _found(row: Record, parts: tuple[Part, ...], *, own: bool) -> Found:
    label = row._meta.label
    masked = isinstance(row, OrderPlace) and row.masked
    return Found(
        model=label,
        source=row.pk,
        kind=kind_of(type(row)),
        dated=_day_of(row),
        parts=tuple(part for part in parts if part.key != "address") if masked else parts,
        file=row.pk if isinstance(row, StoredFile) else None,
        guarded=_calls_for_a_second_look(row),
        withheld=label.startswith("safety_advocacy.")
        or getattr(row, "right", "") in CONFIDENTIAL
        or str(getattr(row, "kind", "")).startswith(BEHIND)
        or (label in OF_SOMEONE_ELSE and not own)
        or type(row).full_sight
        or masked,
    )


def _calls_for_a_second_look(row: Record) -> bool:
    """Whether a record could tell the asker of someone else, or of something that keeps someone safe.

    What says under which right it may be told of goes by that, unless it is a line about a relative, who may have asked
    us something in confidence; a file, which nobody has read, goes by nothing.
    """
    if isinstance(row, LINES) and row.family_member is not None:
        return True
    right = getattr(row, "right", None)
    if right is not None and not isinstance(row, StoredFile):
        return right not in ORDINARY
    return row._meta.label not in ABOUT_THEM_ALONE


def _models() -> Iterator[type[Record]]:
    for model in apps.get_models():
        if not issubclass(model, Record) or model.keeping is None or model.wall is not None:
            continue
        if model in (Payload, LegalHold) or model._meta.app_label == OWN_LABEL or not personal_fields(model):
            continue
        yield model


def _rows_of(model: type[Record], person_id: UUID, family_member_id: UUID | None) -> QuerySet[Any] | None:
    keeping = model.keeping
    if keeping is None:
        return None
    paths, whose = (
        (keeping.person, person_id) if family_member_id is None else (keeping.family_member, family_member_id)
    )
    wanted = Q()
    for path in paths.split():
        wanted |= Q(**{"pk" if path == "self" else path: whose})
    if not wanted:
        return None
    if model is StoredFile:
        return StoredFile.objects.filter(wanted).exclude(purpose=PACKAGE.code).order_by("pk")
    return model._default_manager.filter(wanted).order_by("pk")


def _tells(field: "models.Field[Any, Any]") -> bool:
    """Whether a field that is not personal helps to read those that are: what kind, which day."""
    return bool(field.choices) or isinstance(field, CodedForeignKey | models.DateField | models.DateTimeField)


def _words(row: Record, field: "models.Field[Any, Any]") -> str:
    if isinstance(field, CodedForeignKey):
        value = getattr(row, field.attname)
        return label_of(str(value)) if value else ""
    # What the database makes of other fields repeats them, also what is left out of those.
    if field.is_relation or isinstance(field, models.UUIDField | models.BinaryField | models.GeneratedField):
        return ""
    if field.choices:
        return choice_said(field.name, str(getattr(row, f"get_{field.name}_display")() or ""))
    value = getattr(row, field.name)
    return said(value) if value not in ([], {}) else ""


def _day_of(row: Record) -> date | None:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.DateField):
            value = getattr(row, field.name)
            if isinstance(value, datetime):
                return timezone.localtime(value).date()
            if isinstance(value, date):
                return value
    return None
