"""The stories and the cast as their files tell them, read and checked."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

STORIES_FILE = Path(__file__).with_name("stories.yaml")
CAST_FILE = Path(__file__).with_name("cast.yaml")

T = TypeVar("T")


class StoryError(ValueError):
    """A story cannot be told as its file stands; the message names the story and what to mend."""


@dataclass(frozen=True)
class PersonFacts:
    """Whom a story is about. Codes are those of the coded lists; `age` is in years on the day it is told."""

    given: str
    family: str
    age: int
    sex: str
    ethnicity: str
    language: str
    area: str
    known_as: str = ""
    disability: str = ""
    interpreter: bool = False


@dataclass(frozen=True)
class OrderFacts:
    """The order they are on: when it began, how long it lasts, and what it requires, with detail."""

    type: str
    days_ago: int
    months: int
    requirements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MemberFacts:
    """A relative or friend. `notice` is "given" or the code of the ground on which it was put off."""

    given: str
    family: str
    relationship: str
    age: int
    notice: str
    gender: str = ""
    phrase: str = ""
    note: str = ""
    lives: str = "unknown"
    language: str = ""
    interpreter: bool = False
    about: str = ""
    mobile: str = ""
    landline: str = ""
    safety: str = "not_asked"
    when: str = ""


@dataclass(frozen=True)
class ExcludedFacts:
    """Who of the cast may not open the case, and what they are told."""

    who: str
    message: str


@dataclass(frozen=True)
class RestrictedFacts:
    """Who of the cast may open a restricted case, and what everyone else is told."""

    readers: list[str]
    message: str
    speak_to: str


@dataclass(frozen=True)
class Story:
    """One acceptance scenario: who is in it, what has happened, and what to try."""

    number: int
    title: str
    story: str
    to_try: str
    officer: str
    person: PersonFacts
    order: OrderFacts
    asked: Mapping[str, str]
    markers: Mapping[str, list[str]]
    checked: list[str]
    family: list[MemberFacts]
    needs: Mapping[str, str] = field(default_factory=dict)
    given_to: Mapping[str, str] = field(default_factory=dict)
    excluded: ExcludedFacts | None = None
    restricted: RestrictedFacts | None = None
    unconfirmed: bool = False

    @property
    def crn(self) -> str:
        """Their CRN: V and the number of the story."""
        return f"V{self.number:06d}"


@dataclass(frozen=True)
class Part:
    """Someone whom a visitor to the demo may be. `of` says where their post is: team, unit, region or service."""

    key: str
    name: str
    role: str
    of: str
    grade: str
    to_try: str
    volunteer: bool = False

    @property
    def email(self) -> str:
        """Their address, at a domain that belongs to nobody."""
        return f"{self.key.replace('_', '.')}@cast.example"


@cache
def stories() -> tuple[Story, ...]:
    """Every story, by number. Raises StoryError."""
    return tuple(_story(entry) for entry in yaml.safe_load(STORIES_FILE.read_text(encoding="utf-8")))


@cache
def parts() -> tuple[Part, ...]:
    """Everyone of the cast, in the order in which they are shown. Raises StoryError."""
    entries = yaml.safe_load(CAST_FILE.read_text(encoding="utf-8"))
    return tuple(_made(Part, _with_to_try(entry), where=f"cast, {entry.get('key')}") for entry in entries)


def _story(entry: dict[str, Any]) -> Story:
    where = f"story {entry.get('number')}"
    entry = _with_to_try(entry)
    entry["person"] = _made(PersonFacts, entry["person"], where=where)
    entry["order"] = _made(OrderFacts, entry["order"], where=where)
    entry["family"] = [_made(MemberFacts, member, where=where) for member in entry["family"]]
    for key, kind in (("excluded", ExcludedFacts), ("restricted", RestrictedFacts)):
        if key in entry:
            entry[key] = _made(kind, entry[key], where=where)
    return _made(Story, entry, where=where)


def _with_to_try(entry: dict[str, Any]) -> dict[str, Any]:
    return {"to_try" if key == "try" else key: value for key, value in entry.items()}


def _made(kind: type[T], entry: Mapping[str, Any], *, where: str) -> T:
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(entry) - set(known)):
        raise StoryError(f"{where}: {', '.join(unknown)} is not known. Mend the file, or add it to {kind.__name__}.")
    needed = {name for name, one in known.items() if one.default is MISSING and one.default_factory is MISSING}
    if missing := sorted(needed - set(entry)):
        raise StoryError(f"{where}: {', '.join(missing)} is missing.")
    return kind(**entry)
