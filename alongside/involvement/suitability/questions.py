"""The questions of a full judgement: versions in `bank/`, read and checked when the product starts (R041).

A version that is faulty stops the start with the file, the item and what to mend: half a set of questions is worse than
none. Old versions stay, so that what was judged by them reads as it did.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from alongside.involvement.suitability.rules.scale import Direction, Level

FOLDER = Path(__file__).resolve().parent / "bank"
PARTIES = ("person", "member", "other")
PATTERNS = ("boundary", "permissive", "collusive", "enabling", "controlling", "distracting", "agenda")
PROMPTS = ("young_adult", "support_needs")
AIMS = "agrees_aims"
"""The item that asks how far the relative goes along with what supervision asks (R063)."""


class BankError(ValueError):
    """A file of questions that cannot be used: which, where, and what to mend."""


@dataclass(frozen=True)
class Item:
    """One statement, how to ask about it, and what to do about it."""

    key: str
    section: str
    direction: Direction
    statement: str
    ask: Mapping[str, str]
    custody: Mapping[str, str]
    probes: tuple[str, ...]
    look_for: tuple[str, ...]
    then: str
    pattern: str = ""
    shown_when: str = ""
    level_from: Level | None = None
    minimum: bool = False

    def question(self, party: str, *, custody: bool) -> str:
        """What to ask of one party."""
        return (self.custody.get(party) if custody else None) or self.ask[party]


@dataclass(frozen=True)
class Section:
    """Questions that belong together."""

    key: str
    title: str
    about: str
    items: tuple[Item, ...]

    @property
    def direction(self) -> Direction | None:
        """What all its items tell of, where they tell of one thing."""
        found = {item.direction for item in self.items}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Bank:
    """One version of the questions."""

    version: str
    since: date
    owner: str
    read_for_blame_on: date
    sections: tuple[Section, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, key: str) -> Item | None:
        """The item of this key."""
        return next((item for item in self.items if item.key == key), None)

    def section(self, key: str) -> Section | None:
        """The section of this key."""
        return next((section for section in self.sections if section.key == key), None)


@cache
def banks() -> Mapping[str, Bank]:
    """Every version, oldest first. Raises BankError where one is faulty."""
    found = {bank.version: bank for bank in map(read_bank, sorted(FOLDER.glob("*.yaml")))}
    if not found:
        raise BankError(f"There are no questions in {FOLDER}.")
    return dict(sorted(found.items(), key=lambda pair: pair[1].since))


def bank_on(day: date) -> Bank:
    """The newest version in use on a day; the first one before that."""
    versions = list(banks().values())
    return next((bank for bank in reversed(versions) if bank.since <= day), versions[0])


def bank_of(version: str) -> Bank:
    """A version by its name. Raises BankError where it is gone: it must be put back."""
    bank = banks().get(version)
    if bank is None:
        raise BankError(f"The questions of version {version} are gone from {FOLDER}. Put the file back.")
    return bank


def read_bank(path: Path) -> Bank:
    """Read one file and check it whole. Raises BankError."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise BankError(f"{path.name} cannot be read: {fault}") from fault
    if not isinstance(raw, dict):
        raise BankError(f"{path.name} holds no questions.")
    checked = _Checked(path.name)
    version = checked.text(raw, "version", "the file")
    if version != path.stem:
        raise BankError(f"{path.name} calls itself {version}. The file and its version have the same name.")
    return Bank(
        version=version,
        since=checked.day(raw, "from"),
        owner=checked.text(raw, "owner", "the file"),
        read_for_blame_on=checked.day(raw, "read_for_blame_on"),
        sections=checked.sections(raw),
    )


class _Checked:
    """Reads one file, and names it in each fault."""

    def __init__(self, file: str) -> None:
        self.file = file

    def fault(self, words: str) -> BankError:
        return BankError(f"{self.file}: {words}")

    def text(self, raw: Mapping[str, Any], name: str, of: str) -> str:
        value = raw.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"{of} has no {name}.")
        return value.strip()

    def day(self, raw: Mapping[str, Any], name: str) -> date:
        value = raw.get(name)
        if not isinstance(value, date):
            raise self.fault(f"{name} must be a day, such as 2026-11-01.")
        return value

    def sections(self, raw: Mapping[str, Any]) -> tuple[Section, ...]:
        items = [self.item(row) for row in raw.get("items") or []]
        keys = [item.key for item in items]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise self.fault(f"{sorted(twice)[0]} stands twice.")
        found = []
        for row in raw.get("sections") or []:
            key = self.text(row, "key", "a section")
            own = tuple(item for item in items if item.section == key)
            if not own:
                raise self.fault(f"section {key} has no items.")
            found.append(Section(key, self.text(row, "title", key), self.text(row, "about", key), own))
        homeless = [item.key for item in items if item.section not in {section.key for section in found}]
        if homeless:
            raise self.fault(f"{homeless[0]} stands in a section that is not there.")
        missing = [d.value for d in Direction if d not in {item.direction for item in items}]
        if missing:
            raise self.fault(f"there is no item on {missing[0]}.")
        if AIMS not in keys:
            raise self.fault(f"the item {AIMS} is needed: the rules ask for it.")
        return tuple(found)

    def item(self, row: Mapping[str, Any]) -> Item:
        key = self.text(row, "key", "an item")
        known = {
            *("key", "section", "direction", "statement", "ask", "custody", "probes", "look_for", "then"),
            *("pattern", "shown_when", "level_from", "minimum"),
        }
        if strange := set(row) - known:
            raise self.fault(f"{key} has {sorted(strange)[0]}, which means nothing here.")
        if row.get("direction") not in [direction.value for direction in Direction]:
            raise self.fault(f"{key}: direction must be asset, barrier or safety.")
        for name, allowed in (("pattern", PATTERNS), ("shown_when", PROMPTS)):
            if name in row and row[name] not in allowed:
                raise self.fault(f"{key}: {name} must be one of {', '.join(allowed)}.")
        level = row.get("level_from")
        if level is not None and level not in list(Level):
            raise self.fault(f"{key}: level_from must be a level from 0 to 6.")
        return Item(
            key=key,
            section=self.text(row, "section", key),
            direction=Direction(row["direction"]),
            statement=self.text(row, "statement", key),
            ask=self.asked(row.get("ask"), key, all_of_them=True),
            custody=self.asked(row.get("custody"), key, all_of_them=False),
            probes=self.points(row, "probes", key),
            look_for=self.points(row, "look_for", key),
            then=self.text(row, "then", key),
            pattern=row.get("pattern", ""),
            shown_when=row.get("shown_when", ""),
            level_from=None if level is None else Level(level),
            minimum=bool(row.get("minimum", False)),
        )

    def asked(self, raw: Any, key: str, *, all_of_them: bool) -> Mapping[str, str]:
        given = raw if isinstance(raw, dict) else {}
        if strange := set(given) - set(PARTIES):
            raise self.fault(f"{key}: nobody is called {sorted(map(str, strange))[0]} here.")
        wanted = PARTIES if all_of_them else tuple(given)
        return {party: self.text(given, party, f"{key}, what to ask,") for party in wanted}

    def points(self, row: Mapping[str, Any], name: str, key: str) -> tuple[str, ...]:
        found = row.get(name)
        if (
            not isinstance(found, list)
            or not found
            or not all(isinstance(text, str) and text.strip() for text in found)
        ):
            raise self.fault(f"{key}: {name} must be a list of sentences, at least one.")
        return tuple(text.strip() for text in found)
