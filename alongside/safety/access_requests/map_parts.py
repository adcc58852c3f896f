"""A part of the family map in words: whom it joins, by name, and how. Keys, places and colours are left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from alongside.people.maps.ecomap import KIND_WORDS as SYSTEM_WORDS
from alongside.people.maps.ecomap import STRENGTH_WORDS
from alongside.people.maps.exercises.parts import AREA_WORDS, ASKED_WORDS, LEVELS, OFTEN_WORDS, STATEMENTS
from alongside.people.maps.genogram.legend import (
    KIND_WORDS,
    PARENT_WORDS,
    PARTNERSHIP_WORDS,
    QUALITY_WORDS,
    STATUS_WORDS,
)
from alongside.people.maps.lifemap import LANE_WORDS
from alongside.people.maps.models import Element, ElementKind
from alongside.people.maps.vocabulary import PartialDate
from alongside.safety.access_requests.readable import Line, choice_words, key_words, naming, said

_WHO = frozenset({"first", "second", "child", "parent", "person", "who", "system", "other"})
_DATES = frozenset({"begin", "end", "born", "died", "date", "day"})
_CODES = frozenset({"gender", "status", "sex_assigned", "standing", "flow"})
_NOT_SAID = frozenset({"x", "y", "size", "pattern", "colour", "birth_order"})
_KINDS: dict[str, dict[Any, str]] = {
    ElementKind.PERSON.value: KIND_WORDS,
    ElementKind.PARTNERSHIP.value: PARTNERSHIP_WORDS | STATUS_WORDS,
    ElementKind.PARENTAGE.value: PARENT_WORDS,
    ElementKind.QUALITY.value: QUALITY_WORDS,
    ElementKind.SYSTEM.value: SYSTEM_WORDS,
}
_WORDS: dict[str, dict[Any, str]] = {
    "area": AREA_WORDS,
    "often": OFTEN_WORDS,
    "knows": ASKED_WORDS,
    "agrees": ASKED_WORDS,
    "lane": LANE_WORDS,
    "strength": STRENGTH_WORDS,
}


def map_lines(element: Element) -> Iterator[Line]:
    """What one element of a map says."""
    data = _without_copies(element.data or {})
    for name, value in sorted(data.items(), key=lambda one: _place(one[0])):
        words = _value(element.kind, name, value)
        if words:
            yield name, _heading(element.kind, name), words


def _place(name: str) -> tuple[int, str]:
    """Names come first, then who is joined, then how, then the rest."""
    first = ("label", "parent", "child", "first", "second", "who", "system", "other", "members", "kind")
    return (first.index(name) if name in first else len(first), name)


def _without_copies(data: Mapping[str, Any]) -> dict[str, Any]:
    """Values without the name that stands beside whom it is: that name is said, or withheld, once."""
    named = any(data.get(name) for name in ("person", "who"))
    return {name: value for name, value in data.items() if not (named and name == "label")}


def _heading(kind: str, name: str) -> str:
    return "Name" if name == "label" and kind == ElementKind.PERSON else key_words(name)


def _value(kind: str, name: str, value: Any) -> str:
    if name in _NOT_SAID or value is None or value == "":
        return ""
    if name == "members":
        return "\n".join(naming(key) for key in value)
    if name == "answers":
        return "\n".join(_answer(str(one)) for one in value)
    if isinstance(value, list):
        return "\n".join(line for one in value if (line := _inner(kind, one)))
    if name in _WHO:
        return naming(value)
    if name in _DATES:
        return _date(str(value))
    if name == "kind":
        return _KINDS.get(kind, {}).get(value) or choice_words(str(value))
    if name in _WORDS:
        return (_WORDS[name].get(value) or choice_words(str(value))).capitalize()
    return choice_words(str(value)) if name in _CODES else said(value)


def _inner(kind: str, value: Any) -> str:
    """One stretch of a partnership or one token, on one line."""
    if not isinstance(value, dict):
        return said(value)
    told = [
        (key_words(name), words)
        for name, inner in _without_copies(value).items()
        if (words := _value(kind, name, inner))
    ]
    return ", ".join(f"{heading}: {words}" for heading, words in told)


def _answer(text: str) -> str:
    name, _, level = text.partition("=")
    return f"{dict(STATEMENTS).get(name, choice_words(name))}: {dict(LEVELS).get(level, level)}"


def _date(text: str) -> str:
    try:
        return PartialDate.parse(text).words
    except ValueError:
        return text
