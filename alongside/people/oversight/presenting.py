"""Rows of trails as pages show them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.foundation.audit.models import Consultation, Event, Payload
from alongside.people.casework.points import PointAsked, covers
from alongside.people.families.models import ContactPoint, PointKind
from alongside.people.oversight.rules import Purpose, in_words


@dataclass(frozen=True)
class TrailRow:
    """One line of a trail."""

    at: datetime
    what: str
    kind: str
    who: str
    detail: str
    href: str = ""
    refused: bool = False


@dataclass(frozen=True)
class ValueRow:
    """One field of an event, before and after."""

    name: str
    before: str
    after: str


def event_rows(events: Sequence[Event], names: Mapping[UUID, str], purpose: Purpose) -> list[TrailRow]:
    """Events as lines; the names of the fields stand for the values, which are a page further."""
    return [
        TrailRow(
            at=row.at,
            what=in_words(row.name),
            kind=row.get_kind_display(),
            who=_who(row.actor, names),
            detail=", ".join(row.fields.split(",")).replace("_", " "),
            href=f"{reverse('oversight:event', args=[row.pk])}?purpose={purpose.value}",
        )
        for row in events
    ]


def consultation_rows(
    looks: Sequence[Consultation], names: Mapping[UUID, str], numbers: Mapping[UUID, str]
) -> list[TrailRow]:
    """Looks as lines. A case that limited access closes to the reader shows without its number."""
    return [
        TrailRow(
            at=row.at,
            what=in_words(row.what),
            kind=_("Refused") if row.refused else _("Looked at"),
            who=_who(row.actor, names),
            detail=numbers.get(row.case, _("A case with limited access")) if row.case else _("A list"),
            refused=row.refused,
        )
        for row in looks
    ]


def payload_rows(payload: Payload | None, *, event: Event) -> list[ValueRow]:
    """The values of an event, field by field; the ground last. What is covered on its page is covered here."""
    if payload is None or payload.content is None:
        return []
    values: dict[str, Any] = json.loads(payload.content)
    before, after = _covered(event, payload, values["before"]), _covered(event, payload, values["after"])
    rows = [
        ValueRow(name.replace("_", " "), _said(before.get(name)), _said(after.get(name)))
        for name in sorted({*before, *after})
    ]
    if values.get("ground"):
        rows.append(ValueRow(_("ground"), "", values["ground"]))
    return rows


def _covered(event: Event, payload: Payload, values: dict[str, Any]) -> dict[str, Any]:
    """Values of a contact point as someone without any right on the case sees them; others as they are."""
    value = values.get("value")
    if event.subject_type != ContactPoint._meta.label or not value or event.subject is None:
        return values
    if payload.family_member is None:
        return values
    # A change may not say of what kind it is: then it may be an address.
    kind = PointKind(values.get("kind") or PointKind.ADDRESS)
    cover = covers(event.chain, (), [PointAsked(event.subject, payload.family_member, kind, str(value))])
    return values | {"value": cover[event.subject].words} if cover else values


def _said(value: Any) -> str:
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _who(actor: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(actor, _("An account that is gone")) if actor else _("The system")
