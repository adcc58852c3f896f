"""What changed from one version of an order to the next, in words. Pure but for the labels of coded lists."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from alongside.foundation.reference.queries import label_of

GONE = "someone whose record was erased"

LABELS = {
    "type": "Kind",
    "binds": "Binds",
    "protects": "Protects",
    "forbids": "Forbids",
    "made_by": "Made by",
    "reference": "Reference",
    "words": "Its words",
    "from_date": "First day",
    "until_date": "Last day",
    "ended_on": "No longer holds from",
    "end_reason": "Why it ended",
    "end_note": "How that is known",
    "places": "Places",
    "document": "Paper",
    "in_source_on": "Seen in the system of record",
}
FORBIDS = {"contact": "contact", "places": "going to places", "children": "contact with children"}


def changes_in_words(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], names: Mapping[UUID, str]
) -> list[str]:
    """One line for each thing that changed; none for the first version, which the order's own page shows."""
    if before is None:
        return []
    return [
        f"{label}: {_words(key, before.get(key), names)} → {_words(key, after.get(key), names)}"
        for key, label in LABELS.items()
        if before.get(key) != after.get(key)
    ]


def _words(key: str, value: Any, names: Mapping[UUID, str]) -> str:
    if value in (None, "", []):
        return "nothing"
    if key in ("from_date", "until_date", "ended_on", "in_source_on"):
        return date_format(date.fromisoformat(value), "j F Y")
    if key in ("type", "end_reason"):
        return label_of(value)
    if key == "forbids":
        return ", ".join(FORBIDS[one] for one in value)
    if key in ("protects", "binds"):
        return ", ".join(_who(one, names) for one in value)
    if key == "places":
        return ", ".join(label_of(one) for one in value)
    if key == "document":
        return "a paper"
    return str(value)


def _who(text: str, names: Mapping[UUID, str]) -> str:
    """A family member by id, "the person", or a name as it was written."""
    kind, _, rest = text.partition(":")
    if kind == "member":
        return names.get(UUID(rest), GONE)
    return rest if kind == "name" else "the person"
