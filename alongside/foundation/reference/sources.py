"""Reads the YAML files of coded lists, and says plainly what is wrong with one."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

LISTS_DIR = Path(__file__).resolve().parent / "lists"

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]*")
_LIST = re.compile(r"[a-z][a-z_]{1,39}")
_LIST_KEYS = {"list", "title", "owner", "source", "values"}


class ListFileError(ValueError):
    """A file of coded values cannot be taken as it stands. The message names the file, the value and what to mend."""


@dataclass(frozen=True)
class SourceValue:
    """One value as its file gives it. `was` holds earlier labels, which is how a change of wording is owned up to."""

    code: str
    en: str
    cy: str = ""
    welsh_approved: bool = False
    description: str = ""
    active: bool = True
    from_date: date | None = None
    until_date: date | None = None
    nomis: str = ""
    delius: str = ""
    group: str = ""
    was: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceList:
    """One file: a list, who looks after it, where its values come from, and the values in the order of display."""

    name: str
    title: str
    owner: str
    source: str
    values: tuple[SourceValue, ...]


# What may stand beside a value in a file, and the type it must have there.
_VALUE_KEYS: Mapping[str, type] = {
    "code": str,
    "en": str,
    "cy": str,
    "welsh_approved": bool,
    "description": str,
    "active": bool,
    "from": date,
    "until": date,
    "nomis": str,
    "delius": str,
    "group": str,
    "was": list,
    "attributes": dict,
}


def read_lists(folder: Path = LISTS_DIR) -> tuple[SourceList, ...]:
    """Every list in `folder`, by name. Raises ListFileError at the first file that cannot be taken."""
    lists = [_read_list(path) for path in list_files(folder)]
    names = [one.name for one in lists]
    for name in names:
        if names.count(name) > 1:
            raise ListFileError(f"The list {name} stands in two files. Keep one.")
    return tuple(lists)


def list_files(folder: Path = LISTS_DIR) -> list[Path]:
    """The files that hold coded lists, in a fixed order."""
    return sorted(folder.glob("*.yaml"))


def digest_of(files: Iterable[Path]) -> str:
    """One SHA-256 over names and bytes of `files`: the same digest means that there is nothing to load."""
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def _read_list(path: Path) -> SourceList:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ListFileError(f"{path.name} is not readable as YAML: {error}") from error
    if not isinstance(raw, dict) or set(raw) != _LIST_KEYS or not isinstance(raw["values"], list):
        raise ListFileError(f"{path.name} must hold exactly these keys: {', '.join(sorted(_LIST_KEYS))}.")
    name = str(raw["list"])
    if name != path.stem or not _LIST.fullmatch(name):
        raise ListFileError(f"{path.name} says that it holds the list {name}. File name and list name must agree.")
    values = tuple(_read_value(path.name, one) for one in raw["values"])
    codes = [value.code for value in values]
    for code in codes:
        if codes.count(code) > 1:
            raise ListFileError(f"{path.name}: the code {code} stands twice. A code has one meaning.")
    return SourceList(name, str(raw["title"]), str(raw["owner"]), str(raw["source"]), values)


def _read_value(file: str, raw: Any) -> SourceValue:
    if not isinstance(raw, dict) or not isinstance(raw.get("code"), str) or not isinstance(raw.get("en"), str):
        raise ListFileError(f"{file}: a value needs `code` and `en`, both in quotes if they look like numbers: {raw!r}")
    for key, value in raw.items():
        if key not in _VALUE_KEYS:
            raise ListFileError(f"{file}: {raw['code']} has {key!r}, which is not known. Put it under `attributes`.")
        if not isinstance(value, _VALUE_KEYS[key]):
            raise ListFileError(f"{file}: {key} of {raw['code']} must be a {_VALUE_KEYS[key].__name__}, not {value!r}.")
    if not _CODE.fullmatch(raw["code"]):
        raise ListFileError(f"{file}: the code {raw['code']!r} may hold letters, digits, _ and - only.")
    named = {key: raw[key] for key in raw if key not in {"from", "until", "was"}}
    return SourceValue(
        from_date=raw.get("from"), until_date=raw.get("until"), was=tuple(map(str, raw.get("was", ()))), **named
    )
