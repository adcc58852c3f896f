"""What changed between two versions of a map, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.people.maps.drawing.words import listed
from alongside.people.maps.elements import Stored
from alongside.people.maps.vocabulary import PartialDate

_FIELDS = {
    "label": "name",
    "gender": "gender",
    "gender_words": "gender in their own words",
    "sex_assigned": "sex assigned at birth",
    "born": "born",
    "died": "died",
    "deceased": "has died",
    "age": "age",
    "age_band": "age",
    "birth_order": "place among brothers and sisters",
    "kind": "person or pregnancy",
    "standing": "family, friend or professional",
    "role": "role",
    "is_index": "the person the map is about",
}
_DEFAULTS = {"gender": "unknown", "kind": "person", "standing": "family"}


@dataclass(frozen=True)
class Changed:
    """One element before and after; None where it was not there."""

    before: Stored | None
    after: Stored | None


def say(changes: Iterable[Changed], labels: Mapping[str, str], *, opinions: bool) -> list[str]:
    """A sentence for each change. `labels` names people by key; without `opinions`, how two get on is left out."""
    said = []
    for change in changes:
        stored = change.after or change.before
        if stored is None or (stored.kind == "quality" and not opinions):
            continue
        said.append(_person(change) if stored.kind == "person" else _line(change, stored, labels))
    return sorted(said)


def _person(change: Changed) -> str:
    if change.before is None and change.after is not None:
        return f"{_name(change.after)} was added"
    if change.after is None and change.before is not None:
        return f"{_name(change.before)} was taken off"
    if change.before is None or change.after is None:
        return ""
    old, new = change.before.data, change.after.data
    parts = [
        f"{words} is now {_value(name, new)} (was {_value(name, old)})"
        for name, words in _FIELDS.items()
        if old.get(name) != new.get(name)
    ]
    return f"{_name(change.before)}: {', '.join(parts) or 'no change that shows'}"


def _name(stored: Stored) -> str:
    return str(stored.data.get("label", "")).strip() or "Somebody whose name is not known"


def _value(name: str, data: Mapping[str, Any]) -> str:
    value = data.get(name, _DEFAULTS.get(name))
    if value is None or value == "":
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    try:
        return PartialDate.parse(str(value)).words
    except ValueError:
        return str(value).replace("_", " ")


def _line(change: Changed, stored: Stored, labels: Mapping[str, str]) -> str:
    verb = "was added" if change.before is None else "was taken off" if change.after is None else "was changed"
    return f"{_between(stored, labels)} {verb}"


def _between(stored: Stored, labels: Mapping[str, str]) -> str:
    data = stored.data

    def name(key: Any) -> str:
        return labels.get(str(key), "") or "somebody whose name is not known"

    members = listed([name(key) for key in data.get("members", ())])
    pair = f"{name(data.get('first'))} and {name(data.get('second'))}"
    kind = str(data.get("kind", "birth")).replace("_", " ")
    home = " ".join(f"The household {data.get('label', '')} ({members})".split())
    return {
        "partnership": f"The partnership of {pair}",
        "parentage": f"The line from {name(data.get('parent'))} to their child {name(data.get('child'))} ({kind})",
        "siblings": f"The line between brothers and sisters ({members})",
        "twins": f"The note that {members} were born together",
        "household": home,
        "quality": f"How {pair} get on",
        "event": "An event of the life map",
        "token": "A token of closeness",
        "support": "A kind of support",
        "value": "An answer on the value of family",
    }.get(stored.kind, "A part of the ecomap")
