"""What is held, in words for the person who receives it: plain headings, labels of coded values, no ids. Pure but for
the coded lists.

Rooms above that keep whole values register how those read; whatever nobody registered reads by its names.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import yaml
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from alongside.foundation.records.models import Record
from alongside.foundation.reference.queries import UnknownCodeError, label_of
from alongside.safety.access_requests.rules import Part

Line = tuple[str, str, str]
Reader = Callable[[Any], Iterable[Line]]
"""What a record says in a field that keeps a whole value: for each line a name that stays, its heading, its words."""

_readers: dict[tuple[str, str], Reader] = {}
_CODE = re.compile(r"[a-z][a-z0-9_]*\.[A-Za-z0-9_]+")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_BARE = re.compile(r"[a-z0-9_]+|[A-Z_]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_UNSAID = frozenset({"id", "key", "version", "digest", "document", "decisions"})
"""Names inside kept values that tell of no one: keys and ids."""

_LISTS = {
    "channels": "contact_channel",
    "never": "contact_channel",
    "tags": "boundary_tag",
    "topics": "permission_topic",
}
"""Of which list the codes in a field are, where they are kept without it."""

_WEEKDAYS = frozenset({"days", "quiet_weekdays"})
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_OPENS, _CLOSES = "\u2983", "\u2984"
_MARK = re.compile(f"{_OPENS}([0-9a-f-]+){_CLOSES}")


def register_reader(label: str, field: str, reader: Reader) -> None:
    """Tell how a field that keeps a whole value reads, line by line. `label` is the model's."""
    _readers[label, field] = reader


def naming(key: object) -> str:
    """A mark in place of a name: who it is, is filled in as it is read, from what may be said by then."""
    return f"{_OPENS}{key}{_CLOSES}"


def filled(text: str, name_of: Callable[[str], str]) -> str:
    """A text with its marks replaced by names."""
    return _MARK.sub(lambda found: name_of(found[1]), text)


def kind_words(label: str) -> str:
    """What a record is, in plain words, by the label of its model."""
    return _words()["kinds"].get(label) or _plainly(label.rpartition(".")[2])


def part_words(label: str, field: str) -> str:
    """What one part of a record is, in plain words."""
    words = _words()
    return words["of"].get(label, {}).get(field) or words["fields"].get(field) or _plainly(field)


def has_words(label: str, field: str) -> bool:
    """Whether somebody wrote words for a part of a record."""
    words = _words()
    return field in words["fields"] or field in words["of"].get(label, {})


def has_kind(label: str) -> bool:
    """Whether somebody wrote words for a kind of record."""
    return label in _words()["kinds"]


def parts_kept(row: Record, field: "models.Field[Any, Any]") -> list[Part]:
    """The parts of a field that keeps a whole value: one for each of its names where it has several."""
    label, value = row._meta.label, _unpacked(getattr(row, field.name))
    reader = _readers.get((label, field.name))
    if reader is not None:
        return [Part(f"{field.name}.{key}", heading, words) for key, heading, words in reader(row) if words]
    if isinstance(value, Mapping):
        return [
            Part(f"{field.name}.{name}", key_words(str(name)), words)
            for name, inner in value.items()
            if name not in _UNSAID and (words := _kept(inner, str(name)))
        ]
    words = _kept(value, field.name)
    return [Part(field.name, part_words(label, field.name), words)] if words else []


def keeps_whole(row: Record, field: "models.Field[Any, Any]") -> bool:
    """Whether a field keeps a whole value: a list, names with values, or a text that holds such."""
    if isinstance(field, models.TextField):
        return isinstance(_unpacked(getattr(row, field.name)), list | dict)
    return isinstance(field, models.JSONField | ArrayField)


def said(value: Any) -> str:
    """A plain value in words, a text as it was typed; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).replace(_OPENS, "{").replace(_CLOSES, "}")


def _kept(value: Any, name: str) -> str:
    """What stands under a name inside a kept value, in words; empty where it says nothing that can be read."""
    if isinstance(value, Mapping):
        lines = ((key_words(str(key)), _kept(inner, str(key))) for key, inner in value.items() if key not in _UNSAID)
        return "\n".join(f"{heading}: {words}" for heading, words in lines if words)
    if isinstance(value, list | tuple):
        return "\n".join(words for inner in value if (words := _kept(inner, name)))
    if isinstance(value, int) and not isinstance(value, bool) and name in _WEEKDAYS and 0 <= value < len(_DAY_NAMES):
        return _DAY_NAMES[value]
    return _text(said(value), name) if isinstance(value, str) else said(value)


def choice_said(field: str, label: str) -> str:
    """What a choice of a field is called: its own label, or words for it where the label is but a code."""
    if not is_code(label):
        return label
    return _words()["choices"].get(field, {}).get(label) or choice_words(label)


def has_choice(field: str, label: str) -> bool:
    """Whether a choice has words."""
    return not is_code(label) or label in _words()["choices"].get(field, {})


def is_code(label: str) -> bool:
    """Whether a label is but a code."""
    return _BARE.fullmatch(label) is not None


def key_words(name: str) -> str:
    """What a name inside a kept value is called."""
    plain = name.removesuffix("_id")
    words = _words()
    return words["keys"].get(plain) or words["fields"].get(plain) or _plainly(plain)


def choice_words(code: str) -> str:
    """A code that belongs to no list, in words."""
    return _words()["values"].get(code) or _plainly(code)


def _text(text: str, name: str) -> str:
    if _UUID.fullmatch(text):
        return ""
    if text.startswith("member:"):
        return naming(text.removeprefix("member:"))
    if text.startswith("name:"):
        return text.removeprefix("name:")
    if _CODE.fullmatch(text):
        return _label(text) or text
    if name in _LISTS:
        return _label(f"{_LISTS[name]}.{text}") or choice_words(text)
    if _DAY.fullmatch(text) or _MOMENT.fullmatch(text):
        return _day(text)
    return choice_words(text) if _SNAKE.fullmatch(text) or text in _words()["values"] else text


def _label(code: str) -> str:
    try:
        return label_of(code)
    except UnknownCodeError:
        return ""


def _day(text: str) -> str:
    try:
        return said(date.fromisoformat(text) if _DAY.fullmatch(text) else datetime.fromisoformat(text))
    except ValueError:
        return text


def _unpacked(value: Any) -> Any:
    """What a text that keeps a whole value holds; any other value as it is."""
    if isinstance(value, str) and value[:1] in "{[":
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value


def _plainly(name: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return apart[:1].upper() + apart[1:].lower()


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "headings.yaml").read_text())
    return found
