"""Chapters of the later rooms: a module for each, of the room's name, told in the order of the house."""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from alongside.synthetic.vignettes.scene import Telling


@cache
def later_chapters() -> tuple[Callable[[Telling], None], ...]:
    """What each room tells of a story, lowest floor first."""
    order = {room.name.rpartition(".")[2]: place for place, room in enumerate(apps.get_app_configs())}
    names = sorted((found.name for found in pkgutil.iter_modules(__path__)), key=lambda name: order[name])
    return tuple(import_module(f"{__name__}.{name}").tell for name in names)


@cache
def told_by(room: str) -> dict[int, Any]:
    """What the file of a room says, by the number of the story."""
    return dict(yaml.safe_load(Path(__file__).with_name(f"{room}.yaml").read_text(encoding="utf-8")))
