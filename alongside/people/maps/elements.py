"""Parts of a network as plain values that JSON can hold, and back. Pure.

The shape of an element is that of its dataclass: fields by name, dates in ISO form, choices as their words. Values that
equal the field's default are left out, so that rows stay small and a field that comes later needs no migration.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from alongside.people.maps.closeness import Run
from alongside.people.maps.exercises.parts import Support, ValueOfFamily
from alongside.people.maps.lifemap import LifeEvent
from alongside.people.maps.network import (
    FamilyNetwork,
    Household,
    LifeSystem,
    Parentage,
    Partnership,
    Person,
    Quality,
    Siblings,
    Tie,
    Twins,
)
from alongside.people.maps.vocabulary import PartialDate

SHAPES: dict[str, type] = {
    "event": LifeEvent,
    "token": Run,
    "support": Support,
    "value": ValueOfFamily,
    "person": Person,
    "partnership": Partnership,
    "parentage": Parentage,
    "siblings": Siblings,
    "twins": Twins,
    "household": Household,
    "quality": Quality,
    "system": LifeSystem,
    "tie": Tie,
}
PLACES = {
    "person": "people",
    "partnership": "partnerships",
    "parentage": "parentage",
    "siblings": "siblings",
    "twins": "twins",
    "household": "households",
    "quality": "qualities",
    "system": "systems",
    "tie": "ties",
}


class ShapeError(ValueError):
    """Data that are no element of their kind."""


@dataclass(frozen=True)
class Stored:
    """One element as it is kept: key, kind and data."""

    key: str
    kind: str
    data: Mapping[str, Any]


def to_data(part: Any) -> dict[str, Any]:
    """An element as plain values, without its id, which is the row's key."""
    return {
        field.name: _plain(getattr(part, field.name))
        for field in fields(part)
        if field.name != "id" and (field.default is MISSING or getattr(part, field.name) != field.default)
    }


def from_data(stored: Stored) -> Any:
    """The element that plain values stand for. Raises ShapeError where they do not fit."""
    shape = SHAPES.get(stored.kind)
    if shape is None:
        raise ShapeError(f"There is no part of a family map called {stored.kind}.")
    values = dict(stored.data)
    if "id" in _hints(shape) and isinstance(_hints(shape)["id"], type):
        values["id"] = stored.key
    return _made(shape, values)


def refuse_nul(data: Any) -> None:
    """Raise ShapeError where a NUL stands in plain values: no word needs it, and the database refuses it."""
    if isinstance(data, str) and "\x00" in data:
        raise ShapeError("A word holds a character that cannot be kept. Type it again, and save.")
    if isinstance(data, Mapping):
        data = list(data.values())
    if isinstance(data, list | tuple):
        for value in data:
            refuse_nul(value)


def as_network(elements: Iterable[Stored]) -> FamilyNetwork:
    """The network that elements make up. Kinds that are no part of it, such as life events, are left out."""
    parts: dict[str, list[Any]] = {place: [] for place in PLACES.values()}
    for stored in elements:
        if stored.kind in PLACES:
            parts[PLACES[stored.kind]].append(from_data(stored))
    return FamilyNetwork(**{place: tuple(found) for place, found in parts.items()})


def mentions(stored: Stored, key: str) -> bool:
    """Whether an element speaks of the element with `key`, as a partnership does of both partners."""
    return any(key == value or (isinstance(value, list) and key in value) for value in stored.data.values())


def without(stored: Stored, key: str) -> Stored | None:
    """The element without what it says of `key`: a run of tokens without theirs. None where nothing is left."""
    if mentions(stored, key):
        return None
    data = {
        name: [item for item in value if not (isinstance(item, dict) and key in item.values())]
        if isinstance(value, list)
        else value
        for name, value in stored.data.items()
    }
    return Stored(stored.key, stored.kind, data)


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return to_data(value)
    return value


@cache
def _hints(shape: type) -> dict[str, Any]:
    names = {field.name for field in fields(shape)}
    return {name: hint for name, hint in get_type_hints(shape).items() if name in names}


def _made(shape: type, values: Mapping[str, Any]) -> Any:
    hints = _hints(shape)
    unknown = set(values) - set(hints)
    if unknown:
        raise ShapeError(f"A {shape.__name__} has no {', '.join(sorted(unknown))}.")
    try:
        return shape(**{name: _read(hints[name], value) for name, value in values.items()})
    except (TypeError, ValueError) as wrong:
        raise ShapeError(f"This is no {shape.__name__}: {wrong}") from wrong


def _read(hint: Any, value: Any) -> Any:
    if isinstance(hint, UnionType):
        if value is None:
            return None
        return _read(next(kind for kind in get_args(hint) if kind is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], item) for item in value)
    if hint is PartialDate:
        return PartialDate.parse(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _made(hint, value)
    if isinstance(hint, type) and hint in (str, int, bool, float) and not isinstance(value, hint):
        raise ValueError(f"{value!r} is no {hint.__name__}")
    return value
