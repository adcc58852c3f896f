"""The wording that ships with the product, read from YAML files that a domain expert can edit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from alongside.foundation.content.markup import placeholders_in
from alongside.foundation.content.models import KEY, Language, Shape

WORDING_FOLDER = Path(__file__).resolve().parent / "wording"
KNOWN = {"key", "title", "owner", "shape", "placeholders", "review_on", "en", "cy"}


class WordingFileError(ValueError):
    """A file of wording is faulty; the message names file, item and what to do."""


@dataclass(frozen=True)
class SourceItem:
    """One item as its file gives it. Welsh may be missing; what ships in Welsh is always a draft."""

    key: str
    title: str
    owner: str
    shape: Shape
    placeholders: tuple[str, ...]
    review_on: date
    texts: dict[Language, str]


def read_wording(folder: Path = WORDING_FOLDER) -> list[SourceItem]:
    """Every item of every file. Raises WordingFileError for a faulty one, or a key that stands twice."""
    items: dict[str, SourceItem] = {}
    for path in sorted(folder.glob("*.yaml")):
        for item in read_file(path):
            if item.key in items:
                raise WordingFileError(f"{path.name}: {item.key} stands twice. Give one of them another key.")
            items[item.key] = item
    return list(items.values())


def read_file(path: Path) -> Iterator[SourceItem]:
    """The items of one file."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise WordingFileError(f"{path.name} is not valid YAML: {error}") from error
    if not isinstance(content, list):
        raise WordingFileError(f"{path.name} must be a list of items, each beginning with `- key:`.")
    for entry in content:
        yield read_item(entry, path=path)


def read_item(entry: Any, *, path: Path) -> SourceItem:
    """One item. Raises WordingFileError where something is missing, unknown or inconsistent."""
    key = str(entry.get("key", "")) if isinstance(entry, dict) else ""
    where = f"{path.name}, {key or entry!r}"
    if not re.fullmatch(KEY, key):
        raise WordingFileError(f"{where}: the key must be words joined by dots, like pages.privacy.")
    unknown, missing = set(entry) - KNOWN, {"title", "owner", "review_on", "en"} - set(entry)
    if unknown or missing:
        raise WordingFileError(f"{where}: take out {sorted(unknown)} and add {sorted(missing)}.")
    if not isinstance(entry["review_on"], date):
        raise WordingFileError(f"{where}: review_on must be a date like 2027-05-01.")
    placeholders = tuple(str(name) for name in entry.get("placeholders") or [])
    texts = {language: str(entry[language]).strip() for language in Language if entry.get(language)}
    for language, text in texts.items():
        if placeholders_in(text) != frozenset(placeholders):
            raise WordingFileError(
                f"{where}: the {language.label} text uses {sorted(placeholders_in(text))}, "
                f"and placeholders says {sorted(placeholders)}. They must be the same."
            )
    return SourceItem(
        key=key,
        title=str(entry["title"]),
        owner=str(entry["owner"]),
        shape=Shape(entry.get("shape", Shape.LINE)),
        placeholders=placeholders,
        review_on=entry["review_on"],
        texts=texts,
    )
